"""Size, weight, slant and place of the lines of an element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.reading.form import mending
from vanthu.reading.form.findings import Finding, Mend, found

if TYPE_CHECKING:
    from vanthu.reading.form.lines import Align, Line

SIZE_OFF = 0.3  # points: what a PDF rounds


@dataclass(frozen=True, slots=True)
class Look:
    """How an element is written: sizes from `least` to `most` in points; None and "" are not asked."""

    least: float
    most: float
    bold: bool | None = False
    italic: bool | None = False
    align: Align = ""

    @property
    def words(self) -> str:
        size = f"{self.least:g}" if self.least == self.most else f"{self.least:g}–{self.most:g}"
        slant = {True: ", nghiêng", False: ", đứng", None: ""}[self.italic]
        weight = {True: ", đậm", False: ", không đậm", None: ""}[self.bold]
        return f"cỡ {size}{slant}{weight}" + (", canh giữa" if self.align == "center" else "")

    def faults(self, line: Line) -> list[str]:
        """What is not so, in words."""
        said: list[str] = []
        if line.size and not self.least - SIZE_OFF <= line.size <= self.most + SIZE_OFF:
            said.append(f"cỡ {line.size:g}")
        if self.bold is True and not line.bold:
            said.append("không đậm")
        if self.bold is False and not line.thin:
            said.append("đậm")
        if self.italic is True and not line.italic:
            said.append("đứng")
        if self.italic is False and not line.upright:
            said.append("nghiêng")
        if self.align and line.layout.align and line.layout.align != self.align:
            said.append(
                {"left": "sát lề trái", "right": "sát lề phải", "justify": "canh đều"}.get(
                    line.layout.align, "canh giữa"
                )
            )
        return said

    def mend(self, lines: Sequence[Line]) -> Mend | None:
        """Write these lines so; a size within the range stays."""
        sizes = {line.size for line in lines}
        size = next((one for one in sizes if not self.least <= one <= self.most), None)
        near = None if size is None else min(max(size, self.least), self.most)
        written = mending.look(lines, size=near, bold=self.bold, italic=self.italic)
        return mending.both(written, mending.lay(lines, align=self.align)) if self.align else written


def look(rule: str, name: str, line: Line | None, wanted: Look) -> Iterator[Finding]:
    """A finding when the line is not written as it should."""
    if line is None:
        return
    faults = wanted.faults(line)
    if faults:
        message = f"{name} phải {wanted.words}; đang {', '.join(faults)}."
        yield found(rule, line, message, wanted.mend([line]))


def looks(rule: str, name: str, lines: Sequence[Line], wanted: Look) -> Iterator[Finding]:
    """One finding for all lines of an element that are not written as they should."""
    wrong = [line for line in lines if wanted.faults(line)]
    if wrong:
        faults = list(dict.fromkeys(fault for line in wrong for fault in wanted.faults(line)))
        more = f" ({len(wrong)} đoạn)" if len(wrong) > 1 else ""
        message = f"{name} phải {wanted.words}; đang {', '.join(faults)}{more}."
        yield found(rule, wrong[0], message, wanted.mend(wrong))
