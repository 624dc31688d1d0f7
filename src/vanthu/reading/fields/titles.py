"""Kind and subject (ô 5a, 5b), and the degree of urgency (ô 10b)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields import lexicon, symbols
from vanthu.reading.fields.lines import Row, parted
from vanthu.reading.fields.repairs import mended
from vanthu.reading.fields.values import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.head import Head
    from vanthu.reading.fields.known import KindName, Known
    from vanthu.reading.fields.lines import Piece, Sheet

_NEVER = re.compile(r"^(?:can cu|kinh gui|dieu \d|[ivx]+\.|\d+[.)]|-\s|hom nay|noi nhan|\(?kem theo)")
URGENCIES = ("Hỏa tốc", "Thượng khẩn", "Khẩn")
_HURRY = {"hoatoc": "Hỏa tốc", "hoatochengio": "Hỏa tốc", "thuongkhan": "Thượng khẩn", "khan": "Khẩn"}
_ABOUT = re.compile(
    r"^\W{0,2}(?:[vw]\s?[/\\|l1]?\s?v\b\.?|[vw]\S{0,2}(?=:)|V[ềêèể] vi[ệêe]c\b)\s*:?\s*", re.IGNORECASE
)  # the stroke of "V/v:" is lost in scans
_SHORTEST = 4  # letters of a subject
_OTHERS = re.compile(
    r"^(?:can cu|kinh gui|thuc hien|thi hanh|dieu \d|chuong [ivx]|phan [ivx\d]|[ivx]+\.|\d+[.)]|[a-d]\)|-\s"
    r"|theo |ngay \d|hom nay|vao (?:hoi|luc)|xet |de |trong |qua |ong|ba |noi nhan"
    r"|quyet dinh:?$|quyet nghi:?$|chi thi:?$|\(?kem theo|\(ban hanh|de nghi|tran trong|nham )"
)


@dataclass(frozen=True, slots=True)
class Titled:
    """The kind and the subject; `end` is where the text begins, in points from the top."""

    kind: Field[str]
    code: str
    subject: Field[str]
    end: float


def find(head: Head, known: Known) -> Titled:
    """Kind and subject: a kind in capitals in the middle, else a letter with "V/v" under its number."""
    page, said = head.sheet, _said(head, known)
    title = _title(head, known)
    if title is not None:
        row, kind, score = title
        agreed = said is None or said.abbreviation == kind.abbreviation
        subject, end = _subject(head, row)
        confidence = (0.98 if agreed else 0.75) * score / 100
        return Titled(
            Field.at(kind.name, min(confidence, 0.98), page.number, row.pieces), kind.code, subject, end
        )
    about, end = _about(head)
    if about.value or (said is None and head.symbol is not None):  # what stands under "V/v" has no kind
        said = _letter(known, head)
    field = Field(said.name, 0.9 if about.value else 0.6, page.number, about.box) if said else Field[str]()
    return Titled(field, said.code if said else "", about, end)


def _letter(known: Known, head: Head) -> KindName | None:
    """The official letter, which carries no kind."""
    return next(
        (one for one in known.kinds if one.party == head.party and one.name.startswith("Công văn")), None
    )


def _said(head: Head, known: Known) -> KindName | None:
    """The kind that the symbol names."""
    if head.symbol is None:
        return None
    abbreviation = symbols.abbreviation_of(head.symbol)
    fitting = (one for one in known.kinds if one.abbreviation and one.party == head.symbol.party)
    return next((one for one in fitting if one.abbreviation == abbreviation), None)


def _title(head: Head, known: Known) -> tuple[Row, KindName, float] | None:
    """The row in capitals that is the name of a kind; among alike the one whose abbreviation the symbol has."""
    page = head.sheet
    said = _said(head, known)
    ranked = sorted(known.kinds, key=lambda kind: (kind.party != head.party, kind != said))
    start = (head.day.level if head.day else head.top) - page.size
    for row in _middle_rows(head, start, 0.72 * page.height):
        letters = [letter for letter in row.text if letter.isalpha()]
        if (
            not letters
            or sum(letter.isupper() for letter in letters) < 0.8 * len(letters)
            or len(letters) > 26
        ):
            continue
        best, score = lexicon.closest(row.text.strip(" :.,*-"), (_bare(kind) for kind in ranked), 84)
        if best:
            return row, next(kind for kind in ranked if _bare(kind) == best), min(score, 100)
    return None


def _bare(kind: KindName) -> str:
    return kind.name.partition(" (")[0]


def _middle_rows(head: Head, start: float, end: float) -> list[Row]:
    """Rows below the head whose middle lies near that of the page."""
    page = head.sheet
    spans = page.spans(one for one in page.pieces if start < one.level < end)
    return [row for row in spans if abs(row.middle - page.width / 2) < 0.11 * page.width]


def _subject(head: Head, title: Row) -> tuple[Field[str], float]:
    """The rows in the middle under the kind, until one does not stand in the middle or the space grows."""
    page = head.sheet
    below = [one for one in page.pieces if title.bottom - 0.3 * page.size < one.level < page.height * 0.85]
    taken: list[Row] = []
    before, pitch = title, 0.0
    for row in page.rows(below):
        step = row.level - before.level
        if abs(row.middle - title.middle) > 0.75 * page.size or step > 3 * page.size:
            break
        if taken and (_begins_text(row) or (pitch and step > 1.32 * pitch) or _capitals(row)):
            break
        if not taken and (_capitals(row) or _NEVER.match(fold(row.text))):
            break
        pitch = step if not pitch or taken else pitch
        taken.append(row)
        before = row
    end = taken[-1].bottom if taken else title.bottom
    pieces = [one for row in taken for one in row.pieces]
    return _worded(pieces, page), end


def _begins_text(row: Row) -> bool:
    """Whether a row begins the text: words that open one, in a capital."""
    return not row.text[:1].islower() and bool(_OTHERS.match(fold(row.text)))


def _capitals(row: Row) -> bool:
    letters = [letter for letter in row.text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.7 * max(len(letters), 1)


def _about(head: Head) -> tuple[Field[str], float]:
    """The subject of a letter: from "V/v" under the number to the end of its lines in the left column."""
    page = head.sheet
    start = next((at for at, row in enumerate(head.left) if _ABOUT.match(row.text)), None)
    if start is None:
        return Field(), head.end
    taken = [head.left[start]]
    for row in head.left[start + 1 :]:
        step = row.level - taken[-1].level
        if step > 1.75 * page.size or _hurry(row) or _NEVER.match(fold(row.text)) or _crosses(row, head):
            break
        taken.append(row)
    pieces = [one for row in taken for one in row.pieces]
    return _worded(pieces, page, _ABOUT), max(head.end, taken[-1].bottom)


def _crosses(row: Row, head: Head) -> bool:
    """Whether a row of the left column is the beginning of one that runs over both columns, as the text does."""
    page = head.sheet
    day = head.day.pieces if head.day else ()
    beside = [
        one
        for one in page.pieces
        if one.left > row.right and abs(one.level - row.level) < 0.45 * page.size and one not in day
    ]
    reach = row.right
    for one in sorted(beside, key=lambda one: one.left):
        if one.left - reach > 1.1 * page.size:
            break
        reach = one.right
    return reach > head.border + 2 * page.size


def _worded(pieces: Sequence[Piece], page: Sheet, before: re.Pattern[str] | None = None) -> Field[str]:
    """The subject that these words say, without what stands `before` it and the stop behind."""
    words = [one.text for one in pieces]
    if page.scanned:
        words = mended(words, [one.confidence for one in pieces])
    text = before.sub("", " ".join(words), count=1) if before else " ".join(words)
    text = re.sub(r"(?<=[^.])\.$|[;:,]$", "", text.strip(" *_~="))
    if len(text) < _SHORTEST:
        return Field()
    return Field.at(text[:1].upper() + text[1:], 0.95, page.number, pieces)


def _hurry(row: Row) -> str:
    """The degree of urgency that a row consists of."""
    if not row.pieces or not _capitals(row):
        return ""
    return _HURRY.get(re.sub(r"[^a-z]", "", fold(row.text)), "")


def urgency(page: Sheet) -> Field[str]:
    """The box with the degree of urgency: words that stand alone on the upper half of page 1."""
    rows = page.rows(one for one in page.pieces if one.level < 0.55 * page.height)
    for row in rows:
        for span in parted(row, page.size, gap=0.8):
            if found := _hurry(span):
                return Field.at(found, 0.95, page.number, span.pieces)
        beside = [at for at, one in enumerate(row.pieces) if "/" in one.text]
        if beside and (found := _hurry(Row(row.pieces[beside[0] + 1 :]))):
            return Field.at(found, 0.9, page.number, row.pieces[beside[0] + 1 :])
    return Field()
