"""A document as its form is checked: sheets of paper, and lines with how they are written, from DOCX or PDF alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

    from vanthu.reading.form.package import Package
    from vanthu.reading.words import Box

type Align = Literal["", "left", "center", "right", "justify"]
type Side = Literal["", "left", "right"]
_WRITTEN_BY = 0.9  # share of the letters that makes a line bold or italic


class Run(NamedTuple):
    """Letters written alike; `size` in points, `colour` as RRGGBB, "" for black."""

    text: str
    font: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    underlined: bool = False

    @property
    def letters(self) -> int:
        return sum(not letter.isspace() for letter in self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph lies; indents in mm, gaps in points, `spacing` in lines. None is unknown (PDF, exact height)."""

    align: Align = ""
    first_mm: float | None = None
    before_pt: float | None = None
    after_pt: float | None = None
    spacing: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A paragraph (DOCX: number from 1 among those with words) or what reads as one (PDF: with page and box).

    `label` is what automatic numbering writes before the text, and is part of `text`. `cell` names table, row and
    column; `side` the half of the page. `rule_mm` is the length of the rule under it, 0 where it is not known.
    """

    number: int
    text: str
    runs: tuple[Run, ...] = ()
    layout: Layout = Layout()
    side: Side = ""
    cell: tuple[int, int, int] | None = None
    label: str = ""
    page: int = 0
    box: Box | None = None
    ruled: bool = False
    rule_mm: float = 0
    boxed: bool = False
    width_mm: float = 0
    section: int = 0
    node: etree._Element | None = None

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return self._most(lambda run: run.size) or 0.0

    @property
    def bold(self) -> bool:
        return self.share(lambda run: run.bold) >= _WRITTEN_BY

    @property
    def italic(self) -> bool:
        return self.share(lambda run: run.italic) >= _WRITTEN_BY

    @property
    def upright(self) -> bool:
        return self.share(lambda run: run.italic) <= 1 - _WRITTEN_BY

    @property
    def thin(self) -> bool:
        return self.share(lambda run: run.bold) <= 1 - _WRITTEN_BY

    def share(self, holds: Callable[[Run], bool]) -> float:
        """The share (0 to 1) of its letters in runs of which this holds."""
        letters = sum(run.letters for run in self.runs)
        return sum(run.letters for run in self.runs if holds(run)) / letters if letters else 0.0

    def _most(self, value: Callable[[Run], float]) -> float | None:
        counted: Counter[float] = Counter()
        for run in self.runs:
            counted[value(run)] += run.letters
        return counted.most_common(1)[0][0] if counted else None

    def under_rule(self, length_mm: float = 0) -> Line:
        """The same line with a rule under it."""
        return replace(self, ruled=True, rule_mm=length_mm or self.rule_mm)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper of a section (DOCX) or page (PDF) in mm; in a PDF margins are those of what is printed, None if empty.

    `numbered` tells of a page number in the top margin (None: not known), `first_numbered` of one on the first page.
    """

    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    numbered: bool | None = None
    first_numbered: bool = False
    node: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Doc:
    """A document; `lines` in reading order, `edges` those of page headers and footers, `pages` 0 where not counted."""

    source: Literal["docx", "pdf"]
    sheets: tuple[Sheet, ...]
    lines: tuple[Line, ...]
    edges: tuple[Line, ...] = ()
    page_numbers: tuple[Line, ...] = ()
    pages: int = 0
    package: Package | None = field(default=None, repr=False)


def text_of(lines: Iterable[Line]) -> str:
    """The lines as one text, a blank between them."""
    return " ".join(line.text for line in lines)


# Times letters, in ems: good enough for the length of a rule.
def width_mm(text: str, points: float) -> float:
    """Roughly how wide bold Times letters run."""
    ems = sum(0.26 if letter in " .,-/" else 0.71 if letter.isupper() else 0.49 for letter in text)
    return ems * points * 25.4 / 72
