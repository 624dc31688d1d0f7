"""How many registrations a second one series takes, at the action: several processes, one book, no gaps."""

import multiprocessing
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

import django

from vanthu_tools.bench.measure.percentiles import percentile

GET_READY = 60.0  # seconds a process may take to start


@dataclass(frozen=True, slots=True)
class Registrations:
    """What came of it. `gapless`: the numbers given are every number from the first to the last, each once."""

    processes: int
    seconds: float
    registered: int
    per_second: float
    p50: float  # milliseconds of one registration
    p95: float
    gapless: bool
    http_per_second: float | None = None
    http_p95: float | None = None


def measure(account_id: int, office_id: int, *, processes: int, seconds: float) -> Registrations:
    """Registers in one office from so many processes at once for so long."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes)
    with context.Pool(processes, _prepare, (barrier,)) as pool:
        parts = pool.starmap(_register, [(account_id, office_id, seconds)] * processes, chunksize=1)
    numbers = sorted(number for part in parts for number, _ in part)
    times = [milliseconds for part in parts for _, milliseconds in part]
    return Registrations(
        processes=processes,
        seconds=seconds,
        registered=len(numbers),
        per_second=len(numbers) / seconds,
        p50=percentile(times, 50),
        p95=percentile(times, 95),
        gapless=bool(numbers) and numbers == list(range(numbers[0], numbers[-1] + 1)),
    )


_start: list[Barrier] = []


def _prepare(barrier: Barrier) -> None:
    """In a child: Django, ready."""
    django.setup()
    _start.append(barrier)


def _register(account_id: int, office_id: int, seconds: float) -> list[tuple[int, float]]:
    """In a child: [(arrival number, milliseconds)] of all that it registered in the time."""
    from vanthu.documents import actions  # noqa: PLC0415 - Django is ready only now
    from vanthu.organisations import queries  # noqa: PLC0415
    from vanthu_tools.bench.measure.acts import arrival  # noqa: PLC0415

    by: Any = queries.actor_of(account_id, office_id)
    made: list[tuple[int, float]] = []
    _start[0].wait(GET_READY)
    until = time.perf_counter() + seconds
    while (start := time.perf_counter()) < until:
        entry = actions.register(arrival(), by=by)
        made.append((entry.arrival_number or 0, (time.perf_counter() - start) * 1000))
    return made
