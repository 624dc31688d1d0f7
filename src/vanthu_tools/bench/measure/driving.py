"""The clients: threads with one kept connection each, that ask for pages as people do, or as fast as they can."""

import gzip
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

import brotli  # type: ignore[import-untyped]

from vanthu_tools.bench.measure.seats import Seat

TOKEN = "b" * 32  # of forms: cookie and header must agree, that is all that Django asks
WEIGHED = 20  # answers per page that are unpacked, to know how long they were
TIMEOUT = 60.0  # seconds
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of one person; with a `body` it is a POST. `wanted` is the status of success."""

    seat: Seat
    path: str
    body: bytes | None = None
    content_type: str = FORM
    htmx: bool = False
    wanted: int = 200

    @classmethod
    def form(cls, seat: Seat, path: str, **fields: object) -> "Call":
        """A form that is sent; another page follows."""
        return cls(seat, path, urlencode(fields).encode(), wanted=302)

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends along."""
        found = {
            "Cookie": f"sessionid={self.seat.session}; csrftoken={TOKEN}",
            "Accept-Encoding": "gzip, br",
            "Accept": "text/html",
        }
        if self.body is not None:
            found |= {"X-CSRFToken": TOKEN, "Content-Type": self.content_type}
        return found | ({"HX-Request": "true"} if self.htmx else {})


@dataclass
class Page:
    """One thing that people do, as a supply of calls; an empty supply means that there is no more to do."""

    name: str
    group: str  # page, list, search or act
    calls: Iterator[Call]
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> Call | None:
        """The next call."""
        with self._one_at_a_time:
            return next(self.calls, None)


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer: seconds at the client, bytes as travelled and (of some) unpacked, and what the server says it cost.

    `statements`, `sql` and `cpu` (milliseconds) are None where the server does not measure.
    """

    page: str
    seconds: float
    status: int
    trouble: str
    travelled: int
    length: int | None
    statements: int | None
    sql: float | None
    cpu: float | None


class Client:
    """One browser's connection."""

    def __init__(self, host: str, port: int) -> None:
        self.connection = HTTPConnection(host, port, timeout=TIMEOUT)
        self._weighed: dict[str, int] = {}

    def ask(self, page: str, call: Call) -> Sample:
        """Send the call and read the whole answer."""
        method = "GET" if call.body is None else "POST"
        start = time.perf_counter()
        try:
            self.connection.request(method, call.path, call.body, call.headers)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, HTTPException) as error:
            self.connection.close()
            seconds = time.perf_counter() - start
            return Sample(page, seconds, 0, f"{type(error).__name__}: {error}", 0, None, None, None, None)
        return self._sample(page, call, response, body, time.perf_counter() - start)

    def _sample(self, page: str, call: Call, response: HTTPResponse, body: bytes, seconds: float) -> Sample:
        statements, sql, cpu = costs(response.getheader("Server-Timing", ""))
        trouble = "" if response.status == call.wanted else f"{call.path} answered {response.status}"
        length = None
        if self._weighed.setdefault(page, 0) < WEIGHED:
            self._weighed[page] += 1
            length = len(unpacked(body, response.getheader("Content-Encoding", "")))
        return Sample(page, seconds, response.status, trouble, len(body), length, statements, sql, cpu)


def unpacked(body: bytes, encoding: str) -> bytes:
    """What the browser reads."""
    if encoding == "br":
        plain: bytes = brotli.decompress(body)
        return plain
    return gzip.decompress(body) if encoding == "gzip" else body


def costs(header: str) -> tuple[int | None, float | None, float | None]:
    """(statements, milliseconds in them, milliseconds of processor) from `sql;desc=6;dur=1.2, cpu;dur=3.4`."""
    found: dict[str, dict[str, str]] = {}
    for part in header.split(","):
        name, *pairs = part.strip().split(";")
        found[name] = dict(pair.split("=", 1) for pair in pairs)
    if "sql" not in found:
        return None, None, None
    return int(found["sql"]["desc"]), float(found["sql"]["dur"]), float(found["cpu"]["dur"])


@dataclass(frozen=True, slots=True)
class Pace:
    """How hard the clients push: `think` seconds between an answer and the next request, on average."""

    clients: int
    seconds: float
    think: float


@dataclass(frozen=True, slots=True)
class Drive:
    """What came of it; `cpu` is the client's own share of one processor."""

    pace: Pace
    seconds: float
    samples: list[Sample]
    cpu: float


def drive(
    address: tuple[str, int],
    pages: Sequence[Page],
    pace: Pace,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> Drive:
    """Every client goes through all pages again and again, each time in another order, so that all count alike."""
    samples: list[list[Sample]] = [[] for _ in range(pace.clients)]
    start, processor = time.perf_counter(), time.process_time()
    threads = [
        threading.Thread(target=_work, args=(address, pages, pace, number, samples[number], start, stop))
        for number in range(pace.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    used = time.process_time() - processor
    return Drive(pace, seconds, [one for mine in samples for one in mine], used / seconds)


def _work(
    address: tuple[str, int],
    pages: Sequence[Page],
    pace: Pace,
    number: int,
    samples: list[Sample],
    start: float,
    stop: Callable[[], bool],
) -> None:
    client, chance = Client(*address), random.Random(number)
    for page in _decks(pages, chance):
        time.sleep(pace.think * chance.uniform(0.5, 1.5))
        if time.perf_counter() - start > pace.seconds or stop():
            break
        call = page.take()
        if call is not None:
            samples.append(client.ask(page.name, call))
    client.connection.close()


def _decks(pages: Iterable[Page], chance: random.Random) -> Iterator[Page]:
    """All pages in some order, then all in another."""
    deck = list(pages)
    while True:
        chance.shuffle(deck)
        yield from deck
