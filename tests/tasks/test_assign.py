"""The head of a unit passes the unit's task on to people."""

import pytest

from tests.cast import World
from tests.entries import make_assigned, make_directed, person, unit
from vanthu.documents import queries as documents
from vanthu.kernel import ledger, participants
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.tasks import actions, queries
from vanthu.tasks.actions import Direction
from vanthu.tasks.models import Task


def test_the_specialist_finds_it_on_the_desk(world: World) -> None:
    entry = make_assigned(world)
    (seen,) = documents.incoming_list(world.actor("specialist"), states=("to_do",))
    assert (seen.entry.pk, seen.participant.due_on) == (entry.pk, entry.due_on)
    assert documents.incoming(entry.pk, world.actor("head_of_unit")).participant.state == "assigned"
    lead, own = queries.tasks_of("in", entry.pk)
    assert (own.parent_id, own.person_id, own.role) == (lead.pk, world.person("specialist").pk, "lead")
    assert lead.unit_id == world.unit("P1").pk


def test_lead_and_support_inside_the_unit(world: World) -> None:
    entry = make_directed(world)
    direction = Direction(
        text="Làm trước thứ Sáu.",
        lead=person(world, "specialist"),
        support=[person(world, "second_specialist")],
    )
    actions.assign(entry.pk, direction, by=world.actor("head_of_unit"))
    act = ledger.last_act(entry)
    assert act is not None
    assert act.note == ("giao Lê Quang Khải chủ trì, Trần Thúy Nga phối hợp: “Làm trước thứ Sáu.”")
    assert queries.load_of(world.unit("P1").pk)[world.person("second_specialist").pk] == 1


@pytest.mark.parametrize("owner", ["neighbour", "clerk", "region_specialist"])
def test_only_to_people_of_the_unit(world: World, owner: str) -> None:
    entry = make_directed(world)
    with pytest.raises(Invalid, match="Chỉ giao cho người trong đơn vị"):
        actions.assign(entry.pk, Direction(lead=person(world, owner)), by=world.actor("head_of_unit"))
    with pytest.raises(Invalid, match="Chọn người chủ trì"):
        actions.assign(entry.pk, Direction(lead=unit(world, "P1")), by=world.actor("head_of_unit"))


def test_who_may_assign(world: World) -> None:
    entry = make_directed(world)
    direction = Direction(lead=person(world, "specialist"))
    with pytest.raises(NotFound):
        actions.assign(entry.pk, direction, by=world.actor("head_of_neighbour"))
    for persona in ("specialist", "head", "clerk"):
        with pytest.raises(NotAllowed):
            actions.assign(entry.pk, direction, by=world.actor(persona))
    with pytest.raises(NotAllowed, match=r"không \(còn\) chờ đơn vị"):
        actions.assign(entry.pk, direction, by=world.actor("chief"))


def test_a_delegate_assigns_for_the_head_and_never_to_themselves(world: World) -> None:
    entry = make_directed(world)
    delegate = world.actor("delegate")
    with pytest.raises(NotAllowed, match="làm thay Đặng Quang Huy"):
        actions.assign(entry.pk, Direction(lead=person(world, "delegate")), by=delegate)
    actions.assign(entry.pk, Direction(lead=person(world, "specialist")), by=delegate)
    act = ledger.last_act(entry)
    assert act is not None
    assert act.behalf_of == "Đặng Quang Huy"


def test_assigning_twice_tells_who_was_first(world: World) -> None:
    entry = make_assigned(world)
    with pytest.raises(Conflict, match="Đặng Quang Huy vừa giao Lê Quang Khải chủ trì lúc"):
        actions.assign(
            entry.pk, Direction(lead=person(world, "second_specialist")), by=world.actor("delegate")
        )
    assert participants.sight(world.actor("second_specialist"), Item("in", entry.pk)) is None


def test_undo_takes_it_from_the_specialist(world: World) -> None:
    entry = make_assigned(world)
    actions.undo_assign(entry.pk, by=world.actor("head_of_unit"))
    with pytest.raises(NotFound):
        documents.incoming(entry.pk, world.actor("specialist"))
    assert documents.incoming(entry.pk, world.actor("head_of_unit")).participant.state == "to_assign"
    assert Task.objects.exclude(state="cancelled").count() == 1
    actions.assign(
        entry.pk, Direction(lead=person(world, "second_specialist")), by=world.actor("head_of_unit")
    )
    assert documents.incoming(entry.pk, world.actor("second_specialist")).participant.state == "to_do"


def test_what_is_finished_is_not_taken_back(world: World) -> None:
    entry = make_directed(world)
    direction = Direction(lead=person(world, "specialist"), support=[person(world, "second_specialist")])
    actions.assign(entry.pk, direction, by=world.actor("head_of_unit"))
    actions.finish(entry.pk, "Đã góp ý bằng văn bản", by=world.actor("second_specialist"))
    with pytest.raises(Conflict, match="Đã có người làm xong"):
        actions.undo_assign(entry.pk, by=world.actor("head_of_unit"))
