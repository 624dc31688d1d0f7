"""Dossiers for programs: open, fill, close, hand over; who may not is told what the page tells."""

from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_assigned, make_delivered, make_registered
from vanthu.dossiers.models import Dossier

pytestmark = pytest.mark.django_db

NEW = {"title": "Kiểm tra công tác tạm giữ, tạm giam năm 2026", "retention_years": 20}


def opened(program: Program) -> dict[str, Any]:
    response = program.post("/dossiers", NEW)
    assert response.status_code == 201
    assert response["Location"] == f"/api/v1/dossiers/{response.json()['id']}"
    return response.json()


def test_from_opening_to_the_archive(world: World) -> None:
    entry = make_assigned(world)
    program = Program.of(world, "specialist", ["read", "dossiers"])
    pk = opened(program)["id"]
    body = program.post(f"/dossiers/{pk}/items", {"kind": "in", "id": entry.pk}).json()
    (line,) = body["contents"]
    assert (line["ordinal"], line["kind"], line["id"], line["subject"]) == (1, "in", entry.pk, entry.subject)
    for act, state in (
        ("close", "closed"),
        ("reopen", "open"),
        ("close", "closed"),
        ("hand-over", "handed_over"),
    ):
        sent = {"reason": "Văn bản giấy nộp kèm"} if act == "close" else None
        response = program.post(f"/dossiers/{pk}/{act}", sent)
        assert (response.status_code, response.json()["state"]["code"]) == (200, state)
    assert response.json()["history"][0]["verb"] == "dossiers.opened"
    assert Program.of(world, "archivist").get(f"/dossiers/{pk}").json()["title"] == NEW["title"]


def test_the_same_command_twice_opens_one(world: World) -> None:
    program = Program.of(world, "specialist")
    first = program.post("/dossiers", NEW, key="a").json()
    assert program.post("/dossiers", NEW, key="a").json() == first
    assert Dossier.objects.count() == 1
    other = program.post("/dossiers", {**NEW, "retention_years": 0}, key="a")
    assert (other.status_code, other.json()["code"]) == (409, "key_used")


def test_refusals_are_those_of_the_page(world: World) -> None:
    program = Program.of(world, "specialist")
    pk = opened(program)["id"]
    assert program.post("/dossiers", {"title": "ngắn"}).json()["fields"].keys() == {"title"}
    assert program.post(f"/dossiers/{pk}/close").status_code == 422, "an empty one is not closed"
    waiting = make_delivered(world)
    assert program.post(f"/dossiers/{pk}/items", {"kind": "in", "id": waiting.pk}).status_code == 404
    hidden = make_registered(world)
    assert program.post(f"/dossiers/{pk}/items", {"kind": "in", "id": hidden.pk}).status_code == 404
    assert Program.of(world, "neighbour").get(f"/dossiers/{pk}").status_code == 404
    assert Program.of(world, "head").post(f"/dossiers/{pk}/close").status_code == 403
    assert Program.of(world, "specialist", ["read"]).post("/dossiers", NEW).status_code == 403


def test_lists_by_state_page_by_page(world: World) -> None:
    program = Program.of(world, "specialist")
    made = [opened(program)["id"] for _ in range(3)]
    body = program.get("/dossiers", {"limit": 2, "state": "open"}).json()
    assert [one["id"] for one in body["items"]] == made[:0:-1]
    assert [one["id"] for one in program.get(body["next"]).json()["items"]] == made[:1]
    assert program.get("/dossiers", {"state": "closed"}).json()["items"] == []


def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries: Any) -> None:
    program = Program.of(world, "specialist")
    pk = opened(program)["id"]
    for _ in range(2):
        opened(program)
        program.post(f"/dossiers/{pk}/items", {"kind": "in", "id": make_assigned(world).pk})
        with django_assert_num_queries(3):  # token, window, dossiers
            program.get("/dossiers")
        with django_assert_num_queries(
            7
        ):  # token, sight, dossier, contents, sights and entries of them, history
            program.get(f"/dossiers/{pk}")
