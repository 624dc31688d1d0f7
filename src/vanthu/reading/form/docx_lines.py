"""A DOCX as sheets and lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vanthu.reading.form.lines import Doc, Line, Sheet, Side
from vanthu.reading.form.numbering import Numbering
from vanthu.reading.form.package import Package, r, w
from vanthu.reading.form.styles import Styles

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

_MM_PER_TWIP = 25.4 / 1440
_MM_PER_EMU = 1 / 36_000
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LINES = ("line", "straightConnector1")
_GONE = (w("del"), w("moveFrom"), f"{_COMPATIBLE}Fallback")
_PAGE_FIELD = "PAGE"


def read(path: Path) -> Doc:
    """The document; raises `Invalid` for a broken file."""
    package = Package(path)
    return of_package(package)


def of_package(package: Package) -> Doc:
    """The document as the package holds it now."""
    return _Reader(package).document()


@dataclass(frozen=True, slots=True)
class _Where:
    """Where paragraphs stand that are being read."""

    side: Side = ""
    cell: tuple[int, int, int] | None = None
    boxed: bool = False
    width_mm: float = 0


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package)
        self._numbering = Numbering(package, self._styles)
        self._lines: list[Line] = []
        self._sheets: list[Sheet] = []
        self._tables = self._section = 0

    def document(self) -> Doc:
        sections = [*self._package.body.iter(w("sectPr"))]
        self._sheets = [self._sheet(one) for one in sections] or [Sheet(0, 0)]
        first = self._sheets[0]
        width = first.width - (first.left or 0) - (first.right or 0)
        self._blocks(self._package.body, _Where(width_mm=width))
        edges, numbers = self._edges(sections)
        return Doc(
            "docx", tuple(self._sheets), tuple(self._lines), edges, numbers, self._pages(), self._package
        )

    def _pages(self) -> int:
        """How many pages Word counted when it saved the file; 0 where it did not say."""
        root = self._package.tree("docProps/app.xml")
        found = None if root is None else root.find("{*}Pages")
        return int(found.text) if found is not None and (found.text or "").isdecimal() else 0

    def _sheet(self, section: etree._Element) -> Sheet:
        size, margins = section.find(w("pgSz")), section.find(w("pgMar"))

        def mm(element: etree._Element | None, name: str) -> float:
            value = "0" if element is None else element.get(w(name), "0")
            return float(value) * _MM_PER_TWIP

        title = section.find(w("titlePg"))
        own_first = title is not None and title.get(w("val")) not in ("0", "false", "off")
        kinds = {
            one.get(w("type"), "default"): one.get(r("id"), "")
            for one in section.findall(w("headerReference"))
        }
        numbered = self._has_page_field(kinds.get("default", ""))
        return Sheet(
            mm(size, "w"), mm(size, "h"), mm(margins, "top"), mm(margins, "bottom"), mm(margins, "left"),
            mm(margins, "right"), numbered,
            self._has_page_field(kinds.get("first", "")) if own_first else numbered, section,
        )  # fmt: skip

    def _has_page_field(self, key: str) -> bool:
        root = self._package.tree(self._package.related(key)) if key else None
        return root is not None and _page_field(root)

    def _edges(self, sections: list[etree._Element]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Lines of page headers and footers, and those that hold the page number."""
        edges: list[Line] = []
        numbers: list[Line] = []
        seen: set[str] = set()
        for section in sections:
            for one in section.findall(w("headerReference")) + section.findall(w("footerReference")):
                name = self._package.related(one.get(r("id"), ""))
                root = self._package.tree(name) if name not in seen else None
                seen.add(name)
                for paragraph in () if root is None else root.iter(w("p")):
                    line = self._line(paragraph, _Where(), 0)
                    if line is None:
                        continue
                    is_number = one.tag == w("headerReference") and _page_field(paragraph)
                    (numbers if is_number else edges).append(line)
        return tuple(edges), tuple(numbers)

    def _blocks(self, container: etree._Element, where: _Where) -> None:
        began = len(self._lines)
        for child in container:
            if child.tag == w("p"):
                self._paragraph(child, where, began)
            elif child.tag == w("tbl"):
                self._table(child, where)
            elif child.tag in (w("sdt"), w("ins"), w("customXml"), w("sdtContent")):
                self._blocks(child, where)

    def _paragraph(self, paragraph: etree._Element, where: _Where, began: int) -> None:
        line = self._line(paragraph, where, len(self._lines) + 1)
        drawn = _drawn_line_mm(paragraph)
        if line is not None:
            bordered = _bordered(paragraph, "bottom")
            self._lines.append(line.under_rule(drawn or 0) if bordered or drawn is not None else line)
        above = _last(self._lines, began, before=line)
        if above is not None and (
            drawn is not None or (line is None and _bordered(paragraph, "top", "bottom"))
        ):
            length = drawn
            if length is None:
                left, right = self._styles.indents_mm(paragraph)
                length = max(where.width_mm - left - right, 0)
            self._lines[above] = self._lines[above].under_rule(length)
        for box in paragraph.iter(w("txbxContent")):
            if not any(one.tag == f"{_COMPATIBLE}Fallback" for one in box.iterancestors()):
                self._blocks(box, replace(where, boxed=True))
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            self._section += 1

    def _table(self, table: etree._Element, where: _Where) -> None:
        self._tables += 1
        number = self._tables
        grid = [float(one.get(w("w"), "0")) for one in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
        total = sum(grid) or 1.0
        boxed = table.find(f"{w('tblPr')}/{w('tblBorders')}") is not None
        for row_at, row in enumerate(table.iter(w("tr"))):
            if next(row.iterancestors(w("tbl"))) is not table:
                continue
            begin = 0
            for cell in row.findall(w("tc")):
                span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
                end = begin + (int(span.get(w("val"), "1")) if span is not None else 1)
                width = sum(grid[begin:end])
                middle = (sum(grid[:begin]) + width / 2) / total
                side: Side = "" if width / total > 0.8 else "left" if middle < 0.5 else "right"
                framed = boxed or cell.find(f"{w('tcPr')}/{w('tcBorders')}") is not None
                self._blocks(
                    cell,
                    _Where(
                        where.side or side,
                        where.cell or (number, row_at, begin),
                        where.boxed or framed,
                        width * _MM_PER_TWIP,
                    ),
                )
                begin = end

    def _line(self, paragraph: etree._Element, where: _Where, number: int) -> Line | None:
        """The paragraph, None for one without words."""
        style = self._styles.style_of(paragraph)
        runs = [self._styles.run(run, text, style) for run, text in _runs(paragraph) if text]
        text = "".join(run.text for run in runs)
        label, level = self._numbering.next(paragraph)
        if not text.strip():
            return None
        if label:
            look = next(run for run in runs if run.letters)
            runs.insert(0, look._replace(text=f"{label} "))
        return Line(
            number, f"{label} {text}" if label else text, tuple(runs), self._styles.layout(paragraph, level),
            where.side, where.cell, label, boxed=where.boxed, width_mm=where.width_mm,
            section=self._section, node=paragraph,
        )  # fmt: skip


def _last(lines: list[Line], began: int, before: Line | None) -> int | None:
    """The place of the last line since `began`, other than the one that was just read."""
    at = len(lines) - (1 if before is None else 2)
    return at if at >= began else None


def _runs(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """(run, text) of the paragraph itself: no text boxes in it, nothing deleted, no codes of fields."""
    for run in paragraph.iter(w("r")):
        if next(run.iterancestors(w("p"))) is not paragraph or any(
            one.tag in _GONE for one in run.iterancestors()
        ):
            continue
        hidden = run.find(f"{w('rPr')}/{w('vanish')}")
        if hidden is None or hidden.get(w("val")) in ("0", "false"):
            yield run, "".join(letters for _, letters in pieces(run))


def pieces(run: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """(element, letters) of what a run shows; letters stay one for one as in the file (NFC where it is NFC)."""
    for child in run:
        if child.tag == w("t"):
            yield child, unicodedata.normalize("NFC", child.text or "")
        elif child.tag == w("tab"):
            yield child, "\t"
        elif child.tag in (w("br"), w("cr")):
            yield child, "\n"
        elif child.tag == w("noBreakHyphen"):
            yield child, "-"


def own_pieces(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """The pieces of all runs of a paragraph, in order: what `Line.text` is made of, without the label."""
    return [piece for run, _ in _runs(paragraph) for piece in pieces(run)]


def _page_field(root: etree._Element) -> bool:
    simple = any(_is_page(one.get(w("instr"), "")) for one in root.iter(w("fldSimple")))
    return simple or any(_is_page(one.text or "") for one in root.iter(w("instrText")))


def _is_page(code: str) -> bool:
    return code.split()[:1] == [_PAGE_FIELD]


def _bordered(paragraph: etree._Element, *edges: str) -> bool:
    found = paragraph.find(f"{w('pPr')}/{w('pBdr')}")
    lines = [] if found is None else [found.find(w(edge)) for edge in edges]
    return any(one is not None and one.get(w("val")) not in ("nil", "none") for one in lines)


def _drawn_line_mm(paragraph: etree._Element) -> float | None:
    """The length of a line drawn from this paragraph, 0 where the file does not say it, None without a line."""
    for shape in paragraph.iter(f"{_DRAW}prstGeom"):
        if shape.get("prst") in _LINES and next(shape.iterancestors(w("p"))) is paragraph:
            extents = (
                one for one in shape.iterancestors() if one.tag in (f"{_PLACED}anchor", f"{_PLACED}inline")
            )
            placed = next(extents, None)
            size = None if placed is None else placed.find(f"{_PLACED}extent")
            return 0.0 if size is None else float(size.get("cx", "0")) * _MM_PER_EMU
    for shape in paragraph.iter(f"{_VML}line", f"{_VML}shape"):
        if shape.tag == f"{_VML}line" or shape.get("type") == "#_x0000_t32":
            return 0.0
    return None
