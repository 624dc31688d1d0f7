"""The labels that automatic numbering of a DOCX writes: "1.", "a)", "-" (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from vanthu.reading.form.package import Package, w

if TYPE_CHECKING:
    from lxml import etree

    from vanthu.reading.form.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


class Numbering:
    """Counts the lists of one document as its paragraphs are read in order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        root = package.tree("word/numbering.xml")
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if root is None:
            return
        abstract = {one.get(w("abstractNumId"), ""): one for one in root.findall(w("abstractNum"))}
        for one in root.findall(w("num")):
            link = one.find(w("abstractNumId"))
            found = abstract.get("" if link is None else link.get(w("val"), ""))
            if found is not None:
                self._levels[one.get(w("numId"), "")] = {
                    int(level.get(w("ilvl"), "0")): level for level in found.findall(w("lvl"))
                }

    def next(self, paragraph: etree._Element) -> tuple[str, etree._Element | None]:
        """The label of a paragraph and the level that it comes from; ("", None) for one without."""
        key, depth = self._list_of(paragraph)
        level = self._levels.get(key, {}).get(depth)
        if level is None:
            return "", None
        counts = self._counts[key]
        counts[depth] = counts[depth] + 1 if depth in counts else self._start(key, depth)
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return self._label(key, depth, level), level

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        key, depth = "", 0
        for one in self._styles.paragraph_sources(paragraph):
            properties = one.find(w("numPr"))
            if properties is None:
                continue
            number, at = properties.find(w("numId")), properties.find(w("ilvl"))
            key = "" if number is None else number.get(w("val"), "")
            depth = 0 if at is None else int(at.get(w("val"), "0"))
            break
        return key, depth

    def _start(self, key: str, depth: int) -> int:
        level = self._levels[key].get(depth)
        start = None if level is None else level.find(w("start"))
        return 1 if start is None else int(start.get(w("val"), "1"))

    def _label(self, key: str, depth: int, level: etree._Element) -> str:
        text = level.find(w("lvlText"))
        pattern = "" if text is None else text.get(w("val"), "")
        if self._format(key, depth) == "bullet":
            return "-" if pattern in ("-", "–", "\u2010", "\u2012", "\u2013", "\u2014") else "•"

        def count(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return written(self._counts[key].get(at, self._start(key, at)), self._format(key, at))

        return _PLACE.sub(count, pattern)

    def _format(self, key: str, depth: int) -> str:
        level = self._levels[key].get(depth)
        found = None if level is None else level.find(w("numFmt"))
        return "decimal" if found is None else found.get(w("val"), "decimal")


def written(number: int, form: str) -> str:
    """A count in a format of Word."""
    match form:
        case "upperRoman" | "lowerRoman":
            roman = ""
            for value, letters in _ROMAN:
                times, number = divmod(number, value)
                roman += letters * times
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            times, place = divmod(max(number, 1) - 1, 26)
            letters = chr(ord("a") + place) * (times + 1)
            return letters.upper() if form == "upperLetter" else letters
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
        case _:
            return str(number)
