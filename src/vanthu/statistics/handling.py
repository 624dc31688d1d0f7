"""O2, the report on the handling of incoming documents (Decree 30/2020, Phụ lục VI, part V).

The decree gives no layout; the figures are those of its register for following up (Phụ lục IV).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from vanthu.documents import kinds
from vanthu.documents.states import IN_THE_BOOK, Channel, Medium
from vanthu.kernel.calendar import today
from vanthu.statistics import names
from vanthu.statistics.periods import Group, Period, require_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vanthu.kernel.actor import Actor

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
    units = names.units(row[5] for row in rows if row[0] == 0)
    people = names.people(row[6] for row in rows if row[1] == 0)
    return _grouped(rows, units, people)


def _grouped(
    rows: list[tuple[int | str, ...]], units: Mapping[int, str], people: Mapping[int, str]
) -> list[Group[Handled]]:
    found: dict[str, list[Handled]] = {
        name: [] for name in ("total", "unit", "person", "kind", "medium", "channel")
    }
    for (
        no_unit,
        no_person,
        no_kind,
        no_medium,
        no_channel,
        unit,
        person,
        kind,
        medium,
        channel,
        *numbers,
    ) in rows:
        place = units.get(int(unit or 0), "Chưa giao đơn vị")
        if not no_person:
            if not person:
                continue
            key, label = "person", f"{people.get(int(person), 'Người đã chuyển đi')} ({place})"
        elif not no_unit:
            key, label = "unit", place
        elif not no_kind:
            key, label = "kind", kinds.by_code(str(kind)).name
        elif not no_medium:
            key, label = "medium", Medium(str(medium)).label
        elif not no_channel:
            key, label = "channel", Channel(str(channel)).label
        else:
            key, label = "total", "Tổng số"
        found[key].append(Handled(label, *(int(number) for number in numbers)))
    titles = {
        "total": "", "unit": "Theo đơn vị chủ trì", "person": "Theo người chủ trì", "kind": "Theo loại văn bản",
        "medium": "Theo hình thức", "channel": "Theo nguồn đến",
    }  # fmt: skip
    for name, lines in found.items():
        lines.sort(key=lambda one: (-one.overdue, -one.total, one.label) if name != "total" else (0, 0, ""))
    return [Group(titles[name], tuple(lines)) for name, lines in found.items() if lines]
