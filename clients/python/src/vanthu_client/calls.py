"""Calls: one idempotency key per write, tried again after a lost answer, pages followed to the end."""

import email.utils
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx

from vanthu_client.problems import NoAnswer, Problem

ROOT = "/api/v1"
PASSING = frozenset({429, 502, 503, 504})  # statuses that another try may get past
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds

type Query = Mapping[str, str | int | bool | None]


class Calls:
    """HTTP with a token. `tries` is how often one call is sent at most; `sleep` waits between."""

    def __init__(self, http: httpx.Client, *, tries: int, sleep: Callable[[float], None]) -> None:
        self._http, self._tries, self._sleep = http, tries, sleep

    def get(self, path: str, query: Query | None = None) -> Any:
        """The body of a read."""
        return self.send("GET", path, params=_given(query)).json()

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
        """The body of a write, which happens once however often it is sent; `key` goes on with an earlier call."""
        content = json.dumps(dict(body or {}), default=_plain).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or fresh_key()}
        return self.send("POST", path, content=content, headers=headers).json()

    def pages(self, path: str, query: Query | None = None) -> Iterator[Any]:
        """Every line of a list, page after page, asked for as they are used."""
        params: Any = _given(query)
        while True:
            page = self.get(path, params)
            yield from page["items"]
            if page["next"] is None:
                return
            params = httpx.URL(page["next"]).params  # the token goes to no other host than it was given for

    def send(
        self, method: str, path: str, *, rewind: Callable[[], object] | None = None, **request: Any
    ) -> httpx.Response:
        """The answer, if it is good; raises `Problem`, `NoAnswer`. `rewind` makes ready to send the content again."""
        for attempt in range(1, self._tries + 1):
            if rewind is not None:
                rewind()
            try:
                response = self._http.request(method, f"{ROOT}{path}", **request)
            except httpx.TransportError as error:
                self.wait_after(error, attempt)
                continue
            if response.is_success:
                return response
            self.wait_after(Problem.of(response), attempt, response)
        raise NoAnswer("no tries left")

    @contextmanager
    def stream(self, path: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """An answer whose body is still to be read; the caller tries again."""
        with self._http.stream("GET", f"{ROOT}{path}", headers=dict(headers)) as response:
            yield response

    def wait_after(self, error: Exception, attempt: int, response: httpx.Response | None = None) -> None:
        """Wait before the next try, as long as the server says or twice as long each time; else raise the error."""
        last = attempt >= self._tries
        if isinstance(error, Problem):
            if last or error.status not in PASSING:
                raise error
        elif last:
            raise NoAnswer(f"no answer after {attempt} tries: {error}") from error
        asked = retry_after(response) if response is not None else None
        backing_off = FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads callers
        self._sleep(min(backing_off if asked is None else asked, LONGEST_WAIT))


def fresh_key() -> str:
    """A key for one write."""
    return str(uuid.uuid4())


def retry_after(response: httpx.Response) -> float | None:
    """Seconds that the answer asks to wait, given as a number or as a date; None when it does not say."""
    text = response.headers.get("Retry-After", "")
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


def _given(query: Query | None) -> dict[str, str | int | bool]:
    return {name: value for name, value in (query or {}).items() if value is not None}


def _plain(value: object) -> str:
    """Dates and ids as JSON has them."""
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be sent")
