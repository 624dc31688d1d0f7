"""Views of number, seal and issue: one document, or several signed ones at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_GET, require_http_methods, require_POST

from vanthu.documents import numbering, reserving, series
from vanthu.documents.kinds import by_code
from vanthu.issuing import on_paper, queries, saga, sealing
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.states import DraftState
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.signing import queries as signing
from vanthu.signing.devices import device_of
from vanthu.signing.places import OFFICE
from vanthu.web.files.pages import PageImage, pages_of, shown
from vanthu.web.issuing.forms import ReasonForm, words
from vanthu.web.issuing.receivers import receivers
from vanthu.web.issuing.sign_batch import at_the_device
from vanthu.web.issuing.signing import LEVELS, box_of, places_now
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Recipient
    from vanthu.kernel.actor import Actor
    from vanthu.signing.models import SigningRequest

AT_ONCE = 20  # documents of one confirmation
SHOWN = (DraftState.SIGNED, DraftState.TO_SCAN, DraftState.NUMBERED, DraftState.ISSUED)
QUEUE = 200  # how far back the clerk's list is looked through


@require_http_methods(["GET", "POST"])
def issue(request: SignedRequest, pk: int) -> HttpResponse:
    """Number, date, recipients and seal on one page; the clerk confirms and the rest goes on by itself."""
    by = request.actor
    seen = queries.draft(pk, by)
    by.require("number")
    if request.method == "POST":
        wanted = request.POST.get("wanted", "")
        return _on_to_seal(request, pk, lambda: saga.number(pk, wanted=wanted, by=by))
    if seen.draft.state not in SHOWN:
        return redirect("draft", pk=pk)
    return _issue_page(request, seen)


def _acted(
    request: SignedRequest, pk: int, verb: Callable[[], object], said: str = "", *, to: str = "issue"
) -> HttpResponse:
    """Run a verb of the clerk and go to a page of the draft or the list; a refusal stands on the page of the issue."""

    def refused(refusal: Refusal) -> HttpResponse:
        return _issue_page(request, queries.draft(pk, request.actor), refusal)

    address = reverse(to) if to == "outgoing" else reverse(to, args=[pk])
    return done_or_refused(request, verb, said, to=address, refused=refused)


@require_POST
def scan(request: SignedRequest, pk: int) -> HttpResponse:
    """The signed and stamped sheet as a scan; sent ahead (`uploads`) or with the form (`files`)."""
    by = request.actor

    def receive() -> None:
        sent = request.FILES.get("files")
        ahead = request.POST.getlist("uploads")[-1:]
        upload = str(files.stage(sent, sent.name or "ban-quet.pdf", by=by).pk) if sent else "".join(ahead)
        on_paper.scan(pk, upload, by=by)

    return _on_to_seal(request, pk, receive)


@require_POST
def seal(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask the device of the office's key for the seal of a numbered document, again if need be."""
    by = request.actor
    queries.draft(pk, by)
    by.require("number")
    return _on_to_seal(request, pk, lambda: None)


def _on_to_seal(request: SignedRequest, pk: int, verb: Callable[[], object]) -> HttpResponse:
    """Run the verb, then go where somebody acts on the office's device, or to the page of the issue."""

    def verb_and_ask() -> None:
        verb()
        asked.extend(asked_to_seal([pk], request.actor))

    asked: list[SigningRequest] = []
    done = _acted(request, pk, verb_and_ask)
    return at_the_device(asked[0]) if asked else done


def asked_to_seal(pks: Sequence[int], by: Actor) -> list[SigningRequest]:
    """The request to the office's device for those that have their number; none where a job seals by itself."""
    waiting = [pk for pk in pks if queries.draft(pk, by).draft.state == DraftState.NUMBERED]
    return [sealing.ask(waiting, by=by)] if waiting and _seal(by.office).get("asks") else []


def _issue_page(request: SignedRequest, seen: SeenDraft, refusal: Refusal | None = None) -> HttpResponse:
    context = _context(request, seen) | {"refusal": refusal, "form": _reason(request, refusal)}
    return render(request, "issuing/issue.html", context, status=refusal.status if refusal else 200)


