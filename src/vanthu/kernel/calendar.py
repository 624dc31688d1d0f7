"""The office's calendar: days are those of Asia/Ho_Chi_Minh, work rests on weekends and public holidays."""

from datetime import date, datetime, timedelta

from django.utils import timezone

# Fixed public holidays (Labour Code 2019, article 112); those of the lunar year are entered per year.
_FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}
_LUNAR: dict[int, tuple[tuple[date, int], ...]] = {  # first day, length in days (Tết; Hùng Kings' day)
    2025: ((date(2025, 1, 27), 5), (date(2025, 4, 7), 1), (date(2025, 9, 1), 1)),
    2026: ((date(2026, 2, 16), 5), (date(2026, 4, 27), 1), (date(2026, 9, 1), 1)),
    2027: ((date(2027, 2, 5), 5), (date(2027, 4, 16), 1), (date(2027, 9, 3), 1)),
}


def now() -> datetime:
    """The present moment, UTC-aware."""
    return timezone.now()


def today() -> date:
    """The office's date now."""
    return timezone.localdate()


def is_working_day(day: date) -> bool:
    """Whether offices work on this day (Saturday and Sunday are free)."""
    if day.weekday() >= 5 or (day.month, day.day) in _FIXED:
        return False
    return not any(
        first <= day < first + timedelta(days=length) for first, length in _LUNAR.get(day.year, ())
    )


def working_days_after(day: date, count: int) -> date:
    """The working day that lies `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative if `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
