"""Who am I: the account behind the token, its powers, what waits for it, who stands in for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from ninja import Router, Schema
from pydantic import Field

from vanthu.kernel import participants
from vanthu.kernel.calendar import now, today
from vanthu.organisations import delegations, queries
from vanthu.organisations.powers import POWERS
from vanthu.organisations.tokens import SCOPES, narrowed
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.schemas import Coded, Named
from vanthu.web.incoming.tabs import tabs_for

if TYPE_CHECKING:
    from vanthu.organisations.models import Delegation, Post

router = Router(tags=["Tôi"])


class Waiting(Schema):
    """A list of incoming documents, as a tab of the page, and how many lie in it."""

    tab: str = Field(examples=["to_do"], description="Dùng cho `GET /incoming?tab=`.")
    name: str = Field(examples=["Việc của tôi"])
    count: int | None = Field(description="Số văn bản; null khi không đếm.")
    mine: bool = Field(description="true: đang chờ chính tôi.")


class Me(Schema):
    """The account behind the token."""

    account_id: int
    name: str = Field(examples=["Lê Quang Khải"])
    title: str = Field(examples=["Kiểm sát viên"])
    office: Named
    units: list[int] = Field(description="Đơn vị của tôi trong cơ quan.")
    powers: list[Coded] = Field(description="Quyền còn lại trong phạm vi của khoá.")
    scopes: list[Coded] = Field(description="Phạm vi của khoá.")
    incoming: list[Waiting]
    today: date = Field(description="Ngày của cơ quan (giờ Việt Nam).")


class Side(Schema):
    """Một bên của việc ủy quyền."""

    person: Named
    title: str = Field(examples=["Phó Viện trưởng"])


class DelegationOut(Schema):
    """Một việc ủy quyền mà tôi giao hoặc nhận."""

    id: int
    giver: Side
    receiver: Side
    powers: list[Coded]
    scope: str = Field(description="Giới hạn theo sổ, loại văn bản, đơn vị; rỗng là không giới hạn.")
    basis: str = Field(description="Văn bản ủy quyền.")
    reason: str
    starts_at: datetime
    ends_at: datetime
    state: str = Field(
        examples=["now"], description="later chưa đến, now đang có hiệu lực, over đã hết, revoked đã thu hồi."
    )


@router.get("/me", response=Me, summary="Tôi là ai, việc gì đang chờ")
def me(request: ProgramRequest) -> Me:
    """Người hoặc phần mềm đứng sau khoá, quyền, và số văn bản đang chờ trong từng danh sách."""
    by = request.actor
    office = queries.office(by.office)
    standing = participants.standing(by, "in", on=today())
    left = narrowed(by, request.scopes)
    return Me(
        account_id=by.account,
        name=by.name,
        title=by.title,
        office=Named(id=office.pk, name=office.name),
        units=list(by.unit_ids),
        powers=[Coded(code=power, name=POWERS[power]) for power in POWERS if left.may(power)],
        scopes=[Coded(code=one.name, name=one.label) for one in SCOPES if one.name in request.scopes],
        incoming=[
            Waiting(tab=tab.key, name=tab.label, count=tab.count, mine=tab.mine)
            for tab in tabs_for(by, standing.counts, standing.overdue)
        ],
        today=today(),
    )


@router.get("/me/delegations", response=list[DelegationOut], summary="Ủy quyền của tôi")
def list_delegations(request: ProgramRequest) -> list[DelegationOut]:
    """Tôi giao và tôi nhận, kể cả việc đã hết trong 30 ngày qua. Ủy quyền chỉ lập trên trang web."""
    return [_delegation(one) for one in delegations.delegations_of(request.actor)]


def _delegation(one: "Delegation") -> DelegationOut:
    return DelegationOut(
        id=one.pk,
        giver=_side(one.giver),
        receiver=_side(one.receiver),
        powers=[Coded(code=power, name=POWERS[power]) for power in one.powers],
        scope=delegations.scope_of(one.unit, one.kinds, one.book),
        basis=one.basis,
        reason=one.reason,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        state=delegations.state_of(one, now()),
    )


def _side(post: "Post") -> Side:
    return Side(person=Named(id=post.person_id, name=post.person.full_name), title=post.title)
