"""Views of a draft: its page, versions, attachments, the verbs of the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_GET, require_POST

from vanthu.documents import reserving
from vanthu.documents.kinds import by_code
from vanthu.issuing import (
    actions,
    first_number,
    letters,
    on_paper,
    opinions,
    queries,
    reviews,
    saga,
    versions,
)
from vanthu.issuing.compare import compare
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.signing_forms import lines_of
from vanthu.issuing.states import OPEN_TO_OPINIONS, UNFINISHED, Decision, DraftState, Step
from vanthu.kernel import access, ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.reading import convert
from vanthu.web.files.pages import pages_of, shown
from vanthu.web.issuing import rows
from vanthu.web.issuing.forms import WordsForm, words
from vanthu.web.issuing.receivers import receivers
from vanthu.web.issuing.spots import marked, newest_pages
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest, address_of, back_to

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Mark, Review, Version


@require_GET
def draft(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of a draft: pages of the newest version, way, reviews, versions, recipients, history."""
    seen = queries.draft(pk, request.actor)
    access.note("view", by=request.actor, item_kind="draft", item_id=pk, address=address_of(request))
    return render(request, "issuing/draft.html", _context(request, seen))


def _context(request: SignedRequest, seen: SeenDraft) -> dict[str, Any]:
    by, draft = request.actor, seen.draft
    versions = queries.versions(draft.pk)
    reviews = queries.reviews(draft.pk)
    marks = queries.marks(draft.pk) if draft.marks_made else []
    turn = rows.turn(draft, by)
    unnumbered = turn == Step.NUMBER and draft.outgoing_id is None
    return {
        "seen": seen,
        "draft": draft,
        "row": rows.draft_row(seen, by),
        "way": rows.way(draft),
        "versions": versions,
        "reviews": reviews,
        "returned": _sent_back(draft, reviews),
        "receivers": receivers(draft, queries.recipients(draft.pk), by),
        "purpose": queries.for_document(draft),
        "attachments": shown(queries.attachments(draft.pk)),
        "history": ledger.history(draft),
        "converter": convert.available(),
        "turn": turn,
        "held": reserving.offered(by_code(draft.kind), by) if unnumbered else [],
        "may": _verbs(draft, by),
        "open_marks": [one for one in marks if one.answered_at is None],
        "asked_until": _asked(seen, by),
        "left_open": letters.left_open(versions[0].text)
        if versions and draft.state in OPEN_TO_OPINIONS
        else [],
        "co_signers": queries.co_signers(draft.pk) if draft.co_signers else [],
        "scans": on_paper.evidence(versions[0]) if draft.paper_on and versions else [],
        "signing": lines_of(draft.signer, draft.signing_form) if draft.signer else (),
        "form": WordsForm({"text": request.POST.get("text", "")}) if request.POST else WordsForm(),
        **_pages_context(draft, versions, marks),
    }


def _asked(seen: SeenDraft, by: Actor) -> date | None:
    """Until when the actor was asked for an opinion that they have not given, or None."""
    for row in seen.sight.rows:
        own = row.owner_kind == "p" or by.may_for_unit("review_content", row.owner_id)
        if row.state == "to_opine" and own:
            return row.due_on
    return None


def _pages_context(draft: Draft, versions: list[Version], marks: Sequence[Mark] = ()) -> dict[str, Any]:
    newest = versions[0] if versions else None
    converting = newest is not None and newest.pdf_id is None and not newest.conversion_trouble
    pages = marked(newest_pages(newest), marks)
    return {"draft": draft, "newest": newest, "pages": pages, "converting": converting}


def _sent_back(draft: Draft, reviews: list[Review]) -> Review | None:
    """The reason for which a draft lies with its drafter again, or None."""
    if draft.state != DraftState.DRAFTING:
        return None
    decisions = [one for one in reviews if one.decision != Decision.COMMENT]
    return decisions[-1] if decisions and decisions[-1].decision == Decision.RETURN else None


