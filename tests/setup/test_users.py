"""`vanthu user`: an administrator at the server adds people, unlocks them, and gives out links."""

import pytest

from tests.cast import World
from vanthu.kernel.models import LedgerEntry
from vanthu.kernel.refusals import Conflict, NotFound
from vanthu.organisations import actions
from vanthu.organisations.models import Account
from vanthu_tools import users

pytestmark = pytest.mark.django_db


def test_a_new_person_gets_a_post_and_a_link_that_sets_the_password(world: World) -> None:
    slip = users.add("Lê Thị Mai", "mai.p1", world.province.short_name, "specialist", "Kiểm sát viên", "p1")
    account = actions.activate(slip.token, "Sông Cầu nước chảy 2026")
    assert account.username == "mai.p1"
    assert [member.person.full_name for member in users.members(world.province.name, "thi mai")] == [
        "Lê Thị Mai"
    ]


def test_acts_of_the_command_line_are_in_the_ledger_of_the_office(world: World) -> None:
    users.lock("specialist")
    assert not Account.objects.get(username="specialist").is_active
    assert LedgerEntry.objects.filter(verb="organisations.locked", office_id=world.province.pk).exists()
    users.unlock("specialist")
    assert Account.objects.get(username="specialist").is_active


def test_a_first_link_is_refused_where_a_password_was_chosen(world: World) -> None:
    with pytest.raises(Conflict, match="vanthu user reset specialist"):
        users.activate("specialist")
    assert users.reset("specialist").token


def test_what_is_not_there_is_said_with_what_there_is(world: World) -> None:
    with pytest.raises(NotFound, match="There is no account nobody"):
        users.lock("nobody")
    with pytest.raises(NotFound, match=r"has no unit 'P77'. It has: .*P1"):
        users.find_unit(world.province, "P77")
    with pytest.raises(NotFound, match="One office is wanted"):
        users.find_office("Viện")
