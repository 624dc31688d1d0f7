"""Search for programs: the hits, filters and counts of the page, page by page."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.programs import Program
from tests.cast import World
from tests.entries import make_delivered, make_registered
from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import run_jobs
from vanthu.search import queries

pytestmark = pytest.mark.django_db


def ids(body: dict[str, Any]) -> list[int]:
    return [one["id"] for one in body["items"]]


def test_words_without_marks_find(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    program = Program.of(world, "clerk", ["read"])
    body = program.get("/search", {"q": "tam giam"}).json()
    assert (body["count"], body["next"]) == ("1", None)
    (hit,) = body["items"]
    assert (hit["item_kind"], hit["id"], hit["title"]) == ("in", entry.pk, entry.subject)
    assert "tạm giam" in hit["found"]
    assert (hit["kind"]["code"], hit["arrival_number"]) == ("CV", entry.arrival_number)
    assert program.get(hit["href"]).json()["id"] == entry.pk
    assert ids(Program.of(world, "neighbour").get("/search", {"q": "tam giam"}).json()) == []


def test_filters_narrow(world: World) -> None:
    entry = make_registered(world)
    run_jobs()
    program = Program.of(world, "clerk")
    fitting = {"item_kind": "in", "year": today().year, "kind": "CV", "scope": "office"}
    assert ids(program.get("/search", {"q": "tạm giam", **fitting}).json()) == [entry.pk]
    for other in ({"item_kind": "out"}, {"year": today().year - 1}, {"kind": "KH"}, {"scope": "mine"}):
        assert ids(program.get("/search", {"q": "tạm giam", **other}).json()) == [], other


def test_pages_and_the_count(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "COUNTED", 4)
    made = [make_registered(world).pk for _ in range(5)]
    run_jobs()
    program = Program.of(world, "clerk")
    first = program.get("/search", {"q": "tạm giam", "limit": 3})
    body = first.json()
    assert body["count"] == "4+"
    assert first["Link"] == f'<{body["next"]}>; rel="next"'
    second = program.get(body["next"]).json()
    assert ids(body) + ids(second) == made[::-1]
    assert (second["count"], second["next"]) == (None, None)


def test_wrong_questions(world: World) -> None:
    program = Program.of(world, "clerk")
    for query in (
        {},
        {"q": "x", "year": 1},
        {"q": "x", "scope": "x"},
        {"q": "x", "cursor": "WzFd"},
        {"q": "\x00"},
    ):
        assert program.get("/search", query).status_code == 422, query


def test_what_is_masked_is_found_by_its_number_only(world: World) -> None:
    entry = make_delivered(world, restricted=True)
    run_jobs()
    program = Program.of(world, "clerk")
    assert ids(program.get("/search", {"q": "tạm giam"}).json()) == []
    (hit,) = program.get("/search", {"q": entry.symbol}).json()["items"]
    assert (hit["masked"], hit["kind"], hit["snippet"]) == (True, None, "")
    assert entry.subject not in str(hit)


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    program = Program.of(world, "clerk")
    counts = []
    for _ in range(4):
        make_registered(world)
        run_jobs()
        program.get("/search", {"q": "tạm giam"})  # warm: actor and frequencies
        with CaptureQueriesContext(connection) as captured:
            program.get("/search", {"q": "tạm giam"})
        counts.append(len(captured))
    assert counts == [counts[0]] * 4
