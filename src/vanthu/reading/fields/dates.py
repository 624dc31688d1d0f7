"""Days named in the text: the deadline that it sets, and the documents that it refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields import symbols
from vanthu.reading.fields.values import Field, Reference
from vanthu.reading.words import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vanthu.reading.fields.known import Known
    from vanthu.reading.fields.lines import Piece, Sheet

_MOST_REFERENCES = 20
_DAY = (
    r"(?:(?:\d{1,2}\s?(?:gio|h|g)\s?(?:\d{2})?\s?(?:phut)?,?\s?)?ngay\s)?"
    r"(?P<day>\d{1,2})\s?(?:thang|[/.-])\s?(?P<month>\d{1,2})\s?(?:(?:nam|[/.-])\s?(?P<year>(?:19|20)\d{2}))?"
)
# What sets a deadline; the day follows, with few words between ("trước 17 giờ 00 ngày", "chậm nhất là vào ngày").
_DUE = re.compile(
    r"(?:truoc|cham nhat|muon nhat|den het|het|han cuoi|khong qua"
    r"|(?:thoi han|han cuoi|han chot)\b[^.;]{0,60}?\s(?:la|den|truoc|het)|gui ve\b[^.;]{0,60}?truoc)"
    r"(?:\s(?:la|vao|thu \w+|den|het|ngay|trong|luc|cuoi)){0,4},?\s?\(?" + _DAY
)
_PAST = re.compile(r"(?:khoi to|bat|xay ra|vi pham|bi can|pham toi|tu ngay|giai doan|truoc do)\s[^.;]{0,25}$")
_ASKED = re.compile(
    r"\b(?:de nghi|yeu cau|khac phuc|tra loi|bao cao|gui|nop|hoan thanh|xong|thuc hien)\b[^.;]*$"
)
_NUMBERED = re.compile(r"\b[sS][ốôổỗo6]\s?:?\s?(?=[0-9])")
_DATED = re.compile(
    r"^[\s,(]*(?:ngày\s)?(?P<day>\d{1,2})\s?(?:[/.-]|tháng)\s?(?P<month>\d{1,2})\s?(?:[/.-]|năm)\s?"
    r"(?P<year>(?:19|20)\d{2})",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^[\s,)]*(?:của|do)\s(?P<issuer>[^,;.()]{3,120}?)"
    r"(?=\s(?:về|quy định|ban hành|hướng dẫn|thì|và|để|v/v)\b|[,;.()]|$)"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A page's words in one string; `starts` are the places in it where the pieces begin."""

    page: int
    text: str
    starts: tuple[int, ...]
    pieces: tuple[Piece, ...]

    def between(self, start: int, end: int) -> list[Piece]:
        """The pieces that this stretch of the text covers."""
        return [
            one
            for at, one in zip(self.starts, self.pieces, strict=True)
            if at < end and at + len(one.text) > start
        ]


def running(page: Sheet, start: float = 0.0) -> Text:
    """The text of a page below `start` (points), row after row; same length folded."""
    pieces = [one for row in page.rows(one for one in page.pieces if one.level > start) for one in row.pieces]
    starts, at = [], 0
    for one in pieces:
        starts.append(at)
        at += len(one.text) + 1
    return Text(page.number, " ".join(one.text for one in pieces), tuple(starts), tuple(pieces))


def due_on(texts: Sequence[Text], issued_on: date | None) -> Field[date]:
    """The first deadline in the text that is not before the day of the document; a day of every month is none."""
    for text in texts:
        plain = _folded(text.text)
        for said in _DUE.finditer(plain):
            day = _day(said["day"], said["month"], said["year"], issued_on)
            if day is None or (issued_on and day < issued_on):
                continue
            if not issued_on and not said["year"]:
                continue
            before = plain[: said.start()]
            if _PAST.search(before[-40:]) and not _ASKED.search(before[-60:]):
                continue
            return Field.at(day, 0.9, text.page, text.between(said.start(), said.end()))
    return Field()


def _folded(text: str) -> str:
    """Without marks and capitals, letter for letter."""
    return "".join(fold(letter)[:1] or " " for letter in text)


def _day(day: str, month: str, year: str | None, issued_on: date | None) -> date | None:
    """The day; without a year it is the next such day after the document's."""
    try:
        if year:
            return date(int(year), int(month), int(day))
        if issued_on is None:
            return None
        this_year = date(issued_on.year, int(month), int(day))
        return this_year if this_year >= issued_on else date(issued_on.year + 1, int(month), int(day))
    except ValueError:
        return None


def references(texts: Sequence[Text], known: Known, own: str) -> tuple[Reference, ...]:
    """The documents that the text names by number and symbol, each once, in their order; `own` is left out."""
    found: dict[str, Reference] = {}
    for text in texts:
        for one in _named(text, known):
            if one.symbol != own and one.symbol not in found:
                found[one.symbol] = one
            if len(found) == _MOST_REFERENCES:
                return tuple(found.values())
    return tuple(found.values())


def _named(text: Text, known: Known) -> Iterator[Reference]:
    names = sorted((kind.name.partition(" (")[0] for kind in known.kinds), key=len, reverse=True)
    before = re.compile(rf"({'|'.join(map(re.escape, names))}|Luật|Bộ luật)\s+$", re.IGNORECASE)
    for said in _NUMBERED.finditer(text.text):
        rest = text.text[said.end() : said.end() + 60]
        token = re.match(r"\S+(?:\s?[-–]\s?(?=[A-ZĐ])\S+)?", rest)
        read = symbols.read(token[0].rstrip(".,;)"), known) if token else None
        if token is None or read is None or not read.number:
            continue
        end = said.end() + len(token[0])
        tail = text.text[end : end + 200]
        dated = None if token[0].endswith((";", ".")) else _DATED.match(tail)
        day = _day(dated["day"], dated["month"], dated["year"], None) if dated else None
        behind = tail[dated.end() :] if dated else tail
        issuer = _OF.match(behind)
        kind = before.search(text.text[max(0, said.start() - 40) : said.start()])
        until = end + (dated.end() if dated else 0)
        pieces = text.between(said.start(), until)
        yield Reference(
            read.whole,
            day,
            _as_named(kind[1], names) if kind else "",
            issuer["issuer"].strip() if issuer else "",
            text.page,
            Box.around(one.shown for one in pieces),
        )


def _as_named(said: str, names: Sequence[str]) -> str:
    return next((name for name in names if name.lower() == said.lower()), said)
