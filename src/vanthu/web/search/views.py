"""Find (Kho tra cứu): everything one may see, by words, symbol, text of the file; kept, sorted and taken along."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_POST

from vanthu.documents import kinds
from vanthu.kernel import access
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Invalid
from vanthu.search import habits, queries
from vanthu.search.marks import plain
from vanthu.search.queries import Hit
from vanthu.web.search.asked import ITEM_KINDS, NEWEST, SCOPES, SORTED, Asked, SearchForm, ordered, years
from vanthu.web.search.exporting import FORMATS, write
from vanthu.web.search.showing import ICONS, shown, url
from vanthu.web.shell.requests import SignedRequest, address_of, back_to, from_htmx


@require_GET
def search(request: SignedRequest) -> HttpResponse:
    """The results, newest first or sorted, with kind of item as chips and everything else to choose."""
    form = SearchForm(request.GET)
    asked = Asked.read(request.GET, form) if form.is_valid() else None
    before = request.GET.get("sau", "").strip()
    page = _page(asked, before, request) if asked else None
    fields = habits.shown(request.actor)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "later": bool(before),
        "hits": [shown(hit, fields) for hit in page.hits] if page else [],
        "scopes": SCOPES,
        "item_kinds": ITEM_KINDS,
        "years": years(),
        "kinds": kinds.choices("administrative"),
        "fields": [(name, label, name in fields) for name, label in habits.FIELDS.items()],
        "saved": [] if asked and asked.anything else habits.saved(request.actor),
        "formats": tuple(FORMATS),
    }
    template = "search/search.html#hits" if from_htmx(request) else "search/search.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _page(asked: Asked, before: str, request: SignedRequest) -> queries.Page | None:
    if not asked.anything:
        return None
    if asked.order == NEWEST:
        return queries.search(asked.text, by=request.actor, before=before, **asked.narrowed)
    found = queries.gather(asked.text, by=request.actor, limit=SORTED, **asked.narrowed)
    count = f"{len(found.hits)}{'' if found.whole else '+'}"
    return queries.Page(ordered(found.hits, asked.order), "", count)


@require_GET
def export(request: SignedRequest) -> HttpResponse:
    """The results with the fields that the reader chose, as a file; in the access log like every download."""
    form = SearchForm(request.GET)
    name = request.GET.get("format", "")
    asked = Asked.read(request.GET, form) if form.is_valid() and name in FORMATS else None
    if asked is None or not asked.anything:
        raise Invalid("Chưa xuất được kết quả. Quay lại trang tìm, gõ từ cần tìm rồi chọn định dạng để xuất.")
    by, wanted = request.actor, FORMATS[name]
    found = queries.gather(asked.text, by=by, limit=wanted.most, **asked.narrowed)
    count = f"{len(found.hits)} kết quả{'' if found.whole else ' mới nhất, còn nữa'}"
    note = f"{count}; {by.name} xuất lúc {localtime(now()):%H:%M %d/%m/%Y}."
    hits = ordered(found.hits, asked.order)
    content = write(name, f"Kết quả tìm {asked.words}", note, hits, habits.shown(by))
    access.note("download", by=by, item_kind="search", item_id=by.office, address=address_of(request))
    response = HttpResponse(content, content_type=wanted.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"ket-qua-tim-{today():%Y%m%d}.{name}") or ""
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def save_search(request: SignedRequest) -> HttpResponse:
    """Keep this search under a name."""
    query = request.POST.get("query", "")
    saved = habits.save(request.POST.get("name", ""), query, by=request.actor)
    messages.success(request, f"Đã lưu lần tìm “{saved.name}”. Mở lại ở trang Kho tra cứu.")
    return redirect(f"{reverse('search')}?{saved.query}")


@require_POST
def forget_search(request: SignedRequest, pk: int) -> HttpResponse:
    """Keep it no longer."""
    name = habits.forget(pk, by=request.actor)
    messages.success(request, f"Đã bỏ lần tìm “{name}”.")
    return redirect(back_to(request, reverse("archive")))


@require_POST
def show_fields(request: SignedRequest) -> HttpResponse:
    """Which fields of each hit are shown and taken along."""
    habits.show(request.POST.getlist("fields"), by=request.actor)
    return redirect(back_to(request, reverse("archive")))


@require_GET
def suggest(request: SignedRequest) -> JsonResponse:
    """What Ctrl+K shows: {"items": [{title, detail, icon, url}]}."""
    found = queries.suggest(request.GET.get("q", "").strip(), request.actor)
    return JsonResponse({"items": [_item(hit) for hit in found]})


def _item(hit: Hit) -> dict[str, str]:
    return {
        "title": plain(hit.title),
        "detail": " · ".join(filter(None, [plain(hit.symbol), plain(hit.issuer)])),
        "icon": "lock" if hit.masked else ICONS[hit.item_kind],
        "url": url(hit),
    }
