"""What a request costs inside the server, told in a `Server-Timing` header: statements, their time, processor time.

Only for `vanthu bench`: it runs when VANTHU_MEASURE is 1 and never in production.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

type Next = Callable[[HttpRequest], HttpResponseBase]
type Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass
class Tally:
    """Statements of one request, and the seconds spent waiting for them and for commits."""

    statements: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Django's hook around every statement."""
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - start

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Counts what this thread asks of the database. A commit is waited for too, but is no statement."""
        here: Any = connection
        commit = here._commit

        def timed() -> None:
            start = time.perf_counter()
            commit()
            self.seconds += time.perf_counter() - start

        here._commit = timed
        try:
            with connection.execute_wrapper(self):
                yield
        finally:
            del here._commit


class MeasuringMiddleware:
    """The outermost middleware: sessions, sign-in and rights are part of what a page costs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        tally = Tally()
        processor = time.thread_time()
        with tally.counting():
            response = self.get_response(request)
        used = time.thread_time() - processor
        response["Server-Timing"] = (
            f"sql;desc={tally.statements};dur={tally.seconds * 1000:.2f}, cpu;dur={used * 1000:.2f}"
        )
        return response
