"""How far rights go: what named somebody stays with the office, a delegation with its unit and its powers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import World, actor_of, make_delegation, make_person
from tests.entries import fresh, make_directed, make_registered, person, unit
from vanthu.documents import queries as documents
from vanthu.issuing import actions as issuing
from vanthu.issuing.actions import Outline
from vanthu.kernel import participants
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.organisations.models import Post
from vanthu.organisations.powers import Role
from vanthu.search import actions as search_actions
from vanthu.search import queries as search
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction


def test_what_named_a_person_stays_with_the_office(world: World) -> None:
    entry = make_directed(world, lead=person(world, "two_offices"))
    search_actions.index("in", entry.pk)
    at_home = world.actor("two_offices")
    away = world.actor("two_offices", office="second_region")
    assert documents.incoming(entry.pk, at_home).entry.pk == entry.pk
    assert participants.counts(at_home)["p", "in", "to_do"] == 1
    assert [hit.item_id for hit in search.search("tạm giam", by=at_home).hits] == [entry.pk]
    with pytest.raises(NotFound):
        documents.incoming(entry.pk, away)
    assert documents.incoming_list(away) == []
    assert documents.incoming_overdue(away) == []
    assert participants.sights(away, "in", [entry.pk]) == {}
    assert participants.counts(away) == {}
    assert search.search("tạm giam", by=away).hits == []


def test_who_moved_to_another_office_takes_nothing_along(world: World) -> None:
    entry = make_directed(world, lead=person(world, "specialist"), restricted=True)
    Post.objects.filter(pk=world.post("specialist").pk).update(
        valid_to_on=timezone.localdate() - timedelta(1)
    )
    Post.objects.create(
        person=world.person("specialist"), office=world.region, role=Role.HEAD, title="Viện trưởng"
    )
    with pytest.raises(NotFound):
        documents.incoming(entry.pk, world.actor("specialist"))


def test_a_person_sees_what_named_them_at_the_predecessor(world: World) -> None:
    entry = make_registered(world)
    participants.include(
        Item("in", entry.pk), person(world, "specialist"), office_id=world.former.pk, role="lead", state="done",
        at=timezone.now(),
    )  # fmt: skip
    assert documents.incoming(entry.pk, world.actor("specialist")).sight.files


def test_a_delegate_uses_only_what_that_head_delegated(world: World) -> None:
    helper = make_person(world.province, unit=world.unit("P1"))
    make_delegation(world.post("head_of_unit"), helper, "review_content")
    make_delegation(world.post("head_of_neighbour"), helper, "assign")
    by = actor_of(helper)
    own, others = make_directed(world), make_directed(world, lead=unit(world, "P2"))
    with pytest.raises(NotAllowed):
        tasks.assign(own.pk, Direction(lead=person(world, "specialist")), by=by)
    tasks.assign(others.pk, Direction(lead=person(world, "neighbour")), by=by)
    draft = issuing.start(
        Outline(kind="CV", subject="Về việc trả lời kiến nghị", signer_id=world.post("head").pk),
        from_template=False,
        by=world.actor("neighbour"),
    )
    assert not by.may_for_unit("review_content", draft.unit_id)
    assert by.may_for_unit("review_content", world.unit("P1").pk)


def test_a_delegate_does_not_finish_the_work_of_the_unit(world: World) -> None:
    entry = make_directed(world)
    with pytest.raises(NotAllowed):
        tasks.finish(entry.pk, "Đã báo cáo trực tiếp", by=world.actor("delegate"))
    assert fresh(entry).state == "directed"


def test_a_delegation_ends_with_the_post_of_its_giver(world: World) -> None:
    Post.objects.filter(pk=world.post("head_of_unit").pk).update(
        valid_to_on=timezone.localdate() - timedelta(days=1)
    )
    by = world.actor("delegate")
    assert not by.may("assign")
    assert ("u", world.unit("P1").pk) not in {(one.owner_kind, one.owner_id) for one in by.reaches}
