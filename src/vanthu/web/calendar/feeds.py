"""The schedule in a calendar program of one's own (iCalendar), under a secret address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.calendar import feeds
from vanthu.web.shell.requests import SignedRequest


@never_cache
@require_http_methods(["GET", "POST"])
def feed(request: SignedRequest) -> HttpResponse:
    """Whether there is an address; a new one is shown by the answer to the form, this once."""
    by = request.actor
    by.require("plan")
    address = ""
    if request.method == "POST":
        secret = feeds.make(by=by)
        address = request.build_absolute_uri(reverse("read_calendar_feed", args=[secret]))
    return render(request, "calendar/feed.html", {"feed": feeds.open_feed(by), "address": address})


@require_POST
def revoke(request: SignedRequest) -> HttpResponse:
    """The address ends at once."""
    request.actor.require("plan")
    feeds.revoke(by=request.actor)
    messages.success(request, "Đã thu hồi địa chỉ lịch. Chương trình lịch không đọc được nữa.")
    return redirect("calendar_feed")


@login_not_required
@never_cache
@require_GET
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar for whoever holds the secret."""
    body = feeds.read(secret, host=request.get_host().partition(":")[0])
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
