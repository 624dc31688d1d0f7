"""Words of a page put into rows, in points of the straightened page; every piece remembers where it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vanthu.reading.words import Box, Page

_SURE_OF_ONE = 0.6  # a lone letter of which the OCR is less sure is a speck
_SHORTEST = 2  # letters of a word that ran into another
_SURE_OF_DASH = 0.9  # of a real one between two words the OCR is surer
_DASHES = re.compile(r"[-–—~=•]{1,2}")
_SAME_WORD = 60  # of 100: how like two readings of a word are
_COVERED = 0.6  # of its width: a word that another one covers so far is the same, read twice
_LETTERS_PER_EM = 2.1  # of running Vietnamese text in a serif face
_SAME_ROW = 0.45  # middles of words on one row differ by less of the type size
_GAP = 1.7  # a wider gap, in type sizes, parts two columns


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its place in points from the upper left of the straightened page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    shown: Box

    @property
    def middle(self) -> float:
        """Its middle from the left."""
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        """Its middle from the top."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces beside each other, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words with one blank between."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def level(self) -> float:
        return median(piece.level for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.bottom for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as its fields are looked for: `size` is the size of its type in points."""

    number: int
    width: float
    height: float
    size: float
    scanned: bool
    pieces: tuple[Piece, ...]

    def rows(self, pieces: Iterable[Piece] | None = None) -> list[Row]:
        """Rows of these pieces (of all without), from top to bottom, whatever gaps they have."""
        return rows(self.pieces if pieces is None else pieces, self.size)

    def spans(self, pieces: Iterable[Piece] | None = None) -> list[Row]:
        """The same, parted where a gap is as wide as between columns."""
        return [span for row in self.rows(pieces) for span in parted(row, self.size)]


def sheet(page: Page) -> Sheet:
    """A page made ready."""
    straight = page.straight()
    pieces = tuple(_placed(page, straight))
    if page.scanned:
        said = [part for piece in pieces if _said(piece) for part in _cut(piece)]
        pieces = tuple(piece for row in rows(said, _size(said)) for piece in _without_specks(row))
    return Sheet(page.number, straight.width, straight.height, _size(pieces), page.scanned, pieces)


def _said(piece: Piece) -> bool:
    """Whether a word of a scan says something: what OCR makes of rules and stamps is signs, of which it is unsure."""
    if any(letter.isalnum() for letter in piece.text):
        return len(piece.text) > 1 or piece.confidence > _SURE_OF_ONE or piece.text.isdigit()
    return bool(_DASHES.fullmatch(piece.text)) or piece.text in "*/"


def _cut(piece: Piece) -> list[Piece]:
    """Two words whose blank a scan lost ("trongBản"), parted by the share of their letters; else the piece alone."""
    text = piece.text
    at = next((at for at, letter in enumerate(text) if letter.isupper()), 0)
    if at < _SHORTEST or len(text) - at < _SHORTEST or not (text[:at] + text[at + 1 :]).isalpha():
        return [piece]
    if not text[at + 1 :].islower():
        return [piece]
    between = piece.left + (piece.right - piece.left) * at / len(text)
    return [replace(piece, text=text[:at], right=between), replace(piece, text=text[at:], left=between)]


def _without_specks(row: Row) -> Iterator[Piece]:
    """The row without dashes between words of which the OCR is not sure: pieces of rules and grain."""
    begins = True
    for piece in _once(row.pieces):
        if begins or piece.confidence >= _SURE_OF_DASH or not _DASHES.fullmatch(piece.text):
            yield piece
        begins = piece.text.endswith(":")


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without those that a scan says twice: of two that cover each other the surer one counts."""
    kept: list[Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        if (
            before
            and _alike(before, piece)
            and min(before.right, piece.right) - piece.left > _COVERED * min(_wide(before), _wide(piece))
        ):
            kept[-1] = max(before, piece, key=lambda one: (one.confidence, len(one.text)))
        else:
            kept.append(piece)
    return kept


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two pieces may be one word: letters of which the OCR doubts one, or which are much the same."""
    if one.text.isdigit() or other.text.isdigit():
        return False
    doubted = min(one.confidence, other.confidence) < _SURE_OF_ONE
    return doubted or fuzz.ratio(fold(one.text), fold(other.text)) > _SAME_WORD


def _wide(piece: Piece) -> float:
    return piece.right - piece.left


def _placed(page: Page, straight: Page) -> Iterator[Piece]:
    return (
        Piece(
            word.text,
            word.box.left * straight.width,
            word.box.top * straight.height,
            word.box.right * straight.width,
            word.box.bottom * straight.height,
            word.confidence,
            shown.box,
        )
        for word, shown in zip(straight.words, page.words, strict=True)
    )


def _size(pieces: Sequence[Piece]) -> float:
    """The size of type in points: by the width of letters, which OCR and text layers measure alike."""
    widths = [(one.right - one.left) / len(one.text) for one in pieces if len(one.text) > 1]
    return max(6.0, min(24.0, _LETTERS_PER_EM * median(widths))) if widths else 13.0


def rows(pieces: Iterable[Piece], size: float) -> list[Row]:
    """Pieces on one level are a row; `size` is that of the type."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.level):
        if found and piece.level - median(one.level for one in found[-1]) < _SAME_ROW * size:
            found[-1].append(piece)
        else:
            found.append([piece])
    return [Row(tuple(sorted(row, key=lambda one: one.left))) for row in found]


def parted(row: Row, size: float, gap: float = _GAP) -> list[Row]:
    """The row parted at gaps wider than `gap` type sizes."""
    parts: list[list[Piece]] = [[row.pieces[0]]]
    for before, piece in zip(row.pieces, row.pieces[1:], strict=False):
        if piece.left - before.right > gap * size:
            parts.append([])
        parts[-1].append(piece)
    return [Row(tuple(part)) for part in parts]
