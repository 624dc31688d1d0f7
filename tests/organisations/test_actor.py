"""Who somebody is at work: posts, sight, delegation, successors; cached until the rights change."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from tests.cast import World, actor_of, make_person
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed
from vanthu.organisations import queries
from vanthu.organisations.models import Account, Delegation, OfficeRules, Post, Unit
from vanthu.organisations.powers import Role


def seen(actor: Actor) -> set[tuple[str, int, str]]:
    return {(reach.owner_kind, reach.owner_id, reach.restricted) for reach in actor.reaches}


def test_two_posts_in_one_office_act_as_one(world: World) -> None:
    actor = world.actor("two_posts")
    assert actor.roles == {Role.UNIT_HEAD, Role.INSPECTOR}
    assert actor.may("assign")
    assert actor.may("read_ledger")
    assert actor.title == "Trưởng phòng"
    assert ("u", world.unit("P9").pk, "hidden") in seen(actor)


def test_posts_in_two_offices_are_two_actors(world: World) -> None:
    at_home = world.actor("two_offices")
    away = world.actor("two_offices", office="second_region")
    assert at_home.office_id == world.province.pk
    assert not at_home.may("register")
    assert away.office_id == world.second_region.pk
    assert away.may("register")
    assert ("o", world.second_region.pk, "masked") not in seen(at_home)
    assert [seat.office for seat in queries.seats_of(world.account("two_offices"))] == [
        "VKSND tỉnh Bắc Ninh",
        "VKSND khu vực 1",
    ]


def test_an_office_where_one_holds_no_post_is_not_chosen(world: World) -> None:
    assert world.actor("specialist", office="region").office_id == world.province.pk


def test_a_delegate_holds_the_powers_and_sees_as_the_giver(world: World) -> None:
    actor = world.actor("delegate")
    assert actor.may("assign")
    assert actor.behalf_of("assign") == "Đặng Quang Huy"
    assert actor.acts_for(world.person("head_of_unit").pk)
    assert world.unit("P1").pk in actor.led_unit_ids
    given = [reach for reach in actor.reaches if reach.owner_kind == "u"]
    assert [(reach.owner_id, reach.via) for reach in given] == [(world.unit("P1").pk, "Đặng Quang Huy")]


@pytest.mark.parametrize("change", ["over", "revoked", "not yet"])
def test_a_delegation_holds_only_in_its_time(world: World, change: str) -> None:
    moment = timezone.now()
    rows = Delegation.objects.filter(pk=world.delegation.pk)
    match change:
        case "over":
            rows.update(ends_at=moment - timedelta(minutes=1))
        case "revoked":
            rows.update(revoked_at=moment)
        case _:
            rows.update(starts_at=moment + timedelta(hours=1))
    assert not world.actor("delegate").may("assign")


def test_the_successor_sees_what_the_predecessor_had(world: World) -> None:
    assert ("o", world.former.pk, "full") in seen(world.actor("head"))
    assert ("a", world.former.pk, "hidden") in seen(world.actor("archivist"))
    assert ("o", world.former.pk, "full") not in seen(world.actor("supreme_head"))


def test_a_deputy_sees_their_charge_or_all_as_the_office_set_it(world: World) -> None:
    narrow = world.actor("deputy")
    assert {row for row in seen(narrow) if row[0] != "p"} == {
        ("u", world.unit("P1").pk, "hidden"),
        ("u", world.unit("P2").pk, "hidden"),
    }
    OfficeRules.objects.filter(pk=world.province.pk).update(deputies_see_all=True)
    Account.objects.filter(pk=world.account("deputy").pk).update(rights_version=F("rights_version") + 1)
    assert ("o", world.province.pk, "full") in seen(world.actor("deputy"))


def test_members_see_their_unit_only_when_it_is_open(world: World) -> None:
    assert ("u", world.unit("P1").pk, "hidden") not in seen(world.actor("specialist"))
    Unit.objects.filter(pk=world.unit("P1").pk).update(open_to_members=True)
    newcomer = make_person(world.province, unit=Unit.objects.get(pk=world.unit("P1").pk))
    assert ("u", world.unit("P1").pk, "hidden") in seen(actor_of(newcomer))


def test_administrator_and_inspector_see_no_documents(world: World) -> None:
    assert [reach.item_kinds for reach in world.actor("administrator").reaches] == [("notice",)]
    assert world.actor("inspector").reaches == ()


def test_without_a_valid_post_nobody_acts(world: World) -> None:
    Post.objects.filter(pk=world.post("specialist").pk).update(
        valid_to_on=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(NotAllowed, match="chưa được gán chức vụ"):
        world.actor("specialist")


def test_an_actor_is_cached_until_the_rights_change(world: World, django_assert_num_queries) -> None:
    account = world.account("specialist")
    first = queries.actor_for(account)
    with django_assert_num_queries(0):
        assert queries.actor_for(account) == first
    change_role_without_a_word(world)
    assert queries.actor_for(account) == first
    account.rights_version += 1
    assert queries.actor_for(account).may("administer")


def change_role_without_a_word(world: World) -> None:
    Post.objects.filter(pk=world.post("specialist").pk).update(role=Role.ADMINISTRATOR)
