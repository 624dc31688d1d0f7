"""What views are given: a request of somebody who is signed in, and how the browser asked."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Counts


class SignedRequest(HttpRequest):
    """A request after the middlewares: `actor` acts, `user` is their account."""

    actor: Actor
    user: Any  # organisations' Account; its model stays in the room
    counts: Counts


def counts_of(request: SignedRequest) -> Counts:
    """What waits for the actor, as `participants.counts`; read once per request, for the page and its frame."""
    if not hasattr(request, "counts"):
        request.counts = participants.counts(request.actor)
    return request.counts


def standing_of(request: SignedRequest, kind: str) -> participants.Standing:
    """The same with how many items of this kind are overdue today."""
    found = participants.standing(request.actor, kind, on=today())
    request.counts = found.counts
    return found


def from_htmx(request: HttpRequest) -> bool:
    """Whether a fragment is wanted; a boosted link wants the page."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks (`Accept: application/json`)."""
    return request.headers.get("Accept", "").startswith("application/json")


def address_of(request: HttpRequest) -> str | None:
    """The network address the request came from, past the proxies that settings trust."""
    address: str | None = get_client_ip(request)
    return address


def page_before(request: HttpRequest) -> str:
    """The page of this site from which a form was sent, to load it anew; else where the request itself went."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if safe else "/"


def back_to(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that a form names in `back`, else `otherwise`."""
    named = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if named and safe else otherwise


def page_shown(request: HttpRequest) -> str:
    """The address, without host, of the page that htmx asked from; "" for other requests."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{shown.path}?{shown.query}" if shown.query else shown.path
