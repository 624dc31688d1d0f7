"""Writing through the interface: the verbs of the pages, once per key, with the refusals of the pages."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import ISSUER, SUBJECT, make_delivered, make_presented, make_registered
from vanthu.documents.models import IncomingEntry
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.tasks.models import Task

pytestmark = pytest.mark.django_db


def letter(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "CV",
        "number": "125",
        "notation": "CAT-PV01",
        "issued_on": str(today() - timedelta(days=1)),
        "issuer_name": ISSUER,
        "subject": SUBJECT,
        **fields,
    }


def test_registering(world: World) -> None:
    response = Program.of(world, "clerk").post("/incoming", letter())
    assert response.status_code == 201
    body = response.json()
    assert response["Location"] == f"/api/v1/incoming/{body['id']}"
    assert (body["symbol"], body["arrival_number"], body["state"]["code"]) == (
        "125/CAT-PV01",
        1,
        "registered",
    )
    entry = IncomingEntry.objects.get(pk=body["id"])
    acts = ledger.history(entry)
    assert [(act.verb, act.actor_name) for act in acts] == [
        ("documents.registered", world.person("clerk").full_name)
    ]


def test_the_same_key_registers_once(world: World) -> None:
    program = Program.of(world, "clerk")
    first = program.post("/incoming", letter(), key="a")
    again = program.post("/incoming", letter(), key="a")
    assert again.status_code == first.status_code == 201
    assert again.json() == first.json()
    assert IncomingEntry.objects.count() == 1
    other = program.post("/incoming", letter(number="126"), key="a")
    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    elsewhere = program.post(f"/incoming/{first.json()['id']}/return", {"reason": "Gửi nhầm."}, key="a")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "key_used")


@pytest.mark.parametrize("key", ["", "x" * 65, "khoá", "a\tb"])
def test_a_write_needs_a_good_key(world: World, key: str) -> None:
    response = Program.of(world, "clerk").post("/incoming", letter(), key=key)
    assert (response.status_code, response.json()["code"]) == (400, "idempotency_key_needed")


def test_the_refusals_are_those_of_the_page(world: World) -> None:
    program = Program.of(world, "clerk")
    wrong = program.post("/incoming", letter(subject="ngắn", arrived_on=str(today() + timedelta(days=1))))
    assert wrong.status_code == 422
    assert wrong.json()["fields"] == {
        "subject": "Nhập trích yếu, ít nhất 10 ký tự.",
        "arrived_on": f"Ngày đến không được sau hôm nay ({today():%d/%m/%Y}).",
    }
    program.post("/incoming", letter())
    twice = program.post("/incoming", letter())
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    secret = program.post("/incoming", letter(secrecy="mật"))
    assert (secret.status_code, secret.json()["code"]) == (403, "secret_documents_stay_out")
    nobody = Program.of(world, "specialist").post("/incoming", letter(number="9"))
    assert (nobody.status_code, nobody.json()["code"]) == (403, "not_allowed")


def test_a_power_without_its_scope_is_none(world: World) -> None:
    response = Program.of(world, "clerk", ["read", "files"]).post("/incoming", letter())
    assert (response.status_code, response.json()["code"]) == (403, "scope_missing")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"kind": "CV"}, {"issuer_name", "subject"}),
        (letter(nothing=1), {"nothing"}),
        (letter(number="1\x00"), {"number"}),
        (letter(subject="x" * 1001), {"subject"}),
        (letter(issued_on="hôm qua"), {"issued_on"}),
        (letter(uploads=["x"]), {"uploads.0"}),
    ],
)
def test_wrong_fields_are_named(world: World, body: dict[str, Any], fields: set[str]) -> None:
    response = Program.of(world, "clerk").post("/incoming", body)
    assert response.status_code == 422
    assert set(response.json()["fields"]) == fields


def test_a_body_that_is_no_json(world: World) -> None:
    program = Program.of(world, "clerk")
    response = program.client.post(
        "/api/v1/incoming", "{", content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    assert (response.status_code, response.json()["code"]) == (400, "body_wrong")


def test_receiving_and_returning(world: World) -> None:
    program = Program.of(world, "clerk")
    entry = make_delivered(world)
    body = program.post(f"/incoming/{entry.pk}/receive", {"remark": "Bản giấy đến sau"}).json()
    assert (body["state"]["code"], body["arrival_number"], body["remark"]) == (
        "registered",
        1,
        "Bản giấy đến sau",
    )
    again = program.post(f"/incoming/{entry.pk}/receive", {})
    assert (again.status_code, again.json()["code"]) == (409, "moved_already")
    other = make_delivered(world)
    assert program.post(f"/incoming/{other.pk}/return", {"reason": "x"}).status_code == 422
    body = program.post(f"/incoming/{other.pk}/return", {"reason": "Gửi nhầm nơi nhận."}).json()
    assert (body["state"]["code"], body["returned_reason"]) == ("returned", "Gửi nhầm nơi nhận.")


def test_presenting_and_directing(world: World) -> None:
    entry = make_registered(world)
    clerk, head = Program.of(world, "clerk"), Program.of(world, "head")
    body = clerk.post(f"/incoming/{entry.pk}/present", {"leader_id": world.person("head").pk}).json()
    assert body["state"]["code"] == "presented"
    direction = {
        "text": "Giao Phòng 1.",
        "lead": {"unit_id": world.unit("P1").pk},
        "inform": [{"person_id": world.person("chief").pk}],
    }
    refused = clerk.post(f"/incoming/{entry.pk}/direct", direction)
    assert refused.status_code == 403
    body = head.post(f"/incoming/{entry.pk}/direct", direction, key="once").json()
    assert body["state"]["code"] == "directed"
    head.post(f"/incoming/{entry.pk}/direct", direction, key="once")
    assert Task.objects.filter(source_id=entry.pk).count() == 2


def test_an_assignee_is_one_or_the_other(world: World) -> None:
    entry = make_presented(world)
    for lead in ({}, {"unit_id": 1, "person_id": 1}):
        response = Program.of(world, "head").post(f"/incoming/{entry.pk}/direct", {"lead": lead})
        assert (response.status_code, set(response.json()["fields"])) == (422, {"lead"})
