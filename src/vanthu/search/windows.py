"""Rows of a plan, newest first: one window of time after the other, each wider, until the reader has enough.

A materialised part makes PostgreSQL answer from the lexeme index; left to itself it flips to walking by date. Every
join repeats the window, so that only its partitions are planned.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Invalid
from vanthu.search.plans import LEVELS, Plan
from vanthu.search.tokens import words

OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
NARROWEST, WIDEST = 0.03, 250.0  # days of a window; beyond the widest, everything
AMPLE = 2.5  # times as many hits as wanted should lie in a window: one too wide costs less than one more


class Place(NamedTuple):
    """A place in the order of hits; what lies after it is older."""

    at: datetime
    item_kind: str
    item_id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).isoformat()}~{self.item_kind}~{self.item_id}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place that `str()` wrote; raises `Invalid`."""
        try:
            at, item_kind, item_id = text.split("~")
            place = cls(datetime.fromisoformat(at).astimezone(UTC), item_kind, int(item_id))
        except (ValueError, OverflowError) as error:
            raise Invalid("Đường dẫn tới trang kết quả này không đúng. Tìm lại từ đầu.") from error
        return place._replace(item_kind="".join(words(item_kind)))


class Span(NamedTuple):
    """From (included) and to (excluded)."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One row that the actor may see; `masked` = only number, date and issuer of it."""

    place: Place
    source: tuple[str, int]
    office_id: int
    kind: str
    symbol: str
    title: str
    issuer: str
    signer: str
    issued_on: date | None
    arrival_number: int | None
    more: str
    masked: bool


_TITLES = """
SELECT item_kind, item_id, at, false AS body FROM search_searchrow
WHERE tokens @@ %(rows)s::tsquery AND at >= %(since)s AND at <= %(until)s
"""
_BODIES = """
SELECT r.item_kind, r.item_id, r.at, true FROM search_searchbody b
JOIN search_searchrow r ON r.source_kind = b.source_kind AND r.source_id = b.source_id AND r.at = b.at
WHERE b.tokens @@ %(bodies)s::tsquery AND b.at >= %(since)s AND b.at <= %(until)s
    AND r.at >= %(since)s AND r.at <= %(until)s
    AND r.office_id = ANY(%(of_offices)s::bigint[]) AND r.tokens @@ %(owned)s::tsquery
"""
_FETCH = """
WITH matched AS MATERIALIZED ({matched}),
once AS (
    SELECT item_kind, item_id, at, bool_and(body) AS body FROM matched
    WHERE (at, item_kind, item_id) < (%(until)s, %(until_kind)s, %(until_id)s)
    GROUP BY 1, 2, 3 ORDER BY at DESC, item_kind DESC, item_id DESC
)
SELECT r.at, r.item_kind, r.item_id, r.source_kind, r.source_id, r.office_id, r.kind, r.symbol, r.title, r.issuer,
    r.signer, r.issued_on, r.arrival_number, r.more, seen.level = 1
FROM once
CROSS JOIN LATERAL (
    SELECT min(CASE WHEN p.restricted THEN reach.level ELSE 0 END) AS level
    FROM kernel_participant p
    JOIN unnest(%(kinds)s::text[], %(owners)s::bigint[], %(levels)s::int[], %(confined)s::bool[])
        AS reach (kind, id, level, confined)
        ON reach.kind = p.owner_kind AND reach.id = p.owner_id
        AND (NOT reach.confined OR p.office_id = ANY(%(offices)s::bigint[]))
    WHERE p.item_kind = once.item_kind AND p.item_id = once.item_id
) seen
JOIN search_searchrow r ON r.item_kind = once.item_kind AND r.item_id = once.item_id AND r.at = once.at
    AND r.at >= %(since)s AND r.at <= %(until)s
WHERE seen.level = 0 OR (seen.level = 1 AND NOT once.body)
ORDER BY once.at DESC, once.item_kind DESC, once.item_id DESC
LIMIT %(limit)s
"""
_WITH_BODIES = _FETCH.format(matched=_TITLES + "UNION ALL" + _BODIES)
_WITHOUT_BODIES = _FETCH.format(matched=_TITLES)


def batches(
    plan: Plan,
    *,
    size: int,
    span: Span | None = None,
    before: Place | None = None,
    days: float = 0,
    bodies: bool = True,
) -> Iterator[list[Found]]:
    """Rows in batches of at most `size`, newest first, without gap or repetition; one query each.

    `before` begins after a place, `days` is the width of the first window (0: from the frequencies).
    """
    since, until = span or Span(OLDEST, now() + timedelta(days=1))
    end = before if before and before.at < until else Place(until, "", 0)
    width = days or _width(plan.per_day, size)
    bodies = bodies and bool(plan.bodies)
    while end > Place(since, "", 0):
        start = since if width > WIDEST else max(since, end.at - timedelta(days=width))
        found = _fetch(plan, start, end, size, bodies=bodies)
        if found:
            yield found
        if len(found) == size:
            end = found[-1].place
        else:
            end, width = Place(start, "", 0), _wider(width, len(found), size)


def _width(per_day: float, wanted: int) -> float:
    """Days in which several times as many hits as wanted are to be expected."""
    return max(NARROWEST, AMPLE * wanted / per_day) if per_day else math.inf


def _wider(width: float, found: int, wanted: int) -> float:
    """Days of the window that follows one with too few hits: as many as its hits let expect, and much more than it.

    One without any may have been a week-end.
    """
    return max(5 * width, _width(found / width, wanted)) if found else 8 * width


def _fetch(plan: Plan, start: datetime, end: Place, limit: int, *, bodies: bool) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(
            _WITH_BODIES if bodies else _WITHOUT_BODIES,
            {
                "rows": plan.rows,
                "bodies": plan.bodies,
                "owned": plan.owned,
                "since": start,
                "until": end.at,
                "until_kind": end.item_kind,
                "until_id": end.item_id,
                "kinds": [reach.owner_kind for reach in plan.reaches],
                "owners": [reach.owner_id for reach in plan.reaches],
                "levels": [LEVELS[reach.restricted] for reach in plan.reaches],
                "confined": [bool(reach.offices) for reach in plan.reaches],
                "of_offices": list(plan.offices),
                "offices": list({office for reach in plan.reaches for office in reach.offices}),
                "limit": limit,
            },
        )
        return [Found(Place(*row[:3]), (row[3], row[4]), *row[5:]) for row in cursor.fetchall()]
