"""Lists cost the same however long they are, and show each reader their own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import World
from tests.entries import make_directed, make_numbered, make_registered, unit
from vanthu.documents import book_lines, queries
from vanthu.documents.models import IncomingEntry
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Cursor
from vanthu.kernel.refusals import NotAllowed

LISTS: dict[str, Callable[[Actor], list[Any]]] = {
    "incoming": lambda by: queries.incoming_list(by, limit=100),
    "incoming in a state": lambda by: queries.incoming_list(
        by, states=("registered", "presented"), limit=100
    ),
    "overdue": queries.incoming_overdue,
    "outgoing": lambda by: queries.outgoing_list(by, limit=100),
}


@pytest.mark.parametrize("name", LISTS)
def test_two_queries_with_five_entries_and_with_sixty(
    world: World, name: str, django_assert_num_queries: Any
) -> None:
    clerk = world.actor("clerk")
    for total in (5, 60):
        while IncomingEntry.objects.count() < total:
            make_registered(world)
            make_numbered(world, "clerk")
        Participant.objects.update(due_on=today().replace(year=2020))
        with django_assert_num_queries(2):
            rows = LISTS[name](clerk)
            for row in rows:
                shown = row.entry if isinstance(row.entry, IncomingEntry) else row.entry.document
                assert shown.subject
        assert len(rows) == total


def test_pages_follow_each_other(world: World) -> None:
    clerk = world.actor("clerk")
    made = [make_registered(world).pk for _ in range(7)]
    first = queries.incoming_list(clerk, limit=4)
    last = first[-1].participant
    rest = queries.incoming_list(clerk, limit=4, before=Cursor(last.at, last.item_id))
    assert [seen.entry.pk for seen in first + rest] == made[::-1]


def test_a_list_masks_what_its_reader_may_not_read(world: World) -> None:
    make_registered(world, restricted=True)
    (shown,) = queries.incoming_list(world.actor("clerk"))
    assert shown.sight.masked
    assert shown.entry.subject == queries.MASKED_SUBJECT
    assert shown.entry.arrival_number == 1
    (read,) = queries.incoming_list(world.actor("head"))
    assert not read.sight.masked
    assert queries.incoming_list(world.actor("chief")) == []


def test_units_see_what_was_given_to_them(world: World) -> None:
    entry = make_directed(world, lead=unit(world, "P1"), support=[unit(world, "P2")])
    for persona, state in (("head_of_unit", "to_assign"), ("head_of_neighbour", "to_assign")):
        (seen,) = queries.incoming_list(world.actor(persona), states=(state,))
        assert seen.entry.pk == entry.pk
    assert queries.incoming_list(world.actor("two_posts")) == []


def test_the_book_is_for_those_who_see_the_whole_office(world: World) -> None:
    entry = make_registered(world)
    hidden = make_registered(world, restricted=True)
    day = today()
    for persona, subjects in (
        ("clerk", [entry.subject, queries.MASKED_SUBJECT]),
        ("head", [entry.subject, hidden.subject]),
        ("chief", [entry.subject, queries.MASKED_SUBJECT]),
    ):
        rows = book_lines.incoming_book(world.actor(persona), day, day)
        assert [row.subject for row in rows] == subjects
    for persona in ("deputy", "specialist", "administrator", "inspector", "archivist"):
        with pytest.raises(NotAllowed):
            book_lines.incoming_book(world.actor(persona), day, day)
        with pytest.raises(NotAllowed):
            book_lines.outgoing_book(world.actor(persona), day, day)
