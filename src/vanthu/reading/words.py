"""Words of a page and where they stand, the same for a text layer and for a scan that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


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

    `scanned` tells that the words come from OCR.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    scanned: bool = False
