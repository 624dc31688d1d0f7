"""The office's calendar: days are those of Asia/Ho_Chi_Minh, work rests on weekends and on `holidays`."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from vanthu.kernel.holidays import FIXED, special_days


def now() -> datetime:
    """The present moment, UTC-aware."""
    return timezone.now()


def today() -> date:
    """The office's date now."""
    return timezone.localdate()


def is_working_day(day: date) -> bool:
    """Whether offices work on this day: not on weekends and holidays, but on weekends worked for another day."""
    days, years = special_days()
    if day in days:
        return days[day]
    if day.year not in years and (day.month, day.day) in FIXED:
        return False
    return day.weekday() < 5


def working_day_from(day: date) -> date:
    """This day if offices work on it, else the next on which they do."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


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
