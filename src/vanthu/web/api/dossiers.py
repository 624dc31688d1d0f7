"""Work dossiers: the lists of the page, one with what lies in it, open, put in, close, hand over."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Query, Router, Schema
from pydantic import Field

from vanthu.dossiers import actions, archiving, queries
from vanthu.dossiers.states import DossierState
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.entries import Act, act
from vanthu.web.api.paging import Page, Paging, paged, place_of
from vanthu.web.api.schemas import Coded, Given, Id, Text
from vanthu.web.api.writes import acted, once
from vanthu.web.dossiers.contents import contents

if TYPE_CHECKING:
    from vanthu.dossiers.models import Dossier

type ItemKind = Literal["in", "out", "draft"]
type HeldKind = Literal["in", "out", "draft", "paper"]

router = Router(tags=["Hồ sơ"], auth=needs("dossiers"))


class DossierQuery(Paging):
    """Which dossiers."""

    state: Literal["all", "open", "closed", "handed_over", "accepted"] = Field(
        "all",
        description="open đang lập, closed đã kết thúc, handed_over đã nộp lưu, accepted Lưu trữ đã nhận.",
    )


class DossierRow(Schema):
    """Một hồ sơ công việc."""

    id: int
    url: str = Field(examples=["/work/dossiers/12"], description="Trang của hồ sơ trên web.")
    notation: str = Field(examples=["07.P1"], description="Số, ký hiệu hồ sơ, một lần trong năm.")
    year: int = Field(examples=[2026])
    title: str = Field(examples=["Kiểm tra công tác tạm giữ, tạm giam quý III năm 2026"])
    retention: Coded = Field(
        examples=[{"code": "06", "name": "10 năm"}],
        description="Thời hạn bảo quản (TT 05/2025/TT-BNV); mã rỗng là chưa xác định.",
    )
    state: Coded
    unit: str = Field(examples=["Phòng 1"])
    creator: str = Field(description="Người lập.")
    started_on: date
    ended_on: date | None
    items: int = Field(description="Số thứ tự cuối của văn bản trong hồ sơ.")


class DossierItemOut(Schema):
    """Một văn bản trong mục lục; văn bản khoá không được xem thì không có dòng."""

    ordinal: int
    kind: HeldKind
    id: int
    url: str
    symbol: str
    issued_on: date | None
    kind_name: str = Field(examples=["Công văn"])
    subject: str
    author: str
    pages: int | None


class DossierOut(DossierRow):
    """Hồ sơ với mục lục và lịch sử."""

    contents: list[DossierItemOut]
    history: list[Act]


class NewDossier(Given):
    """Hồ sơ mới."""

    title: Text = Field(max_length=1000, description="Tiêu đề, ít nhất 10 ký tự: việc gì, của ai, năm nào.")
    retention_years: int | None = Field(
        None,
        ge=0,
        le=70,
        description="Thời hạn bảo quản: 0 vĩnh viễn, 2 đến 70 năm; bỏ trống là xác định sau.",
    )
    started_on: date | None = Field(None, description="Bỏ trống là hôm nay.")
    outside_reason: Text = Field(
        "", max_length=300, description="Lý do mở ngoài danh mục, khi đơn vị có danh mục hồ sơ đã duyệt."
    )


class Closing(Given):
    """Kết thúc hồ sơ."""

    reason: Text = Field(
        "", max_length=500, description="Lý do kết thúc khi còn chỗ thiếu không bổ sung được, từ 10 ký tự."
    )


class NewItem(Given):
    """Văn bản đưa vào hồ sơ."""

    kind: ItemKind = Field(description="in văn bản đến, out văn bản đi, draft dự thảo.")
    id: Id


@router.get("/dossiers", response=Page[DossierRow], auth=needs("read"), summary="Danh sách hồ sơ")
def list_dossiers(
    request: ProgramRequest, response: HttpResponse, asked: Query[DossierQuery]
) -> Page[DossierRow]:
    """Hồ sơ công việc mà khoá được xem, mới nhất trước."""
    states = () if asked.state == "all" else (asked.state,)
    rows = participants.window(
        request.actor, "dossier", states=states, before=asked.before, limit=asked.wanted
    )
    found = {dossier.pk: dossier for dossier in queries.dossiers_of(rows)}
    return paged(
        request, response, rows, asked,
        show=lambda row: DossierRow(**_row(found[row.item_id])),
        place=place_of,
    )  # fmt: skip


@router.get("/dossiers/{pk}", response=DossierOut, auth=needs("read"), summary="Một hồ sơ")
def get_dossier(request: ProgramRequest, pk: Id) -> DossierOut:
    """Thông tin, mục lục văn bản theo thứ tự, lịch sử."""
    return _whole(pk, request.actor)


@router.post("/dossiers", response={201: DossierOut}, summary="Mở hồ sơ")
def open_dossier(request: ProgramRequest, response: HttpResponse, given: Body[NewDossier]) -> DossierOut:
    """Lập hồ sơ của đơn vị mình; số, ký hiệu được cấp ngay."""
    by = request.actor
    made = once(
        request,
        lambda: actions.open_dossier(
            given.title,
            retention_years=given.retention_years,
            started_on=given.started_on,
            outside_reason=given.outside_reason,
            by=by,
        ),
        lambda pk: queries.dossier(pk, by).dossier,
    )
    response["Location"] = reverse("api:get_dossier", args=[made.pk])
    return _whole(made.pk, by)


@router.post("/dossiers/{pk}/items", response=DossierOut, summary="Đưa văn bản vào hồ sơ")
def put_in_dossier(request: ProgramRequest, pk: Id, given: Body[NewItem]) -> DossierOut:
    """Văn bản hoặc dự thảo mà khoá được xem vào cuối mục lục; đã có trong hồ sơ thì không thay đổi gì."""
    return _acted(request, pk, lambda: actions.put_in(pk, Item(given.kind, given.id), by=request.actor))


@router.post("/dossiers/{pk}/close", response=DossierOut, summary="Kết thúc hồ sơ")
def close_dossier(request: ProgramRequest, pk: Id, given: Body[Closing | None] = None) -> DossierOut:
    """Việc đã xong. Còn chỗ thiếu thì bị từ chối và được liệt kê; chỗ không bổ sung được cần có lý do."""
    return _acted(
        request, pk, lambda: actions.close(pk, reason=given.reason if given else "", by=request.actor)
    )


@router.post("/dossiers/{pk}/reopen", response=DossierOut, summary="Mở lại hồ sơ")
def reopen_dossier(request: ProgramRequest, pk: Id) -> DossierOut:
    """Hồ sơ đã kết thúc mà chưa nộp lưu."""
    return _acted(request, pk, lambda: actions.reopen(pk, by=request.actor))


@router.post("/dossiers/{pk}/hand-over", response=DossierOut, summary="Nộp lưu hồ sơ")
def hand_over_dossier(request: ProgramRequest, pk: Id) -> DossierOut:
    """Giao hồ sơ đã kết thúc cho Lưu trữ cơ quan."""
    return _acted(request, pk, lambda: archiving.hand_over(pk, by=request.actor))


def _acted(request: ProgramRequest, pk: int, verb: Callable[[], object]) -> DossierOut:
    """Do it once; the dossier after it, as `GET` shows it."""
    acted(request, verb, lambda: queries.dossier(pk, request.actor).dossier)
    return _whole(pk, request.actor)


def _row(dossier: "Dossier") -> dict[str, Any]:
    return {
        "id": dossier.pk,
        "url": reverse("dossier", args=[dossier.pk]),
        "notation": dossier.notation,
        "year": dossier.year,
        "title": dossier.title,
        "retention": Coded(code=dossier.retention_code, name=dossier.retention_name),
        "state": Coded(code=dossier.state, name=DossierState(dossier.state).label),
        "unit": dossier.unit.short_name if dossier.unit else "",
        "creator": dossier.creator.full_name,
        "started_on": dossier.started_on,
        "ended_on": dossier.ended_on,
        "items": dossier.last_ordinal,
    }


def _whole(pk: int, by: Actor) -> DossierOut:
    dossier = queries.dossier(pk, by).dossier
    return DossierOut(
        **_row(dossier),
        contents=[
            DossierItemOut(
                ordinal=line.ordinal,
                kind=cast("HeldKind", line.item_kind),
                id=line.item_id,
                url=line.url,
                symbol=line.symbol,
                issued_on=line.day,
                kind_name=line.kind,
                subject=line.subject,
                author=line.author,
                pages=line.pages,
            )
            for line in contents(pk, by)
        ],
        history=[act(one) for one in ledger.history(dossier)],
    )
