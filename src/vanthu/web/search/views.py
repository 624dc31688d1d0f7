"""Find (Kho tra cứu): everything one may see, by words, symbol, text of the file."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from vanthu.documents import kinds
from vanthu.kernel.calendar import today
from vanthu.search import queries
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
_PAGES = {"in": "entry", "out": "outgoing_entry", "draft": "draft", "dossier": "dossier"}
_ICONS = {"in": "in", "out": "out", "draft": "pen", "dossier": "folder"}
YEARS_SHOWN = 6


def _url(hit: Hit) -> str:
    return reverse(_PAGES[hit.item_kind], args=[hit.item_id])


@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """The results, newest first, with scope, year and kind as chips."""
    text = request.GET.get("q", "").strip()
    year = request.GET.get("year", "")
    scope = request.GET.get("scope", "all")
    page = (
        queries.search(
            text,
            by=request.actor,
            scope=scope if scope in dict(SCOPES) else "all",  # type: ignore[arg-type]
            year=int(year) if year.isdigit() else None,
            kind=request.GET.get("kind", ""),
            item_kind=request.GET.get("in", ""),
            before=request.GET.get("sau", ""),
        )
        if text
        else None
    )
    context = {
        "text": text,
        "page": page,
        "hits": [(hit, _url(hit), _ICONS[hit.item_kind]) for hit in page.hits] if page else [],
        "scopes": SCOPES,
        "scope": scope,
        "item_kinds": ITEM_KINDS,
        "item_kind": request.GET.get("in", ""),
        "years": range(today().year, today().year - YEARS_SHOWN, -1),
        "year": year,
        "kinds": kinds.choices("administrative"),
        "kind": request.GET.get("kind", ""),
    }
    template = "search/search.html#hits" if from_htmx(request) else "search/search.html"
    return render(request, template, context)


@require_GET
def suggest(request: SignedRequest) -> JsonResponse:
    """What Ctrl+K shows: {"items": [{title, detail, icon, url}]}."""
    hits = queries.suggest(request.GET.get("q", ""), request.actor)
    return JsonResponse(
        {
            "items": [
                {
                    "title": "".join(part.text for part in hit.title),
                    "detail": " · ".join(
                        filter(
                            None, ["".join(p.text for p in hit.symbol), "".join(p.text for p in hit.issuer)]
                        )
                    ),
                    "icon": _ICONS[hit.item_kind],
                    "url": _url(hit),
                }
                for hit in hits
            ]
        }
    )
