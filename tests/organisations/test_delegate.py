"""Delegation for an absence: own powers only, to somebody else, for at most sixty days, never further."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import World
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import actions, queries
from vanthu.organisations.models import Delegation


def delegate(world: World, giver: str = "deputy", receiver: str = "chief", **changes: Any) -> Delegation:
    moment = timezone.now()
    fields: dict[str, Any] = {
        "powers": ["direct"],
        "starts_at": moment,
        "ends_at": moment + timedelta(days=3),
        "reason": "Đi công tác",
        **changes,
    }
    return actions.delegate(world.post(receiver).pk, by=world.actor(giver), **fields)


def test_the_receiver_acts_at_once_and_the_ledger_says_for_whom(world: World) -> None:
    assert not world.actor("chief").may("direct")
    made = delegate(world, powers=["direct", "approve"])
    actor = world.actor("chief")
    assert actor.may("direct")
    assert actor.behalf_of("approve") == "Nguyễn Văn Minh"
    assert ledger.history(made)[0].note == (
        "ủy quyền cho Ngô Thị Bích Hằng: duyệt, ký văn bản; cho ý kiến chỉ đạo, phân công"
    )


def test_only_powers_of_ones_own_post(world: World) -> None:
    with pytest.raises(Invalid, match="chức vụ anh/chị đang giữ"):
        delegate(world, powers=["assign"])
    with pytest.raises(Invalid):
        delegate(world, powers=[])
    with pytest.raises(Invalid):
        delegate(world, powers=["chase"])  # held, but not to be delegated


def test_no_further_delegation(world: World) -> None:
    delegate(world, "deputy", "chief")
    with pytest.raises(Invalid):
        delegate(world, "chief", "head_of_unit", powers=["direct"])
    with pytest.raises(NotAllowed):
        delegate(world, "delegate", "specialist", powers=["assign"])


def test_never_to_oneself_nor_outside_the_office(world: World) -> None:
    with pytest.raises(Invalid, match="chính mình"):
        delegate(world, "deputy", "deputy")
    with pytest.raises(Invalid, match="đồng nghiệp trong cơ quan"):
        delegate(world, "deputy", "region_head")


@pytest.mark.parametrize("days", [(0, 0), (0, -1), (-3, -1), (0, 61)])
def test_the_time_is_checked(world: World, days: tuple[int, int]) -> None:
    moment: datetime = timezone.now()
    with pytest.raises(Invalid) as refused:
        delegate(world, starts_at=moment + timedelta(days=days[0]), ends_at=moment + timedelta(days=days[1]))
    assert set(refused.value.fields) == {"ends_at"}


def test_revoked_by_the_giver_or_the_administrator_only(world: World) -> None:
    made = delegate(world)
    for stranger in ("chief", "clerk", "head", "region_head"):
        with pytest.raises(NotFound):
            actions.revoke_delegation(made.pk, by=world.actor(stranger))
    actions.revoke_delegation(made.pk, by=world.actor("deputy"))
    assert not world.actor("chief").may("direct")
    with pytest.raises(Conflict):
        actions.revoke_delegation(made.pk, by=world.actor("administrator"))
    actions.revoke_delegation(delegate(world).pk, by=world.actor("administrator"))


def test_what_one_may_delegate_is_offered(world: World) -> None:
    assert list(queries.delegable(world.actor("deputy"))) == ["direct", "approve"]
    assert list(queries.delegable(world.actor("delegate"))) == []
    assert [one.receiver.person.full_name for one in queries.delegations_of(world.actor("head_of_unit"))] == [
        "Phan Trọng Nghĩa"
    ]
