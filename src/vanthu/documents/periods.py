"""The periods that numbers count in, and where they roll over: by the calendar, by the procedural year, by the term.

Decree 30/2020/NĐ-CP, articles 15 and 22 (01/01 to 31/12); QĐ 393/QĐ-VKSTC, article 9 (procedural documents,
01/12 of the year before to 30/11); HD 36-HD/VPTW (Party documents, over the term of the committee).
All days are those of the office (`kernel.calendar.today`), so a period begins at its midnight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vanthu.documents.kinds import Family, Kind

type YearType = Literal["calendar", "procedural", "term"]

# What the law lets a family be counted by, the usual one first.
YEAR_TYPES: dict[Family, tuple[YearType, ...]] = {
    "administrative": ("calendar",),
    "legal": ("calendar",),
    "procedural": ("procedural", "calendar"),
    "party": ("term", "calendar"),
    "copy": ("calendar",),
}
YEAR_TYPE_NAMES: dict[YearType, str] = {
    "calendar": "năm dương lịch, 01/01 đến 31/12",
    "procedural": "năm tố tụng, 01/12 năm trước đến 30/11",
    "term": "nhiệm kỳ của cấp ủy",
}

_TERM_YEARS = 5
_A_TERM_BEGAN = 2025  # committees elected for 2025-2030; every five years before and after


@dataclass(frozen=True, slots=True)
class Period:
    """One period: `name` as a series keeps it ("2026", "2026P", "2025-2030"), first and last day."""

    name: str
    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    @property
    def rolls_over_on(self) -> date:
        """The day whose first number is 01 again."""
        return self.last_on + timedelta(days=1)


def period(year_type: YearType, day: date, *, congresses: Iterable[date] = ()) -> Period:
    """The period of this type that a day lies in.

    `congresses` are the days on which terms of this committee really began. Without one for a term it is taken
    to begin on 01/01; a term is named after the five years that its congress falls in.
    """
    if year_type == "calendar":
        return Period(str(day.year), date(day.year, 1, 1), date(day.year, 12, 31))
    if year_type == "procedural":
        year = day.year + (day.month == 12)
        return Period(f"{year}P", date(year - 1, 12, 1), date(year, 11, 30))
    return _term(day, {_term_year(one): one for one in congresses})


def of_kind(kind: Kind | None, day: date) -> Period:
    """The period that a number of this kind usually counts in on this day; None = any incoming document."""
    return period(YEAR_TYPES[kind.family][0] if kind else "calendar", day)


def named(name: str, *, congresses: Iterable[date] = ()) -> Period:
    """The period that a series keeps under this name."""
    if "-" in name:
        year = int(name[:4])
        began = {_term_year(one): one for one in congresses}.get(year, date(year, 1, 1))
        return period("term", began, congresses=congresses)
    year = int(name.removesuffix("P"))
    return period("procedural" if name.endswith("P") else "calendar", date(year, 6, 1))


def _term_year(day: date) -> int:
    return day.year - (day.year - _A_TERM_BEGAN) % _TERM_YEARS


def _term(day: date, congresses: dict[int, date]) -> Period:
    year = _term_year(day)
    if day < congresses.get(year, date(year, 1, 1)):
        year -= _TERM_YEARS
    first, following = (congresses.get(one, date(one, 1, 1)) for one in (year, year + _TERM_YEARS))
    return Period(f"{year}-{year + _TERM_YEARS}", first, following - timedelta(days=1))
