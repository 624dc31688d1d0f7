"""Periods of numbers: every day lies in exactly one, and the next begins where it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanthu.documents import kinds
from vanthu.documents.periods import Period, YearType, named, of_kind, period

YEAR_TYPES: list[YearType] = ["calendar", "procedural", "term"]
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CONGRESSES = (date(2020, 10, 14), date(2025, 8, 12))


@pytest.mark.parametrize(
    ("year_type", "day", "meant"),
    [
        ("calendar", date(2026, 12, 31), Period("2026", date(2026, 1, 1), date(2026, 12, 31))),
        ("calendar", date(2027, 1, 1), Period("2027", date(2027, 1, 1), date(2027, 12, 31))),
        ("procedural", date(2026, 11, 30), Period("2026P", date(2025, 12, 1), date(2026, 11, 30))),
        ("procedural", date(2026, 12, 1), Period("2027P", date(2026, 12, 1), date(2027, 11, 30))),
        ("procedural", date(2027, 1, 1), Period("2027P", date(2026, 12, 1), date(2027, 11, 30))),
        ("term", date(2029, 12, 31), Period("2025-2030", date(2025, 1, 1), date(2029, 12, 31))),
        ("term", date(2030, 1, 1), Period("2030-2035", date(2030, 1, 1), date(2034, 12, 31))),
    ],
)
def test_where_a_day_counts(year_type: YearType, day: date, meant: Period) -> None:
    assert period(year_type, day) == meant
    assert day in meant
    assert meant.rolls_over_on not in meant


@pytest.mark.parametrize(
    ("day", "name", "first_on", "last_on"),
    [
        (date(2025, 8, 11), "2020-2025", date(2020, 10, 14), date(2025, 8, 11)),
        (date(2025, 8, 12), "2025-2030", date(2025, 8, 12), date(2029, 12, 31)),
        (date(2020, 10, 13), "2015-2020", date(2015, 1, 1), date(2020, 10, 13)),
    ],
)
def test_a_term_begins_with_its_congress(day: date, name: str, first_on: date, last_on: date) -> None:
    assert period("term", day, congresses=CONGRESSES) == Period(name, first_on, last_on)


@given(st.sampled_from(YEAR_TYPES), DAYS, st.sampled_from([(), CONGRESSES]))
def test_periods_follow_without_gap_or_overlap(
    year_type: YearType, day: date, congresses: tuple[date, ...]
) -> None:
    found = period(year_type, day, congresses=congresses)
    assert day in found
    assert period(year_type, found.first_on, congresses=congresses) == found
    assert period(year_type, found.last_on, congresses=congresses) == found
    following = period(year_type, found.rolls_over_on, congresses=congresses)
    assert following.first_on == found.last_on + timedelta(days=1)
    assert following.name != found.name


@given(st.sampled_from(YEAR_TYPES), DAYS, st.sampled_from([(), CONGRESSES]))
def test_a_period_is_found_again_by_its_name(
    year_type: YearType, day: date, congresses: tuple[date, ...]
) -> None:
    found = period(year_type, day, congresses=congresses)
    assert named(found.name, congresses=congresses) == found


@given(DAYS)
def test_the_family_of_a_kind_says_how_it_is_counted(day: date) -> None:
    for code, year_type in (
        ("CV", "calendar"),
        ("CAOTRANG", "procedural"),
        ("DNQ", "term"),
        ("SY", "calendar"),
    ):
        assert of_kind(kinds.by_code(code), day) == period(year_type, day)  # type: ignore[arg-type]
