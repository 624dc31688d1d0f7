"""Who may give, take back and finish work, and when: the edges that a page does not offer."""

from datetime import timedelta

import pytest

from tests.cast import World
from tests.entries import (
    fresh,
    make_assigned,
    make_delivered,
    make_directed,
    make_presented,
    make_registered,
    person,
    unit,
)
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations.models import Unit
from vanthu.tasks import actions, queries
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Task

RESULT = "Đã báo cáo trực tiếp Viện trưởng"


def states(entry_id: int) -> dict[tuple[str, int], str]:
    return {(row.owner_kind, row.owner_id): row.state for row in participants.owners(Item("in", entry_id))}


def test_nobody_instructs_before_it_is_registered(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(Conflict, match="chưa vào sổ"):
        actions.instruct(entry.pk, "Giao Phòng 1 làm ngay", by=world.actor("head"))
    documents.return_to_sender(entry.pk, "Gửi nhầm nơi nhận", by=world.actor("clerk"))
    with pytest.raises(Conflict, match="chưa vào sổ"):
        actions.instruct(entry.pk, "Giao Phòng 1 làm ngay", by=world.actor("head"))


def test_only_who_gave_a_direction_takes_it_back(world: World) -> None:
    entry = make_directed(world)
    actions.instruct(entry.pk, "Phòng 1 lưu ý thời hạn.", by=world.actor("head_of_unit"))
    with pytest.raises(Conflict):
        actions.undo_direct(entry.pk, by=world.actor("head_of_unit"))
    assert fresh(entry).state == "directed"
    assert Task.objects.get(source_id=entry.pk).state == "open"


def test_undoing_keeps_what_was_said_apart_from_the_direction(world: World) -> None:
    entry = make_directed(world)
    actions.instruct(entry.pk, "Báo cáo tôi trước khi trả lời.", by=world.actor("head"))
    actions.undo_direct(entry.pk, by=world.actor("head"))
    assert [one.text for one in queries.instructions("in", entry.pk)] == ["Báo cáo tôi trước khi trả lời."]


def test_a_direction_is_not_taken_back_when_somebody_has_done_their_part(world: World) -> None:
    entry = make_directed(world, support=[person(world, "neighbour")])
    actions.finish(entry.pk, RESULT, by=world.actor("neighbour"))
    with pytest.raises(Conflict, match="làm xong"):
        actions.undo_direct(entry.pk, by=world.actor("head"))
    assert set(Task.objects.values_list("state", flat=True)) == {"open", "done"}


def test_a_unit_that_was_dissolved_gets_no_work(world: World) -> None:
    Unit.objects.filter(pk=world.unit("P9").pk).update(valid_to_on=today() - timedelta(days=1))
    entry = make_presented(world)
    with pytest.raises(Invalid, match="không còn hoạt động"):
        actions.direct(entry.pk, Direction(lead=unit(world, "P9")), by=world.actor("head"))


@pytest.mark.parametrize("owner", ["P1", "supporting"])
def test_a_restricted_document_goes_to_people_only(world: World, owner: str) -> None:
    entry = make_presented(world, restricted=True)
    lead = unit(world, "P1") if owner == "P1" else person(world, "specialist")
    support = [unit(world, "P2")] if owner == "supporting" else []
    with pytest.raises(Invalid, match="chỉ giao đích danh"):
        actions.direct(entry.pk, Direction(lead=lead, support=support), by=world.actor("head"))
    assert fresh(entry).state == "presented"


def test_a_leader_who_was_given_the_work_finishes_it(world: World) -> None:
    entry = make_directed(world, lead=person(world, "deputy"))
    actions.finish(entry.pk, RESULT, by=world.actor("deputy"))
    assert fresh(entry).state == "done"


def test_a_unit_that_is_done_leaves_nobody_at_work(world: World) -> None:
    entry = make_directed(world, lead=unit(world, "P2"), support=[unit(world, "P1")])
    actions.assign(entry.pk, Direction(lead=person(world, "specialist")), by=world.actor("head_of_unit"))
    actions.finish(entry.pk, RESULT, by=world.actor("head_of_unit"))
    assert states(entry.pk)[person(world, "specialist")] == "done"
    assert list(Task.objects.filter(state="open").values_list("unit", flat=True)) == [world.unit("P2").pk]
    assert fresh(entry).state == "directed"


def test_a_member_of_an_open_unit_does_not_read_for_its_head(world: World) -> None:
    Unit.objects.filter(pk=world.unit("P1").pk).update(open_to_members=True)
    entry = make_registered(world)
    direction = Direction(lead=unit(world, "P2"), inform=[unit(world, "P1")])
    actions.direct(entry.pk, direction, by=world.actor("chief"))
    actions.mark_read(entry.pk, by=world.actor("specialist"))
    assert states(entry.pk)[unit(world, "P1")] == "to_read"
    actions.mark_read(entry.pk, by=world.actor("head_of_unit"))
    assert states(entry.pk)[unit(world, "P1")] == "read"


def test_what_was_not_given_is_not_finished(world: World) -> None:
    entry = make_assigned(world)
    for persona in ("clerk", "head", "chief"):
        with pytest.raises(NotAllowed):
            actions.finish(entry.pk, RESULT, by=world.actor(persona))
    assert document_queries.incoming(entry.pk, world.actor("clerk")).entry.state == "directed"
