"""Opinions on drafts (lấy ý kiến): those asked of me, the rounds of a draft, ask, answer."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse
from django.urls import reverse
from ninja import Body, Query, Router, Schema
from pydantic import Field

from vanthu.issuing import opinions, queries
from vanthu.issuing.opinions import Inquiry
from vanthu.kernel.actor import Actor
from vanthu.web.api.access import ProgramRequest, needs
from vanthu.web.api.arrivals import Assignee
from vanthu.web.api.drafting import DraftRow, row
from vanthu.web.api.paging import Page, Paging, paged, place_of
from vanthu.web.api.schemas import Coded, Given, Id, Text
from vanthu.web.api.writes import acted

if TYPE_CHECKING:
    from vanthu.issuing.models import Consultation, Opinion

router = Router(tags=["Lấy ý kiến"], auth=needs("drafts"))


class OpinionOut(Schema):
    """Một nơi được hỏi và ý kiến của nơi đó."""

    id: int
    asked: str = Field(examples=["Phòng 2"], description="Đơn vị hoặc người được hỏi.")
    answer: Coded | None = Field(examples=[{"code": "agree", "name": "Đồng ý"}])
    text: str
    author: str
    author_title: str
    behalf_of: str
    answered_at: datetime | None
    response: str = Field(description="Tiếp thu, giải trình của đơn vị soạn thảo.")
    mine: bool = Field(description="true: khoá trả lời được ý kiến này.")


class RoundOut(Schema):
    """Một lần lấy ý kiến."""

    id: int
    url: str = Field(examples=["/outgoing/drafts/88/opinions"])
    version: int = Field(description="Về bản thứ mấy.")
    question: str
    due_on: date
    asked_by: str
    asked_at: datetime
    closed_at: datetime | None
    summary: str = Field(examples=["Gửi 3 nơi, 2 nơi trả lời (2 đồng ý); 1 chưa trả lời."])
    opinions: list[OpinionOut]


class NewInquiry(Given):
    """Hỏi ai, hỏi gì, đến khi nào."""

    asked: list[Assignee] = Field(max_length=opinions.MOST)
    question: Text = Field("", max_length=2000)
    due_on: date


class NewAnswer(Given):
    """Ý kiến trả lời."""

    answer: Literal["agree", "disagree", "other"] = Field(
        description="agree đồng ý, disagree không đồng ý, other ý kiến khác."
    )
    text: Text = Field("", max_length=4000, description="Bắt buộc khi không đồng ý hoặc có ý kiến khác.")


@router.get("/opinions", response=Page[DraftRow], auth=needs("read"), summary="Dự thảo chờ tôi cho ý kiến")
def list_asked(request: ProgramRequest, response: HttpResponse, asked: Query[Paging]) -> Page[DraftRow]:
    """Hỏi đích danh, hoặc hỏi đơn vị tôi lãnh đạo; mới hỏi, mới nhắc trước."""
    seen = queries.drafts(request.actor, states=("to_opine",), before=asked.before, limit=asked.wanted)
    return paged(
        request, response, seen, asked,
        show=lambda one: DraftRow(**row(one)),
        place=lambda one: place_of(one.participant),
    )  # fmt: skip


@router.get(
    "/drafts/{pk}/opinions", response=list[RoundOut], auth=needs("read"), summary="Các lần lấy ý kiến dự thảo"
)
def list_opinions(request: ProgramRequest, pk: Id) -> list[RoundOut]:
    """Lần mới nhất trước; mỗi nơi được hỏi một dòng."""
    return _rounds(pk, request.actor)


@router.post("/drafts/{pk}/opinions", response=list[RoundOut], summary="Gửi lấy ý kiến")
def ask_opinions(request: ProgramRequest, pk: Id, given: Body[NewInquiry]) -> list[RoundOut]:
    """Người soạn thảo, hoặc người đang kiểm tra, hỏi nhiều đơn vị, cá nhân cùng lúc về bản mới nhất."""
    inquiry = Inquiry(
        owners=[one.owner() for one in given.asked], question=given.question, due_on=given.due_on
    )
    by = request.actor
    acted(request, lambda: opinions.ask(pk, inquiry, by=by), lambda: queries.draft(pk, by).draft)
    return _rounds(pk, by)


@router.post(
    "/drafts/{pk}/opinions/{opinion_id}/answer", response=list[RoundOut], summary="Cho ý kiến được hỏi"
)
def answer_opinion(request: ProgramRequest, pk: Id, opinion_id: Id, given: Body[NewAnswer]) -> list[RoundOut]:
    """Người được hỏi, hoặc lãnh đạo đơn vị được hỏi; đổi được cho đến khi kết thúc lần lấy ý kiến."""
    by = request.actor
    acted(
        request,
        lambda: opinions.answer(pk, opinion_id, given.answer, given.text, by=by),
        lambda: queries.draft(pk, by).draft,
    )
    return _rounds(pk, by)


def _rounds(pk: int, by: Actor) -> list[RoundOut]:
    queries.draft(pk, by)  # who does not see it learns no more than that
    return [_round(pk, one, given, by) for one, given in queries.consultations(pk)]


def _round(pk: int, one: "Consultation", given: "list[Opinion]", by: Actor) -> RoundOut:
    return RoundOut(
        id=one.pk,
        url=reverse("draft_opinions", args=[pk]),
        version=one.version.ordinal,
        question=one.question,
        due_on=one.due_on,
        asked_by=one.asked_by.full_name,
        asked_at=one.asked_at,
        closed_at=one.closed_at,
        summary=opinions.counted(given),
        opinions=[_opinion(opinion, by) for opinion in given],
    )


def _opinion(one: "Opinion", by: Actor) -> OpinionOut:
    return OpinionOut(
        id=one.pk,
        asked=opinions.name_of(one),
        answer=Coded(code=one.answer, name=one.get_answer_display()) if one.answer else None,
        text=one.text,
        author=one.author.full_name if one.author else "",
        author_title=one.author_title,
        behalf_of=one.behalf_of,
        answered_at=one.answered_at,
        response=one.response,
        mine=opinions.may_answer(one, by),
    )
