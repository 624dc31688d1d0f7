"""Who may see an item: rows, windows over them, counters, what is restricted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from vanthu.kernel import folding, participants
from vanthu.kernel.actor import Actor, Reach, Restricted
from vanthu.kernel.models import Counter, Participant
from vanthu.kernel.participants import Ask, Cursor, Item, Owner

pytestmark = pytest.mark.django_db

OFFICE, UNIT, PERSON = Owner("o", 1), Owner("u", 2), Owner("p", 3)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def include(number: int, owner: Owner = OFFICE, **fields: Any) -> Item:
    item = Item("in", number)
    values: dict[str, Any] = {"role": "holder", "state": "to_do", "at": START + timedelta(minutes=number)}
    participants.include(item, owner, office_id=1, **(values | fields))
    return item


def actor(*owners: Owner, restricted: Restricted = "hidden", files: bool = True) -> Actor:
    return Actor(reaches=tuple(Reach(one.kind, one.id, restricted, files) for one in owners))


def ids(rows: list[Participant]) -> list[int]:
    return [row.item_id for row in rows]


def test_including_twice_brings_the_row_up_to_date() -> None:
    item = include(1)
    include(1, state="done", pending=True)
    (row,) = participants.owners(item)
    assert (row.state, row.pending) == ("done", True)


def test_moving_only_from_a_state_tells_whether_it_moved() -> None:
    item = include(1)
    assert participants.move(item, OFFICE, state="done", only_from="to_do")
    assert not participants.move(item, OFFICE, state="done", only_from="to_do")
    assert not participants.move(item, UNIT, state="done")


def test_move_all_of_a_kind_of_owner_and_exclude() -> None:
    item = include(1)
    include(1, UNIT)
    include(1, PERSON)
    participants.move_all(item, state="done", owner_kind="u")
    assert [row.state for row in participants.owners(item)] == ["to_do", "done", "to_do"]
    participants.move_all(item, state="done")
    participants.exclude(item, OFFICE)
    assert [(row.owner_kind, row.state) for row in participants.owners(item)] == [
        ("u", "done"),
        ("p", "done"),
    ]


@pytest.mark.parametrize(
    ("restricted", "level", "seen"),
    [
        (False, "hidden", (False, True)),
        (False, "masked", (False, True)),
        (True, "full", (False, True)),
        (True, "masked", (True, False)),
        (True, "hidden", None),
    ],
)
def test_what_is_seen_of_a_restricted_item(
    restricted: bool, level: Restricted, seen: tuple[bool, bool] | None
) -> None:
    item = include(1, restricted=restricted)
    sight = participants.sight(actor(OFFICE, restricted=level), item)
    assert (sight and (sight.masked, sight.files)) == seen
    assert bool(participants.sights(actor(OFFICE, restricted=level), "in", [1])) == bool(seen)


def test_the_widest_of_several_reaches_counts_and_who_delegated_is_named() -> None:
    item = include(1, restricted=True)
    include(1, PERSON, restricted=True)
    by = Actor(reaches=(Reach("o", 1, "masked"), Reach("p", 3, "full", via="Đặng Quang Huy")))
    sight = participants.sight(by, item)
    assert sight is not None
    assert (sight.masked, sight.files, sight.via) == (False, True, "Đặng Quang Huy")
    assert sight.state_for(PERSON) == "to_do"
    assert sight.state_for(UNIT) == ""


def test_without_a_reach_nothing_exists(django_assert_num_queries: Any) -> None:
    item = include(1)
    for by in (actor(), actor(UNIT), Actor.for_system()):
        assert participants.sight(by, item) is None
        assert participants.sights(by, "in", [1]) == {}
        assert participants.window(by, "in") == []
        assert participants.counts(by) == {}


def test_pages_follow_each_other_without_a_gap_or_a_repeat(django_assert_num_queries: Any) -> None:
    for number in range(25):
        include(number, at=START + timedelta(minutes=number // 3))
    by, pages, before = actor(OFFICE), [], None
    while True:
        with django_assert_num_queries(1):
            rows = participants.window(by, "in", before=before, limit=10)
        if not rows:
            break
        pages += ids(rows)
        before = Cursor(rows[-1].at, rows[-1].item_id)
    assert pages == sorted(pages, key=lambda number: (-(number // 3), -number))
    assert len(pages) == len(set(pages)) == 25


def test_a_window_is_full_however_many_reaches_hold_the_same_items() -> None:
    owners = [Owner("u", number) for number in range(5)]
    for number in range(12):
        for owner in owners:
            include(number, owner)
    assert ids(participants.window(actor(*owners), "in", limit=10)) == list(range(11, 1, -1))


@pytest.mark.parametrize("states", [(), ("to_do",)])
def test_an_item_is_on_one_page_though_its_owners_have_it_since_other_times(states: tuple[str, ...]) -> None:
    for number in range(12):
        include(number)
        include(number, PERSON, at=START + timedelta(days=1, minutes=number), restricted=number == 3)
        include(number, UNIT, at=START + timedelta(days=2), state="done", restricted=number == 3)
    by, shown, before = actor(OFFICE, PERSON, UNIT), [], None
    while rows := participants.window(by, "in", states=states, before=before, limit=5):
        shown += ids(rows)
        before = Cursor(rows[-1].at, rows[-1].item_id)
    assert sorted(shown) == list(range(12))


def test_a_window_of_states_and_of_kinds_of_owners() -> None:
    include(1, state="to_do")
    include(2, state="done")
    include(3, UNIT, state="to_do")
    participants.include(Item("out", 4), OFFICE, office_id=1, role="", state="to_do", at=START)
    by = actor(OFFICE, UNIT)
    assert ids(participants.window(by, "in")) == [3, 2, 1]
    assert ids(participants.window(by, "in", states=("to_do", "waiting"))) == [3, 1]
    assert ids(participants.window(by, "in", owner_kinds=("u",))) == [3]
    assert participants.window(by, "in", owner_kinds=("p",)) == []


def test_restricted_rows_are_in_no_window_of_those_they_are_hidden_from() -> None:
    include(1, restricted=True, due_on=date(2026, 1, 1), pending=True)
    for level, expected in (("hidden", []), ("masked", [1]), ("full", [1])):
        by = actor(OFFICE, restricted=level)  # type: ignore[arg-type]
        assert ids(participants.window(by, "in")) == expected
        assert ids(participants.overdue(by, "in", on=date(2026, 3, 1))) == expected
        assert participants.counts(by) == ({("o", "in", "to_do"): 1} if expected else {})


def test_overdue_are_open_rows_past_their_date_the_longest_first() -> None:
    include(1, due_on=date(2026, 3, 3), pending=True)
    include(2, due_on=date(2026, 3, 1), pending=True)
    include(3, due_on=date(2026, 3, 1), pending=False)
    include(4, due_on=date(2026, 3, 5), pending=True)
    include(5, pending=True)
    include(2, UNIT, due_on=date(2026, 3, 1), pending=True)
    assert ids(participants.overdue(actor(OFFICE, UNIT), "in", on=date(2026, 3, 5))) == [2, 1]


def test_counters_follow_every_change() -> None:
    by = actor(OFFICE, UNIT)
    for number in range(4):
        include(number)
    include(9, UNIT)
    assert participants.counts(by) == {("o", "in", "to_do"): 4, ("u", "in", "to_do"): 1}
    participants.move(Item("in", 1), OFFICE, state="done")
    include(2, state="done")
    participants.exclude(Item("in", 3), OFFICE)
    expected = {("o", "in", "to_do"): 1, ("o", "in", "done"): 2, ("u", "in", "to_do"): 1}
    assert participants.counts(by) == expected
    include(0, restricted=True)
    assert participants.counts(by) == {("o", "in", "done"): 2, ("u", "in", "to_do"): 1}
    assert participants.counts(actor(OFFICE, UNIT, restricted="full")) == expected


def test_folding_keeps_the_sums(django_assert_num_queries: Any) -> None:
    by = actor(OFFICE, restricted="masked")
    for number in range(6):
        include(number, restricted=number == 5)
    participants.move(Item("in", 0), OFFICE, state="done")
    before = participants.counts(by)
    rows = Counter.objects.count()
    participants.fold_counters()
    assert participants.counts(by) == before == {("o", "in", "to_do"): 5, ("o", "in", "done"): 1}
    assert Counter.objects.count() == 3 < rows
    with django_assert_num_queries(1):
        participants.counts(by)
    kept = set(Counter.objects.values_list("pk", flat=True))
    include(9)
    folding.fold_counters()
    assert participants.counts(by)["o", "in", "to_do"] == 6
    assert (
        len(kept & set(Counter.objects.values_list("pk", flat=True))) == 2
    )  # only what grew is written anew


def test_several_lists_and_what_is_overdue_cost_one_statement(django_assert_num_queries: Any) -> None:
    include(1, due_on=date(2026, 3, 3), pending=True)
    include(2, UNIT, state="done")
    participants.include(Item("out", 4), OFFICE, office_id=1, role="", state="issued", at=START)
    by = actor(OFFICE, UNIT)
    asks = [Ask("out"), Ask("in", limit=1), Ask("in", overdue_on=date(2026, 3, 4)), Ask("draft")]
    with django_assert_num_queries(1):
        found = participants.windows(by, asks)
    assert [ids(rows) for rows in found] == [[4], [2], [1], []]


def test_counters_and_the_number_of_overdue_items_cost_one_statement(django_assert_num_queries: Any) -> None:
    for number in range(5):
        include(number, due_on=date(2026, 3, 1 + number), pending=True)
        include(number, UNIT, due_on=date(2026, 3, 1), pending=True)
    by = actor(OFFICE, UNIT)
    with django_assert_num_queries(1):
        standing = participants.standing(by, "in", on=date(2026, 3, 3))
    assert standing == ({("o", "in", "to_do"): 5, ("u", "in", "to_do"): 5}, 5)
    assert participants.standing(actor(OFFICE), "in", on=date(2026, 3, 3)).overdue == 2
    assert participants.standing(by, "in", on=date(2026, 3, 9), most=3).overdue == 3
    with django_assert_num_queries(0):
        assert participants.standing(actor(), "in", on=date(2026, 3, 9)) == ({}, 0)


def test_of_two_rows_for_one_item_and_owner_the_later_counts() -> None:
    rows = [
        Participant(item_kind="in", item_id=1, owner_kind="o", owner_id=1, office_id=1, state=state, at=START)
        for state in ("to_do", "done")
    ]
    participants.include_all(rows)
    assert [row.state for row in participants.owners(Item("in", 1))] == ["done"]
    participants.include_all([])
    assert participants.counts(actor(OFFICE)) == {("o", "in", "done"): 1}
