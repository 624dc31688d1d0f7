"""Words of a page and where they stand, the same for a text layer and for a scan that was read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points


class Box(NamedTuple):
    """A place on a page as it is shown: fractions (0 to 1) of its width and height, from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of them (at least one)."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Word:
    """One word in NFC; `confidence` is 1.0 in a text layer, what the OCR says (0 to 1) in a scan."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its words in reading order; `number` from 1, `width` and `height` in points as it is shown.

    `scanned` tells that the words come from OCR. `turned` (0, 90, 180, 270) and `skew` (a few degrees) are how far the
    paper lies turned counter-clockwise on the page as it is shown: across A4 two degrees are more than one line, so who
    looks for lines takes `straight()`, whose words have the same order, and shows the place by the word's own box.
    A page that is not `placed` comes from a file without pages (a workbook, a mail): its boxes only tell lines apart.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    scanned: bool = False
    turned: int = 0
    skew: float = 0.0
    placed: bool = True

    def straight(self) -> Page:
        """The page as if its paper lay straight: as many words in the same order, boxes turned with the paper."""
        if not self.turned and not self.skew:
            return self
        across = self.turned % 180 == 90
        width, height = (self.height, self.width) if across else (self.width, self.height)
        boxes = (quarters(word.box, -self.turned) for word in self.words)
        boxes = (turn(box, width, height, -self.skew) for box in boxes)
        words = tuple(replace(word, box=box) for word, box in zip(self.words, boxes, strict=True))
        return replace(self, width=width, height=height, words=words, turned=0, skew=0.0)

    @property
    def text(self) -> str:
        """The words, one blank between them and a line end where another line begins."""
        parts: list[str] = []
        before: Box | None = None
        for word in self.straight().words:
            if before is not None:
                parts.append(" " if _same_line(before, word.box) else "\n")
            parts.append(word.text)
            before = word.box
        return "".join(parts)


def typed(lines: Sequence[str], number: int = 1) -> Page:
    """Lines of a file without pages as one page: a line lies below the other, its words side by side."""
    words: list[Word] = []
    high = 1 / max(len(lines), 1)
    for row, line in enumerate(lines):
        texts = line.split()
        wide = 1 / max(len(texts), 1)
        words += (
            Word(text, Box(place * wide, row * high, (place + 1) * wide, (row + 1) * high))
            for place, text in enumerate(texts)
        )
    return Page(number, _A4_WIDTH, _A4_HEIGHT, tuple(words), placed=False)


def quarters(box: Box, degrees: int) -> Box:
    """The box after the whole page was turned counter-clockwise by a multiple of 90 degrees."""
    left, top, right, bottom = box
    match degrees % 360:
        case 90:
            return Box(top, 1 - right, bottom, 1 - left)
        case 180:
            return Box(1 - right, 1 - bottom, 1 - left, 1 - top)
        case 270:
            return Box(1 - bottom, left, 1 - top, right)
        case _:
            return box


def turn(box: Box, width: float, height: float, degrees: float) -> Box:
    """The box with its middle turned about that of the page, counter-clockwise as it is seen; its size stays."""
    angle = math.radians(degrees)
    half_width, half_height = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    x, y = (box.left + half_width - 0.5) * width, (box.top + half_height - 0.5) * height
    middle_x = (x * math.cos(angle) + y * math.sin(angle)) / width + 0.5
    middle_y = (y * math.cos(angle) - x * math.sin(angle)) / height + 0.5
    return Box(middle_x - half_width, middle_y - half_height, middle_x + half_width, middle_y + half_height)


def _same_line(before: Box, box: Box) -> bool:
    """Whether a word goes on to the right of another: they share half of the smaller one's height."""
    shared = min(before.bottom, box.bottom) - max(before.top, box.top)
    smaller = min(before.bottom - before.top, box.bottom - box.top)
    return shared >= smaller / 2 and box.right > before.left
