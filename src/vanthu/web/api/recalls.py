"""Recall of issued documents on both sides, and what documents do to one another; corrections and replacements."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Router, Schema
from pydantic import Field

from vanthu.documents import queries, recalling, relations
from vanthu.documents.recalling import Order
from vanthu.issuing import purposes
from vanthu.issuing import queries as issuing
from vanthu.kernel.refusals import NotFound
from vanthu.web.api import drafting, outgoing
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.drafting import DraftOut
from vanthu.web.api.outgoing import Outgoing
from vanthu.web.api.schemas import Coded, Given, Id, Text
from vanthu.web.api.writes import acted, once

if TYPE_CHECKING:
    from vanthu.documents.models import Recall, RecallNote
    from vanthu.documents.relations import Link
    from vanthu.issuing.models import Draft

router = Router(tags=["Thu hồi, đính chính"])

_WHERE = {"in": ("api:get_incoming", "entry"), "out": ("api:get_outgoing", "outgoing_entry")}


class NewRecall(Given):
    """Lệnh thu hồi; nơi nhận đọc được lý do và căn cứ."""

    reason: Text = Field(max_length=500, examples=["Ban hành nhầm phụ lục số liệu."])
    basis: Text = Field(max_length=500, examples=["Điều 18 Nghị định 30/2020/NĐ-CP"])
    ordered_by: Id = Field(description="`person.id` của người có thẩm quyền ra lệnh, xem `GET /people`.")


class RecallOut(Schema):
    """Văn bản đã thu hồi: vì sao, theo lệnh của ai."""

    symbol: str
    reason: str
    basis: str
    ordered_by: str
    ordered_by_title: str
    recalled_at: datetime


class RecallAnswer(Schema):
    """Một nơi nhận đã ghi nhận việc thu hồi."""

    office_id: int
    paper: Coded = Field(examples=[{"code": "destroyed", "name": "Đã hủy bản giấy"}])
    noted_by: str
    noted_at: datetime


class SentRecall(RecallOut):
    """Việc thu hồi, với câu trả lời của các nơi nhận."""

    answers: list[RecallAnswer]


class ReceivedRecall(RecallOut):
    """Việc thu hồi, như nơi nhận thấy."""

    noted: RecallAnswer | None


class RecallNoted(Given):
    """Đã làm gì với bản giấy."""

    paper: Literal["none", "sent_back", "destroyed"] = Field(
        description="none không có bản giấy, sent_back đã gửi trả, destroyed đã hủy."
    )


class RelationOut(Schema):
    """Văn bản liên quan mà khoá được xem."""

    kind: Coded = Field(examples=[{"code": "replaces", "name": "Được thay thế bằng"}])
    newer: bool = Field(description="true: văn bản kia ra sau và tác động đến văn bản này.")
    symbol: str
    subject: str
    href: str
    url: str


@router.get("/outgoing/{pk}/recall", response=SentRecall, summary="Việc thu hồi và trả lời của nơi nhận")
def get_recall(request: ProgramRequest, pk: Id) -> SentRecall:
    """Của văn bản đi đã thu hồi; chưa thu hồi thì 404."""
    entry = queries.outgoing(pk, request.actor).entry
    found = recalling.recall_of_entry(pk)
    if found is None:
        raise NotFound("Văn bản này chưa được thu hồi.")
    notes = recalling.notes_of(entry.document_id)
    answers = [_answer(office, note) for office, note in sorted(notes.items())]
    return SentRecall(**_recall(found), answers=answers)


@router.post("/outgoing/{pk}/recall", response=Outgoing, auth=needs("issue"), summary="Thu hồi văn bản")
def recall_outgoing(request: ProgramRequest, pk: Id, given: Body[NewRecall]) -> Outgoing:
    """Văn bản bị khóa ở nơi gửi; nơi nhận chỉ còn dấu vết và lý do (Nghị định 30/2020, Điều 18)."""
    by = request.actor
    order = Order(reason=given.reason, basis=given.basis, ordered_by=given.ordered_by)
    acted(request, lambda: recalling.recall(pk, order, by=by), lambda: queries.outgoing(pk, by).entry)
    return outgoing.whole(pk, by)


@router.get("/incoming/{pk}/recall", response=ReceivedRecall, summary="Văn bản đến bị thu hồi vì sao")
def get_received_recall(request: ProgramRequest, pk: Id) -> ReceivedRecall:
    """Của văn bản đến bị nơi gửi thu hồi; không bị thu hồi thì 404."""
    return _received(pk, request)


@router.post(
    "/incoming/{pk}/recall", response=ReceivedRecall, auth=needs("documents"), summary="Ghi nhận việc thu hồi"
)
def note_received_recall(request: ProgramRequest, pk: Id, given: Body[RecallNoted]) -> ReceivedRecall:
    """Văn thư nơi nhận xác nhận, và ghi đã làm gì với bản giấy; nơi gửi biết ngay. Một lần."""
    by = request.actor
    acted(
        request, lambda: recalling.take_note(pk, given.paper, by=by), lambda: queries.incoming(pk, by).entry
    )
    return _received(pk, request)


@router.get(
    "/outgoing/{pk}/relations", response=list[RelationOut], summary="Văn bản đi liên quan đến văn bản nào"
)
def list_outgoing_relations(request: ProgramRequest, pk: Id) -> list[RelationOut]:
    """Trả lời, thay thế, sửa đổi, đính chính, sao; cả hai chiều."""
    seen = queries.outgoing(pk, request.actor)
    found = [] if seen.sight.masked else relations.links(seen.entry.document_id, request.actor)
    return [_relation(one) for one in found]


@router.get(
    "/incoming/{pk}/relations", response=list[RelationOut], summary="Văn bản đến liên quan đến văn bản nào"
)
def list_incoming_relations(request: ProgramRequest, pk: Id) -> list[RelationOut]:
    """Trả lời, thay thế, sửa đổi, đính chính, sao; cả hai chiều."""
    seen = queries.incoming(pk, request.actor)
    found = [] if seen.sight.masked else relations.links(seen.entry.document_id, request.actor)
    return [_relation(one) for one in found]


@router.post(
    "/outgoing/{pk}/correct",
    response={201: DraftOut},
    auth=needs("drafts"),
    summary="Soạn công văn đính chính",
)
def correct_outgoing(request: ProgramRequest, response: HttpResponse, pk: Id) -> DraftOut:
    """Sai thể thức, thủ tục: công văn đính chính gửi đúng các nơi đã nhận; phát hành xong thì ghi quan hệ."""
    return _started(request, response, pk, lambda: purposes.correct(pk, by=request.actor))


@router.post(
    "/outgoing/{pk}/replace", response={201: DraftOut}, auth=needs("drafts"), summary="Soạn văn bản thay thế"
)
def replace_outgoing(request: ProgramRequest, response: HttpResponse, pk: Id) -> DraftOut:
    """Sai nội dung: văn bản cùng loại thay thế, gửi đúng các nơi đã nhận."""
    return _started(request, response, pk, lambda: purposes.replace(pk, by=request.actor))


def _started(
    request: ProgramRequest, response: HttpResponse, pk: int, start: "Callable[[], Draft]"
) -> DraftOut:
    by = request.actor
    queries.outgoing(pk, by)  # who does not see it learns no more than that
    made = once(request, start, lambda draft: issuing.draft(draft, by).draft)
    response["Location"] = reverse("api:get_draft", args=[made.pk])
    return drafting.whole(made.pk, by)


def _received(pk: int, request: ProgramRequest) -> ReceivedRecall:
    entry = queries.incoming(pk, request.actor).entry
    found = recalling.recall_of_document(entry.document_id)
    if found is None:
        raise NotFound("Văn bản này không bị thu hồi.")
    note = recalling.note_of(pk)
    return ReceivedRecall(**_recall(found), noted=_answer(entry.office_id, note) if note else None)


def _recall(found: "Recall") -> dict[str, Any]:
    return {
        "symbol": found.outgoing.document.symbol,
        "reason": found.reason,
        "basis": found.basis,
        "ordered_by": found.ordered_by_name,
        "ordered_by_title": found.ordered_by_title,
        "recalled_at": found.recalled_at,
    }


def _answer(office_id: int, note: "RecallNote") -> RecallAnswer:
    return RecallAnswer(
        office_id=office_id,
        paper=Coded(code=note.paper, name=note.get_paper_display()),
        noted_by=note.noted_by_name,
        noted_at=note.noted_at,
    )


def _relation(link: "Link") -> RelationOut:
    href, url = _WHERE[link.item_kind]
    return RelationOut(
        kind=Coded(code=link.kind, name=link.word),
        newer=link.newer,
        symbol=link.symbol,
        subject=link.subject,
        href=reverse(href, args=[link.item_id]),
        url=reverse(url, args=[link.item_id]),
    )
