"""The head of page 1 (ô 1-4): two columns parted by the Quốc hiệu; issuer, number and symbol, place and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields import lexicon, naming, symbols
from vanthu.reading.fields.elsewhere import as_elsewhere
from vanthu.reading.fields.lines import Row
from vanthu.reading.fields.values import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.known import Body, Known
    from vanthu.reading.fields.lines import Piece, Sheet

_NATION = "congoaxahoichunghiavietnam"
_PARTY = "dangcongsanvietnam"
_MOTTO = "doclaptudohanhphuc"
_REACH = 0.45  # of the page: how far down a head may go
_NUMBER_LINE = re.compile(r"^\W{0,2}s[o0ó6éeốôổỗ]{1,2}\s?[:.;,]?\s?(?=[\W0-9/]|$)", re.IGNORECASE)
_DAY = re.compile(
    r"\bng[aăâ]?y\W*(?P<day>[0-9ols]{1,2})?\W*thang\W*(?P<month>[0-9ols]{1,2})?\W*nam\W*(?P<year>(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_DOUBTED = 0.2  # figures of which the OCR is less sure may be written by hand
_HEAD_ROWS, _NAME_ROWS = 18, 6  # type sizes: below the date the subject of a letter, of a name without number
_NEAR = 94  # of 100: how like a known name is
_SURE_DASH = 0.75
_FIGURES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "s": "5", "S": "5"})


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns: `border` parts them (points from the left), `end` is where the body begins at the earliest."""

    sheet: Sheet
    party: bool
    top: float
    border: float
    left: tuple[Row, ...]
    number_at: int | None
    """Which row on the left carries the number."""
    symbol: symbols.Read | None
    day: Row | None
    """The words of place and date."""
    end: float


def find(page: Sheet, known: Known) -> Head:
    """The head of a page; without Quốc hiệu the middle of the page parts the columns."""
    nation = _phrase(page, _NATION, 8) or _phrase(page, _MOTTO, 7)
    party = _phrase(page, _PARTY, 5) if nation is None else None
    title = nation or party
    top = title.top if title else 0.0
    border = title.left if title else 0.46 * page.width
    day = _day(page, top, border)
    end = day.bottom if day else title.bottom if title else 0.0
    taken = set(day.pieces) if day else set()
    words = [
        one
        for one in page.pieces
        if one.middle < border
        and top - 2.5 * page.size < one.level < end + _HEAD_ROWS * page.size
        and one not in taken
    ]
    left = tuple(page.rows(words))
    number_at, symbol = _numbered(left, known)
    if number_at is not None:
        end = max(end, left[number_at].bottom)
    return Head(page, party is not None, top, border, left, number_at, symbol, day, end)


def _phrase(page: Sheet, letters: str, words: int) -> Row | None:
    """The words on one row near the top that say this, however a scan parted or garbled them."""
    best, found = 84.0, None
    high = [one for one in page.pieces if one.level < _REACH * page.height]
    for row in page.rows(high):
        plain = [re.sub(r"[^a-z]", "", fold(one.text)) for one in row.pieces]
        for start in (at for at, letters_of in enumerate(plain) if letters_of):
            for length in range(max(1, words - 4), words + 4):
                score = fuzz.ratio("".join(plain[start : start + length]), letters, score_cutoff=best)
                if score > best and start + length <= len(plain):
                    best, found = score, Row(row.pieces[start : start + length])
    return found


def _day(page: Sheet, top: float, border: float) -> Row | None:
    """Place and date: the words from the place before "ngày" to the year, on the right half if there are two."""
    words = [
        one
        for one in page.pieces
        if top - page.size < one.level < max(_REACH * page.height, top + 10 * page.size)
    ]
    for row in page.rows(words):
        plain = [fold(one.text) for one in row.pieces]
        for at, word in enumerate(plain):
            if not word.startswith("ng") or not _says_day(row.pieces[at:]):
                continue
            if row.pieces[at].middle < border - 2 * page.size and not title_like(row.pieces[:at]):
                continue
            end = next((n for n in range(at, min(at + 8, len(plain))) if re.search(r"\d{4}", plain[n])), None)
            start = _place_start(row.pieces, at, page.size, border)
            if end is None:
                return Row((*row.pieces[start : at + 6], *_year_below(row, words, page.size)))
            return Row(row.pieces[start : end + 1])
    return None


