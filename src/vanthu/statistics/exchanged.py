"""What was sent and received over the axis and inside the sector: how much, answered, refused, how soon received.

Counted by document and recipient, from one year to another. Received is what the receiver opened, or registered. A
nightly job counts; the page reads a few rows per office and year, whatever was ever sent.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.statistics.models import ExchangeTally
from vanthu.statistics.periods import Group, require_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from vanthu.kernel.actor import Actor

EARLIEST = 2000
EDGES = (0.25, 0.5, 1, 2, 4, 8, 24, 48, 72, 120, 240, 720)  # hours
_LOCK = 7_451_905  # one count at a time
_WAYS = {
    ("out", "axis"): "Gửi đi qua trục",
    ("in", "axis"): "Nhận về qua trục",
    ("out", "internal"): "Gửi đi nội bộ",
    ("in", "internal"): "Nhận về nội bộ",
    ("out", "paper"): "Gửi đi bản giấy",
}
# A document is answered by a draft that replies to it, or over the axis by what its receiver sent in reply.
_COUNT = """
WITH moved AS (
    SELECT 'out' AS way, d.channel, d.from_office_id AS office, o.restricted, d.queued_at AS at, r.at AS received_at,
        d.state = 'returned' AS refused, d.state = 'failed' AS failed,
        EXISTS (SELECT FROM issuing_draft f WHERE f.replies_to_id = d.entry_id AND f.state = 'issued')
        OR EXISTS (SELECT FROM documents_relation l JOIN documents_incomingentry e ON e.document_id = l.source_id
            JOIN exchange_arrival a ON a.entry_id = e.id
            WHERE l.target_id = d.document_id AND l.kind = 'replies_to' AND a.agency_id = d.agency_id) AS answered
    FROM exchange_delivery d JOIN documents_outgoingentry o ON o.id = d.outgoing_id
    LEFT JOIN (SELECT delivery_id, min(at) AS at FROM exchange_receipt
        WHERE state IN ('received', 'registered', 'handling', 'done') GROUP BY 1) r ON r.delivery_id = d.id
    UNION ALL
    SELECT 'in', e.channel, e.office_id, e.restricted, e.arrived_at, e.registered_at, e.state = 'returned', false,
        EXISTS (SELECT FROM issuing_draft f WHERE f.replies_to_id = e.id AND f.state = 'issued')
    FROM documents_incomingentry e WHERE e.channel IN ('axis', 'internal')
), dated AS (
    SELECT *, extract(year FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS year,
        width_bucket(extract(epoch FROM received_at - at)::float8 / 3600, %(edges)s::float8[]) AS bucket FROM moved
)
INSERT INTO statistics_exchangetally (office_id, year, way, channel, restricted, total, answered, refused, failed,
    within, counted_at)
SELECT office, year, way, channel, restricted, count(*), count(*) FILTER (WHERE answered),
    count(*) FILTER (WHERE refused), count(*) FILTER (WHERE failed), to_jsonb(ARRAY[{within}]), now()
FROM dated GROUP BY 1, 2, 3, 4, 5
""".format(within=", ".join(f"count(*) FILTER (WHERE bucket = {place})" for place in range(len(EDGES) + 1)))  # noqa: S608 - numbers


@dataclass(frozen=True, slots=True)
class Years:
    """From the first day of a year to the last of another; raises `Invalid` for years that are none."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= self.last <= today().year:
            raise Invalid(
                f"Chọn từ năm nào đến năm nào, trong khoảng {EARLIEST} đến {today().year},"
                " năm đầu không sau năm cuối."
            )


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One line; hours within which half, and nine tenths, of what was received had been: the next of `EDGES`,
    infinity behind the last."""

    label: str
    total: int
    received: int
    answered: int
    refused: int
    failed: int
    median: float | None
    most: float | None


class Report(NamedTuple):
    """Groups of lines, the total first, none when nothing moved; when it was counted."""

    groups: list[Group[Exchanged]]
    counted_at: datetime | None


@transaction.atomic
def count() -> None:
    """Count everything anew; the page shows the old figures until it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("DELETE FROM statistics_exchangetally")
        cursor.execute(_COUNT, {"edges": list(map(float, EDGES))})


def report(by: Actor, years: Years) -> Report:
    """The office's figures by way, by year, and of each office below it, as they were counted last.

    Needs `print_books` and sight of the whole office; restricted documents of offices below are not counted.
    """
    restricted = require_whole(by)
    below = {one.pk: one.short_name for one in organisations.offices_below(by.office)}
    rows = ExchangeTally.objects.filter(
        office_id__in=[by.office, *below], year__range=(years.first, years.last)
    )
    shown = [one for one in rows if not one.restricted or (restricted and one.office_id == by.office)]
    offices = {by.office: organisations.office(by.office).short_name, **below}
    order = list(_WAYS)
    groups = [
        Group("", _lines(shown, lambda _: "Tổng số")),
        Group(
            "Theo chiều và kênh",
            _lines(sorted(shown, key=lambda one: order.index(_way(one))), lambda one: _WAYS[_way(one)]),
        ),
        Group(
            "Theo năm",
            _lines(
                sorted(shown, key=lambda one: (-one.year, order.index(_way(one)))),
                lambda one: f"{one.year}: {_WAYS[_way(one)].lower()}",
            )
            if years.first < years.last
            else (),
        ),
        Group(
            "Theo cơ quan", _most_first(_lines(shown, lambda one: offices[one.office_id])) if below else ()
        ),
    ]
    counted = ExchangeTally.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
    return Report([group for group in groups if group.lines], counted)


def _way(one: ExchangeTally) -> tuple[str, str]:
    return one.way, one.channel


def _most_first(lines: Iterable[Exchanged]) -> tuple[Exchanged, ...]:
    return tuple(sorted(lines, key=lambda line: -line.total))


def _lines(rows: Iterable[ExchangeTally], label: Callable[[ExchangeTally], str]) -> tuple[Exchanged, ...]:
    """One line per label, in the order of the rows."""
    sums: dict[str, list[ExchangeTally]] = defaultdict(list)
    for one in rows:
        sums[label(one)].append(one)
    return tuple(_line(name, found) for name, found in sums.items())


def _line(label: str, rows: Iterable[ExchangeTally]) -> Exchanged:
    within = [sum(column) for column in zip(*(one.within for one in rows), strict=True)]
    total, answered, refused, failed = (
        sum(column)
        for column in zip(*((one.total, one.answered, one.refused, one.failed) for one in rows), strict=True)
    )
    received = sum(within)
    return Exchanged(
        label, total, received, answered, refused, failed, _reached(within, 0.5), _reached(within, 0.9)
    )


def _reached(within: list[int], share: float) -> float | None:
    """The first edge until which this share of what was received had been; None when nothing was."""
    wanted, had = share * sum(within), 0
    for place, number in enumerate(within):
        had += number
        if had and had >= wanted:
            return (*EDGES, math.inf)[place]
    return None
