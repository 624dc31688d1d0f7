"""Views of asking opinions on a draft: ask, answer, chase, respond, close, print the summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.issuing import opinions, queries
from vanthu.issuing.states import Answer
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Refusal
from vanthu.web.files.pages import PageImage
from vanthu.web.issuing.review_forms import AnswerForm, AskForm
from vanthu.web.issuing.spots import newest_pages
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.issuing import opinion_sheet
    from vanthu.issuing.models import Consultation, Draft, Opinion
    from vanthu.kernel.actor import Actor
else:
    opinion_sheet = later("vanthu.issuing.opinion_sheet")


@dataclass(frozen=True, slots=True)
class Line:
    """One who was asked: the opinion, whether it is late, whether the actor gives it, and then with which form."""

    opinion: Opinion
    name: str
    late: bool
    mine: bool
    form: AnswerForm | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of asking as the page shows it."""

    consultation: Consultation
    lines: tuple[Line, ...]
    counted: str
    waiting: int
    may_close: bool


@require_http_methods(["GET", "POST"])
def draft_opinions(request: SignedRequest, pk: int) -> HttpResponse:
    """Who was asked and what they said; a POST asks more units and people."""
    by = request.actor
    if request.method == "GET":
        return _page(request, pk)
    queries.draft(pk, by)  # before the form says anything
    form = AskForm(request.POST, by=by)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            opinions.ask(pk, form.inquiry(), by=by)
        except NotFound:
            raise
        except Refusal as found:
            form.refuse(found)
            refusal = found
        else:
            messages.success(request, "Đã gửi lấy ý kiến.")
            return redirect("draft_opinions", pk=pk)
    return _page(request, pk, ask=form, status=refusal.status if refusal else Invalid.status)


def _page(
    request: SignedRequest,
    pk: int,
    *,
    ask: AskForm | None = None,
    answers: Mapping[int, AnswerForm] = {},
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    by = request.actor
    draft = queries.draft(pk, by).draft
    found = queries.consultations(pk)
    rounds = [_round(one, said, draft, by, answers) for one, said in found]
    asking = opinions.may_ask(draft, by)
    context = {
        "draft": draft,
        "rounds": rounds,
        "mine": [line for one in rounds for line in one.lines if line.mine],
        "form": (ask or AskForm(by=by)) if asking else None,
        "refusal": refusal,
        "pages": _pages(draft),
    }
    return render(request, "issuing/draft_opinions.html", context, status=status)


def _pages(draft: Draft) -> tuple[PageImage, ...]:
    versions = queries.versions(draft.pk)[:1]
    return newest_pages(versions[0]) if versions else ()


def _round(
    consultation: Consultation,
    said: list[Opinion],
    draft: Draft,
    by: Actor,
    answers: Mapping[int, AnswerForm],
) -> Round:
    going = consultation.closed_at is None
    lines = []
    for one in said:
        mine = going and opinions.may_answer(one, by)
        late = going and not one.answer and consultation.due_on < today()
        form = (answers.get(one.pk) or _form_of(one)) if mine else None
        lines.append(Line(opinion=one, name=opinions.name_of(one), late=late, mine=mine, form=form))
    return Round(
        consultation=consultation,
        lines=tuple(lines),
        counted=opinions.counted(said),
        waiting=sum(not one.answer for one in said) if going else 0,
        may_close=going and opinions.may_close(consultation, draft, by),
    )


def _form_of(one: Opinion) -> AnswerForm:
    """The form of one opinion as it was given so far; several may stand on a page."""
    return AnswerForm(initial={"answer": one.answer, "text": one.text}, auto_id=f"o{one.pk}_%s")


@require_POST
def give_opinion(request: SignedRequest, pk: int, opinion: int) -> HttpResponse:
    """Agree, disagree or say something else."""
    by = request.actor
    queries.draft(pk, by)
    form = AnswerForm(request.POST, auto_id=f"o{opinion}_%s")
    if not form.is_valid():
        return _page(request, pk, answers={opinion: form}, status=Invalid.status)
    try:
        opinions.answer(pk, opinion, form.cleaned_data["answer"], form.cleaned_data["text"], by=by)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, pk, answers={opinion: form}, status=refusal.status)
    messages.success(request, f"Đã gửi ý kiến: {Answer(form.cleaned_data['answer']).label.lower()}.")
    return redirect("draft_opinions", pk=pk)


def _act(request: SignedRequest, pk: int, verb: Callable[[], object], said: str) -> HttpResponse:
    def refused(refusal: Refusal) -> HttpResponse:
        return _page(request, pk, refusal=refusal, status=refusal.status)

    return done_or_refused(request, verb, said, to=reverse("draft_opinions", args=[pk]), refused=refused)


@require_POST
def respond_opinion(request: SignedRequest, pk: int, opinion: int) -> HttpResponse:
    """What the drafting unit makes of an opinion."""
    text = str(request.POST.get("response", ""))
    return _act(
        request,
        pk,
        lambda: opinions.respond(pk, opinion, text, by=request.actor),
        "Đã ghi tiếp thu, giải trình.",
    )


@require_POST
def remind_opinions(request: SignedRequest, pk: int, consultation: int) -> HttpResponse:
    """Remind those who have not answered."""
    return _act(
        request,
        pk,
        lambda: opinions.remind(pk, consultation, by=request.actor),
        "Đã nhắc các nơi chưa trả lời.",
    )


@require_POST
def close_opinions(request: SignedRequest, pk: int, consultation: int) -> HttpResponse:
    """End a round."""
    return _act(
        request,
        pk,
        lambda: opinions.close(pk, consultation, by=request.actor),
        "Đã kết thúc lấy ý kiến.",
    )


@require_GET
def opinion_summary(request: SignedRequest, pk: int) -> HttpResponse:
    """The summary of opinions as PDF."""
    by = request.actor
    draft = queries.draft(pk, by).draft
    rounds = queries.consultations(pk)
    if not rounds:
        raise Conflict("Dự thảo chưa lấy ý kiến nên chưa có gì để tổng hợp.")
    access.note("download", by=by, item_kind="draft", item_id=pk, address=address_of(request))
    data = opinion_sheet.write(draft, rounds, by_name=by.name)
    name = f'inline; filename="tong-hop-y-kien-{pk}.pdf"'
    return HttpResponse(data, content_type=PDF, headers={"Content-Disposition": name})
