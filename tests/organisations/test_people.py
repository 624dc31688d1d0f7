"""Administrators: people, posts, activation, lock, rules; never their own rights, never people of other offices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import World, account_of, actor_of, make_person
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.models import LedgerEntry
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import actions, people
from vanthu.organisations.models import Account, Activation
from vanthu.organisations.powers import Role
from vanthu.organisations.rules_actions import change_rules

GOOD = "ba con meo vang"


def new_account(world: World, username: str = "an.p1") -> Account:
    return actions.add_person("Trần Bình An", username, by=world.actor("administrator"))


def test_a_new_person_gets_an_account_that_nobody_can_sign_in_with_yet(world: World) -> None:
    account = new_account(world)
    assert account.person is not None
    assert account.person.search_key == "tran binh an"
    assert not account.has_usable_password()
    assert account.activated_at is None
    assert [act.note for act in ledger.history(account)] == ["thêm người dùng Trần Bình An"]


@pytest.mark.parametrize(
    ("name", "username", "field"),
    [
        ("An", "an.p1", "full_name"),
        ("Trần An", "trần an", "username"),
        ("Trần An", "specialist", "username"),
        ("Trần An", "ab", "username"),
    ],
)
def test_bad_names_are_said_beside_the_field(world: World, name: str, username: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.add_person(name, username, by=world.actor("administrator"))
    assert set(refused.value.fields) == {field}


def test_only_administrators_add_people(world: World) -> None:
    for persona in ("clerk", "head", "specialist", "inspector"):
        with pytest.raises(NotAllowed):
            actions.add_person("Trần Bình An", "an.p1", by=world.actor(persona))


def test_a_post_gives_powers_at_once(world: World) -> None:
    account = new_account(world)
    post = actions.give_post(
        account.pk,
        role=Role.DEPUTY,
        title=" Phó  Viện trưởng ",
        charge=[world.unit("P9").pk, world.unit("supreme.V14").pk],
        by=world.actor("administrator"),
    )
    assert post.title == "Phó Viện trưởng"
    actor = actor_of(post)
    assert actor.may("direct")
    assert [unit.pk for unit in post.charge.all()] == [world.unit("P9").pk]
    assert Account.objects.get(pk=account.pk).rights_version == account.rights_version + 1


def test_a_unit_head_needs_a_unit_of_this_office(world: World) -> None:
    account, by = new_account(world), world.actor("administrator")
    with pytest.raises(Invalid):
        actions.give_post(account.pk, role=Role.UNIT_HEAD, title="Trưởng phòng", by=by)
    with pytest.raises(NotFound):
        actions.give_post(
            account.pk, role=Role.UNIT_HEAD, title="Vụ trưởng", unit_id=world.unit("supreme.V14").pk, by=by
        )


def test_nobody_gives_a_post_to_themselves_or_to_people_of_another_office(world: World) -> None:
    by = world.actor("administrator")
    with pytest.raises(NotAllowed):
        actions.give_post(world.account("administrator").pk, role=Role.HEAD, title="Viện trưởng", by=by)
    with pytest.raises(NotFound):
        actions.give_post(world.account("supreme_head").pk, role=Role.CLERK, title="Văn thư", by=by)


def test_an_account_is_looked_after_only_by_the_office_of_its_first_post(world: World) -> None:
    guest = make_person(world.second_region, Role.ADMINISTRATOR)
    by = actor_of(guest)
    for act in (actions.lock, actions.make_activation):
        with pytest.raises(NotFound):
            act(world.account("two_offices").pk, by=by)


def test_ending_a_post_ends_its_rights_and_what_it_delegated(world: World) -> None:
    actions.end_post(world.post("head_of_unit").pk, by=world.actor("administrator"))
    with pytest.raises(NotAllowed):
        world.actor("head_of_unit")
    assert not world.actor("delegate").may("assign")
    with pytest.raises(Conflict):
        actions.end_post(world.post("head_of_unit").pk, by=world.actor("administrator"))


def test_the_only_administrator_does_not_leave_by_accident(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.end_post(world.post("administrator").pk, by=world.actor("administrator"))


def test_activation_sets_the_password_once(world: World) -> None:
    account = world.account("specialist")
    slip = actions.make_activation(account.pk, by=world.actor("administrator"))
    assert slip.token not in Activation.objects.get().token_hash
    actions.activate(slip.token, GOOD)
    assert Account.objects.get(pk=account.pk).check_password(GOOD)
    with pytest.raises(Conflict, match="đã dùng"):
        actions.activate(slip.token, "mot mat khau khac")
    notes = [act.note for act in ledger.history(account)]
    assert notes == ["cấp phiếu kích hoạt cho specialist", "đặt mật khẩu bằng phiếu kích hoạt"]


def test_a_newer_slip_replaces_the_older(world: World) -> None:
    by, pk = world.actor("administrator"), world.account("specialist").pk
    first = actions.make_activation(pk, by=by)
    second = actions.make_activation(pk, by=by)
    with pytest.raises(Conflict, match="hết hạn hoặc đã bị thay"):
        actions.activate(first.token, GOOD)
    actions.activate(second.token, GOOD)


def test_a_slip_is_good_for_seven_days(world: World) -> None:
    slip = actions.make_activation(world.account("specialist").pk, by=world.actor("administrator"))
    assert slip.activation.expires_at - timezone.now() > timedelta(days=6, hours=23)
    Activation.objects.update(expires_at=timezone.now())
    with pytest.raises(Conflict):
        actions.activate(slip.token, GOOD)
    with pytest.raises(NotFound):
        actions.activate("khong-co", GOOD)


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("ngan", "10 ký tự"),
        ("password123", "phổ biến"),
        ("839201847261", "chữ số"),
        ("specialist1", "tên đăng nhập"),
    ],
)
def test_weak_passwords_are_refused_in_words(world: World, password: str, word: str) -> None:
    slip = actions.make_activation(world.account("specialist").pk, by=world.actor("administrator"))
    with pytest.raises(Invalid) as refused:
        actions.activate(slip.token, password)
    assert word in refused.value.fields["password"]
    assert Activation.objects.get().used_at is None


def test_lock_and_unlock(world: World) -> None:
    by, pk = world.actor("administrator"), world.account("specialist").pk
    slip = actions.make_activation(pk, by=by)
    assert not actions.lock(pk, by=by).is_active
    with pytest.raises(Conflict, match="khóa rồi"):
        actions.lock(pk, by=by)
    with pytest.raises(Conflict):
        actions.activate(slip.token, GOOD)
    with pytest.raises(Conflict):
        actions.make_activation(pk, by=by)
    assert actions.unlock(pk, by=by).is_active
    with pytest.raises(NotAllowed):
        actions.lock(world.account("administrator").pk, by=by)


def test_changed_rules_reach_everybody_of_the_office_at_once(world: World) -> None:
    assert ("o", world.province.pk) not in {
        (reach.owner_kind, reach.owner_id) for reach in world.actor("deputy").reaches
    }
    change_rules(
        {"deputies_see_all": True}, number="12/QC-VKS", issued_on=today(), by=world.actor("administrator")
    )
    assert ("o", world.province.pk) in {
        (reach.owner_kind, reach.owner_id) for reach in world.actor("deputy").reaches
    }
    row = LedgerEntry.objects.get(verb="organisations.rules_changed")
    assert row.fields == ["deputies_see_all"]
    change_rules(
        {"deputies_see_all": True}, number="12/QC-VKS", issued_on=today(), by=world.actor("administrator")
    )
    assert LedgerEntry.objects.filter(verb="organisations.rules_changed").count() == 1


def test_the_administrator_finds_people_by_typing(world: World, django_assert_num_queries) -> None:
    by = world.actor("administrator")
    with django_assert_num_queries(2):
        found = people.staff(by, "quang")
    assert [one.account.username for one in found] == ["head_of_unit", "specialist"]
    assert [post.title for post in people.staff(by, "oanh")[0].posts] == [
        "Trưởng phòng",
        "Thanh tra viên kiêm nhiệm",
    ]
    with pytest.raises(NotFound):
        people.member(world.account("region_clerk").pk, by)
    assert people.member(account_of(world.post("clerk")).pk, by).person.full_name == "Phạm Thu Thủy"
