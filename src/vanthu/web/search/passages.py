"""The page of a found document on which the words stand, with their places marked on the image."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.kernel import access
from vanthu.kernel.actor import Actor
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.refusals import NotFound
from vanthu.reading import storing
from vanthu.reading.words import Box
from vanthu.search import places
from vanthu.search.places import FoundPage
from vanthu.web.files.pages import PageImage, pages_of
from vanthu.web.search.showing import PAGES
from vanthu.web.shell.requests import SignedRequest, address_of

FRAME = 1000  # units of the drawing over the image, across and down
_ROOM = 0.004  # of the page, around the words


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the image, in units of the drawing."""

    left: int
    top: int
    width: int
    height: int


@require_GET
def passages(request: SignedRequest, item_kind: str, pk: int) -> HttpResponse:
    """One page with its places (`page` = file.page, without it the best one), and the others to choose from."""
    by = request.actor
    entry, files = _held(item_kind, pk, by)
    words = request.GET.get("q", "").strip()
    patterns = places.patterns(words, by=by)
    pdfs = [one for one in files if one.file.media_type == PDF]
    found = places.found_pages(pdfs, patterns)
    shown = _chosen(found, files, request.GET.get("page", ""))
    access.note("view", by=by, item_kind=item_kind, item_id=pk, address=address_of(request))
    context: dict[str, Any] = {
        "said": entry if item_kind == "in" else entry.document,
        "words": words,
        "url": reverse(PAGES[item_kind], args=[pk]),
        "found": [(f"{files.index(one.attachment) + 1}.{one.number}", one) for one in found],
        "shown": shown,
        "unread": shown is None and any(storing.text_of(one.file_id) is None for one in pdfs),
        "several": len({one.attachment.pk for one in found}) > 1,
        "image": _image(shown) if shown else None,
        "marks": [_mark(box) for box in places.boxes(shown, patterns)] if shown else [],
        "frame": FRAME,
    }
    return render(request, "search/passages.html", context)


def _held(item_kind: str, pk: int, by: Actor) -> tuple[Any, list[Attachment]]:
    """The entry and the files that the actor may open; raises `NotFound`, also for what has no files of its own."""
    if item_kind not in ("in", "out"):
        raise NotFound
    seen: Any = documents.incoming(pk, by) if item_kind == "in" else documents.outgoing(pk, by)
    if not seen.sight.files:
        raise NotFound
    return seen.entry, documents.document_files([seen.entry.document_id])[seen.entry.document_id]


def _chosen(found: list[FoundPage], files: list[Attachment], asked: str) -> FoundPage | None:
    """The page that was asked for, if something stands there, else the best."""
    known = {f"{files.index(one.attachment) + 1}.{one.number}": one for one in found}
    return known.get(asked) or places.best(found)


def _image(shown: FoundPage) -> PageImage | None:
    return next((page for page in pages_of(shown.attachment) if page.number == shown.number), None)


def _mark(box: Box) -> Mark:
    left, top = max(box.left - _ROOM, 0), max(box.top - _ROOM, 0)
    right, bottom = min(box.right + _ROOM, 1), min(box.bottom + _ROOM, 1)
    return Mark(
        round(left * FRAME), round(top * FRAME), round((right - left) * FRAME), round((bottom - top) * FRAME)
    )
