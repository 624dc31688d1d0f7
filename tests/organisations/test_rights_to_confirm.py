"""Whoever's rights changed is told on every page until they confirm; the confirmation is in the ledger."""

import pytest

from tests.cast import World, actor_of
from tests.entries import make_directed, make_presented, person
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, NotAllowed
from vanthu.organisations import actions, rights
from vanthu.organisations.models import Account
from vanthu.organisations.powers import Role


def texts(world: World, persona: str) -> list[str]:
    return [row.text for row in rights.changes_of(world.actor(persona)) if row.confirmed_at is None]


def test_a_post_given_and_ended_is_told_until_confirmed(world: World) -> None:
    by, account = world.actor("administrator"), world.account("neighbour")
    post = actions.give_post(account.pk, role=Role.ARCHIVIST, title="Lưu trữ viên kiêm nhiệm", by=by)
    actions.end_post(post.pk, by=by)
    assert texts(world, "neighbour") == [
        "Thôi chức vụ Lưu trữ viên kiêm nhiệm.",
        "Được giao chức vụ Lưu trữ viên kiêm nhiệm, vai trò Lưu trữ viên.",
    ]
    assert Account.objects.get(pk=account.pk).rights_to_confirm == 2
    me = world.actor("neighbour")
    assert rights.confirm(max(row.pk for row in rights.changes_of(me)), by=me) == 2
    assert Account.objects.get(pk=account.pk).rights_to_confirm == 0
    assert ledger.history(account)[-1].note.startswith("xác nhận đã biết thay đổi quyền: Được giao chức vụ")
    with pytest.raises(Conflict):
        rights.confirm(10**9, by=me)


def test_what_came_after_the_page_was_shown_stays_open(world: World) -> None:
    by, me = world.actor("administrator"), world.actor("neighbour")
    rights.tell([me.person], "Việc thứ nhất.", by=by)
    shown = rights.changes_of(me)[0].pk
    rights.tell([me.person], "Việc thứ hai.", by=by)
    assert rights.confirm(shown, by=me) == 1
    assert texts(world, "neighbour") == ["Việc thứ hai."]


def test_a_restricted_document_tells_those_whom_it_names_once(world: World) -> None:
    make_presented(world)
    assert texts(world, "head") == [], "an ordinary document is everyday work"
    make_directed(world, lead=person(world, "specialist"), restricted=True)
    assert texts(world, "specialist") == ["Được xem văn bản đến hạn chế tiếp cận do Vũ Đình Lâm giao."]
    assert len(texts(world, "head")) == 1, "presented to them; directing it themselves tells them nothing new"
    assert texts(world, "clerk") == []


def test_the_administrator_sees_who_has_not_confirmed(world: World) -> None:
    rights.tell([world.person("neighbour").pk], "Thử.", by=world.actor("administrator"))
    found = rights.unconfirmed(world.actor("administrator"))
    assert [row.person_id for row in found] == [world.person("neighbour").pk]
    with pytest.raises(NotAllowed):
        rights.unconfirmed(world.actor("clerk"))


def test_nobody_is_told_of_their_own_act_and_no_program_at_all(world: World) -> None:
    head = actor_of(world.post("head"))
    rights.tell([head.person], "Thử.", by=head)
    assert texts(world, "head") == []
