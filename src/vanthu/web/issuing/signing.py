"""Views of the signature: the leader's card, and where fields stand on the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanthu.documents.kinds import by_code
from vanthu.issuing import queries, saga
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.states import Decision, DraftState, Step
from vanthu.kernel.refusals import Invalid, NotFound, Refusal
from vanthu.signing.geometry import Rect
from vanthu.signing.places import LEADER, NUMBER, OFFICE, TEXT_FIELDS, Place, Places
from vanthu.web.files.pages import pages_of, shown
from vanthu.web.issuing import rows
from vanthu.web.issuing.forms import WordsForm, words
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft, Version

LEVELS = {
    "B-T": "chữ ký có dấu thời gian",
    "B-B": "chưa có dấu thời gian vì dịch vụ cấp dấu thời gian không trả lời",
}
FIELD_NAMES = {
    "SoVB": "Số văn bản",
    "Ngay": "Ngày",
    "Thang": "Tháng",
    LEADER: "Chữ ký lãnh đạo",
    OFFICE: "Dấu cơ quan",
}


@require_http_methods(["GET", "POST"])
def sign(request: SignedRequest, pk: int) -> HttpResponse:
    """The leader's card: pages, who checked, where the signature goes; after it the next document."""
    by = request.actor
    seen = queries.draft(pk, by)
    queue = [one.draft.pk for one in queries.drafts(by, states=("to_sign",), owner_kinds=("p",), limit=30)]
    if request.method == "POST":
        try:
            done = saga.sign(pk, words(request.POST), by=by)
        except NotFound:
            raise
        except Refusal as refusal:
            context = _card(request, queries.draft(pk, by), queue) | {"refusal": refusal}
            return render(request, "issuing/sign.html", context, status=refusal.status)
        level = LEVELS.get(done.signature_level, "")
        messages.success(request, f"Đã ký số, mức {done.signature_level} ({level}): {done.subject}")
        return redirect(_next(queue, pk))
    if rows.turn(seen.draft, by) != Step.APPROVAL:
        return redirect("draft", pk=pk)
    return render(request, "issuing/sign.html", _card(request, seen, queue))


def _next(queue: list[int], pk: int) -> str:
    """The card that follows: the next in the list, else the first, else the desk."""
    later = queue[queue.index(pk) + 1 :] if pk in queue else queue
    rest = [*later, *(one for one in queue if one != pk)]
    return reverse("sign", args=[rest[0]]) if rest else reverse("desk")


def _card(request: SignedRequest, seen: SeenDraft, queue: list[int]) -> dict[str, Any]:
    draft = seen.draft
    version = queries.newest(draft.pk)
    version.draft = draft
    file = version.prepared or version.pdf
    place = places_now(version).found.get(LEADER)
    return {
        "draft": draft,
        "kind": by_code(draft.kind).name,
        "version": version,
        "pages": pages_of(file) if file else (),
        "place": box_of(place) if place else "",
        "place_page": place.page + 1 if place else None,
        "checked": [one for one in queries.reviews(draft.pk) if one.decision == Decision.AGREE],
        "attachments": shown(queries.attachments(draft.pk)),
        "recipients": queries.recipients(draft.pk),
        "position": queue.index(draft.pk) + 1 if draft.pk in queue else None,
        "total": len(queue),
        "turn": draft.state == DraftState.APPROVAL and rows.turn(draft, request.actor) == Step.APPROVAL,
        "form": WordsForm({"text": request.POST.get("text", "")}) if request.POST else WordsForm(),
    }


def places_now(version: Version) -> Places:
    """Where the fields of a version go; none while it has no PDF."""
    return saga.places_of(version) if version.pdf else Places()


def box_of(place: Place) -> str:
    """A place as the island `place` takes it: page from 1, rectangle in points from bottom left."""
    return json.dumps({"page": place.page + 1, "rect": [round(value, 1) for value in place.rect]})


@require_http_methods(["GET", "POST"])
def place(request: SignedRequest, pk: int) -> HttpResponse:
    """Set the place of a field by hand where it was not found by its text."""
    draft = queries.draft(pk, request.actor).draft
    refusal = None
    if request.method == "POST":
        try:
            field = _field(request.POST.get("field", ""))
            saga.place(pk, field, _read_box(request.POST.get("box", ""), field), by=request.actor)
        except NotFound:
            raise
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, f"Đã lưu chỗ trên trang: {FIELD_NAMES[field]}.")
            missing = saga.places_of(queries.newest(pk)).missing
            return redirect(reverse("place" if missing else "draft", args=[pk]))
    context = _placing(request, draft) | {"refusal": refusal}
    return render(request, "issuing/place.html", context, status=refusal.status if refusal else 200)


def _field(name: str) -> str:
    return name if name in FIELD_NAMES else LEADER


def _placing(request: SignedRequest, draft: Draft) -> dict[str, Any]:
    version = queries.newest(draft.pk)
    version.draft = draft
    places = saga.places_of(version)
    missing = [one.field for one in places.missing]
    wanted = _field(request.GET.get("field") or request.POST.get("field") or (missing or [LEADER])[0])
    last = (version.pdf.file.page_count or 1) - 1 if version.pdf else 0
    start = places.found.get(wanted) or Place(0 if wanted in TEXT_FIELDS else last, _first_rect(wanted))
    return {
        "draft": draft,
        "pages": pages_of(version.pdf) if version.pdf else (),
        "field": wanted,
        "field_name": FIELD_NAMES[wanted],
        "box": request.POST.get("box") or box_of(start),
        "sentence": next((one.message for one in places.missing if one.field == wanted), ""),
        "fields": [
            {"key": key, "name": name, "missing": key in missing} for key, name in FIELD_NAMES.items()
        ],
    }


def _first_rect(field: str) -> Rect:
    """Where a field usually stands, in points, for whoever then moves it."""
    if field == NUMBER:
        return Rect(120, 720, 170, 736)
    if field in TEXT_FIELDS:
        return Rect(400, 700, 430, 716)
    return Rect(300, 150, 400, 250) if field == OFFICE else Rect(330, 150, 500, 210)


def _read_box(text: str, field: str) -> Place:
    """The box as the browser sends it; text fields are written at 13 points, day and month in italics."""
    try:
        data = json.loads(text)
        left, bottom, right, top = (float(value) for value in data["rect"])
        rect, page = Rect(left, bottom, right, top), int(data["page"]) - 1
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid("Chỗ đã đánh dấu không đọc được. Đặt lại khung trên trang rồi lưu.") from error
    if field not in TEXT_FIELDS:
        return Place(page, rect)
    return Place(page, rect, size=13.0, italic=field != NUMBER)
