"""Incoming documents for programs: the same lists, the same refusals, the same order as the pages."""

from typing import Any

import pytest

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_assigned, make_delivered, make_registered

pytestmark = pytest.mark.django_db


def ids(body: dict[str, Any]) -> list[int]:
    return [one["id"] for one in body["items"]]


def test_my_work(world: World) -> None:
    entry = make_assigned(world)
    make_registered(world)
    body = Program.of(world, "specialist").get("/incoming", {"tab": "to_do"}).json()
    assert ids(body) == [entry.pk]
    assert body["items"][0]["mine"] == "to_do"
    assert body["items"][0]["lead"] == world.person("specialist").full_name
    assert body["next"] is None


def test_pages_have_no_gaps_and_no_doubles(world: World) -> None:
    made = [make_registered(world).pk for _ in range(7)]
    program = Program.of(world, "clerk")
    found: list[int] = []
    response = program.get("/incoming", {"limit": 3, "tab": "registered"})
    for _ in range(3):
        body = response.json()
        found += ids(body)
        assert (body["next"] is None) == ("Link" not in response)
        if body["next"] is None:
            break
        assert response["Link"] == f'<{body["next"]}>; rel="next"'
        make_registered(world)  # what comes meanwhile does not shift the pages
        response = program.get(body["next"])
    assert found == made[::-1]


@pytest.mark.parametrize("cursor", ["x", "e30", "WzFd", "WzEsMl0", "WyJ4IiwxXQ", "W10", "á"])
def test_a_changed_cursor_is_refused(world: World, cursor: str) -> None:
    response = Program.of(world, "clerk").get("/incoming", {"cursor": cursor})
    assert response.status_code == 422
    assert response.json()["code"] == "cursor_wrong"


def test_wrong_questions_are_said_field_by_field(world: World) -> None:
    response = Program.of(world, "clerk").get("/incoming", {"limit": 101, "tab": "x"})
    assert response.status_code == 422
    assert response.json()["fields"].keys() == {"limit", "tab"}
    assert response.json()["fields"]["limit"] == "Phải từ 100 trở xuống."


def test_an_entry_with_all_that_hangs_on_it(world: World) -> None:
    entry = make_assigned(world)
    body = Program.of(world, "specialist").get(f"/incoming/{entry.pk}").json()
    assert body["subject"] == entry.subject
    assert [one["assignee"] for one in body["tasks"]] == ["Phòng 1", world.person("specialist").full_name]
    assert body["instructions"][0]["text"] == "Đề nghị tham mưu."
    assert body["history"][0]["verb"] == "documents.registered"


def test_what_is_masked_for_the_page_is_masked_here(world: World) -> None:
    entry = make_registered(world, restricted=True)
    body = Program.of(world, "clerk").get(f"/incoming/{entry.pk}").json()
    assert body["masked"]
    assert entry.subject not in str(body)
    assert body["history"] == []
    assert body["files"] == []


def test_unchanged_is_304(world: World) -> None:
    entry = make_registered(world)
    program = Program.of(world, "clerk")
    for path in (f"/incoming/{entry.pk}", "/incoming", "/me"):
        first = program.get(path)
        again = program.get(path, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
    make_delivered(world)
    assert program.get("/incoming", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_the_number_of_queries_does_not_grow(world: World, django_assert_num_queries: Any) -> None:
    program = Program.of(world, "clerk")
    make_registered(world)
    program.get("/incoming")  # warm: actor and last use
    with django_assert_num_queries(4):  # token, window, entries, tasks
        program.get("/incoming")
    for _ in range(5):
        make_registered(world)
    with django_assert_num_queries(4):
        program.get("/incoming")