def _verbs(draft: Draft, by: Actor) -> dict[str, bool]:
    own = draft.drafter_id == by.person_id
    drafting = draft.state == DraftState.DRAFTING
    return {
        "change": own and drafting,
        "take_back": own and draft.state in (DraftState.CONTENT, DraftState.FORM),
        "place": (own or by.may("review_form"))
        and draft.state in (DraftState.DRAFTING, DraftState.CONTENT, DraftState.FORM),
        "issue": draft.state in (DraftState.SIGNED, DraftState.TO_SCAN, DraftState.NUMBERED)
        and by.may("number"),
        "record_paper": on_paper.may_record(draft, by),
        "comment": draft.state in UNFINISHED,
        "ask": opinions.may_ask(draft, by),
        "void_number": draft.outgoing_id is not None
        and draft.state in UNFINISHED
        and draft.state != DraftState.NUMBERED
        and by.may("number"),
    }


@require_GET
@conditional_page
def draft_pages(request: SignedRequest, pk: int) -> HttpResponse:
    """The pages beside a draft, asked for again while the converter works."""
    draft = queries.draft(pk, request.actor).draft
    return render(request, "issuing/draft.html#pages", _pages_context(draft, queries.versions(pk)[:1]))


@require_GET
def draft_preview(request: SignedRequest, pk: int) -> HttpResponse:
    """What stands beside the list: the first page, who checked, the next act."""
    by = request.actor
    seen = queries.draft(pk, by)
    versions = queries.versions(pk)[:1]
    context = {
        "seen": seen,
        "draft": seen.draft,
        "row": rows.draft_row(seen, by),
        "way": rows.way(seen.draft),
        "reviews": queries.reviews(pk)[-3:],
        **_pages_context(seen.draft, versions),
    }
    return render(request, "issuing/draft_preview.html", context)


# --- verbs: each goes back to the page of the draft; a refusal shows it with the sentence and what was typed ---


def _act(request: SignedRequest, pk: int, verb: Callable[[], object], said: str) -> HttpResponse:
    def refused(refusal: Refusal) -> HttpResponse:
        return _refused(request, pk, refusal)

    to = back_to(request, reverse("draft", args=[pk]))
    return done_or_refused(request, verb, said, to=to, refused=refused)


def _refused(request: SignedRequest, pk: int, refusal: Refusal) -> HttpResponse:
    context = _context(request, queries.draft(pk, request.actor)) | {"refusal": refusal}
    if isinstance(refusal, Invalid) and "text" in refusal.fields:
        context["form"].is_valid()
        context["form"].refuse(refusal)
    return render(request, "issuing/draft.html", context, status=refusal.status)


def _uploads(request: SignedRequest, name: str) -> list[str]:
    """Ids of files that the browser sent ahead (`name`), or staged now from a form without scripts (`name_file`)."""
    ahead = request.POST.getlist(name)
    sent = request.FILES.getlist(f"{name}_file")
    return ahead + [str(files.stage(one, one.name or "tep", by=request.actor).pk) for one in sent]


@require_POST
def add_version(request: SignedRequest, pk: int) -> HttpResponse:
    """A new version from uploads (`uploads`: the DOCX or PDF; `pdf_uploads`: its PDF), or from the template."""
    by = request.actor

    def add() -> None:
        if request.POST.get("template"):
            versions.add_template_version(pk, by=by)
            return
        sources, pdfs = _uploads(request, "uploads"), _uploads(request, "pdf_uploads")
        answers = [int(value) for value in request.POST.getlist("answers") if value.isdigit()]
        if not sources:
            raise Invalid("Chọn tệp DOCX hoặc PDF của bản mới rồi gửi lại.")
        pdf = pdfs[-1] if pdfs else ""
        note = request.POST.get("note", "")
        versions.add_version(pk, sources[-1], pdf_upload_id=pdf, note=note, answers=answers, by=by)

    return _act(request, pk, add, "Đã thêm bản dự thảo mới.")


@require_POST
def add_draft_attachment(request: SignedRequest, pk: int) -> HttpResponse:
    """Files that go with the document."""

    def add() -> None:
        uploads = _uploads(request, "attachments")
        if not uploads:
            raise Invalid("Chọn tệp kèm theo rồi gửi lại.")
        for upload in uploads:
            versions.add_attachment(pk, upload, by=request.actor)

    return _act(request, pk, add, "Đã thêm tệp kèm theo.")