def _year_below(row: Row, words: Sequence[Piece], size: float) -> list[Piece]:
    """The year that had no room on the row."""
    return [
        one
        for one in words
        if 0 < one.level - row.level < 2 * size
        and row.left < one.middle < row.right
        and re.fullmatch(r"(?:19|20)\d\d", one.text)
    ]


def _says_day(pieces: Sequence[Piece]) -> bool:
    """Whether these words begin with a day as a head writes it, its figures there or still to be written."""
    return bool(_DAY.match(" ".join(fold(one.text) for one in pieces[:7])))


def title_like(pieces: Sequence[Piece]) -> bool:
    """Whether the words before "ngày" may be a place: the last one has a capital and a comma."""
    return bool(pieces) and pieces[-1].text.endswith(",") and pieces[-1].text[:1].isupper()


def _place_start(pieces: Sequence[Piece], at: int, size: float, border: float) -> int:
    """Where the place before "ngày" begins: at a wide gap, at the border, or behind the symbol in the left column."""
    start = at
    while start > 0:
        before, first = pieces[start - 1], pieces[start]
        parted = first.left - before.right > 0.4 * size and before.middle < border <= first.left + size
        if parted or first.left - before.right > 1.3 * size or "/" in before.text:
            break
        start -= 1
    return start


def _numbered(left: Sequence[Row], known: Known) -> tuple[int | None, symbols.Read | None]:
    """The row on the left with the number, and what it says; the first that carries a symbol, "Số" before it or not."""
    for strict in (True, False):
        for at, row in enumerate(left):
            begins = _NUMBER_LINE.match(row.text)
            if strict and not begins:
                continue
            text = row.text[begins.end() :] if begins else row.text
            found = symbols.read(text, known)
            if found is not None and (strict or (found.number and not re.match(r"(?i)v\s?/\s?v", row.text))):
                return at, found
    return None, None


def number_and_symbol(head: Head) -> tuple[Field[str], Field[str]]:
    """The two fields; a number that was left to the hand, or that the OCR doubts, stays empty."""
    if head.symbol is None or head.number_at is None:
        return Field(), Field()
    row, page = head.left[head.number_at], head.sheet.number
    pieces = [one for one in row.pieces if any(letter.isdigit() for letter in one.text) or "/" in one.text]
    symbol = Field.at(head.symbol.symbol, head.symbol.sure, page, pieces or row.pieces)
    figures = [one for one in pieces if any(letter.isdigit() for letter in one.text)]
    doubted = min((one.confidence for one in figures), default=0.0) < _DOUBTED
    if not head.symbol.number or doubted:
        return Field(None, 0.1, page, symbol.box), symbol
    return Field.at(head.symbol.number, head.symbol.sure, page, pieces), symbol


def place_and_date(head: Head) -> tuple[Field[str], Field[date]]:
    """Where and when it was issued; a day written by hand leaves the date empty."""
    if head.day is None:
        return Field(), Field()
    pieces, page = head.day.pieces, head.sheet.number
    at = next(n for n in range(len(pieces)) if _says_day(pieces[n:]))
    place = _place(pieces[:at], head.sheet)
    said = _DAY.search(" ".join(fold(one.text) for one in pieces[at:]))
    day = _date(said) if said else None
    if day is None:
        return place, Field(None, 0.1, page, Field.at("", 1.0, page, pieces[at:]).box)
    return place, Field.at(day, 0.97, page, pieces[at:])


