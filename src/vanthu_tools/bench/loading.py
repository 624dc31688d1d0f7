"""Fill a database with a sector: slice by slice, so that a load that was ended goes on where it was."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import psycopg

from vanthu.kernel.calendar import today as this_day
from vanthu.organisations.models import Office
from vanthu.search import frequencies
from vanthu_tools.bench import indexes, settling
from vanthu_tools.bench.crew import Crew, Order, crew, ground, take_census
from vanthu_tools.bench.outline import Census, Chunk, SeriesKey, chunks
from vanthu_tools.bench.sheets import Sheets

type Tell = Callable[[str, int, int], None]
"""Called with a step, how much of it is done, and how much it is in all."""

FILES = 24
TABLES = [sheet.table for sheet in Sheets().all()]

_BOOKS = """
CREATE TABLE IF NOT EXISTS bench_load (documents integer, offices integer, today date, finished boolean);
CREATE TABLE IF NOT EXISTS bench_chunk (number integer PRIMARY KEY, documents integer);
CREATE TABLE IF NOT EXISTS bench_step (name text PRIMARY KEY, seconds float, rank serial);
CREATE TABLE IF NOT EXISTS bench_index (name text PRIMARY KEY, of_table text, command text, made boolean);
"""


class OtherLoad(Exception):
    """The database holds, wholly or half, a load of another size."""


@dataclass(slots=True)
class Load:
    """A load of so many documents in so many offices into the database at `address`, which is Django's too."""

    address: str
    documents: int
    offices: int
    tell: Tell
    processes: int = 2
    files: int = FILES
    today: date = field(default_factory=this_day)

    def run(self) -> bool:
        """Load whatever is missing; False when nothing was."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            if self._resume(connection):
                return False
            with crew(self.processes) as workers:
                self._write(connection, workers)
            self._finish(connection)
            connection.execute("UPDATE bench_load SET finished = true")
        return True

    def _resume(self, connection: psycopg.Connection[Any]) -> bool:
        """Take up the load that was begun here, if any; whether it is finished. Raises `OtherLoad`."""
        connection.execute(_BOOKS)
        begun = connection.execute("SELECT documents, offices, today, finished FROM bench_load").fetchone()
        if begun is None:
            first = [self.documents, self.offices, self.today]
            connection.execute("INSERT INTO bench_load VALUES (%s, %s, %s, false)", first)
            return False
        documents, offices, self.today, finished = begun
        if (documents, offices) != (self.documents, self.offices):
            raise OtherLoad(f"It was begun with {documents:,} documents and {offices} offices.")
        return bool(finished)

    @contextmanager
    def _step(self, connection: psycopg.Connection[Any], name: str) -> Iterator[None]:
        """Remember how long a part takes, over all attempts."""
        start = time.monotonic()
        try:
            yield
        finally:
            connection.execute(
                "INSERT INTO bench_step (name, seconds) VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET seconds = bench_step.seconds + EXCLUDED.seconds",
                [name, time.monotonic() - start],
            )

    def _write(self, connection: psycopg.Connection[Any], workers: Crew) -> None:
        """Everything that slices hold, and what they stand on."""
        wanted = chunks(self.documents)
        with self._step(connection, "counting ahead"):
            counted: list[Census] = []
            for one in workers.each(take_census, [(self.offices, self.today, chunk) for chunk in wanted]):
                counted.append(one)
                self.tell("counting ahead", len(counted), len(wanted))
        total = _total(counted)
        with self._step(connection, "offices and people"):
            ids = self._settle(total)
            files = settling.shared_files(self.files)
        indexes.rest(connection, TABLES)
        written = {number for (number,) in connection.execute("SELECT number FROM bench_chunk")}
        orders = [
            Order(
                self.address, self.offices, self.today, chunk, before, ids, dict(total.arrivals), files,
                last=chunk.number == len(wanted),
            )
            for chunk, before in zip(wanted, _before(counted), strict=True)
            if chunk.number not in written
        ]  # fmt: skip
        self._write_slices(connection, workers, wanted, orders)

    def _settle(self, total: Census) -> dict[SeriesKey, int]:
        """Offices, people and series, unless they are there; returns the ids of the series."""
        series = dict(total.series)
        if not Office.objects.exists():
            settling.settle(ground(self.offices, self.today)[0], series)
        return settling.series_ids(series)

    def _write_slices(
        self, connection: psycopg.Connection[Any], workers: Crew, wanted: list[Chunk], orders: list[Order]
    ) -> None:
        done = sum(chunk.count for chunk in wanted) - sum(order.chunk.count for order in orders)
        with self._step(connection, "documents"):
            for documents, _rows in workers.write(orders):
                done += documents
                self.tell("documents", done, self.documents)

    def _finish(self, connection: psycopg.Connection[Any]) -> None:
        """What is done once for all rows."""
        with self._step(connection, "indexes"):
            indexes.make(self.address, lambda done, all_: self.tell("indexes", done, all_))
        with self._step(connection, "counters"):
            indexes.count(connection)
            indexes.close_books(connection)
            indexes.go_on_counting(connection)
            self.tell("counters", 1, 1)
        with self._step(connection, "statistics for the planner"):
            indexes.refresh(
                self.address, TABLES, lambda done, all_: self.tell("statistics for the planner", done, all_)
            )
        with self._step(connection, "frequencies of words"):
            frequencies.refresh()
            connection.execute("ANALYZE search_wordfrequency")
            self.tell("frequencies of words", 1, 1)


def _total(counted: list[Census]) -> Census:
    """Everything together."""
    series: Counter[SeriesKey] = Counter()
    arrivals: Counter[int] = Counter()
    for one in counted:
        series.update(one.series)
        arrivals.update(one.arrivals)
    return Census(series, arrivals)


def _before(counted: list[Census]) -> list[Census]:
    """For each slice, what all the slices before it hold."""
    sums, found = Census(Counter(), Counter()), []
    for one in counted:
        found.append(Census(sums.series.copy(), sums.arrivals.copy()))
        sums.series.update(one.series)
        sums.arrivals.update(one.arrivals)
    return found


def steps(address: str) -> list[tuple[str, float]]:
    """(part, seconds) of the load in this database."""
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT name, seconds FROM bench_step ORDER BY rank").fetchall()


def sizes(address: str) -> list[tuple[str, int, int, int]]:
    """(table, rows, bytes, bytes of its indexes), the largest first."""
    with psycopg.connect(address) as connection:
        return connection.execute(
            "SELECT whole.relname, sum(greatest(part.reltuples, 0))::bigint, sum(pg_table_size(part.oid))::bigint,"
            " sum(pg_indexes_size(part.oid))::bigint"
            " FROM pg_class whole JOIN pg_class part ON part.relkind = 'r' AND (part.oid = whole.oid"
            " OR part.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = whole.oid))"
            " WHERE whole.relname = ANY(%s) GROUP BY 1 ORDER BY 3 DESC",
            [[*TABLES, "kernel_counter", "search_wordfrequency"]],
        ).fetchall()
