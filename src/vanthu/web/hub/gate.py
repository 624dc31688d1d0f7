"""The way into the hub: rate, switch, signature, time and replay before any work; every call in the log."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vanthu.exchange.hub import calls
from vanthu.exchange.hub.calls import Caller
from vanthu.exchange.hub.errors import AT_FAULT, HubError
from vanthu.kernel.refusals import NotFound, Refusal
from vanthu.web.api import rates
from vanthu.web.hub.answers import failed
from vanthu.web.shell.requests import address_of

LOGGED_REFUSALS = 60  # unproved calls of an address that the log takes in a minute

type Call = Callable[[HttpRequest, Caller], HttpResponseBase]
type View = Callable[[HttpRequest], HttpResponseBase]


@dataclass(slots=True)
class Outcome:
    """An answer, its code and what the log says of it; `caller` when the call has proved who makes it."""

    answer: HttpResponseBase
    code: str = "0"
    note: str = ""
    caller: Caller | None = None


def hub_call(*methods: str, remembers: bool = False) -> Callable[[Call], View]:
    """A call of the axis's interface. `remembers` says that it notes its signed message together with what it does."""

    def guard(call: Call) -> View:
        @login_not_required
        @csrf_exempt
        @never_cache
        @require_http_methods(methods)
        @wraps(call)
        def view(request: HttpRequest) -> HttpResponseBase:
            began, address = time.monotonic(), address_of(request) or ""
            if rates.calls(f"hub:{address}", time.time()) > settings.HUB_RATE:
                return failed(_too_many())
            connection = calls.switched_on()
            if connection is None:
                raise NotFound
            outcome = _outcome(request, call, connection, remembers)
            if outcome.caller or rates.calls(f"hub-refused:{address}", time.time()) <= LOGGED_REFUSALS:
                _note(request, outcome, address, began)
            return outcome.answer

        return view

    return guard


def _outcome(request: HttpRequest, call: Call, connection: calls.Connection, remembers: bool) -> Outcome:
    caller = None
    try:
        caller = calls.known(request.headers, connection)
        if rates.calls(f"hub-system:{caller.system.pk}", time.time()) > caller.system.calls_per_minute:
            raise _too_many()
        calls.let_in(caller, remembers)
        return Outcome(call(request, caller), caller=caller)
    except HubError as error:
        return Outcome(failed(error), error.code, error.sentence, caller)
    except Refusal as refusal:  # the store or the database of files does not answer
        away = HubError(AT_FAULT, refusal.message, status=503)
        return Outcome(failed(away), away.code, away.sentence, caller)


def _note(request: HttpRequest, outcome: Outcome, address: str, began: float) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    calls.note(
        request.path.strip("/"),
        outcome.caller,
        claimed=calls.claimed(request.headers),
        answer=outcome.code,
        said=outcome.note,
        address=address,
        taken=int(length) if length.isdigit() else 0,
        given=int(outcome.answer.get("Content-Length") or len(getattr(outcome.answer, "content", b""))),
        milliseconds=int((time.monotonic() - began) * 1000),
    )


def _too_many() -> HubError:
    return HubError(AT_FAULT, "Gọi quá nhiều lần trong một phút. Chờ sang phút sau rồi gọi lại.", status=429)
