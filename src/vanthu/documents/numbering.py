"""Registers and their numbers: gapless, unique per series and period.

Decree 30/2020/NĐ-CP, article 15 (outgoing) and 22 (incoming: one series for paper and electronic, by the
calendar year); procedural documents of the Procuracy count from 01/12 to 30/11 (QĐ 393/QĐ-VKSTC, article 9);
Party documents over the term of the committee (HD 36-HD/VPTW).
"""

from datetime import date
from typing import NamedTuple

from django.db import connection

from vanthu.documents.kinds import Kind
from vanthu.documents.models import Series

_PARTY_TERM_YEARS = 5
_FIRST_TERM = 2025  # the XIV term of provincial committees began in 2025


def period_of(kind: Kind | None, day: date) -> str:
    """The period that a number of this kind counts in on this day: "2026", "2026P" or "2025-2030"."""
    if kind is not None and kind.family == "procedural":
        return f"{day.year + (day.month == 12)}P"
    if kind is not None and kind.family == "party":
        start = _FIRST_TERM + (day.year - _FIRST_TERM) // _PARTY_TERM_YEARS * _PARTY_TERM_YEARS
        return f"{start}-{start + _PARTY_TERM_YEARS}"
    return str(day.year)


def scope_of(kind: Kind, *, common: bool) -> str:
    """Which book numbers the kind: "all" when the office keeps one, else the kind's own ("CV", "QD")."""
    return "all" if common and kind.family == "administrative" else kind.code


class Taken(NamedTuple):
    """A number and the id of the series that gave it."""

    series_id: int
    number: int


_NEXT = """
UPDATE documents_series SET last = last + 1
WHERE office_id = %s AND direction = %s AND scope = %s AND period = %s RETURNING id, last
"""


def take(office_id: int, direction: str, scope: str, period: str) -> Taken:
    """The next number of a series, which is opened when it is the first time.

    Call it last, just before the rows that carry the number: it locks the series until commit. A rolled-back
    transaction gives its number back, so the series has no gap.
    """
    place: dict[str, int | str] = {
        "office_id": office_id,
        "direction": direction,
        "scope": scope,
        "period": period,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, list(place.values()))
        row = cursor.fetchone()
        if row is None:
            Series.objects.bulk_create([Series(**place)], ignore_conflicts=True)
            cursor.execute(_NEXT, list(place.values()))
            row = cursor.fetchone()
        return Taken(*row)


def next_number(office_id: int, direction: str, scope: str, period: str) -> int:
    """The number that the next registration would get, for the form to show; not reserved."""
    found = Series.objects.filter(office_id=office_id, direction=direction, scope=scope, period=period)
    return (found.values_list("last", flat=True).first() or 0) + 1
