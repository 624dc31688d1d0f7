"""O2, the report on the handling of incoming documents (Decree 30/2020, Phụ lục VI, part V).

The decree gives no layout; the figures are those of its register for following up (Phụ lục IV).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from vanthu.documents.states import IN_THE_BOOK
from vanthu.kernel.calendar import today
from vanthu.statistics.grouping import grouped
from vanthu.statistics.periods import Group, Period, require_whole

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

_HEADINGS = {
    "unit": "Theo đơn vị chủ trì", "person": "Theo người chủ trì", "kind": "Theo loại văn bản",
    "medium": "Theo hình thức", "channel": "Theo nguồn đến",
}  # fmt: skip
# One statement groups the entries of the period in every way; the index of the book finds them.
_COUNT = """
WITH taken AS (
    SELECT e.kind, e.medium, e.channel, e.state, e.due_on,
        (e.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS closed_on,
        coalesce(top.unit_id, 0) AS unit, coalesce(part.person_id, top.person_id, 0) AS person,
        greatest(top.extended, part.extended) > 0 AS extended, greatest(top.chased, part.chased) > 1 AS chased,
        EXISTS (SELECT 1 FROM documents_relation r WHERE r.target_id = e.document_id AND r.kind = 'replies_to'
            AND e.state = 'done') AS replied
    FROM documents_incomingentry e
    LEFT JOIN tasks_task top ON top.source_kind = 'in' AND top.source_id = e.id AND top.role = 'lead'
        AND top.parent_id IS NULL AND top.state <> 'cancelled'
    LEFT JOIN tasks_task part ON part.parent_id = top.id AND part.role = 'lead' AND part.state <> 'cancelled'
    WHERE e.office_id = %(office)s AND e.arrived_on BETWEEN %(start)s AND %(end)s AND e.state = ANY(%(states)s)
        AND (%(restricted)s OR NOT e.restricted)
)
SELECT grouping(unit), grouping(person), grouping(kind), grouping(medium), grouping(channel),
    unit, person, kind, medium, channel, count(*),
    count(*) FILTER (WHERE state = 'done' AND (due_on IS NULL OR closed_on <= due_on)),
    count(*) FILTER (WHERE state = 'done' AND closed_on > due_on),
    count(*) FILTER (WHERE state <> 'done' AND (due_on IS NULL OR due_on >= %(today)s)),
    count(*) FILTER (WHERE state <> 'done' AND due_on < %(today)s),
    count(*) FILTER (WHERE state IN ('registered', 'presented')),
    count(*) FILTER (WHERE replied), count(*) FILTER (WHERE extended), count(*) FILTER (WHERE chased)
FROM taken GROUP BY GROUPING SETS ((), (unit), (unit, person), (kind), (medium), (channel))
"""


@dataclass(frozen=True, slots=True)
class Handled:
    """One line: how many incoming documents, and how they were handled."""

    label: str
    total: int
    in_time: int
    late: int
    open: int
    overdue: int
    undirected: int
    """Of those that are open: nobody was given them yet."""
    replied: int
    extended: int
    chased: int

    @property
    def share_in_time(self) -> int | None:
        """Of what was handled, per cent in time."""
        done = self.in_time + self.late
        return round(100 * self.in_time / done) if done else None


def report(by: Actor, period: Period) -> list[Group[Handled]]:
    """The figures of the actor's office: all, by unit, person, kind, medium and channel. Three statements.

    Needs `print_books` and sight of the whole office; of whom restricted documents are hidden these are not counted.
    """
    restricted = require_whole(by)
    values: dict[str, Any] = {
        "office": by.office,
        "start": period.start,
        "end": period.end,
        "states": list(IN_THE_BOOK),
        "restricted": restricted,
        "today": today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        rows = cursor.fetchall()
    return grouped(rows, _HEADINGS, Handled, nowhere="Chưa giao đơn vị")