@require_POST
def remove_draft_attachment(request: SignedRequest, pk: int, attachment: UUID) -> HttpResponse:
    """Take a file away."""
    return _act(
        request,
        pk,
        lambda: versions.remove_attachment(pk, attachment, by=request.actor),
        "Đã bỏ tệp kèm theo.",
    )


@require_POST
def submit(request: SignedRequest, pk: int) -> HttpResponse:
    """Submit for review."""
    return _act(request, pk, lambda: actions.submit(pk, by=request.actor), "Đã trình dự thảo.")


@require_POST
def pass_content(request: SignedRequest, pk: int) -> HttpResponse:
    """The content is right."""
    said = "Đã đồng ý nội dung, chuyển Văn phòng kiểm tra thể thức."
    return _act(request, pk, lambda: reviews.pass_content(pk, words(request.POST), by=request.actor), said)


@require_POST
def pass_form(request: SignedRequest, pk: int) -> HttpResponse:
    """The form is right; a place that is not found leads to the page where it is set."""

    def refused(refusal: Refusal) -> HttpResponse:
        if refusal.code != "place_missing" or not isinstance(refusal, Invalid):
            return _refused(request, pk, refusal)
        for sentence in refusal.fields.values():
            messages.error(request, sentence)
        return redirect("place", pk=pk)

    return done_or_refused(
        request,
        lambda: saga.pass_form(pk, words(request.POST), by=request.actor),
        "Đã kiểm tra thể thức, trình lãnh đạo ký.",
        to=back_to(request, reverse("draft", args=[pk])),
        refused=refused,
    )


@require_POST
def number_first(request: SignedRequest, pk: int) -> HttpResponse:
    """The clerk gives the number before the signature."""
    said = "Đã cấp số, trình lãnh đạo ký."
    wanted = request.POST.get("wanted", "")
    return _act(request, pk, lambda: first_number.number_first(pk, wanted=wanted, by=request.actor), said)


@require_POST
def give_up_number(request: SignedRequest, pk: int) -> HttpResponse:
    """Void the number of a draft that will not be signed with it."""
    reason = request.POST.get("reason", "")
    said = "Đã hủy số, trả dự thảo về người soạn."
    return _act(request, pk, lambda: first_number.give_up_number(pk, reason, by=request.actor), said)


@require_POST
def return_draft(request: SignedRequest, pk: int) -> HttpResponse:
    """Send back to the drafter."""
    said = "Đã trả lại người soạn thảo."
    return _act(request, pk, lambda: reviews.return_draft(pk, words(request.POST), by=request.actor), said)


@require_POST
def comment(request: SignedRequest, pk: int) -> HttpResponse:
    """Leave a comment."""
    return _act(
        request, pk, lambda: reviews.comment(pk, words(request.POST), by=request.actor), "Đã ghi góp ý."
    )


@require_POST
def take_back(request: SignedRequest, pk: int) -> HttpResponse:
    """The drafter takes it back."""
    return _act(request, pk, lambda: actions.take_back(pk, by=request.actor), "Đã rút lại dự thảo.")


@require_POST
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    """Give the draft up."""
    return _act(request, pk, lambda: actions.withdraw(pk, by=request.actor), "Đã hủy dự thảo.")


@require_GET
def compare_versions(request: SignedRequest, pk: int) -> HttpResponse:
    """Two versions side by side (`?old=1&new=3`), what changed marked."""
    draft = queries.draft(pk, request.actor).draft
    versions = {one.ordinal: one for one in queries.versions(pk)}
    numbers = sorted(versions)
    if len(numbers) < 2:
        raise Invalid("Dự thảo mới có một bản nên chưa có gì để so sánh.")
    old = versions.get(_number(request, "old"), versions[numbers[-2]])
    new = versions.get(_number(request, "new"), versions[numbers[-1]])
    pieces = compare(old.text, new.text)
    context = {
        "draft": draft,
        "versions": [versions[number] for number in reversed(numbers)],
        "old": old,
        "new": new,
        "pieces": pieces,
        "same": all(piece.kind == "same" for piece in pieces),
        "unread": [one.ordinal for one in (old, new) if not one.text],
        "old_pages": pages_of(old.pdf) if old.pdf else (),
        "new_pages": pages_of(new.pdf) if new.pdf else (),
    }
    return render(request, "issuing/compare_versions.html", context)


def _number(request: SignedRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isdigit() else 0
