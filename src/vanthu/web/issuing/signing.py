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
from vanthu.issuing import batch_signing, cosigning, queries, saga
from vanthu.issuing.queries import SeenDraft
from vanthu.issuing.states import Decision, Step
from vanthu.kernel.refusals import Conflict, Invalid, NotFound, Refusal
from vanthu.signing import requests as signing
from vanthu.signing.geometry import Rect
from vanthu.signing.places import LEADER, NUMBER, OFFICE, TEXT_FIELDS, Place, Places
from vanthu.signing.states import HolderKind
from vanthu.web.files.pages import pages_of, shown
from vanthu.web.issuing import rows
from vanthu.web.issuing.forms import WordsForm, words
from vanthu.web.issuing.sign_batch import SIGNS, sent_to_device
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.signing import choosing

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """The leader's card: pages, who checked, where the signature goes; after it the next document.

    A device that asks its owner leads to the page of the request.
    """
    by = request.actor
    seen = queries.draft(pk, by)
    queue = [one.draft.pk for one in queries.drafts(by, states=("to_sign",), owner_kinds=("p",), limit=30)]
    if request.method == "POST":
        try:
            return _signed(request, seen.draft, queue)
        except NotFound:
            raise
        except Refusal as refusal:
            context = _card(request, queries.draft(pk, by), queue) | {"refusal": refusal}
            return render(request, "issuing/sign.html", context, status=refusal.status)
    if rows.turn(seen.draft, by) not in SIGNS:
        return redirect("draft", pk=pk)
    return render(request, "issuing/sign.html", _card(request, seen, queue))


def _signed(request: SignedRequest, draft: Draft, queue: list[int]) -> HttpResponse:
    by, pk = request.actor, draft.pk
    key = choosing.keys(HolderKind.PERSON, by.person, request.POST).chosen
    if key is not None and key.asks:
        asked = batch_signing.ask([pk], certificate=key.certificate, words=words(request.POST), by=by)
        if asked.request is None:
            raise Conflict(asked.refused[pk])
        return sent_to_device(request, asked.request, key)
    certificate = key.certificate if key else None
    if rows.turn(draft, by) == Step.CO_SIGN:
        saga.co_sign(pk, words(request.POST), certificate=certificate, by=by)
        messages.success(request, f"Đã ký: {draft.subject}")
    else:
        done = saga.sign(pk, words(request.POST), certificate=certificate, by=by)
        level = LEVELS.get(done.signature_level, "")
        messages.success(request, f"Đã ký số, mức {done.signature_level} ({level}): {done.subject}")
    return redirect(_next(queue, pk))


def _next(queue: list[int], pk: int) -> str:
    """The card that follows: the next in the list, else the first, else the desk."""
    later = queue[queue.index(pk) + 1 :] if pk in queue else queue
    rest = [*later, *(one for one in queue if one != pk)]
    return reverse("sign", args=[rest[0]]) if rest else reverse("desk")


def _card(request: SignedRequest, seen: SeenDraft, queue: list[int]) -> dict[str, Any]:
    draft = seen.draft
    version = queries.newest(draft.pk)
    version.draft = draft
    file = version.signed or version.prepared or version.pdf
    step = rows.turn(draft, request.actor)
    others = queries.co_signers(draft.pk) if draft.co_signers else []
    mine = next((one for one in others if one.post_id == draft.next_co_signer_id), None)
    place = places_now(version).found.get(cosigning.field_of(mine, others) if mine else LEADER)
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
        "next_url": _next(queue, draft.pk),
        "turn": step in SIGNS,
        "keys": choosing.keys(HolderKind.PERSON, request.actor.person, request.POST or request.GET),
        "asked": signing.waiting(batch_signing.PURPOSE, [draft.pk], by=request.actor),
        "pdf": reverse("file", args=[file.pk]) if file else "",
        "mine": mine,
        "co_signers": others,
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
    names = field_names(draft)
    refusal = None
    if request.method == "POST":
        try:
            field = _field(request.POST.get("field", ""), names)
            saga.place(pk, field, _read_box(request.POST.get("box", ""), field), by=request.actor)
        except NotFound:
            raise
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, f"Đã lưu chỗ trên trang: {names[field]}.")
            missing = saga.places_of(queries.newest(pk)).missing
            return redirect(reverse("place" if missing else "draft", args=[pk]))
    context = _placing(request, draft, names) | {"refusal": refusal}
    return render(request, "issuing/place.html", context, status=refusal.status if refusal else 200)


def field_names(draft: Draft) -> dict[str, str]:
    """{field: what it is called}: those of every document, and one for each co-signer."""
    others = queries.co_signers(draft.pk) if draft.co_signers else []
    what = {True: "Ký nháy", False: "Cùng ký"}
    return FIELD_NAMES | {
        cosigning.field_of(one, others): f"{what[one.initials]}: {one.post.person.full_name}"
        for one in others
    }


def _field(name: str, names: Mapping[str, str]) -> str:
    return name if name in names else LEADER


def _placing(request: SignedRequest, draft: Draft, names: Mapping[str, str]) -> dict[str, Any]:
    version = queries.newest(draft.pk)
    version.draft = draft
    places = saga.places_of(version)
    missing = [one.field for one in places.missing]
    asked = request.GET.get("field") or request.POST.get("field") or (missing or [LEADER])[0]
    wanted = _field(asked, names)
    last = (version.pdf.file.page_count or 1) - 1 if version.pdf else 0
    start = places.found.get(wanted) or Place(0 if wanted in TEXT_FIELDS else last, _first_rect(wanted))
    return {
        "draft": draft,
        "pages": pages_of(version.pdf) if version.pdf else (),
        "field": wanted,
        "field_name": names[wanted],
        "box": request.POST.get("box") or box_of(start),
        "sentence": next((one.message for one in places.missing if one.field == wanted), ""),
        "fields": [{"key": key, "name": name, "missing": key in missing} for key, name in names.items()],
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