def _place(pieces: Sequence[Piece], page: Sheet) -> Field[str]:
    text = " ".join(one.text for one in pieces).strip(" ,.;")
    if not text:
        return Field()
    least = 88 if page.scanned else 100
    known, _ = lexicon.closest(text, (*lexicon.PLACES, "TP. Hồ Chí Minh"), least)
    return Field.at(known or text, 0.95 if known else 0.8, page.number, pieces)


def _date(said: re.Match[str]) -> date | None:
    if not (said["day"] and said["month"] and said["year"]):
        return None
    day, month, year = (int(said[name].translate(_FIGURES)) for name in ("day", "month", "year"))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def issuer_and_parent(head: Head, known: Known) -> tuple[Field[str], Field[str]]:
    """Who issued it, and the body above: of the rows over the number the last that begins a name begins the issuer."""
    until = head.number_at if head.number_at is not None else len(head.left)
    rows = [
        row for row in head.left[:until] if _names(row.text) and row.level > head.top - 1.5 * head.sheet.size
    ]
    if head.number_at is None:
        rows = [row for row in rows if row.level < head.top + _NAME_ROWS * head.sheet.size]
    if not rows:
        return Field(), Field()
    starts = _starts(rows, scanned=head.sheet.scanned)
    page = head.sheet.number
    above, own = rows[: starts[-1]], rows[starts[-1] :]
    over = rows[starts[-2] : starts[-1]] if len(starts) > 1 else []
    parent, parent_sure = _named(over or above, head.sheet, known)
    issuer, sure = _named(own, head.sheet, known, parent)
    return (
        Field.at(issuer, sure, page, [one for row in own for one in row.pieces]),
        Field.at(parent, parent_sure, page, [one for row in over or above for one in row.pieces])
        if parent
        else Field(),
    )


def _names(text: str) -> bool:
    """Whether a row may be part of a name: it has words, and they are in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.7 * len(letters)


def _starts(rows: Sequence[Row], *, scanned: bool) -> list[int]:
    """Which rows begin a name; one that begins a higher body than the row before is the rest of a long name."""
    written = [naming.ordinary(row.text, garbled=scanned) for row in rows]
    ranks = [lexicon.head_rank(text) if " " in text else 0 for text in written]
    starts, rank = [0], ranks[0] or 9
    for at, row in enumerate(rows[1:], start=1):
        begins = ranks[at]
        joined = rows[at - 1].text.rstrip().endswith(("-", ",")) or row.text.lstrip().startswith(("-", ","))
        if begins and begins <= rank and not joined:
            starts.append(at)
            rank = begins
    return starts


def _named(rows: Sequence[Row], page: Sheet, known: Known, over: str = "") -> tuple[str, float]:
    """The name in ordinary case: as the installation knows it, else by the words of the office."""
    pieces = [one for row in rows for one in row.pieces if _worth(one)]
    words = as_elsewhere(pieces, page) if page.scanned else [one.text for one in pieces]
    text = " ".join(words).strip(" -–*.,:;~=")
    if not text:
        return "", 0.0
    written = naming.ordinary(text, garbled=page.scanned)
    body = known_body(written, known, over)
    return (body.name, 0.98) if body else (written, 0.85)


def _worth(piece: Piece) -> bool:
    """Whether a word may belong to a name: a dash inside one is read surely."""
    return any(letter.isalnum() for letter in piece.text) or piece.confidence > _SURE_DASH


def known_body(name: str, known: Known, over: str = "") -> Body | None:
    """The known body that a name means, a letter or a mark apart, or that a head under the same body above means."""
    for body in known.bodies:
        if body.heads and body.over == over and lexicon.closest(name, body.heads, _NEAR)[0]:
            return body
    best, _ = lexicon.closest(name, (body.name for body in known.bodies), _NEAR)
    return next((body for body in known.bodies if body.name == best), None) if best else None
