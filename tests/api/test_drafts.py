"""Drafts for programs: start, new version, submit, check; secrets are refused; signing is no program's business."""

from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_assigned
from tests.web import drafts
from vanthu.issuing.models import Draft
from vanthu.kernel.access import AccessLog, flush
from vanthu.kernel.jobs import run_jobs
from vanthu.web.api.urls import api

pytestmark = pytest.mark.django_db


def outline(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "KH",
        "subject": drafts.SUBJECT,
        "signer_id": world.post("head").pk,
        "office_ids": [world.region.pk],
        "others": ["Sở Nội vụ tỉnh Bắc Ninh"],
        **fields,
    }


def test_from_the_outline_to_the_signer(signing_world: World) -> None:
    world = signing_world
    entry = make_assigned(world)
    program = Program.of(world, "specialist", ["read", "drafts"])
    response = program.post("/drafts", outline(world, replies_to=entry.pk))
    assert response.status_code == 201
    body = response.json()
    assert response["Location"] == f"/api/v1/drafts/{body['id']}"
    assert (body["replies_to"], body["state"]["code"], len(body["versions"])) == (entry.pk, "drafting", 1)
    assert [one["name"] for one in body["recipients"]] == [world.region.name, "Sở Nội vụ tỉnh Bắc Ninh"]
    path = f"/drafts/{body['id']}"
    body = program.post(f"{path}/versions", {"upload": drafts.stage(world), "note": "bản quét"}).json()
    assert [one["ordinal"] for one in body["versions"]] == [2, 1]
    assert body["versions"][0]["pdf"]["media_type"] == "application/pdf"
    run_jobs()
    assert program.post(f"{path}/submit").json()["state"]["code"] == "content"
    assert Program.of(world, "head_of_unit").post(f"{path}/content", {"text": "Nhất trí"}).status_code == 200
    checked = Program.of(world, "chief").post(f"{path}/form", {})
    assert checked.json()["state"]["code"] == "approval"
    assert [one["step"]["code"] for one in checked.json()["reviews"]] == ["content", "form"]
    (line,) = Program.of(world, "head").get("/drafts", {"tab": "to_sign"}).json()["items"]
    assert line["mine"] == "to_sign"


def test_no_program_signs() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    assert not [path for path in paths if path.endswith(("/sign", "/seal"))]


@pytest.mark.parametrize("secrecy", ["Mật", "tối mật", "TUYỆT MẬT"])
def test_what_is_secret_is_refused(world: World, secrecy: str) -> None:
    response = Program.of(world, "specialist").post("/drafts", outline(world, secrecy=secrecy))
    assert response.status_code == 403
    assert not Draft.objects.exists()


def test_refusals_are_those_of_the_page(world: World) -> None:
    program = Program.of(world, "specialist")
    wrong = program.post("/drafts", outline(world, subject="ngắn", kind="QĐX", signer_id=1))
    assert (wrong.status_code, set(wrong.json()["fields"])) == (422, {"subject", "kind"})
    assert program.post("/drafts", outline(world, signer_id=1)).json()["fields"].keys() == {"signer"}
    assert program.post("/drafts", outline(world, replies_to=1)).status_code == 404
    assert Program.of(world, "inspector").post("/drafts", outline(world)).status_code == 403
    draft = drafts.drafted(world)
    path = f"/drafts/{draft.pk}"
    other = Program.of(world, "head_of_unit")
    assert other.post(f"{path}/submit").status_code == 403
    assert other.post(f"{path}/return", {"text": "Sửa lại căn cứ"}).status_code in (403, 409)
    assert program.post(f"{path}/versions", {"upload": drafts.stage(world, "clerk")}).status_code == 404
    assert Program.of(world, "neighbour").get(path).status_code == 404
    assert program.post(f"{path}/attachments", {}).status_code == 422


def test_opinions_and_ways_back(world: World) -> None:
    draft = drafts.submitted(world)
    path = f"/drafts/{draft.pk}"
    head, program = Program.of(world, "head_of_unit"), Program.of(world, "specialist")
    assert program.post(f"{path}/comment", {"text": "Đã rà soát số liệu"}).status_code == 200
    body = head.post(f"{path}/return", {"text": "Bổ sung căn cứ pháp lý"}).json()
    assert [one["decision"]["code"] for one in body["reviews"]] == ["comment", "return"]
    assert program.get(path).json()["mine"] == "returned"
    added = program.post(f"{path}/attachments", {"upload": drafts.stage(world)})
    assert [one["role"] for one in added.json()["attachments"]] == ["attachment"]
    program.post(f"{path}/submit")
    assert program.post(f"{path}/take-back").json()["state"]["code"] == "drafting"
    assert program.post(f"{path}/withdraw").json()["state"]["code"] == "withdrawn"


def test_the_same_version_twice_is_one(world: World) -> None:
    draft = drafts.drafted(world)
    program = Program.of(world, "specialist")
    body = {"upload": drafts.stage(world)}
    first = program.post(f"/drafts/{draft.pk}/versions", body, key="v").json()
    assert program.post(f"/drafts/{draft.pk}/versions", body, key="v").json() == first
    assert len(first["versions"]) == 2


def test_who_may_sign(world: World) -> None:
    found = Program.of(world, "specialist", ["read"]).get("/signers").json()
    assert world.post("head").pk in {one["post_id"] for one in found}
    assert world.post("specialist").pk not in {one["post_id"] for one in found}


def test_looking_is_written_down(world: World) -> None:
    draft = drafts.drafted(world)
    Program.of(world, "neighbour").get(f"/drafts/{draft.pk}")
    Program.of(world, "specialist").get(f"/drafts/{draft.pk}")
    flush()
    look = AccessLog.objects.get(item_kind="draft", item_id=draft.pk)
    assert (look.action, look.person_id) == ("view", world.person("specialist").pk)


def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries: Any) -> None:
    program = Program.of(world, "specialist")
    draft = drafts.drafted(world)
    for _ in range(2):
        drafts.drafted(world)
        program.post(f"/drafts/{draft.pk}/versions", {"upload": drafts.stage(world)})
        program.get("/drafts")
        with django_assert_num_queries(3):  # token, window, drafts
            program.get("/drafts")
        with django_assert_num_queries(
            9
        ):  # token, sight, draft, versions, reviews, recipients, attachments, history
            program.get(f"/drafts/{draft.pk}")