def _context(request: SignedRequest, seen: SeenDraft) -> dict[str, Any]:
    draft = seen.draft
    version = queries.newest(draft.pk)
    version.draft = draft
    file = version.issued or version.signed or version.pdf
    ready = draft.state == DraftState.SIGNED and draft.paper_on is None
    place = places_now(version).found.get(OFFICE) if ready else None
    unnumbered = draft.state == DraftState.SIGNED
    fresh = unnumbered and draft.outgoing_id is None
    return {
        "draft": draft,
        "kind": by_code(draft.kind).name,
        "pages": pages_of(file) if file else (),
        "receivers": receivers(draft, queries.recipients(draft.pk), request.actor),
        "attachments": shown(queries.attachments(draft.pk)),
        "number": upcoming([draft])[draft.pk] if unnumbered else "",
        "held": reserving.offered(by_code(draft.kind), request.actor) if fresh else [],
        "scans": on_paper.evidence(version) if draft.paper_on else [],
        "limit": settings.UPLOAD_LIMIT,
        "day": today(),
        "seal": _seal(draft.office_id),
        "seal_place": box_of(place) if place else "",
        "level": LEVELS.get(draft.signature_level, ""),
        "following": [one for one in _signed(request) if one.pk != draft.pk],
    }


def _reason(request: SignedRequest, refusal: Refusal | None) -> ReasonForm:
    if refusal is None or "reason" not in request.POST:
        return ReasonForm()
    form = ReasonForm({"reason": request.POST["reason"]})
    form.is_valid()
    if isinstance(refusal, Invalid):
        form.refuse(refusal)
    return form


def _signed(request: SignedRequest) -> list[Draft]:
    """What waits for its number in the clerk's office, newest first."""
    found = queries.drafts(request.actor, states=("signed", "to_issue"), owner_kinds=("o", "p"), limit=QUEUE)
    return [one.draft for one in found if one.draft.state == DraftState.SIGNED]


def upcoming(drafts: Sequence[Draft]) -> dict[int, str]:
    """{draft: the symbol that it gets if these are numbered now, in this order}; not reserved."""
    found: dict[int, str] = {}
    following: dict[tuple[str, str], int] = {}
    places: dict[str, tuple[str, str]] = {}
    for draft in drafts:
        if draft.outgoing is not None:  # numbered before it was signed
            found[draft.pk] = draft.outgoing.document.symbol
            continue
        kind = by_code(draft.kind)
        if draft.kind not in places:
            book = series.upcoming(draft.office_id, "out", kind)
            places[draft.kind] = (book.scope, book.period.name)
        place = places[draft.kind]
        if place not in following:
            following[place] = numbering.next_number(draft.office_id, "out", *place)
        number = following[place]
        following[place] = number + 1
        found[draft.pk] = f"{number:02d}/{draft.notation}"
    return found


def _seal(office_id: int) -> dict[str, Any]:
    """The office's certificate, or why there is none."""
    try:
        certificate = signing.office_certificate(office_id)
        return {"certificate": certificate, "asks": device_of(certificate.provider).capabilities.interactive}
    except Refusal as refusal:
        return {"trouble": refusal.message}


@require_GET
@conditional_page
def issue_progress(request: SignedRequest, pk: int) -> HttpResponse:
    """How far an issue is: numbered, sealed, issued, or in trouble; asked for again each second."""
    draft = queries.draft(pk, request.actor).draft
    context = {"draft": draft, "sealed": _sealed_pages(draft)}
    if draft.trouble:
        context["seal"] = _seal(draft.office_id)
    return render(request, "issuing/issue.html#progress", context)


def _sealed_pages(draft: Draft) -> tuple[PageImage, ...]:
    """The pages with number and seal, which then replace those on the open page."""
    if draft.state != DraftState.ISSUED:
        return ()
    issued = queries.newest(draft.pk).issued
    return pages_of(issued) if issued else ()


@require_POST
def void(request: SignedRequest, pk: int) -> HttpResponse:
    """Void the number of an issue that cannot go on."""
    return _acted(
        request, pk, lambda: saga.void(pk, request.POST.get("reason", ""), by=request.actor), to="draft"
    )


