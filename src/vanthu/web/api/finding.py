"""Find what one may see: the queries of the search page for programs."""

from datetime import date, datetime
from typing import Literal, cast

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.documents import kinds
from vanthu.search import queries
from vanthu.search.marks import Part
from vanthu.search.queries import Hit
from vanthu.web.api.access import ProgramRequest
from vanthu.web.api.paging import Paging, follow, wrong_cursor
from vanthu.web.api.schemas import Coded, Text
from vanthu.web.search.showing import PAGES

router = Router(tags=["Tra cứu"])

type ItemKind = Literal["in", "out", "draft", "dossier"]

_ADDRESSES = {
    "in": "api:get_incoming",
    "out": "api:get_outgoing",
    "draft": "api:get_draft",
    "dossier": "api:get_dossier",
}


class SearchQuery(Paging):
    """What to look for, and where."""

    q: Text = Field(
        max_length=300,
        description='Các chữ, có dấu hay không dấu; "trong ngoặc kép" là cả cụm; số, ký hiệu hoặc một phần;'
        " ngày 15/7/2026.",
        examples=["tạm giam"],
    )
    scope: Literal["all", "office", "unit", "mine"] = Field(
        "all", description="all tất cả tôi được xem, office cơ quan, unit đơn vị tôi, mine của tôi."
    )
    item_kind: ItemKind | None = Field(
        None, description="in văn bản đến, out văn bản đi, draft dự thảo, dossier hồ sơ."
    )
    kind: Text = Field(
        "", max_length=12, description="Mã tên loại văn bản, xem `GET /kinds`.", examples=["CV"]
    )
    year: int | None = Field(None, ge=1950, le=2200, description="Năm (giờ Việt Nam).", examples=[2026])


class HitOut(Schema):
    """Một kết quả. Văn bản hạn chế chỉ hiện số, ngày, nơi gửi (`masked` = true)."""

    item_kind: ItemKind
    id: int
    href: str = Field(examples=["/api/v1/incoming/2318"], description="Đọc toàn bộ ở đây.")
    url: str = Field(examples=["/incoming/2318"], description="Trang trên web.")
    at: datetime = Field(description="Thứ tự của kết quả (UTC).")
    kind: Coded | None
    symbol: str
    title: str
    issuer: str
    issued_on: date | None
    arrival_number: int | None
    masked: bool
    snippet: str = Field(description="Đoạn trong tệp có chữ tìm thấy; rỗng khi chữ ở tiêu đề.")
    found: list[str] = Field(
        examples=[["tạm giam"]], description="Những chữ đã khớp, như viết trong văn bản."
    )


class SearchPage(Schema):
    """Một trang kết quả, mới nhất trước."""

    count: str | None = Field(
        examples=["200+"],
        description='Bao nhiêu kết quả, "200+" khi nhiều hơn 200, "khoảng 120" khi chưa dò hết nội dung; '
        "chỉ ở trang đầu.",
    )
    items: list[HitOut]
    next: str | None = Field(description="Địa chỉ trang sau; null khi đã hết.")


@router.get("/search", response=SearchPage, summary="Tìm văn bản, dự thảo, hồ sơ")
def search(request: ProgramRequest, response: HttpResponse, asked: Query[SearchQuery]) -> SearchPage:
    """Tìm trong tiêu đề, số ký hiệu, nơi gửi, người ký và nội dung tệp của những gì khoá được xem."""
    place = asked.place(1)
    if place is not None and not isinstance(place[0], str):
        raise wrong_cursor()
    page = queries.search(
        asked.q,
        by=request.actor,
        scope=asked.scope,
        year=asked.year,
        kind=asked.kind,
        item_kind=asked.item_kind or "",
        before=str(place[0]) if place else "",
        limit=asked.limit,
    )
    return SearchPage(
        count=page.count_text or None,
        items=[_hit(hit) for hit in page.hits],
        next=follow(request, response, [page.next_cursor]) if page.next_cursor else None,
    )


def _hit(hit: Hit) -> HitOut:
    parts = (*hit.title, *hit.symbol, *hit.issuer, *hit.snippet)
    return HitOut(
        item_kind=cast("ItemKind", hit.item_kind),
        id=hit.item_id,
        href=reverse(_ADDRESSES[hit.item_kind], args=[hit.item_id]),
        url=reverse(PAGES[hit.item_kind], args=[hit.item_id]),
        at=hit.at,
        kind=_kind(hit),
        symbol=_text(hit.symbol),
        title=_text(hit.title),
        issuer=_text(hit.issuer),
        issued_on=hit.issued_on,
        arrival_number=hit.arrival_number,
        masked=hit.masked,
        snippet=_text(hit.snippet),
        found=list(dict.fromkeys(part.text for part in parts if part.found)),
    )


def _text(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _kind(hit: Hit) -> Coded | None:
    """Dossiers have none, and of what is masked it is not said."""
    return None if hit.masked or not hit.kind else Coded(code=hit.kind, name=kinds.by_code(hit.kind).name)
