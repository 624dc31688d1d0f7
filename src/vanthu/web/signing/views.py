"""Views of a request to a device: what waits, until when, the result of each file, typing a code, giving up."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import conditional_page, require_GET, require_POST

from vanthu.kernel.refusals import Invalid, NotFound, Refusal
from vanthu.signing import requests
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.signing.rows import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from vanthu.signing.models import SigningRequest


def may_call_agent[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """This page, and no other, may open a socket to the program on the signer's computer."""

    @wraps(view)
    def shown_so(*arguments: P.args, **named: P.kwargs) -> HttpResponse:
        policy: dict[str, Any] = settings.SECURE_CSP | {"connect-src": [CSP.SELF, settings.AGENT_ADDRESS]}
        return csp_override(policy)(view)(*arguments, **named)

    return shown_so


@require_GET
def signing_requests(request: SignedRequest) -> HttpResponse:
    """What this person's devices are being asked for, and what became of the requests of the last days."""
    found = [shown(one) for one in requests.recent(request.actor)]
    return render(request, "signing/requests.html", {"requests": found})


@require_GET
@may_call_agent
def signing_request(request: SignedRequest, pk: int) -> HttpResponse:
    """One request; with `start` the program on this computer is called at once."""
    return _page(request, requests.request(pk, request.actor))


@require_GET
@conditional_page
def signing_progress(request: SignedRequest, pk: int) -> HttpResponse:
    """How its files stand, asked for again while one is pending."""
    return render(request, "signing/request.html#progress", _context(requests.request(pk, request.actor)))


@require_POST
@may_call_agent
def authorise(request: SignedRequest, pk: int) -> HttpResponse:
    """The PIN or code that the device wants; it goes there and is kept nowhere."""
    by = request.actor
    return _acted(request, pk, lambda: requests.authorise(pk, request.POST.dict(), by=by))


@require_POST
@may_call_agent
def cancel(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask no longer for what is not signed yet."""
    return _acted(request, pk, lambda: requests.cancel(pk, by=request.actor), "Đã hủy những văn bản chưa ký.")


def _acted(request: SignedRequest, pk: int, verb: Callable[[], object], said: str = "") -> HttpResponse:
    """Run the verb and show the request again; a refusal stands on its page."""
    try:
        verb()
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, requests.request(pk, request.actor), refusal)
    if said:
        messages.success(request, said)
    return redirect("signing_request", pk=pk)


def _page(request: SignedRequest, found: SigningRequest, refusal: Refusal | None = None) -> HttpResponse:
    context = _context(found) | {
        "refusal": refusal,
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
        "start": "start" in request.GET,
        "agent_address": settings.AGENT_ADDRESS,
        "agent_page": settings.AGENT_ADDRESS.replace("wss:", "https:"),
    }
    return render(request, "signing/request.html", context, status=refusal.status if refusal else 200)


def _context(found: SigningRequest) -> dict[str, Any]:
    return {"one": shown(found)}
