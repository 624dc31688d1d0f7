"""Who am I: the account behind the token, its powers, and what waits for it."""

from datetime import date

from ninja import Router, Schema
from pydantic import Field

from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.organisations import queries
from vanthu.organisations.powers import POWERS
from vanthu.organisations.tokens import SCOPES
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.schemas import Coded, Named
from vanthu.web.incoming.tabs import tabs_for

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


@router.get("/me", response=Me, summary="Tôi là ai, việc gì đang chờ")
def me(request: ProgramRequest) -> Me:
    """Người hoặc phần mềm đứng sau khoá, quyền, và số văn bản đang chờ trong từng danh sách."""
    by = request.actor
    office = queries.office(by.office)
    standing = participants.standing(by, "in", on=today())
    return Me(
        account_id=by.account,
        name=by.name,
        title=by.title,
        office=Named(id=office.pk, name=office.name),
        units=list(by.unit_ids),
        powers=[Coded(code=power, name=POWERS[power]) for power in POWERS if by.may(power)],
        scopes=[Coded(code=one.name, name=one.label) for one in SCOPES if one.name in request.scopes],
        incoming=[
            Waiting(tab=tab.key, name=tab.label, count=tab.count, mine=tab.mine)
            for tab in tabs_for(by, standing.counts, standing.overdue)
        ],
        today=today(),
    )
