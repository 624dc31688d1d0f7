"""How often a token may call: so many times in a minute, counted in each process."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from ninja.throttling import BaseThrottle

from vanthu.web.shell.requests import address_of

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls left in this minute, and the seconds until the next begins."""

    limit: int
    left: int
    reset: int


class PerMinute(BaseThrottle):
    """A window of one minute per caller (or address, before it is known who calls); `settings.API_RATE` calls fit."""

    def allow_request(self, request: HttpRequest) -> bool:
        moment = time.time()
        used = calls(getattr(request, "caller", None) or f"address:{address_of(request)}", moment)
        limit = settings.API_RATE
        rate = Rate(limit, max(0, limit - used), _until_next(moment))
        request.rate = rate  # type: ignore[attr-defined]
        return used <= limit

    def wait(self) -> float:
        return _until_next(time.time())


def calls(caller: str, moment: float) -> int:
    """Count one more call of a caller in the minute of this moment (Unix seconds); returns how many it made."""
    cache, key = caches["rates"], f"{caller}:{int(moment // WINDOW)}"
    return 1 if cache.add(key, 1, WINDOW * 2) else cache.incr(key)


def _until_next(moment: float) -> int:
    return WINDOW - int(moment % WINDOW)


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say in the headers how many calls are left."""
    rate: Rate | None = getattr(request, "rate", None)
    if rate is not None:
        response["RateLimit-Limit"] = str(rate.limit)
        response["RateLimit-Remaining"] = str(rate.left)
        response["RateLimit-Reset"] = str(rate.reset)
