"""Issued documents: the list, one with what came of it at every recipient, sending again."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from vanthu.documents import queries
from vanthu.documents.queries import Seen
from vanthu.documents.states import OutgoingState
from vanthu.exchange import actions as exchange_actions
from vanthu.exchange import queries as exchange
from vanthu.exchange.queries import Progress
from vanthu.kernel import access, ledger
from vanthu.kernel.refusals import NotFound
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.entries import Act, FileRef, act, file_ref
from vanthu.web.api.paging import Page, Paging, paged, place_of
from vanthu.web.api.schemas import Coded, Id
from vanthu.web.api.writes import once
from vanthu.web.shell.requests import address_of

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.exchange.models import Delivery
    from vanthu.kernel.actor import Actor

router = Router(tags=["Văn bản đi"])


class ListQuery(Paging):
    """Which part of the list."""

    state: Literal["all", "numbered", "issued", "recalled", "voided"] = Field(
        "all",
        description="numbered đang phát hành, issued đã phát hành, recalled đã thu hồi, voided đã hủy số.",
    )


class ProgressOut(Schema):
    """Bao nhiêu nơi nhận trong hệ thống đã vào sổ, trả lại."""

    total: int
    registered: int
    returned: int


class OutgoingRow(Schema):
    """Một dòng văn bản đi."""

    id: int
    url: str = Field(examples=["/outgoing/88/"], description="Trang của văn bản trên web.")
    number: int
    symbol: str = Field(examples=["2143/KH-VKS-VP"])
    kind: Coded
    issued_on: date | None
    subject: str
    urgency: int
    state: Coded
    numbered_at: datetime
    issued_at: datetime | None
    progress: ProgressOut
    restricted: bool
    masked: bool


class DeliveryOut(Schema):
    """Một nơi nhận và trạng thái ở đó; không nêu ai đang giải quyết."""

    id: int
    office_id: int | None = Field(description="null: ngoài hệ thống.")
    name: str
    channel: Coded = Field(description="Gửi qua: internal nội bộ, axis trục liên thông, paper bản giấy.")
    code: str = Field(description="Mã định danh nơi nhận trên trục liên thông; trống: không gửi qua trục.")
    state: Coded = Field(examples=[{"code": "registered", "name": "Đã vào sổ"}])
    arrival_number: int | None = Field(description="Số đến ở nơi nhận.")
    reason: str = Field(description="Lý do trả lại.")
    changed_at: datetime


class Outgoing(OutgoingRow):
    """Văn bản đi với nơi nhận, tệp và lịch sử."""

    signer_name: str
    signer_title: str
    pages: int | None
    copies: int
    medium: Coded = Field(
        description="paper: ký trên giấy, tệp là bản quét; parallel: bản giấy song song bản điện tử."
    )
    recipients: str = Field(description="Nơi nhận như in trong sổ.")
    remark: str
    voided_reason: str
    deliveries: list[DeliveryOut]
    files: list[FileRef]
    history: list[Act]


@router.get("/outgoing", response=Page[OutgoingRow], summary="Danh sách văn bản đi")
def list_outgoing(
    request: ProgramRequest, response: HttpResponse, asked: Query[ListQuery]
) -> Page[OutgoingRow]:
    """Văn bản đã cấp số, mới nhất trước, kèm bao nhiêu nơi đã vào sổ."""
    states = () if asked.state == "all" else (asked.state,)
    seen = queries.outgoing_list(request.actor, states=states, before=asked.before, limit=asked.wanted)
    progress = exchange.progress([one.entry.pk for one in seen])
    return paged(
        request, response, seen, asked,
        show=lambda one: OutgoingRow(**_row(one, progress.get(one.entry.pk))),
        place=lambda one: place_of(one.participant),
    )  # fmt: skip


@router.get("/outgoing/{pk}", response=Outgoing, summary="Một văn bản đi")
def get_outgoing(request: ProgramRequest, pk: Id) -> Outgoing:
    """Mọi trường, tệp, lịch sử, và trạng thái ở từng nơi nhận."""
    shown = whole(pk, request.actor)
    access.note("view", by=request.actor, item_kind="out", item_id=pk, address=address_of(request))
    return shown


@router.post(
    "/outgoing/{pk}/deliveries/{delivery_id}/resend",
    response=Outgoing,
    auth=needs("issue"),
    summary="Gửi lại nơi đã trả lại",
)
def resend_delivery(request: ProgramRequest, pk: Id, delivery_id: Id) -> Outgoing:
    """Gửi lại văn bản mà nơi nhận đã trả lại; nơi khác đang ở trạng thái nào giữ nguyên trạng thái đó."""
    by = request.actor
    queries.outgoing(pk, by)  # who does not see it learns no more than that
    found, _ = exchange.delivery(delivery_id, by)
    if found.outgoing_id != pk:
        raise NotFound()
    once(
        request,
        lambda: exchange_actions.resend(delivery_id, by=by),
        lambda _: exchange.delivery(delivery_id, by)[0],
    )
    return whole(pk, by)


def _row(seen: "Seen[OutgoingEntry]", progress: Progress | None) -> dict[str, Any]:
    entry, document = seen.entry, seen.entry.document
    known = progress or Progress(0, 0, 0)
    return {
        "id": entry.pk,
        "url": reverse("outgoing_entry", args=[entry.pk]),
        "number": entry.number,
        "symbol": document.symbol,
        "kind": Coded(code=document.kind, name=document.kind_name),
        "issued_on": document.issued_on,
        "subject": document.subject,
        "urgency": document.urgency,
        "state": Coded(code=entry.state, name=OutgoingState(entry.state).label),
        "numbered_at": entry.numbered_at,
        "issued_at": entry.issued_at,
        "progress": ProgressOut(total=known.total, registered=known.registered, returned=known.returned),
        "restricted": entry.restricted,
        "masked": seen.sight.masked,
    }


def whole(pk: int, by: "Actor") -> Outgoing:
    """Everything of an entry that the actor may see; raises `NotFound`."""
    seen = queries.outgoing(pk, by)
    entry, document, open_ = seen.entry, seen.entry.document, not seen.sight.masked
    held = queries.document_files([document.pk]) if seen.sight.files else {}
    progress = exchange.progress([entry.pk]).get(entry.pk)
    return Outgoing(
        **_row(seen, progress),
        signer_name=document.signer_name,
        signer_title=document.signer_title,
        pages=document.pages,
        copies=entry.copies,
        medium=Coded(code=entry.medium, name=entry.get_medium_display()),
        recipients=entry.recipients,
        remark=entry.remark,
        voided_reason=entry.voided_reason,
        deliveries=[_delivery(one) for one in exchange.deliveries(entry.pk, by)],
        files=[file_ref(one) for one in held.get(document.pk, [])],
        history=[act(one) for one in ledger.history(entry)] if open_ else [],
    )


def _delivery(one: "Delivery") -> DeliveryOut:
    return DeliveryOut(
        id=one.pk,
        office_id=one.to_office_id,
        name=one.to_name,
        channel=Coded(code=one.channel, name=one.get_channel_display()),
        code=one.to_code,
        state=Coded(code=one.state, name=one.get_state_display()),
        arrival_number=one.arrival_number,
        reason=one.reason,
        changed_at=one.changed_at,
    )
