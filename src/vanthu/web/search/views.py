"""Find (Kho tra cứu): everything one may see, by words, symbol, text of the file."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanthu.documents import kinds
from vanthu.kernel.calendar import today
from vanthu.search import queries
from vanthu.search.plans import Scope
from vanthu.search.queries import Hit
from vanthu.web.shell.requests import SignedRequest, from_htmx

SCOPES = (("all", "Tất cả tôi được xem"), ("office", "Cơ quan"), ("unit", "Đơn vị tôi"), ("mine", "Của tôi"))
ITEM_KINDS = (
    ("", "Mọi loại"),
    ("in", "Văn bản đến"),
    ("out", "Văn bản đi"),
    ("draft", "Dự thảo"),
    ("dossier", "Hồ sơ"),
)
LABELS = {"in": "Văn bản đến", "out": "Văn bản đi", "draft": "Dự thảo", "dossier": "Hồ sơ"}
PAGES = {"in": "entry", "out": "outgoing_entry", "draft": "draft", "dossier": "dossier"}
_PREVIEWS = {"in": "entry_preview", "out": "outgoing_preview", "draft": "draft_preview"}
_ICONS = {"in": "in", "out": "out", "draft": "pen", "dossier": "folder"}
YEARS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with its address, icon and what the icon means."""

    hit: Hit
    url: str
    preview: str
    icon: str
    label: str


def _shown(hit: Hit) -> Shown:
    preview = _PREVIEWS.get(hit.item_kind, "")
    return Shown(
        hit,
        _url(hit),
        reverse(preview, args=[hit.item_id]) if preview else "",
        "lock" if hit.masked else _ICONS[hit.item_kind],
        LABELS[hit.item_kind],
    )


def _url(hit: Hit) -> str:
    return reverse(PAGES[hit.item_kind], args=[hit.item_id])


def _words(request: SignedRequest, name: str) -> str:
    return request.GET.get(name, "").strip()


@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """The results, newest first, with kind of item as chips; scope, year and kind of document to choose."""
    text, year, kind, item_kind = (_words(request, name) for name in ("q", "year", "kind", "in"))
    scope = cast("Scope", _words(request, "scope") if _words(request, "scope") in dict(SCOPES) else "all")
    before = _words(request, "sau")
    page = None
    if text:
        page = queries.search(
            text,
            by=request.actor,
            scope=scope,
            year=int(year) if year.isdecimal() else None,
            kind=kind,
            item_kind=item_kind,
            before=before,
        )
    context = {
        "text": text,
        "page": page,
        "later": bool(before),
        "narrowed": bool(year or kind or item_kind or scope != "all"),
        "hits": [_shown(hit) for hit in page.hits] if page else [],
        "scopes": SCOPES,
        "scope": scope,
        "item_kinds": ITEM_KINDS,
        "item_kind": item_kind,
        "years": range(today().year, today().year - YEARS_SHOWN, -1),
        "year": year,
        "kinds": kinds.choices("administrative"),
        "kind": kind,
    }
    template = "search/search.html#hits" if from_htmx(request) else "search/search.html"
    return render(request, template, context)


@require_GET
def suggest(request: SignedRequest) -> JsonResponse:
    """What Ctrl+K shows: {"items": [{title, detail, icon, url}]}."""
    return JsonResponse(
        {"items": [_item(hit) for hit in queries.suggest(_words(request, "q"), request.actor)]}
    )


def _item(hit: Hit) -> dict[str, str]:
    title, symbol, issuer = (
        "".join(part.text for part in parts) for parts in (hit.title, hit.symbol, hit.issuer)
    )
    return {
        "title": title,
        "detail": " · ".join(filter(None, [symbol, issuer])),
        "icon": "lock" if hit.masked else _ICONS[hit.item_kind],
        "url": _url(hit),
    }
