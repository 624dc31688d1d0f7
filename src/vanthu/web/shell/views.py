"""Small addresses of the frame: counts, health, a fresh form token, undo."""

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel import kept
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell import navigation, undo
from vanthu.web.shell.requests import SignedRequest, counts_of


@require_GET
def counters(request: SignedRequest) -> HttpResponse:
    """{"counts": {entry: n}} of the menu; 304 while nothing changed."""
    body = json.dumps({"counts": _all_badges(request)}, sort_keys=True).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag})


def _all_badges(request: SignedRequest) -> dict[str, int]:
    """Zeros too, so that a count that is done with disappears."""
    zeros = dict.fromkeys((*(one.name for one in navigation.ENTRIES), "notices"), 0)
    return zeros | navigation.badges_of(counts_of(request), request.actor)


@require_GET
@never_cache
def csrf(request: SignedRequest) -> JsonResponse:
    """A fresh token for a page that was open while the person signed in again, and who they are where by now."""
    by = request.actor
    return JsonResponse({"token": get_token(request), "user": f"{by.account_id}-{by.office_id}"})


@require_http_methods(["GET", "POST"])
def kept_form(request: SignedRequest) -> HttpResponse:
    """What was being typed into the form `name`: POST keeps `values` ([[name, value]] as JSON; none forgets), GET gives
    {"values", "at"}, both null when nothing is kept."""
    if request.method == "POST":
        pairs = _pairs(request.POST.get("values", "[]"))
        kept.keep(request.POST.get("name", ""), pairs, by=request.actor)
        return JsonResponse({"kept": bool(pairs)})
    found = kept.kept(request.GET.get("name", ""), by=request.actor)
    return JsonResponse({"values": found and found.values, "at": found and found.kept_at.isoformat()})


def _pairs(text: str) -> list[tuple[str, str]]:
    """Raises `Invalid` for anything but a list of pairs of texts."""
    try:
        return [(str(name), str(value)) for name, value in json.loads(text)]
    except (ValueError, TypeError) as error:
        raise Invalid("Nội dung gửi lên để giữ tạm không đúng dạng. Tải lại trang.") from error


@require_POST
def take_back(request: SignedRequest, entry_id: int) -> HttpResponse:
    """Undo an act of the last seconds."""
    undo.take_back(entry_id, by=request.actor)
    return undo.done(request)


@login_not_required
@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For a balancer: 200 while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
