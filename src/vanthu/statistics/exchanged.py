"""What was sent and received over the axis and inside the sector: how much, answered, refused, how soon received.

Counted by document and recipient, from one year to another. Received is what the receiver opened, or registered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.statistics.periods import Group, require_whole

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

EARLIEST = 2000
_WAYS = {
    ("out", "axis"): "Gửi đi qua trục",
    ("in", "axis"): "Nhận về qua trục",
    ("out", "internal"): "Gửi đi nội bộ",
    ("in", "internal"): "Nhận về nội bộ",
    ("out", "paper"): "Gửi đi bản giấy",
}
_COUNT = """
WITH moved AS (
    SELECT 'out' AS way, d.channel, d.from_office_id AS office, d.queued_at AS at, r.at AS received_at,
        d.state = 'returned' AS refused, d.state = 'failed' AS failed,
        EXISTS (SELECT FROM issuing_draft f WHERE f.replies_to_id = d.entry_id AND f.state = 'issued')
        OR EXISTS (SELECT FROM documents_relation l JOIN documents_incomingentry e ON e.document_id = l.source_id
            JOIN exchange_arrival a ON a.entry_id = e.id
            WHERE l.target_id = d.document_id AND l.kind = 'replies_to' AND a.agency_id = d.agency_id) AS answered
    FROM exchange_delivery d JOIN documents_outgoingentry o ON o.id = d.outgoing_id
    LEFT JOIN LATERAL (SELECT min(one.at) AS at FROM exchange_receipt one WHERE one.delivery_id = d.id
        AND one.state IN ('received', 'registered', 'handling', 'done')) r ON true
    WHERE d.from_office_id = ANY(%(offices)s) AND d.queued_at >= %(start)s AND d.queued_at < %(end)s
        AND (NOT o.restricted OR %(restricted)s AND o.office_id = %(office)s)
    UNION ALL
    SELECT 'in', e.channel, e.office_id, e.arrived_at, e.registered_at, e.state = 'returned', false,
        EXISTS (SELECT FROM issuing_draft f WHERE f.replies_to_id = e.id AND f.state = 'issued')
    FROM documents_incomingentry e
    WHERE e.office_id = ANY(%(offices)s) AND e.arrived_at >= %(start)s AND e.arrived_at < %(end)s
        AND e.channel IN ('axis', 'internal')
        AND (NOT e.restricted OR %(restricted)s AND e.office_id = %(office)s)
), dated AS (
    SELECT *, extract(year FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS year,
        extract(epoch FROM received_at - at) / 3600 AS hours FROM moved
)
SELECT grouping(way), grouping(year), grouping(office), way, channel, year, office, count(*), count(received_at),
    count(*) FILTER (WHERE answered), count(*) FILTER (WHERE refused), count(*) FILTER (WHERE failed),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY hours), percentile_cont(0.9) WITHIN GROUP (ORDER BY hours)
FROM dated WHERE office = %(office)s OR %(below)s
GROUP BY GROUPING SETS ((), (way, channel), (way, channel, year), (office))
"""


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

    @property
    def start(self) -> datetime:
        return _midnight(date(self.first, 1, 1))

    @property
    def end(self) -> datetime:
        return _midnight(date(self.last + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One line; hours until half, and until nine tenths, of what was received had been."""

    label: str
    total: int
    received: int
    answered: int
    refused: int
    failed: int
    median: float | None
    most: float | None


def report(by: Actor, years: Years) -> list[Group[Exchanged]]:
    """The office's figures by way, by year, and of each office below it; none when nothing moved. Two statements.

    Needs `print_books` and sight of the whole office; restricted documents of offices below are not counted.
    """
    restricted = require_whole(by)
    below = {one.pk: one.short_name for one in organisations.offices_below(by.office)}
    values: dict[str, Any] = {
        "office": by.office,
        "offices": [by.office, *below],
        "below": bool(below),
        "restricted": restricted,
        "start": years.start,
        "end": years.end,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    offices = {by.office: organisations.office(by.office).short_name, **below}
    total = [_line("Tổng số", row) for row in rows if row[:3] == (1, 1, 1) and row[7]]
    ways = {(row[3], row[4]): row for row in rows if row[:3] == (0, 1, 1)}
    by_way = [_line(label, ways[way]) for way, label in _WAYS.items() if way in ways]
    by_year = [
        _line(f"{row[5]}: {_WAYS[row[3], row[4]].lower()}", row)
        for row in sorted((row for row in rows if row[:3] == (0, 0, 1)), key=_order)
    ]
    by_office = [
        _line(offices[row[6]], row)
        for row in sorted((row for row in rows if row[:3] == (1, 1, 0)), key=lambda row: -row[7])
    ]
    groups = [
        Group("", tuple(total)),
        Group("Theo chiều và kênh", tuple(by_way)),
        Group("Theo năm", tuple(by_year) if years.first < years.last else ()),
        Group("Theo cơ quan", tuple(by_office) if below else ()),
    ]
    return [group for group in groups if group.lines]


def _order(row: tuple[Any, ...]) -> tuple[int, int]:
    """The newest year on top, ways in their order."""
    return (-row[5], list(_WAYS).index((row[3], row[4])))


def _line(label: str, row: tuple[Any, ...]) -> Exchanged:
    median, most = (float(value) if value is not None else None for value in row[12:14])
    total, received, answered, refused, failed = map(int, row[7:12])
    return Exchanged(label, total, received, answered, refused, failed, median, most)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
