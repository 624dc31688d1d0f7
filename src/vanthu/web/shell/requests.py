"""What views are given: a request of somebody who is signed in, and how the browser asked."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from vanthu.kernel.actor import Actor


class SignedRequest(HttpRequest):
    """A request after the middlewares: `actor` acts, `user` is their account."""

    actor: Actor
    user: Any  # organisations' Account; its model stays in the room


def from_htmx(request: HttpRequest) -> bool:
    """Whether a fragment is wanted; a boosted link wants the page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks (`Accept: application/json`)."""
    return request.headers.get("Accept", "").startswith("application/json")


def address_of(request: HttpRequest) -> str | None:
    """The network address the request came from, as the access log keeps it."""
    address: str | None = request.META.get("REMOTE_ADDR")
    return address or None


def page_before(request: HttpRequest) -> str:
    """The page of this site from which a form was sent, to load it anew; else where the request itself went."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if safe else "/"
