"""Packets are received and registered one after the other by one worker, in turns with the bare work on their bytes.

Bare work is what cannot be spared: base64 decoded, packet and attachment hashed, written and made durable as the store
does it. Both run on the same files in the same minute, so that a busy machine slows both.
"""

import base64
import hashlib
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
from django.conf import settings
from django.db import connection as database
from django.utils import timezone

from vanthu.documents import actions
from vanthu.exchange import connections, polling, receiving
from vanthu.exchange.axis_models import Arrival, Connection, Kind, OwnAddress
from vanthu.kernel.actor import Actor, Reach
from vanthu.kernel.files.folder import FolderStore
from vanthu.organisations.models import Level, Office
from vanthu_tools.bench.axis.packets import OFFICE, Packets, make

_CONTENT = re.compile(rb"<edXML:ContentTransferEncoded[^>]*>([^<]+)<")
_TURN = 10  # packets of the one, then of the other


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds for one packet, medians: by the clock, and of processors (worker, its helper and its database process).

    Processors are counted in hundredths of a second, so theirs is the median of the means of turns.
    """

    packets: int
    size: int
    bare: float
    bare_processor: float
    received: float
    received_processor: float
    registered: float
    registered_processor: float
    statements: int

    @property
    def whole(self) -> float:
        """By the clock, from the list of the connection to the number in the book."""
        return self.received + self.registered

    @property
    def whole_processor(self) -> float:
        """The same of processors."""
        return self.received_processor + self.registered_processor


def measure(packets: int, size: int, tell: Callable[[int], None]) -> Found:
    """Receive and register so many packets, each with an attachment of `size` bytes."""
    run = uuid4().hex[:10]
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as name:
        folder = Path(name) / "packets"
        folder.mkdir()
        for number in range(packets):
            make(folder, number + 1, size, run)
        with _connected(folder) as ours:
            return _measured(folder, ours, size, tell)


def _measured(folder: Path, ours: Connection, size: int, tell: Callable[[int], None]) -> Found:
    store = FolderStore(folder.parent / "bare")
    office = _office().pk
    by = Actor(
        office_id=office,
        name="Văn thư",
        powers=frozenset({"register"}),
        reaches=(Reach("o", office, restricted="masked"),),
    )
    found = polling.poll(ours.pk)
    files = sorted(folder.iterdir())
    clocks: dict[str, list[float]] = {"bare": [], "received": [], "registered": []}
    work: dict[str, list[float]] = {"bare": [], "received": [], "registered": []}
    statements: list[int] = []
    for start in range(0, len(found), _TURN):
        for path in files[start : start + _TURN]:
            with _timed(clocks["bare"], work["bare"]):
                _bare(path, store)
        for packet_id in found[start : start + _TURN]:
            with _counted(statements), _timed(clocks["received"], work["received"]):
                receiving.go_on(packet_id)
            entry = Arrival.objects.values_list("entry", flat=True).get(packet=packet_id)
            with _timed(clocks["registered"], work["registered"]):
                actions.receive(entry or 0, by=by)
        tell(len(clocks["bare"]))
    middle = {name: statistics.median(times) for name, times in clocks.items()}
    middle |= {f"{name}_processor": statistics.median(_means(times)) for name, times in work.items()}
    return Found(len(found), size, statements=round(statistics.median(statements)), **middle)


def _means(times: Sequence[float]) -> list[float]:
    """The mean of each turn."""
    return [statistics.fmean(times[start : start + _TURN]) for start in range(0, len(times), _TURN)]


def _bare(path: Path, store: FolderStore) -> None:
    """What nobody can spare of one packet."""
    packet = path.read_bytes()
    encoded = _CONTENT.search(packet)
    content = base64.b64decode(encoded[1]) if encoded else b""
    for data in (packet, content):
        place = store.folder.parent / "one"
        place.write_bytes(data)
        store.take_over(hashlib.sha256(data).hexdigest(), place)
        place.unlink()


@contextmanager
def _timed(clock: list[float], work: list[float]) -> Iterator[None]:
    backend = psutil.Process(_backend())
    before = (time.perf_counter(), _used(backend))
    yield
    clock.append(time.perf_counter() - before[0])
    work.append(_used(backend) - before[1])


def _used(backend: psutil.Process) -> float:
    """Seconds of this process, of the helper that parses files and its forks, and of the database."""
    mine = psutil.Process()
    times = [one.cpu_times() for one in (mine, backend, *mine.children())]
    return float(sum(one.user + one.system + one.children_user + one.children_system for one in times))


def _backend() -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@contextmanager
def _counted(counts: list[int]) -> Iterator[None]:
    number = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal number
        number += 1
        return execute(*arguments)

    with database.execute_wrapper(count):
        yield
    counts.append(number)


def _office() -> Office:
    found = Office.objects.filter(code="DOTRUC").first()
    if found is not None:
        return found
    name = "Viện kiểm sát nhân dân đo tốc độ liên thông"
    return Office.objects.create(
        level=Level.REGION, name=name, short_name=name, code="DOTRUC", place="Hà Nội", province="Hà Nội",
        search_key=name.lower(), valid_from_on=timezone.localdate(),
    )  # fmt: skip


@contextmanager
def _connected(folder: Path) -> Iterator[Connection]:
    """A connection whose transport gives the packets of the folder."""
    made, _ = Connection.objects.update_or_create(
        key="do-toc-do",
        defaults={"name": "Đo tốc độ", "kind": Kind.FOLDER, "active": False, "system_id": OFFICE},
    )
    OwnAddress.objects.get_or_create(
        connection=made, folded=OFFICE.lower(), defaults={"office": _office(), "code": OFFICE}
    )
    before = dict(connections._own)
    connections.serve(Kind.FOLDER, lambda _: Packets(folder))
    try:
        yield made
    finally:
        connections._own.clear()
        connections._own.update(before)
