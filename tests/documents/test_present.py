"""Present to a leader, and take it back (Decree 30/2020, article 23)."""

from datetime import timedelta

import pytest

from tests.cast import World
from tests.entries import fresh, make_delivered, make_directed, make_presented, make_registered
from vanthu.documents import actions, queries
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, NotAllowed, NotFound
from vanthu.organisations.models import Post


@pytest.mark.parametrize("leader", ["head", "deputy", "chief"])
def test_it_waits_on_the_leaders_desk(world: World, leader: str) -> None:
    entry = make_registered(world)
    actions.present(entry.pk, world.person(leader).pk, by=world.actor("clerk"))
    assert fresh(entry).state == "presented"
    listed = queries.incoming_list(world.actor(leader), states=("to_direct",), owner_kinds=("p",))
    assert [(seen.entry.pk, seen.participant.pending) for seen in listed] == [(entry.pk, True)]
    assert queries.incoming(entry.pk, world.actor("clerk")).participant.state == "presented"


@pytest.mark.parametrize("nobody", ["specialist", "head_of_unit", "region_head", "clerk"])
def test_only_to_leaders_of_the_office(world: World, nobody: str) -> None:
    entry = make_registered(world)
    with pytest.raises(NotFound, match="chức vụ phù hợp"):
        actions.present(entry.pk, world.person(nobody).pk, by=world.actor("clerk"))
    assert fresh(entry).state == "registered"


def test_not_to_a_leader_who_left(world: World) -> None:
    Post.objects.filter(pk=world.post("deputy").pk).update(valid_to_on=today() - timedelta(days=1))
    entry = make_registered(world)
    with pytest.raises(NotFound):
        actions.present(entry.pk, world.person("deputy").pk, by=world.actor("clerk"))


def test_nothing_is_handled_before_it_is_registered(world: World) -> None:
    entry = make_delivered(world)
    with pytest.raises(Conflict):
        actions.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))


def test_who_may_present(world: World) -> None:
    entry = make_registered(world)
    with pytest.raises(NotAllowed):
        actions.present(entry.pk, world.person("head").pk, by=world.actor("head"))
    with pytest.raises(NotFound):
        actions.present(entry.pk, world.person("head").pk, by=world.actor("specialist"))


def test_presenting_twice_tells_who_was_first(world: World) -> None:
    entry = make_presented(world)
    with pytest.raises(Conflict, match="Phạm Thu Thủy vừa trình Viện trưởng Vũ Đình Lâm lúc"):
        actions.present(entry.pk, world.person("deputy").pk, by=world.actor("clerk"))
    assert not participants.sight(world.actor("deputy"), Item("in", entry.pk))


def test_taking_back_empties_the_leaders_desk(world: World) -> None:
    entry = make_presented(world, "deputy")
    actions.take_back(entry.pk, by=world.actor("clerk"))
    assert fresh(entry).state == "registered"
    assert participants.sight(world.actor("deputy"), Item("in", entry.pk)) is None
    owners = participants.owners(Item("in", entry.pk))
    assert [(row.owner_kind, row.owner_id, row.state) for row in owners] == [
        (*Owner("o", world.province.pk), "registered")
    ]


def test_what_was_directed_is_not_taken_back(world: World) -> None:
    entry = make_directed(world)
    with pytest.raises(Conflict, match="Vũ Đình Lâm vừa giao Phòng 1 chủ trì"):
        actions.take_back(entry.pk, by=world.actor("clerk"))
