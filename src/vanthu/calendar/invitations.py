"""When and where an invitation (giấy mời) asks people to come, read from its subject and text."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

USUAL = timedelta(hours=2)  # how long an appointment is planned when the paper does not say
READ = 8000  # letters of the text that are looked at

_CLOCK = r"(\d{1,2})\s*(?:giờ|[gh](?![^\W\d_])|:(?=\d\d))\s*(\d{2})?(?:\s*phút)?"
_DAY = r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})(?:\s*(?:[/.-]|năm)\s*(\d{4}))?"
_SPAN = rf"{_CLOCK}(?:\s*(?:-|–|đến)\s*{_CLOCK})?"
_BETWEEN = r"(?P<part>[^\d.;\n]{0,40}?)"
_CLOCK_FIRST = re.compile(rf"{_SPAN}{_BETWEEN}\b{_DAY}", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b{_DAY}{_BETWEEN}{_SPAN}", re.IGNORECASE)
_PLACE = re.compile(r"Địa điểm(?:\s+họp)?\s*[:,-]?\s*(?:tại\s+)?(?P<place>[^.;\n]{3,160})", re.IGNORECASE)
_AT = re.compile(
    r"\btại\s+(?P<place>(?:hội trường|phòng họp|phòng|trụ sở|nhà|trung tâm|khách sạn|điểm cầu)\b[^.;\n]{0,120})",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What could be read: the moment (None when it could not), the end (usual length if not said), the place."""

    starts_at: datetime | None
    ends_at: datetime | None
    place: str = ""


def read(subject: str, text: str = "", *, near: date) -> Invitation:
    """Time and place of an invitation; a day without a year is the next such day from `near` (its own date) on."""
    words = [_BLANKS.sub(" ", part) for part in (subject, text[:READ])]
    span = next(filter(None, (_span(part, near) for part in words)), None)
    place = next(filter(None, map(_place, words)), "")
    start, end = span or (None, None)
    return Invitation(start, end, place)


def _span(text: str, near: date) -> tuple[datetime, datetime] | None:
    for pattern, order in ((_CLOCK_FIRST, "clock"), (_DAY_FIRST, "day")):
        for match in pattern.finditer(text):
            groups = [
                one for number, one in enumerate(match.groups(), 1) if number != match.re.groupindex["part"]
            ]
            clocks, day = (groups[:4], groups[4:]) if order == "clock" else (groups[3:], groups[:3])
            around = text[match.start() : match.end() + 10].lower()  # "hồi 2 giờ chiều"
            afternoon = "chiều" in around or " tối" in around
            found = _moments(clocks, day, near, afternoon=afternoon)
            if found is not None:
                return found
    return None


def _moments(
    clocks: list[str | None], day: list[str | None], near: date, *, afternoon: bool
) -> tuple[datetime, datetime] | None:
    on = _day(day, near)
    start = _clock(clocks[0], clocks[1], afternoon)
    if on is None or start is None:
        return None
    zone = timezone.get_default_timezone()
    begin = datetime.combine(on, start, zone)
    until = _clock(clocks[2], clocks[3], afternoon) if clocks[2] else None
    end = datetime.combine(on, until, zone) if until and until > start else begin + USUAL
    return begin, end


def _day(parts: list[str | None], near: date) -> date | None:
    day, month, year = (int(one) if one else None for one in parts)
    try:
        if year is not None:
            return date(year, month or 0, day or 0)
        found = date(near.year, month or 0, day or 0)
        return found if found >= near else found.replace(year=near.year + 1)
    except ValueError:
        return None


def _clock(hour: str | None, minute: str | None, afternoon: bool) -> time | None:
    number = int(hour or 0)
    number += 12 if afternoon and number < 12 else 0
    try:
        return time(number, int(minute or 0))
    except ValueError:
        return None


def _place(text: str) -> str:
    found = _PLACE.search(text) or _AT.search(text)
    return found["place"].strip(" ,")[:200] if found else ""
