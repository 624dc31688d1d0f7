"""Delegation for an absence: own powers only, to somebody else, for at most sixty days, never further."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import World
from tests.entries import make_presented, unit
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import delegating, delegations
from vanthu.organisations.delegating import Scope
from vanthu.organisations.models import Delegation
from vanthu.organisations.rules_actions import change_rules
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction


def delegate(world: World, giver: str = "deputy", receiver: str = "chief", **changes: Any) -> Delegation:
    moment = timezone.now()
    fields: dict[str, Any] = {
        "powers": ["direct"],
        "starts_at": moment,
        "ends_at": moment + timedelta(days=3),
        "reason": "Đi công tác",
        **changes,
    }
    return delegating.delegate(world.post(receiver).pk, by=world.actor(giver), **fields)


def test_the_receiver_acts_at_once_and_the_ledger_says_for_whom(world: World) -> None:
    assert not world.actor("chief").may("direct")
    made = delegate(world, "head", powers=["direct", "approve"], basis="Giấy ủy quyền số 05/GUQ-VKS")
    actor = world.actor("chief")
    assert actor.may("direct")
    assert actor.behalf_of("approve") == "Vũ Đình Lâm"
    assert ledger.history(made)[0].note == (
        "ủy quyền cho Ngô Thị Bích Hằng: duyệt, ký văn bản; cho ý kiến chỉ đạo, phân công;"
        " theo Giấy ủy quyền số 05/GUQ-VKS"
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
            delegating.revoke_delegation(made.pk, by=world.actor(stranger))
    delegating.revoke_delegation(made.pk, by=world.actor("deputy"))
    assert not world.actor("chief").may("direct")
    with pytest.raises(Conflict):
        delegating.revoke_delegation(made.pk, by=world.actor("administrator"))
    delegating.revoke_delegation(delegate(world).pk, by=world.actor("administrator"))


def test_what_one_may_delegate_is_offered(world: World) -> None:
    assert list(delegations.delegable(world.actor("head"))) == ["direct", "approve"]
    assert list(delegations.delegable(world.actor("deputy"))) == ["direct"]  # their KT. is the head's to give
    assert list(delegations.delegable(world.actor("delegate"))) == []
    assert [
        one.receiver.person.full_name for one in delegations.delegations_of(world.actor("head_of_unit"))
    ] == ["Phan Trọng Nghĩa"]


def test_only_the_head_delegates_a_signature_and_in_writing(world: World) -> None:
    with pytest.raises(Invalid, match="Chỉ Viện trưởng ủy quyền ký"):
        delegate(world, "deputy", "chief", powers=["approve"])
    with pytest.raises(Invalid, match="lãnh đạo đơn vị"):
        delegate(world, "head", "specialist", powers=["approve"])
    with pytest.raises(Invalid) as refused:
        delegate(world, "head", "head_of_unit", powers=["approve"])
    assert set(refused.value.fields) == {"basis"}
    by_order = delegate(world, "head", "head_of_unit", powers=["approve"], basis="Giấy ủy quyền số 5/GUQ-VKS")
    instead = delegate(world, "head", "deputy", powers=["approve"])
    forms = [delegations.form_of(one.giver, one.receiver) for one in (by_order, instead)]
    assert forms == ["TUQ.", "KT."]


def test_what_the_rules_keep_is_not_delegated_and_what_was_ends(world: World) -> None:
    delegate(world)
    assert world.actor("chief").may("direct")
    change_rules(
        {"kept_powers": ["direct"], "longest_delegation": 5},
        number="12/QC-VKS", issued_on=today(), by=world.actor("administrator"),
    )  # fmt: skip
    assert not world.actor("chief").may("direct")
    with pytest.raises(Invalid, match="Quy chế của cơ quan không cho ủy quyền"):
        delegate(world)
    moment = timezone.now()
    with pytest.raises(Invalid, match="nhiều nhất 5 ngày"):
        delegate(world, "head_of_unit", "specialist", powers=["assign"], ends_at=moment + timedelta(days=6))


@pytest.mark.parametrize(
    ("scope", "powers", "field"),
    [
        ({"book": "in"}, ["approve"], "book"),
        ({"book": "never"}, ["direct"], "book"),
        ({"unit_id": "P1"}, ["direct"], "unit"),
        ({"kinds": ("",)}, ["direct"], "kinds"),
    ],
)
def test_a_scope_holds_only_what_can_be_done_in_it(
    world: World, scope: dict[str, Any], powers: list[str], field: str
) -> None:
    if "unit_id" in scope:
        scope = {"unit_id": world.unit("P1").pk}
    with pytest.raises(Invalid) as refused:
        delegate(world, "head", "deputy", powers=powers, scope=Scope(**scope))
    assert set(refused.value.fields) == {field}


def test_a_head_confines_to_their_own_unit(world: World) -> None:
    with pytest.raises(Invalid, match="đơn vị mình phụ trách"):
        delegate(
            world, "head_of_unit", "specialist", powers=["assign"], scope=Scope(unit_id=world.unit("P2").pk)
        )


def test_the_receiver_acts_within_the_kinds_only(world: World) -> None:
    delegate(world, scope=Scope(kinds=("BC",), book="in"))
    letter = make_presented(world, "deputy")
    report = make_presented(world, "deputy", kind="BC")
    direction = Direction(text="Đề nghị tham mưu.", lead=unit(world, "P1"))
    with pytest.raises(NotAllowed, match="ngoài phạm vi ủy quyền của Nguyễn Văn Minh"):
        tasks.direct(letter.pk, direction, by=world.actor("chief"))
    written = tasks.direct(report.pk, direction, by=world.actor("chief"))
    assert written.behalf_of == "Nguyễn Văn Minh"


def test_confined_to_a_unit_one_sees_no_more_than_it(world: World) -> None:
    delegate(
        world, "head", "head_of_neighbour", powers=["approve"],
        basis="Giấy ủy quyền số 6/GUQ-VKS", scope=Scope(unit_id=world.unit("P1").pk),
    )  # fmt: skip
    seen = {(one.owner_kind, one.owner_id) for one in world.actor("head_of_neighbour").reaches}
    assert ("u", world.unit("P1").pk) in seen
    assert ("o", world.province.pk) not in seen
