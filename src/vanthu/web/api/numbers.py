"""Books and their numbers: the shelf, a number for a paper document (lấy số), numbers that are held (giữ số)."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Router, Schema
from pydantic import Field

from vanthu.documents import closing, kinds, queries, reserving, series, taking
from vanthu.documents.reserving import Hold
from vanthu.documents.taking import Slip
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.web.api import outgoing
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.following import Why
from vanthu.web.api.outgoing import Outgoing
from vanthu.web.api.schemas import Coded, Given, Id, Text
from vanthu.web.api.writes import acted, once
from vanthu.web.books.numbers import require_by_hand

if TYPE_CHECKING:
    from vanthu.documents.closing import Shelved
    from vanthu.documents.series_models import HeldNumber

router = Router(tags=["Sổ và số"], auth=needs("issue"))


class BookOut(Schema):
    """Một sổ đăng ký: một dãy số trong một kỳ."""

    id: int
    url: str = Field(examples=["/reports/books/3"])
    direction: Coded = Field(examples=[{"code": "out", "name": "Đi"}])
    name: str = Field(examples=["Kế hoạch"])
    period: str = Field(examples=["năm 2026"])
    from_on: date
    to_on: date
    first: int | None = Field(description="Số đầu; null khi sổ chưa có số nào.")
    last: int | None
    documents: int = Field(description="Số văn bản, không kể số đã hủy.")
    voided: int
    supplementary: int = Field(description="Số phụ (12a).")
    waiting: int = Field(description="Đã cấp số, chưa phát hành.")
    held: int = Field(description="Đang giữ.")
    closed_on: date | None


class NewNumber(Given):
    """Văn bản giấy cần số."""

    kind: Text = Field(max_length=12, examples=["CV"], description="Mã tên loại, xem `GET /kinds`.")
    subject: Text = Field(max_length=1000, description="Trích yếu, ít nhất 10 ký tự.")
    unit_id: Id | None = Field(None, description="Đơn vị soạn thảo, đứng trong ký hiệu.")
    signer_name: Text = Field("", max_length=50)
    signer_title: Text = Field("", max_length=100)
    recipients: Text = Field("", max_length=500)
    copies: int = Field(1, ge=1, le=32_000)
    wanted: Text = Field(
        "", max_length=8, description="Số đang giữ (12) hoặc số phụ (12a); bỏ trống là số tiếp theo."
    )
    reason: Text = Field("", max_length=400, description="Lý do dùng số phụ.")
    secrecy: Text = Field("", max_length=20, description="Để trống. Văn bản mật không lấy số ở đây.")


class NewHold(Given):
    """Số cần giữ."""

    kind: Text = Field(max_length=12, examples=["CV"])
    unit_id: Id | None = Field(None, description="Đơn vị đứng trong ký hiệu.")
    purpose: Text = Field(max_length=500, examples=["Công văn trả lời Ban Nội chính Tỉnh ủy"])
    held_for: Text = Field("", max_length=160, description="Giữ cho ai.")
    expires_on: date
    count: int = Field(1, ge=1, le=reserving.AT_ONCE)


class HeldOut(Schema):
    """Một số đang giữ, hoặc hết hạn chờ dùng."""

    id: int
    number: int
    symbol: str = Field(examples=["57/CV-VKS-VP"])
    kind: Coded
    purpose: str
    held_for: str
    holder: str
    expires_on: date
    state: Coded


@router.get("/books", response=list[BookOut], auth=needs("read"), summary="Sổ đăng ký của cơ quan")
def list_books(request: ProgramRequest) -> list[BookOut]:
    """Mỗi dãy số một dòng, kỳ mới nhất trước, nhiều nhất 60."""
    return [_book(one) for one in closing.shelf(request.actor)]


@router.get("/books/{pk}", response=BookOut, auth=needs("read"), summary="Một sổ đăng ký")
def get_book(request: ProgramRequest, pk: Id) -> BookOut:
    """Bao nhiêu văn bản, số hủy, số phụ, số đang giữ; đã đóng hay chưa."""
    return _book(closing.shelved(pk, request.actor))


@router.post("/numbers", response={201: Outgoing}, summary="Lấy số cho văn bản giấy")
def take_number(request: ProgramRequest, response: HttpResponse, given: Body[NewNumber]) -> Outgoing:
    """Số và ngày được cấp ngay; số người khác giữ hoặc đã cấp thì 409, nói rõ của ai."""
    by = request.actor
    made = once(
        request,
        lambda: taking.take(Slip(**given.model_dump()), by=by),
        lambda pk: queries.outgoing(pk, by).entry,
    )
    response["Location"] = reverse("api:get_outgoing", args=[made.pk])
    return outgoing.whole(made.pk, by)


@router.post("/numbers/{pk}/dispatch", response=Outgoing, summary="Ghi phát hành văn bản giấy")
def dispatch_number(request: ProgramRequest, pk: Id) -> Outgoing:
    """Văn bản đã đóng dấu và gửi (Nghị định 30/2020, Điều 18)."""
    return _by_hand(request, pk, lambda: taking.dispatch(pk, by=request.actor))


@router.post("/numbers/{pk}/void", response=Outgoing, summary="Hủy số của văn bản giấy")
def void_number(request: ProgramRequest, pk: Id, given: Body[Why]) -> Outgoing:
    """Văn bản sẽ không phát hành; sổ in lý do."""
    return _by_hand(request, pk, lambda: taking.void(pk, given.reason, by=request.actor))


@router.get("/numbers/held", response=list[HeldOut], auth=needs("read"), summary="Số đang giữ")
def list_held_numbers(request: ProgramRequest) -> list[HeldOut]:
    """Của cơ quan, hết hạn trước đứng trước, nhiều nhất 200; cho người cấp số."""
    return [_held(one) for one in reserving.held_numbers(request.actor)]


@router.post("/numbers/held", response={201: list[HeldOut]}, summary="Giữ số")
def hold_numbers(request: ProgramRequest, given: Body[NewHold]) -> list[HeldOut]:
    """Giữ các số tiếp theo của sổ; quá hạn thì chờ dùng cho văn bản khác hoặc hủy, sổ không trống số nào."""
    by = request.actor
    last = once(
        request,
        lambda: reserving.hold(_wish(given, by.office), by=by)[-1],
        lambda pk: reserving.held_number(pk, by),
    )
    held = [one for one in reserving.held_numbers(by) if one.series_id == last.series_id]
    numbers = range(last.number - given.count + 1, last.number + 1)
    return [_held(one) for one in sorted(held, key=lambda one: one.number) if one.number in numbers]


@router.post("/numbers/held/{pk}/take-over", response=HeldOut, summary="Nhận lại số đồng nghiệp giữ")
def take_held_number_over(request: ProgramRequest, pk: Id) -> HeldOut:
    """Từ đây số do người giữ khoá giữ."""
    return _done(request, pk, lambda: reserving.take_over(pk, by=request.actor))


@router.post("/numbers/held/{pk}/void", response=HeldOut, summary="Hủy số đang giữ")
def void_held_number(request: ProgramRequest, pk: Id, given: Body[Why]) -> HeldOut:
    """Không văn bản nào dùng số này; sổ in lý do."""
    return _done(request, pk, lambda: reserving.void_held(pk, given.reason, by=request.actor))


def _wish(given: NewHold, office_id: int) -> Hold:
    if given.kind not in {one.code for one in kinds.ALL}:
        raise Invalid(fields={"kind": "Chọn tên loại văn bản trong danh sách ở GET /kinds."})
    unit = organisations.unit(given.unit_id, office_id=office_id).abbreviation if given.unit_id else ""
    return Hold(
        kind=given.kind,
        notation=series.notation(office_id, kinds.by_code(given.kind), unit),
        purpose=given.purpose,
        held_for=given.held_for,
        expires_on=given.expires_on,
        count=given.count,
    )


def _by_hand(request: ProgramRequest, pk: int, verb: Callable[[], object]) -> Outgoing:
    """Do it once to a paper entry with which no draft goes on; the entry after it."""
    by = request.actor

    def once_only() -> None:
        require_by_hand(pk, by)
        verb()

    acted(request, once_only, lambda: queries.outgoing(pk, by).entry)
    return outgoing.whole(pk, by)


def _done(request: ProgramRequest, pk: int, verb: "Callable[[], HeldNumber]") -> HeldOut:
    return _held(once(request, verb, lambda _: reserving.held_number(pk, request.actor)))


def _book(one: "Shelved") -> BookOut:
    first, last = one.span
    return BookOut(
        id=one.series.pk,
        url=reverse("series_book", args=[one.series.pk]),
        direction=Coded(code=one.series.direction, name="Đến" if one.series.direction == "in" else "Đi"),
        name=one.name,
        period=series.period_name(one.series.period),
        from_on=one.period.first_on,
        to_on=one.period.last_on,
        first=first,
        last=last,
        documents=one.counts.documents,
        voided=one.counts.voided,
        supplementary=one.counts.supplementary,
        waiting=one.counts.waiting,
        held=one.counts.held,
        closed_on=one.series.closed_on,
    )


def _held(one: "HeldNumber") -> HeldOut:
    return HeldOut(
        id=one.pk,
        number=one.number,
        symbol=one.symbol,
        kind=Coded(code=one.kind, name=kinds.by_code(one.kind).name),
        purpose=one.purpose,
        held_for=one.held_for,
        holder=one.holder_name,
        expires_on=one.expires_on,
        state=Coded(code=one.state, name=one.get_state_display()),
    )
