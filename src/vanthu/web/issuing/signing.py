"""Views of signing, numbering, sealing and issuing; where fields stand on the page."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import numbering
from vanthu.documents.kinds import by_code
from vanthu.issuing import queries, saga
from vanthu.issuing.models import Draft
from vanthu.issuing.queries import SeenDraft
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, NotAllowed, Refusal
from vanthu.organisations import queries as organisations
from vanthu.signing import queries as signing
from vanthu.signing.geometry import Rect
from vanthu.signing.places import LEADER, Place
from vanthu.web.files.pages import pages_of, shown
from vanthu.web.issuing.forms import WordsForm
from vanthu.web.shell.requests import SignedRequest


@require_http_methods(["GET", "POST"])
def sign(request: SignedRequest, pk: int) -> HttpResponse:
    """The leader's card: pages, who checked, where the signature goes; after it the next document."""
    by = request.actor
    seen = queries.draft(pk, by)
    queue = queries.drafts(by, states=("to_sign",), owner_kinds=("p",), limit=30)
    if request.method == "POST":
        try:
            done = saga.sign(pk, request.POST.get("text", ""), by=by)
        except (Invalid, NotAllowed) as refusal:
            return render(
                request,
                "issuing/sign.html",
                _sign_context(seen, queue, refusal.message),
                status=refusal.status,
            )
        messages.success(request, f"Đã ký số (mức {done.signature_level}): {done.subject}")
        following = [one.draft.pk for one in queue if one.draft.pk != pk]
        return redirect(reverse("sign", args=[following[0]]) if following else reverse("desk"))
    return render(request, "issuing/sign.html", _sign_context(seen, queue))


def _sign_context(seen: SeenDraft, queue: list[SeenDraft], trouble: str = "") -> dict[str, Any]:
    draft = seen.draft
    version = queries.newest(draft.pk)
    places = saga.places_of(version).found if version.pdf else {}
    numbers = [one.draft.pk for one in queue]
    place = numbers.index(draft.pk) if draft.pk in numbers else None
    file = version.prepared or version.pdf
    return {
        "draft": draft,
        "seen": seen,
        "kind": by_code(draft.kind).name,
        "version": version,
        "pages": pages_of(file) if file else (),
        "signature": _box(places[LEADER]) if LEADER in places else None,
        "reviews": [one for one in queries.reviews(draft.pk) if one.text or one.decision == "agree"],
        "attachments": shown(queries.attachments(draft.pk)),
        "recipients": queries.recipients(draft.pk),
        "place": place + 1 if place is not None else None,
        "total": len(queue),
        "waiting": draft.state == "approval",
        "trouble": trouble,
        "form": WordsForm(),
    }


def _box(place: Place) -> str:
    """A place as the island `place` takes it: page from 1, rectangle in points from bottom left."""
    return json.dumps({"page": place.page + 1, "rect": [round(value, 1) for value in place.rect]})


@require_http_methods(["GET", "POST"])
def place(request: SignedRequest, pk: int) -> HttpResponse:
    """Set the place of a field by hand where it was not found by its text."""
    draft = queries.draft(pk, request.actor).draft
    version = queries.newest(pk)
    places = saga.places_of(version)
    if request.method == "POST":
        saga.place(
            pk, request.POST.get("field", LEADER), _read_box(request.POST.get("box", "")), by=request.actor
        )
        messages.success(request, "Đã lưu chỗ trên trang.")
        return redirect("place" if saga.places_of(queries.newest(pk)).missing else "draft", pk=pk)
    wanted = request.GET.get("field") or (places.missing[0].field if places.missing else LEADER)
    known = places.found.get(wanted)
    start = known or Place(
        max(0, (version.pdf.file.page_count or 1) - 1) if version.pdf else 0, _START[wanted == LEADER]
    )
    context = {
        "draft": draft,
        "pages": pages_of(version.pdf) if version.pdf else (),
        "field": wanted,
        "box": _box(start),
        "missing": places.missing,
        "found": sorted(places.found),
    }
    return render(request, "issuing/place.html", context)


_START = {True: Rect(330, 150, 500, 210), False: Rect(120, 740, 170, 756)}


def _read_box(text: str) -> Place:
    try:
        data = json.loads(text)
        left, bottom, right, top = (float(value) for value in data["rect"])
        return Place(int(data["page"]) - 1, Rect(left, bottom, right, top), size=13.0)
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid("Chỗ đã đánh dấu không đọc được. Đặt lại khung trên trang rồi lưu.") from error


@require_http_methods(["GET", "POST"])
def issue(request: SignedRequest, pk: int) -> HttpResponse:
    """Number, date, recipients and seal on one page; the clerk confirms and the rest goes on by itself."""
    by = request.actor
    by.require("number")
    if request.method == "POST":
        saga.number(pk, by=by)
        return redirect("issue", pk=pk)
    seen = queries.draft(pk, by)
    draft = seen.draft
    version = queries.newest(pk)
    file = version.issued or version.signed or version.pdf
    context = {
        "draft": draft,
        "kind": by_code(draft.kind).name,
        "pages": pages_of(file) if file else (),
        "recipients": queries.recipients(pk),
        "attachments": shown(queries.attachments(pk)),
        "number": _next_number(draft),
        "day": today(),
        "seal": _seal(draft),
        "reviews": queries.reviews(pk),
        "queue": [
            one.draft
            for one in queries.drafts(by, states=("signed",), owner_kinds=("o",), limit=20)
            if one.draft.pk != pk
        ],
    }
    return render(request, "issuing/issue.html", context)


def _to_issue(request: SignedRequest) -> list[SeenDraft]:
    return queries.drafts(request.actor, states=("signed",), owner_kinds=("o",), limit=20)


def _next_number(draft: Draft) -> str:
    """The number that the document gets if it is issued now."""
    kind = by_code(draft.kind)
    scope = numbering.scope_of(kind, common=organisations.rules_of(draft.office_id).common_series)
    number = numbering.next_number(draft.office_id, "out", scope, numbering.period_of(kind, today()))
    return f"{number:02d}/{draft.notation}"


def _seal(draft: Draft) -> dict[str, Any]:
    """The office's certificate, or why there is none."""
    try:
        return {"certificate": signing.office_certificate(draft.office_id)}
    except Refusal as refusal:
        return {"trouble": refusal.message}


@require_GET
def issue_progress(request: SignedRequest, pk: int) -> HttpResponse:
    """How far an issue is: numbered, sealed, issued, or in trouble."""
    seen = queries.draft(pk, request.actor)
    return render(request, "issuing/issue.html#progress", {"draft": seen.draft})


@require_POST
def void(request: SignedRequest, pk: int) -> HttpResponse:
    """Void the number of an issue that cannot go on."""
    saga.void(pk, request.POST.get("reason", ""), by=request.actor)
    messages.success(request, "Đã hủy số; sổ đăng ký ghi rõ lý do.")
    return redirect("draft", pk=pk)
