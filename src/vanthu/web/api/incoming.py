"""Incoming documents: the lists of the page, one entry, and what a clerk and a leader do with it."""

from typing import Literal

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from vanthu.documents import queries
from vanthu.kernel import access
from vanthu.tasks import queries as tasks
from vanthu.web.api import entries
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.entries import Entry, EntryRow
from vanthu.web.api.paging import Page, Paging, paged, place_of
from vanthu.web.api.schemas import Id
from vanthu.web.incoming import tabs
from vanthu.web.shell.requests import address_of

router = Router(tags=["Văn bản đến"])

TABS = {
    tab.key: tab
    for tab in (
        tabs.WAITING, tabs.TO_PRESENT, tabs.PRESENTED, tabs.TO_DIRECT, tabs.TO_ASSIGN, tabs.IN_UNIT, tabs.TO_DO,
        tabs.TO_READ, tabs.IN_HAND, tabs.OVERDUE, tabs.DONE, tabs.RETURNED, tabs.ALL,
    )
}  # fmt: skip
type TabName = Literal[
    "waiting", "registered", "presented", "to_direct", "to_assign", "assigned", "to_do", "to_read", "directed",
    "overdue", "done", "returned", "all",
]  # fmt: skip


class ListQuery(Paging):
    """Which list, and which part of it."""

    tab: TabName = Field(
        "all",
        description="Danh sách như các thẻ trên trang Văn bản đến: waiting chờ tiếp nhận, registered chờ trình,"
        " presented chờ chỉ đạo, to_direct chờ tôi chỉ đạo, to_assign chờ giao trong đơn vị, assigned đơn vị đang làm,"
        " to_do việc của tôi, to_read để biết, directed đang giải quyết, overdue quá hạn (tối đa 100 dòng),"
        " done đã xong, returned đã trả lại, all tất cả.",
    )


@router.get("/incoming", response=Page[EntryRow], summary="Danh sách văn bản đến")
def list_incoming(request: ProgramRequest, response: HttpResponse, asked: Query[ListQuery]) -> Page[EntryRow]:
    """Văn bản đến mà khoá được xem, mới nhất trước; `tab=to_do` là việc của tôi."""
    by, tab = request.actor, TABS[asked.tab]
    if tab.overdue:
        seen = queries.incoming_overdue(by, limit=asked.limit)
    else:
        seen = queries.incoming_list(
            by, states=tab.states, owner_kinds=tab.owner_kinds, before=asked.before, limit=asked.wanted
        )
    given = tasks.tasks_by_items("in", [one.entry.pk for one in seen])
    return paged(
        request, response, seen, asked,
        show=lambda one: entries.row(one, given.get(one.entry.pk, [])),
        place=lambda one: place_of(one.participant),
    )  # fmt: skip


@router.get("/incoming/{pk}", response=Entry, summary="Một văn bản đến")
def get_incoming(request: ProgramRequest, pk: Id) -> Entry:
    """Mọi trường, tệp, ý kiến chỉ đạo, việc đã giao và lịch sử. Lượt xem được ghi vào nhật ký truy cập."""
    by = request.actor
    seen = queries.incoming(pk, by)
    access.note("view", by=by, item_kind="in", item_id=pk, address=address_of(request))
    return entries.whole(seen, by)
