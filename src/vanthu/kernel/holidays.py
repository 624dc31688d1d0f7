"""Days on which work rests although it is no weekend, and weekends on which it does not (ngày nghỉ, ngày làm bù).

The law's days are the seed of the table; the yearly notice of the Government changes it there (Labour Code 2019,
articles 111 and 112; days off that fall on a weekend are made up on the next working day).
"""

from collections.abc import Mapping
from datetime import date
from time import monotonic

from django.db import models

KEPT_SECONDS = 600  # how long a process goes on with the days it read


class SpecialDay(models.Model):
    """A day that differs from its place in the week: a day off, or (`works`) a weekend worked for another day."""

    item_kind = "day"

    day_on = models.DateField(unique=True)
    works = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200, blank=True)  # the notice or article


_LAW = "Bộ luật Lao động 2019, Điều 112"
_MADE_UP = "Bộ luật Lao động 2019, Điều 111 khoản 3 (nghỉ bù)"
_SWAP = "Hoán đổi ngày làm việc theo thông báo của Chính phủ"
_NOT_YET = f"{_LAW}; dự kiến, sửa khi có thông báo của Chính phủ"

SEED: tuple[tuple[date, bool, str, str], ...] = (
    (date(2025, 1, 1), False, "Tết Dương lịch", _LAW),
    *((date(2025, 1, day), False, "Tết Nguyên đán Ất Tỵ", _LAW) for day in range(27, 32)),
    (date(2025, 4, 7), False, "Giỗ Tổ Hùng Vương", _LAW),
    (date(2025, 4, 26), True, "Làm bù cho ngày 02/05/2025", _SWAP),
    (date(2025, 4, 30), False, "Ngày Chiến thắng", _LAW),
    (date(2025, 5, 1), False, "Ngày Quốc tế lao động", _LAW),
    (date(2025, 5, 2), False, "Nghỉ hoán đổi", _SWAP),
    (date(2025, 9, 1), False, "Quốc khánh (ngày liền kề)", _LAW),
    (date(2025, 9, 2), False, "Quốc khánh", _LAW),
    (date(2026, 1, 1), False, "Tết Dương lịch", _LAW),
    (date(2026, 1, 2), False, "Nghỉ hoán đổi", _SWAP),
    (date(2026, 1, 10), True, "Làm bù cho ngày 02/01/2026", _SWAP),
    *((date(2026, 2, day), False, "Tết Nguyên đán Bính Ngọ", _LAW) for day in range(16, 21)),
    (date(2026, 4, 27), False, "Nghỉ bù Giỗ Tổ Hùng Vương", _MADE_UP),
    (date(2026, 4, 30), False, "Ngày Chiến thắng", _LAW),
    (date(2026, 5, 1), False, "Ngày Quốc tế lao động", _LAW),
    (date(2026, 8, 22), True, "Làm bù cho ngày 31/08/2026", _SWAP),
    (date(2026, 8, 31), False, "Nghỉ hoán đổi", _SWAP),
    (date(2026, 9, 1), False, "Quốc khánh (ngày liền kề)", _LAW),
    (date(2026, 9, 2), False, "Quốc khánh", _LAW),
    (date(2027, 1, 1), False, "Tết Dương lịch", _LAW),
    (date(2027, 2, 5), False, "Tết Nguyên đán Đinh Mùi", _NOT_YET),
    *((date(2027, 2, day), False, "Tết Nguyên đán Đinh Mùi", _NOT_YET) for day in (8, 9)),
    *((date(2027, 2, day), False, "Nghỉ bù Tết Nguyên đán", _NOT_YET) for day in (10, 11)),
    (date(2027, 4, 16), False, "Giỗ Tổ Hùng Vương", _LAW),
    (date(2027, 4, 30), False, "Ngày Chiến thắng", _LAW),
    (date(2027, 5, 3), False, "Nghỉ bù Ngày Quốc tế lao động", _MADE_UP),
    (date(2027, 9, 2), False, "Quốc khánh", _LAW),
    (date(2027, 9, 3), False, "Quốc khánh (ngày liền kề)", _NOT_YET),
)

# Public holidays of a year that the table does not know yet (article 112); the lunar ones need its notice.
FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})


class _Remembered:
    """What this process read last, and when (seconds of its own clock)."""

    days: Mapping[date, bool] = {}
    years: frozenset[int] = frozenset()
    until: float = 0.0


def special_days() -> tuple[Mapping[date, bool], frozenset[int]]:
    """({day: whether it is worked}, the years the table knows); read once per process and ten minutes, so that no
    page pays for it. An empty table means the law's days.
    """
    if monotonic() >= _Remembered.until:
        found = dict(SpecialDay.objects.values_list("day_on", "works"))
        _Remembered.days = found or {day: works for day, works, _, _ in SEED}
        _Remembered.years = frozenset(day.year for day in _Remembered.days)
        _Remembered.until = monotonic() + KEPT_SECONDS
    return _Remembered.days, _Remembered.years


def forget() -> None:
    """Read the table again when it is next asked: somebody changed it."""
    _Remembered.until = 0.0
