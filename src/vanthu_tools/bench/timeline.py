"""When things happen in the benchmark: office hours of the working days of three years, the newest year the busiest."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from vanthu.kernel.calendar import is_working_day
from vanthu_tools.demo.clock import ZONE, last_working_day

DAY = 86_400
MORNING, LUNCH, AFTERNOON, CLOSING = (
    27_000,
    41_400,
    48_600,
    61_200,
)  # seconds of the day: 7:30, 11:30, 13:30, 17:00
WORK = LUNCH - MORNING + CLOSING - AFTERNOON
SHARES = (0.22, 0.33, 0.45)
"""How much of everything falls into the year before last, last year, this year."""
BEYOND = 60  # days after today for which deadlines are known


@cache
def _date_text(day: int) -> str:
    return datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d ")


_CLOCK = [f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+00" for second in range(DAY)]


def stamp(moment: int) -> str:
    """A moment (whole seconds since 1970, UTC) as PostgreSQL reads it."""
    day, second = divmod(moment, DAY)
    return _date_text(day) + _CLOCK[second]


class Timeline:
    """Everything happens from January two years before `today` to the last working day before it."""

    def __init__(self, today: date) -> None:
        self.last = last_working_day(today)
        first = date(self.last.year - len(SHARES) + 1, 1, 1)
        span = (self.last - first).days + BEYOND
        every = [first + timedelta(days=number) for number in range(span)]
        self.first = first
        self.open_days = [day for day in every if is_working_day(day)]
        self.days = [day for day in self.open_days if day <= self.last]
        self.midnights = [_midnight(day) for day in self.days]
        self.end = self.midnights[-1] + CLOSING
        weights = [self._weight(day) for day in self.days]
        self.cumulative = [total / sum(weights) for total in accumulate(weights)]
        self._origin = _midnight(first)
        self._next_open = self._following(every)
        self._deadlines: dict[tuple[date, int], date] = {}

    def _weight(self, day: date) -> float:
        in_year = sum(1 for other in self.days if other.year == day.year)
        return SHARES[day.year - self.first.year] / in_year

    def _following(self, every: list[date]) -> list[int]:
        """Midnight of the first working day from each calendar day on."""
        found: list[int] = []
        following = every[-1]
        for day in reversed(every):
            following = day if is_working_day(day) else following
            found.append(_midnight(following))
        return found[::-1]

    def moments(self, random: Random, low: float, high: float, count: int) -> list[tuple[int, date]]:
        """So many moments with their days, in order, from a slice of the whole time (0 to 1)."""
        places = sorted(low + (high - low) * random.random() for _ in range(count))
        return [self.at(place) for place in places]

    def at(self, place: float) -> tuple[int, date]:
        """The moment at a place between 0 and 1 of everything that happens, and its day."""
        number = min(bisect_right(self.cumulative, place), len(self.days) - 1)
        before = self.cumulative[number - 1] if number else 0.0
        into = (place - before) / (self.cumulative[number] - before)
        second = MORNING + int(min(into, 0.999) * WORK)
        return self.midnights[number] + second + (AFTERNOON - LUNCH if second >= LUNCH else 0), self.days[
            number
        ]

    def later(self, moment: int, seconds: int) -> int:
        """So many seconds later, moved to office hours of a working day; never after the end of everything."""
        wanted = moment + seconds
        number, second = divmod(wanted - self._origin, DAY)
        if second > CLOSING:
            number += 1
        if number >= len(self._next_open):
            return self.end
        opens = self._next_open[number]
        if opens > wanted or second < MORNING:
            wanted = opens + MORNING + seconds % 7200
        return min(wanted, self.end)

    def due(self, day: date, working_days: int) -> date:
        """The deadline so many working days after a day."""
        key = (day, working_days)
        if key not in self._deadlines:
            number = bisect_right(self.open_days, day) - 1 + working_days
            self._deadlines[key] = self.open_days[min(number, len(self.open_days) - 1)]
        return self._deadlines[key]


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())
