"""The processes that write the slices. They know the sector by its size: each builds it for itself."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING, Any

import django

from vanthu_tools.processes import end_with_parent

if TYPE_CHECKING:
    from vanthu_tools.bench.outline import Census, Chunk, SeriesKey
    from vanthu_tools.bench.sector import Sector
    from vanthu_tools.bench.slices import Stored
    from vanthu_tools.bench.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Order:
    """One slice to be written, with what its writer must know."""

    address: str
    offices: int
    today: date
    chunk: "Chunk"
    before: "Census"
    ids: "dict[SeriesKey, int]"
    arrivals: dict[int, int]
    files: "list[Stored]"
    last: bool


_abandoned: Event | None = None


def begin(abandoned: Event) -> None:
    """In a new process: Django, and nothing that slows it down."""
    global _abandoned  # noqa: PLW0603 - one per process
    _abandoned = abandoned
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    gc.disable()  # millions of small rows, hardly a cycle


@cache
def ground(offices: int, today: date) -> "tuple[Sector, Timeline]":
    """Sector and timeline, built once per process."""
    sector = import_module("vanthu_tools.bench.sector").Sector(offices)
    return sector, import_module("vanthu_tools.bench.timeline").Timeline(today)


def take_census(offices: int, today: date, chunk: "Chunk") -> "Census":
    """Count what a slice will hold."""
    outline = import_module("vanthu_tools.bench.outline")
    found: Census = outline.census(outline.outlines(*ground(offices, today), chunk))
    return found


def write(order: Order) -> tuple[int, int]:
    """Write a slice; returns (documents, rows)."""
    slices = import_module("vanthu_tools.bench.slices")
    world = slices.World(*ground(order.offices, order.today), order.ids, order.arrivals, order.files)
    rows = import_module("vanthu_tools.bench.writing").write_chunk(
        order.address, world, order.chunk, order.before, last=order.last, go_on=_go_on
    )
    return order.chunk.count, rows


def _go_on() -> bool:
    return _abandoned is None or not _abandoned.is_set()


class Crew:
    """So many processes; one alone works in this process."""

    def __init__(self, executor: Executor | None, abandoned: Event | None) -> None:
        self._executor = executor
        self._abandoned = abandoned

    def each[T](self, work: Callable[..., T], arguments: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """Results in order."""
        if self._executor is None:
            return (work(*one) for one in arguments)
        return self._executor.map(work, *zip(*arguments, strict=True))

    def write(self, orders: Sequence[Order]) -> Iterator[tuple[int, int]]:
        """Write the slices; gives (documents, rows) of each when it is done. One that fails ends all."""
        if self._executor is None or self._abandoned is None:
            yield from map(write, orders)
            return
        waiting = [self._executor.submit(write, order) for order in orders]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            self._abandoned.set()
            for one in waiting:
                one.cancel()


@contextmanager
def crew(processes: int) -> Iterator[Crew]:
    """A crew, as long as the block runs."""
    if processes < 2:
        yield Crew(None, None)
        return
    context = get_context("spawn")
    abandoned = context.Event()
    with ProcessPoolExecutor(processes, context, begin, (abandoned,)) as executor:
        yield Crew(executor, abandoned)
