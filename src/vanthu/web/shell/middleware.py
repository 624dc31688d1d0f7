"""Who acts in this request, and what happens to refusals."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from vanthu.kernel.refusals import Refusal
from vanthu.web.shell import practising
from vanthu.web.shell.refusals import SignInAgain, respond
from vanthu.web.shell.requests import from_htmx, page_before, wants_json
from vanthu.web.shell.seats import actor_of

type View = Callable[..., HttpResponseBase]
type Next = Callable[[HttpRequest], HttpResponseBase]

_SEEN_SECONDS = 300  # how exactly the list of sessions knows the last activity


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is made for one answer: pages, fragments, JSON. Files keep their bytes, length and ranges.

    Django hides the length with random bytes, so that a page that repeats a token beside what was asked tells nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in ("text/html", "application/json", "application/problem+json"):
            return response
        return super().process_response(request, response)


class SignInMiddleware(LoginRequiredMiddleware):
    """Every view needs a signed-in person unless it carries Django's `login_not_required`."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        sign_in = resolve_url(self.get_login_url(view_func))
        if from_htmx(request) or wants_json(request):
            return respond(request, SignInAgain(), link_url=sign_in, link_text="Đăng nhập")
        # An address that only takes forms cannot be returned to after signing in, but the page of the form can.
        back = urlsplit(page_before(request))._replace(scheme="", netloc="").geturl()
        return redirect_to_login(back, sign_in)


class ActorMiddleware:
    """Sets `request.actor`, keeps the list of sessions fresh, and keeps pages out of shared caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if hasattr(request, "actor") and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return practising.marked(request, response)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        _note_activity(request)
        try:
            request.actor = actor_of(request)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return respond(request, refusal)
        return None


class RefusalMiddleware:
    """A refusal that a view lets through becomes a page, a toast or JSON; messages follow an htmx answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if from_htmx(request) and isinstance(response, HttpResponse):
            _append_toasts(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return respond(request, exception) if isinstance(exception, Refusal) else None


def _note_activity(request: HttpRequest) -> None:
    """Write the session's last activity at most every few minutes per process, not with every request."""
    key = f"seen:{request.session.session_key}"
    if caches["actors"].add(key, True, _SEEN_SECONDS):
        UserSession.objects.create_from_request(request)


def _append_toasts(request: HttpRequest, response: HttpResponse) -> None:
    """Messages of the view ride behind its fragment; after a redirect or refresh the next page shows them."""
    leaves_page = any(name in response for name in ("HX-Redirect", "HX-Refresh", "HX-Location"))
    is_html = response.get("Content-Type", "").startswith("text/html")
    if response.status_code != 200 or leaves_page or not is_html:
        return
    toasts = [
        render_to_string(
            "shell/toast.html",
            {"text": str(one), "tone": one.level_tag, "undo_url": one.extra_tags},
            request,
        )
        for one in get_messages(request)
    ]
    if toasts:
        response.write(f'<div hx-swap-oob="beforeend:#toasts">{"".join(toasts)}</div>')
