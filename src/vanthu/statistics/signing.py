"""Who signed how much: outgoing documents signed digitally, by level, or on paper; by leader, month and office.

A nightly job counts; the page reads one row per office, month, signer and level, whatever the number of documents.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from vanthu.organisations import queries as organisations
from vanthu.statistics import names
from vanthu.statistics.models import SigningTally
from vanthu.statistics.periods import Group, require_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from vanthu.kernel.actor import Actor

PAPER = "paper"
LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
NOBODY = "Không ghi người ký"
_LOCK = 7_451_904  # one count at a time

# The level is that of the file as it is kept now, else of the moment of signing.
_COUNT = """
INSERT INTO statistics_signingtally (office_id, month_on, person_id, signer, level, restricted, documents,
    counted_at)
SELECT o.office_id,
    date_trunc('month', coalesce(f.signed_at, o.numbered_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    coalesce(p.person_id, 0), CASE WHEN p.person_id IS NULL THEN left(d.signer_name, 200) ELSE '' END,
    CASE WHEN f.paper_on IS NOT NULL THEN 'paper'
        ELSE coalesce(nullif(k.level, ''), nullif(f.signature_level, ''), 'paper') END,
    o.restricted, count(*), now()
FROM documents_outgoingentry o
JOIN documents_document d ON d.id = o.document_id
LEFT JOIN issuing_draft f ON f.outgoing_id = o.id
LEFT JOIN organisations_post p ON p.id = f.signer_id
LEFT JOIN LATERAL (
    SELECT max(kept.level) AS level FROM kernel_attachment a
    JOIN signing_keeping kept ON kept.file_sha256 = a.file_id
    WHERE a.owner_kind = 'document' AND a.owner_id = o.document_id AND a.role = 'main'
) k ON true
WHERE o.state <> 'voided'
GROUP BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True, slots=True)
class Signed:
    """One line: how many outgoing documents, and how they were signed; `at` are counts in the order of LEVELS."""

    label: str
    total: int = 0
    paper: int = 0
    at: tuple[int, ...] = (0,) * len(LEVELS)

    @property
    def digital(self) -> int:
        """Signed with a certificate."""
        return self.total - self.paper

    @property
    def share(self) -> int | None:
        """Per cent signed digitally."""
        return round(100 * self.digital / self.total) if self.total else None

    def __add__(self, other: Signed) -> Signed:
        at = tuple(one + two for one, two in zip(self.at, other.at, strict=True))
        return replace(self, total=self.total + other.total, paper=self.paper + other.paper, at=at)


@dataclass(frozen=True, slots=True)
class Report:
    """Groups of lines, the total first; the years that were counted, newest first."""

    groups: tuple[Group[Signed], ...]
    years: tuple[int, ...]
    counted_at: datetime | None


@transaction.atomic
def count() -> None:
    """Count everything anew; the page shows the old figures until it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("DELETE FROM statistics_signingtally")
        cursor.execute(_COUNT)


def report(by: Actor, year: int | None = None) -> Report:
    """What the actor's office signed, as it was counted last; the offices below it as one line each. Four queries.

    Needs `print_books` and sight of the whole office; of whom restricted documents are hidden these are not counted.
    """
    whole = require_whole(by)
    below = {one.pk: one.short_name for one in organisations.offices_below(by.office)}
    rows = list(SigningTally.objects.filter(office_id__in=[by.office, *below]))
    shown = [one for one in rows if not one.restricted or (whole and one.office_id == by.office)]
    wanted = [one for one in shown if year is None or one.month_on.year == year]
    own = [one for one in wanted if one.office_id == by.office]
    people = names.people(one.person_id for one in own)
    groups = [
        Group("", (sum(map(_signed, own), Signed("Tổng số")),)),
        Group("Theo người ký", _lines(own, lambda one: people.get(one.person_id) or one.signer or NOBODY)),
        Group("Theo tháng", _by_month(own)),
    ]
    if below:
        here = organisations.office(by.office).short_name
        offices = {by.office: here, **below}
        groups.append(Group("Theo cơ quan", _lines(wanted, lambda one: offices[one.office_id])))
    return Report(
        tuple(group for group in groups if group.lines) if wanted else (),
        tuple(sorted({one.month_on.year for one in shown}, reverse=True)),
        max((one.counted_at for one in rows), default=None),
    )


def _signed(one: SigningTally) -> Signed:
    if one.level == PAPER:
        return Signed("", one.documents, one.documents)
    return Signed("", one.documents, 0, tuple(one.documents * (one.level == level) for level in LEVELS))


def _lines(rows: Iterable[SigningTally], label: Callable[[SigningTally], str]) -> tuple[Signed, ...]:
    """One line per label, who signs most on paper on top."""
    lines = _summed(rows, label)
    return tuple(sorted(lines, key=lambda line: (-line.paper, -line.total, line.label)))


def _by_month(rows: Iterable[SigningTally]) -> tuple[Signed, ...]:
    """One line per month, the newest on top."""
    months = {f"Tháng {one.month_on:%m/%Y}": one.month_on for one in rows}
    lines = _summed(rows, lambda one: f"Tháng {one.month_on:%m/%Y}")
    return tuple(sorted(lines, key=lambda line: months[line.label], reverse=True))


def _summed(rows: Iterable[SigningTally], label: Callable[[SigningTally], str]) -> list[Signed]:
    sums: dict[str, Signed] = defaultdict(lambda: Signed(""))
    for one in rows:
        sums[label(one)] += _signed(one)
    return [replace(line, label=name) for name, line in sums.items()]