# --- several at once ---


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One document of a batch: what it gets, or how far it is, or why it was refused."""

    draft: Draft
    symbol: str
    recipients: tuple[Recipient, ...]
    refused: str

    @property
    def ready(self) -> bool:
        return self.draft.state == DraftState.SIGNED

    @property
    def going(self) -> bool:
        return self.draft.state == DraftState.NUMBERED and not self.draft.trouble


@require_http_methods(["GET", "POST"])
def issue_batch(request: SignedRequest) -> HttpResponse:
    """Several signed documents, one confirmation: numbers, recipients and seal before it happens, then progress.

    `pick` names the drafts. Each is numbered by itself; what is refused is said one by one.
    """
    by = request.actor
    by.require("number")
    picks = _picks(request)
    refused = {}
    if request.method == "POST":
        for pk in picks:
            try:
                saga.number(pk, by=by)
            except Refusal as refusal:
                refused[pk] = refusal.message
        numbered = [pk for pk in picks if pk not in refused]
        asked = asked_to_seal(numbered, by) if numbered else []
        if asked and not refused:
            return at_the_device(asked[0])
        if not refused:
            return redirect(f"{reverse('issue_batch')}?{'&'.join(f'pick={pk}' for pk in picks)}")
    context = _batch(request, picks, refused) | {"seal": _seal(by.office), "day": today()}
    return render(request, "issuing/issue_batch.html", context, status=422 if refused else 200)


@require_GET
@conditional_page
def issue_batch_progress(request: SignedRequest) -> HttpResponse:
    """How far the documents of a batch are; asked for again while one is on its way."""
    request.actor.require("number")
    return render(request, "issuing/issue_batch.html#progress", _batch(request, _picks(request), {}))


def _picks(request: SignedRequest) -> list[int]:
    values = (request.POST if request.method == "POST" else request.GET).getlist("pick")
    picks = list(dict.fromkeys(int(value) for value in values if value.isdigit()))
    if not picks:
        raise Invalid("Chưa chọn văn bản nào. Quay lại danh sách, đánh dấu văn bản cần phát hành.")
    if len(picks) > AT_ONCE:
        raise Invalid(f"Mỗi lần phát hành nhiều nhất {AT_ONCE} văn bản. Bỏ bớt rồi làm tiếp đợt sau.")
    return picks


def _batch(request: SignedRequest, picks: Sequence[int], refused: dict[int, str]) -> dict[str, Any]:
    """The picked drafts, oldest first as they are numbered; those that do not exist for the actor are left out."""
    found = queries.drafts(
        request.actor,
        states=("signed", "to_scan", "numbered", "issued", "voided", "to_issue"),
        owner_kinds=("o", "p"),
        limit=QUEUE,
    )
    by_id = {one.draft.pk: one.draft for one in found}
    drafts = sorted((by_id[pk] for pk in picks if pk in by_id), key=lambda one: (one.signed_at, one.pk))
    numbers = upcoming([one for one in drafts if one.state == DraftState.SIGNED])
    sent_to = queries.recipients_of([one.pk for one in drafts])
    rows = [
        BatchRow(
            draft=one,
            symbol=one.outgoing.document.symbol if one.outgoing else numbers.get(one.pk, ""),
            recipients=tuple(sent_to[one.pk]),
            refused=refused.get(one.pk, ""),
        )
        for one in drafts
    ]
    return {
        "batch": rows,
        "ready": [row for row in rows if row.ready],
        "started": any(not row.ready for row in rows),
        "going": any(row.going for row in rows),
        "lost": len(picks) - len(rows),
        "again": "&".join(f"pick={row.draft.pk}" for row in rows),
    }


@require_POST
def send_back(request: SignedRequest, pk: int) -> HttpResponse:
    """Send a signed draft back to its drafter before it has a number."""
    said = "Đã trả lại người soạn thảo."
    return _acted(
        request, pk, lambda: saga.send_back(pk, words(request.POST), by=request.actor), said, to="outgoing"
    )
