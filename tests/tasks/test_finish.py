"""Finish one's own task; the lead's result ends the unit's task and the entry."""

import pytest

from tests.cast import World
from tests.entries import (
    arrived,
    fresh,
    make_assigned,
    make_directed,
    make_numbered,
    make_registered,
    person,
    unit,
)
from vanthu.documents import actions as document_actions
from vanthu.documents import queries as documents
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.tasks import actions, queries
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Task

RESULT = "Đã báo cáo trực tiếp Viện trưởng"


def test_the_leads_result_closes_the_entry(world: World) -> None:
    entry = make_assigned(world)
    actions.finish(entry.pk, RESULT, by=world.actor("specialist"))
    entry = fresh(entry)
    assert (entry.state, entry.closing_note) == ("done", f"kết thúc giải quyết: {RESULT}")
    assert set(Task.objects.values_list("state", flat=True)) == {"done"}
    assert {row.state for row in participants.owners(Item("in", entry.pk))} == {"done"}
    assert [act.note for act in ledger.history(entry)][-2:] == [
        f"hoàn thành: {RESULT}",
        f"kết thúc giải quyết: {RESULT}",
    ]


def test_support_ends_only_their_part(world: World) -> None:
    entry = make_directed(world, lead=person(world, "specialist"), support=[person(world, "neighbour")])
    actions.finish(entry.pk, RESULT, by=world.actor("neighbour"))
    assert fresh(entry).state == "directed"
    assert documents.incoming(entry.pk, world.actor("neighbour")).participant.state == "done"
    assert documents.incoming(entry.pk, world.actor("specialist")).participant.state == "to_do"


def test_the_lead_of_a_supporting_unit_does_not_close_it(world: World) -> None:
    entry = make_directed(world, lead=unit(world, "P2"), support=[unit(world, "P1")])
    actions.assign(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head_of_unit"))
    actions.finish(entry.pk, RESULT, by=world.actor("specialist"))
    assert fresh(entry).state == "directed"
    assert documents.incoming(entry.pk, world.actor("head_of_unit")).participant.state == "done"


def test_a_head_of_unit_finishes_the_units_task_themselves(world: World) -> None:
    entry = make_directed(world)
    actions.finish(entry.pk, RESULT, by=world.actor("head_of_unit"))
    assert fresh(entry).state == "done"


def test_nothing_stays_open_behind_a_closed_entry(world: World) -> None:
    entry = make_directed(
        world,
        lead=person(world, "specialist"),
        support=[unit(world, "P2"), person(world, "second_specialist")],
    )
    actions.finish(entry.pk, RESULT, by=world.actor("specialist"))
    assert not Task.objects.filter(state="open").exists()
    assert queries.load_of(world.unit("P1").pk)[world.person("second_specialist").pk] == 0
    with pytest.raises(NotAllowed):
        actions.finish(entry.pk, RESULT, by=world.actor("second_specialist"))


def test_a_result_is_a_sentence(world: World) -> None:
    entry = make_assigned(world)
    with pytest.raises(Invalid) as refused:
        actions.finish(entry.pk, "x", by=world.actor("specialist"))
    assert set(refused.value.fields) == {"result"}


def test_only_who_has_a_task_here(world: World) -> None:
    entry = make_assigned(world)
    with pytest.raises(NotFound):
        actions.finish(entry.pk, RESULT, by=world.actor("neighbour"))
    with pytest.raises(NotAllowed, match="không có việc đang làm"):
        actions.finish(entry.pk, RESULT, by=world.actor("chief"))
    actions.finish(entry.pk, RESULT, by=world.actor("specialist"))
    with pytest.raises(NotAllowed):
        actions.finish(entry.pk, RESULT, by=world.actor("specialist"))


def test_reading_what_came_for_information(world: World) -> None:
    entry = make_registered(world)
    direction = Direction(lead=unit(world, "P1"), inform=[unit(world, "P2"), person(world, "neighbour")])
    actions.direct(entry.pk, direction, by=world.actor("head"))
    actions.mark_read(entry.pk, by=world.actor("neighbour"))
    assert documents.incoming(entry.pk, world.actor("neighbour")).participant.state == "read"
    assert documents.incoming(entry.pk, world.actor("head_of_neighbour")).participant.state == "to_read"
    actions.mark_read(entry.pk, by=world.actor("head_of_unit"))
    assert documents.incoming(entry.pk, world.actor("head_of_unit")).participant.state == "to_assign"


def test_an_issued_reply_closes_it_once(world: World) -> None:
    entry = make_assigned(world)
    reply = make_numbered(world, "clerk")
    for _ in range(2):
        actions.close_by_reply(entry.pk, reply.document, by=SYSTEM)
    entry = fresh(entry)
    assert (entry.state, entry.closing_note) == ("done", "kết thúc bằng văn bản trả lời 01/VKSTC-V14")
    assert not Task.objects.filter(state="open").exists()
    relation = documents.related(entry.document_id, world.actor("clerk"))
    assert [(one.source, one.target, one.kind) for one in relation] == [
        (reply.document, entry.document, "replies_to")
    ]
    assert sum(act.verb == "documents.closed" for act in ledger.history(entry)) == 1


def test_a_reply_to_what_was_returned_changes_nothing(world: World) -> None:
    entry = arrived(make_numbered(world).document, world.province)
    document_actions.return_to_sender(entry.pk, "Gửi nhầm nơi nhận", by=world.actor("clerk"))
    actions.close_by_reply(entry.pk, make_numbered(world, "clerk").document, by=SYSTEM)
    assert fresh(entry).state == "returned"
