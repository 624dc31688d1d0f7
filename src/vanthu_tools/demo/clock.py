"""Working days and office hours of the demonstration, all before the day of loading."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from vanthu.kernel.calendar import is_working_day, working_days_after

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSING = time(17, 0)


def last_working_day(today: date) -> date:
    """The working day before `today`; nothing of the demonstration happens later."""
    day = today - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_days(start: date, end: date) -> list[date]:
    """All working days from `start` to `end`."""
    span = (end - start).days + 1
    return [day for day in (start + timedelta(days=n) for n in range(span)) if is_working_day(day)]


def moment(random: Random, day: date, *, morning: bool = False) -> datetime:
    """A moment in office hours of a day."""
    minute = random.randrange(7 * 60 + 35, 11 * 60 + 20 if morning else 16 * 60 + 50)
    if 11 * 60 + 30 <= minute < 13 * 60 + 30:
        minute += 120
    minute = min(minute, 16 * 60 + 55)
    return datetime.combine(day, time(minute // 60, minute % 60, random.randrange(60)), ZONE)


def later(random: Random, at: datetime, *, days: int = 0, minutes: tuple[int, int] = (4, 90)) -> datetime:
    """A moment in office hours after `at`: some minutes, or so many working days, later."""
    if days:
        return moment(random, working_days_after(at.date(), days), morning=random.random() < 0.6)
    moved = at + timedelta(minutes=random.randint(*minutes), seconds=random.randrange(60))
    if moved.time() < CLOSING:
        return moved
    return moment(random, working_days_after(at.date(), 1), morning=True)


class Days:
    """Draws working days between two days, the last weeks far more often."""

    def __init__(self, start: date, end: date, last: date) -> None:
        self.days = working_days(start, min(end, last))
        recent = working_days(last - timedelta(days=60), last)
        dense, warm = set(recent[-8:]), set(recent[-26:])
        self.weights = [7.0 if day in dense else 2.8 if day in warm else 1.0 for day in self.days]

    def draw(self, random: Random, count: int) -> list[date]:
        """So many days, in order."""
        return sorted(random.choices(self.days, self.weights, k=count))
