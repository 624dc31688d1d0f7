"""The menu: seven entries, filtered by right; counts of what waits for this person only."""

import pytest
from django.utils import timezone

from tests.cast import World
from vanthu.kernel.participants import Item, Owner, include
from vanthu.web.shell import navigation


def put(kind: str, number: int, owner: tuple[str, int], state: str, office_id: int) -> None:
    include(Item(kind, number), Owner(*owner), office_id=office_id, role="x", state=state, at=timezone.now())


@pytest.fixture
def waiting(world: World) -> World:
    office, unit = world.province.pk, world.unit("P1").pk
    put("in", 1, ("o", office), "waiting", office)
    put("in", 2, ("o", office), "registered", office)
    put("in", 3, ("u", unit), "to_assign", office)
    put("in", 4, ("p", world.person("specialist").pk), "to_do", office)
    put("draft", 1, ("o", office), "signed", office)
    put("draft", 2, ("p", world.person("head").pk), "to_sign", office)
    put("draft", 3, ("u", unit), "to_review", office)
    put("draft", 4, ("o", office), "form", office)
    put("draft", 5, ("p", world.person("specialist").pk), "returned", office)
    put("draft", 6, ("p", world.person("specialist").pk), "drafting", office)
    put("in", 5, ("p", world.person("specialist").pk), "done", office)
    return world


@pytest.mark.parametrize(
    ("persona", "counts"),
    [
        ("clerk", {"incoming": 2, "outgoing": 1}),
        ("head", {"outgoing": 1}),
        ("head_of_unit", {"incoming": 1, "outgoing": 1}),
        ("chief", {"outgoing": 1}),
        ("delegate", {"incoming": 1, "outgoing": 1}),
        ("specialist", {"incoming": 1, "outgoing": 1}),
        ("neighbour", {}),
        ("administrator", {}),
        ("supreme_clerk", {}),
    ],
)
def test_counts_are_what_i_must_do(waiting: World, persona: str, counts: dict[str, int]) -> None:
    assert navigation.badges(waiting.actor(persona)) == counts


def test_the_counts_answer_zeros_too(waiting: World) -> None:
    counts = waiting.client("clerk").get("/counters").json()["counts"]
    assert counts["incoming"] == 2
    assert counts["desk"] == 0
    assert len(counts) == 8  # the menu and the notices


def test_who_sees_no_documents_has_no_entries_of_them() -> None:
    assert [one.name for one in navigation.ENTRIES if not one.roles] == ["desk"]
    for one in navigation.ENTRIES[1:]:
        assert not one.roles & {"administrator", "inspector"}
    assert [one.short for one in navigation.ENTRIES if one.short] == ["Bàn", "Đến", "Đi", "Lịch"]
