"""The stock of an office: how many documents, drafts, dossiers and files, and how often they were used (III.6.a).

Decree 30/2020/NĐ-CP, Phụ lục VI, part I. A nightly job counts; the pages read one row per kind, unit and year.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from vanthu.documents import kinds
from vanthu.documents.states import NOT_HELD
from vanthu.kernel import access
from vanthu.statistics import names
from vanthu.statistics.models import Tally
from vanthu.statistics.periods import Group, require_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from vanthu.kernel.actor import Actor

ITEMS = {"in": "Văn bản đến", "out": "Văn bản đi", "draft": "Dự thảo", "dossier": "Hồ sơ công việc"}
NOWHERE = "Chưa thuộc đơn vị nào"
_LOCK = 7_451_903  # one count at a time

# The unit of a document is the one that has the lead, or drafted it; looks count where the item lies.
_COUNT = """
WITH item AS (
    SELECT 'in' AS item_kind, e.id, e.office_id, e.kind, e.restricted, 'document' AS owner_kind,
        e.document_id AS owner_id, extract(year FROM coalesce(e.arrived_on,
            (e.arrived_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))::int AS year, coalesce(t.unit_id, 0) AS unit_id
    FROM documents_incomingentry e
    LEFT JOIN tasks_task t ON t.source_kind = 'in' AND t.source_id = e.id AND t.role = 'lead'
        AND t.parent_id IS NULL AND t.state <> 'cancelled'
    WHERE e.state <> ALL(%(gone)s)
    UNION ALL
    SELECT 'out', o.id, o.office_id, d.kind, o.restricted, 'document', o.document_id,
        extract(year FROM o.numbered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int, coalesce(f.unit_id, 0)
    FROM documents_outgoingentry o JOIN documents_document d ON d.id = o.document_id
    LEFT JOIN issuing_draft f ON f.outgoing_id = o.id
    WHERE o.state <> 'voided'
    UNION ALL
    SELECT 'draft', f.id, f.office_id, f.kind, f.restricted, 'draft', f.id,
        extract(year FROM f.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int, coalesce(f.unit_id, 0)
    FROM issuing_draft f WHERE f.outgoing_id IS NULL
    UNION ALL
    SELECT 'dossier', h.id, h.office_id, '', h.restricted, 'dossier', h.id, h.year, coalesce(h.unit_id, 0)
    FROM dossiers_dossier h
), look AS (
    SELECT CASE l.item_kind WHEN 'version' THEN 'draft' ELSE l.item_kind END AS item_kind,
        CASE l.item_kind WHEN 'version' THEN v.draft_id ELSE l.item_id END AS item_id, l.office_id,
        count(*) FILTER (WHERE action = 'view') AS views, count(*) FILTER (WHERE action = 'download') AS downloads,
        count(*) FILTER (WHERE action IN ('print', 'official')) AS prints
    FROM kernel_accesslog l LEFT JOIN issuing_version v ON l.item_kind = 'version' AND v.id = l.item_id
    WHERE l.item_kind IN ('in', 'out', 'draft', 'dossier', 'document', 'version') GROUP BY 1, 2, 3
), held AS (
    SELECT CASE a.owner_kind WHEN 'version' THEN 'draft' ELSE a.owner_kind END AS owner_kind,
        CASE a.owner_kind WHEN 'version' THEN v.draft_id ELSE a.owner_id END AS owner_id, count(*) AS files
    FROM kernel_attachment a LEFT JOIN issuing_version v ON a.owner_kind = 'version' AND v.id = a.owner_id
    WHERE a.owner_kind IN ('document', 'draft', 'version', 'dossier') GROUP BY 1, 2
)
INSERT INTO statistics_tally (office_id, year, item_kind, kind, unit_id, restricted, items, files, viewed, views,
    downloads, prints, counted_at)
SELECT i.office_id, i.year, i.item_kind, i.kind, i.unit_id, i.restricted, count(*), coalesce(sum(held.files), 0),
    count(*) FILTER (WHERE own.views > 0), coalesce(sum(own.views), 0),
    coalesce(sum(own.downloads), 0) + coalesce(sum(filed.downloads), 0),
    coalesce(sum(own.prints), 0) + coalesce(sum(filed.prints), 0), now()
FROM item i
LEFT JOIN look own ON own.item_kind = i.item_kind AND own.item_id = i.id AND own.office_id = i.office_id
LEFT JOIN look filed ON i.owner_kind = 'document' AND filed.item_kind = 'document'
    AND filed.item_id = i.owner_id AND filed.office_id = i.office_id
LEFT JOIN held ON held.owner_kind = i.owner_kind AND held.owner_id = i.owner_id
GROUP BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line: how many items and files of them, how many items anybody viewed, and how often they were used."""

    label: str
    total: int = 0
    files: int = 0
    viewed: int = 0
    views: int = 0
    downloads: int = 0
    prints: int = 0

    def __add__(self, other: Kept) -> Kept:
        figures = ("total", "files", "viewed", "views", "downloads", "prints")
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in figures})


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock of a year (None: of all years): groups of lines, the total first; the years there are, newest first."""

    groups: tuple[Group[Kept], ...]
    years: tuple[int, ...]
    counted_at: datetime | None


@transaction.atomic
def count() -> None:
    """Count everything anew; the pages show the old figures until it is done."""
    access.flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("DELETE FROM statistics_tally")
        cursor.execute(_COUNT, {"gone": list(NOT_HELD)})


def stock(by: Actor, year: int | None = None) -> Stock:
    """What the actor's office keeps, as it was counted last. Needs `print_books` and sight of the whole office.

    Two statements, however much there is; of whom restricted documents are hidden these are not counted.
    """
    rows = Tally.objects.filter(office_id=by.office)
    if not require_whole(by):
        rows = rows.filter(restricted=False)
    found = list(rows)
    wanted = [one for one in found if year is None or one.year == year]
    units = names.units(one.unit_id for one in wanted)
    total = sum(map(_kept, wanted), Kept("Tổng số"))
    ways: tuple[tuple[str, list[Tally], Callable[[Tally], str]], ...] = (
        ("Theo nhóm tài liệu", wanted, lambda one: ITEMS[one.item_kind]),
        ("Theo loại văn bản", [one for one in wanted if one.kind], lambda one: kinds.by_code(one.kind).name),
        ("Theo đơn vị", wanted, lambda one: units.get(one.unit_id, NOWHERE)),
    )
    by_year = sorted(_lines(found, lambda one: f"Năm {one.year}"), key=lambda line: line.label, reverse=True)
    groups = [
        Group("", (total,)),
        *(Group(name, _lines(some, label)) for name, some, label in ways),
        Group("Theo năm", tuple(by_year)),
    ]
    return Stock(
        tuple(group for group in groups if group.lines) if wanted else (),
        tuple(sorted({one.year for one in found}, reverse=True)),
        max((one.counted_at for one in found), default=None),
    )


def _kept(one: Tally) -> Kept:
    return Kept("", one.items, one.files, one.viewed, one.views, one.downloads, one.prints)


def _lines(rows: Iterable[Tally], label: Callable[[Tally], str]) -> tuple[Kept, ...]:
    """One line per label, the most on top."""
    sums: dict[str, Kept] = defaultdict(lambda: Kept(""))
    for one in rows:
        sums[label(one)] += _kept(one)
    lines = [replace(line, label=name) for name, line in sums.items()]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.label)))
