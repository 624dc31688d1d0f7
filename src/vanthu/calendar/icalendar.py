"""Writes iCalendar (RFC 5545): content lines folded at 75 octets, text escaped, times in Asia/Ho_Chi_Minh."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils import timezone

from vanthu.calendar.lines import BUSY, Line

ZONE = "Asia/Ho_Chi_Minh"
_LIMIT = 75  # octets of a line, without its end (section 3.1)
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Van thu//Lich cong tac//VI",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)
_TIMEZONE = (  # no daylight saving time since 1975
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def write(lines: Iterable[Line], *, name: str, host: str, at: datetime) -> bytes:
    """A calendar of this name; `host` makes the identifiers of events unique in the world.

    Of a restricted line the file says only that its owner is busy: it leaves the installation.
    """
    content = [*_HEAD, f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{ZONE}", *_TIMEZONE]
    for line in lines:
        content += _event(line, host, at)
    return b"".join(folded(one) for one in [*content, "END:VCALENDAR"])


def _event(line: Line, host: str, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:lich-{line.id}@{host}"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID={ZONE}:{timezone.localtime(line.starts_at):%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={ZONE}:{timezone.localtime(line.ends_at):%Y%m%dT%H%M%S}"
    yield f"SEQUENCE:{line.sequence}"
    yield f"STATUS:{_status(line)}"
    if line.restricted:
        yield f"SUMMARY:{BUSY}"
        yield "CLASS:PRIVATE"
    else:
        yield f"SUMMARY:{escaped(line.subject)}"
        if line.where:
            yield f"LOCATION:{escaped(line.where)}"
        if words := _words(line):
            yield f"DESCRIPTION:{escaped(words)}"
    yield "END:VEVENT"


def _status(line: Line) -> str:
    if line.mark == "gone":
        return "CANCELLED"
    return "TENTATIVE" if line.tentative else "CONFIRMED"


def _words(line: Line) -> str:
    chair = f"Chủ trì: {line.chair[1]}" if line.chair else ""
    who = f"Thành phần: {line.who}" if line.who else ""
    ready = f"Chuẩn bị: {line.preparation}" if line.preparation else ""
    return "\n".join(filter(None, [chair, who, ready]))


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, never cut within a letter (section 3.1)."""
    pieces, room = [b""], _LIMIT
    for letter in line:
        octets = letter.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = _LIMIT - 1  # the blank that begins a continuation counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"
