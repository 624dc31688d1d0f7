"""O4, the report on the handling of outgoing documents (Decree 30/2020, Phụ lục VI, part V).

In time is what was issued on the day of its signature or the next working day (article 18.1); a number that a paper
document got counts from that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from vanthu.exchange.states import IN_THEIR_BOOK
from vanthu.kernel.calendar import today, working_days_after
from vanthu.statistics.grouping import grouped
from vanthu.statistics.periods import Group, Period, require_whole

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

_HEADINGS = {
    "unit": "Theo đơn vị soạn thảo", "person": "Theo người soạn thảo", "kind": "Theo loại văn bản",
    "medium": "Theo hình thức",
}  # fmt: skip
_BEFORE = 60  # days before the period in which what it numbered may have been signed
_COUNT = """
WITH rule AS (SELECT * FROM unnest(%(days)s::date[], %(until)s::date[]) AS one (day, until_on)),
numbered AS (
    SELECT o.id, o.state, o.medium, d.kind, coalesce(f.unit_id, 0) AS unit, coalesce(f.drafter_id, 0) AS person,
        f.replies_to_id IS NOT NULL AS reply, coalesce(f.signature_level, '') <> '' AS signed,
        (o.issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS issued_on,
        (coalesce(f.signed_at, o.numbered_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
        o.issued_at IS NOT NULL AS issued
    FROM documents_outgoingentry o
    JOIN documents_document d ON d.id = o.document_id
    LEFT JOIN issuing_draft f ON f.outgoing_id = o.id
    WHERE o.office_id = %(office)s AND o.numbered_at >= %(start)s AND o.numbered_at < %(end)s
        AND (%(restricted)s OR NOT o.restricted)
), sent AS (
    SELECT outgoing_id, count(*) AS places, count(*) FILTER (WHERE state = ANY(%(booked)s)) AS booked,
        count(*) FILTER (WHERE state = 'returned') AS returned
    FROM exchange_delivery WHERE outgoing_id IN (SELECT id FROM numbered) AND state <> 'outside' GROUP BY 1
), taken AS (
    SELECT n.*, coalesce(rule.until_on, n.day + 1) AS until_on, sent.places, sent.booked, sent.returned
    FROM numbered n LEFT JOIN rule ON rule.day = n.day LEFT JOIN sent ON sent.outgoing_id = n.id
)
SELECT grouping(unit), grouping(person), grouping(kind), grouping(medium), unit, person, kind, medium, count(*),
    count(*) FILTER (WHERE issued AND issued_on <= until_on), count(*) FILTER (WHERE issued AND issued_on > until_on),
    count(*) FILTER (WHERE state = 'numbered' AND %(today)s <= until_on),
    count(*) FILTER (WHERE state = 'numbered' AND %(today)s > until_on),
    count(*) FILTER (WHERE state = 'voided'), count(*) FILTER (WHERE signed), count(*) FILTER (WHERE reply),
    coalesce(sum(places), 0)::int, coalesce(sum(booked), 0)::int, coalesce(sum(returned), 0)::int
FROM taken GROUP BY GROUPING SETS ((), (unit), (unit, person), (kind), (medium))
"""


@dataclass(frozen=True, slots=True)
class Issued:
    """One line: how many outgoing documents got a number, and what became of them."""

    label: str
    total: int
    in_time: int
    late: int
    open: int
    overdue: int
    voided: int
    signed: int
    """With a digital signature."""
    replies: int
    places: int
    """Recipients on the system, and of them those that registered or returned it."""
    booked: int
    returned: int

    @property
    def share_in_time(self) -> int | None:
        """Of what was issued, per cent in time."""
        done = self.in_time + self.late
        return round(100 * self.in_time / done) if done else None


def report(by: Actor, period: Period) -> list[Group[Issued]]:
    """The figures of the actor's office: all, by drafting unit, drafter, kind and medium. Three statements.

    Needs `print_books` and sight of the whole office, as the report on incoming documents does.
    """
    restricted = require_whole(by)
    first = period.start - timedelta(days=_BEFORE)
    days = [first + timedelta(days=step) for step in range((period.end - first).days + 1)]
    values: dict[str, Any] = {
        "office": by.office,
        "start": _midnight(period.start),
        "end": _midnight(period.end + timedelta(days=1)),
        "days": days,
        "until": [working_days_after(day, 1) for day in days],
        "restricted": restricted,
        "booked": list(IN_THEIR_BOOK),
        "today": today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return grouped(rows, _HEADINGS, Issued, nowhere="Văn thư cấp số, không qua dự thảo")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
