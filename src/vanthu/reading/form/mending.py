"""What mends a DOCX: each function gives a change of its trees, or None where the line is not of a DOCX."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from lxml import etree

from vanthu.reading.form.docx_lines import own_pieces
from vanthu.reading.form.package import WORD, Package, r, w

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vanthu.reading.form.findings import Mend
    from vanthu.reading.form.lines import Align, Line, Sheet

_TWIPS_PER_MM = 1440 / 25.4
FONT = "Times New Roman"
_LEAD = re.compile(r"\s*Điều\s+\d+[a-zđ]?\.?")
_PARAGRAPH_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_RUN_ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout", "specVanish", "oMath",
)  # fmt: skip
_SECTION_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders",
    "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
)  # fmt: skip


def retext(line: Line, start: int, end: int, new: str) -> Mend | None:
    """Put `new` in place of the letters from `start` to `end` of the line's text; labels of lists are left alone."""
    node, skipped = line.node, len(line.label) + 1 if line.label else 0
    if node is None or start < skipped:
        return None

    def mend(_: Package) -> None:
        _replace(node, start - skipped, end - skipped, new)

    return mend


def _replace(paragraph: etree._Element, start: int, end: int, new: str) -> None:
    at = 0
    written = False
    for element, letters in own_pieces(paragraph):
        first, last = max(start - at, 0), min(end - at, len(letters))
        touches = first < last or (start == end and 0 <= start - at <= len(letters))
        at += len(letters)
        if not touches or (written and start == end):
            continue
        replaced = letters[:first] + ("" if written else new) + letters[max(last, first) :]
        written = True
        _write(element, replaced)


def _write(element: etree._Element, text: str) -> None:
    if element.tag != w("t"):
        element.tag = w("t")
        element.attrib.clear()
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def look(
    lines: Sequence[Line],
    *,
    size: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    font: str = "",
    black: bool = False,
    plain_line: bool = False,
) -> Mend | None:
    """Write the letters of these lines so; what is not named stays."""
    nodes = [line.node for line in lines if line.node is not None]
    wanted: dict[str, str] = {}
    if size is not None:
        wanted |= dict.fromkeys(("sz", "szCs"), f"{round(size * 2)}")
    for value, names in ((bold, ("b", "bCs")), (italic, ("i", "iCs"))):
        if value is not None:
            wanted |= dict.fromkeys(names, "1" if value else "0")
    if black:
        wanted["color"] = "auto"
    if plain_line:
        wanted["u"] = "none"

    def mend(_: Package) -> None:
        for run in (run for node in nodes for run in _own_runs(node)):
            properties = _child(run, "rPr", ("rPr",))
            for name, value in wanted.items():
                _set(properties, name, _RUN_ORDER, val=value)
            if font:
                _set_font(properties, font)

    return mend if nodes else None


def lead(lines: Sequence[Line]) -> Mend | None:
    """Write "Điều 1." in front of each of these lines upright and bold, in a run of its own."""
    nodes = [line.node for line in lines if line.node is not None and not line.label]
    if len(nodes) < len(lines):
        return None

    def mend(_: Package) -> None:
        for node in nodes:
            _lead(node)

    return mend


def _lead(paragraph: etree._Element) -> None:
    left = len((_LEAD.match("".join(letters for _, letters in own_pieces(paragraph))) or [""])[0])
    for element, letters in own_pieces(paragraph):
        run = element.getparent()
        if left <= 0 or run is None:
            return
        if len(letters) > left and element.tag == w("t"):
            first = copy.deepcopy(run)
            for child in first[:]:
                if child.tag != w("rPr"):
                    first.remove(child)
            written = etree.SubElement(first, w("t"))
            _write(written, letters[:left])
            _write(element, letters[left:])
            run.addprevious(first)
            run = first
        properties = _child(run, "rPr", ("rPr",))
        for name, value in (("b", "1"), ("bCs", "1"), ("i", "0"), ("iCs", "0")):
            _set(properties, name, _RUN_ORDER, val=value)
        left -= len(letters)


def _set_font(properties: etree._Element, font: str) -> None:
    fonts = _child(properties, "rFonts", _RUN_ORDER)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(w(script), font)


def lay(
    lines: Sequence[Line],
    *,
    align: Align = "",
    first_mm: float | None = None,
    after_pt: float | None = None,
    before_pt: float | None = None,
    spacing: float | None = None,
) -> Mend | None:
    """Lay these paragraphs so; what is not named stays."""
    nodes = [line.node for line in lines if line.node is not None]
    if not nodes:
        return None

    def mend(_: Package) -> None:
        for node in nodes:
            properties = _child(node, "pPr", ("pPr",))
            if align:
                _set(properties, "jc", _PARAGRAPH_ORDER, val="both" if align == "justify" else align)
                if align == "center":
                    indent = _child(properties, "ind", _PARAGRAPH_ORDER)
                    indent.attrib.pop(w("hanging"), None)
                    indent.set(w("firstLine"), "0")
            if first_mm is not None:
                indent = _child(properties, "ind", _PARAGRAPH_ORDER)
                indent.attrib.pop(w("hanging"), None)
                indent.set(w("firstLine"), f"{round(first_mm * _TWIPS_PER_MM)}")
            for name, points in (("before", before_pt), ("after", after_pt)):
                if points is not None:
                    _set(properties, "spacing", _PARAGRAPH_ORDER, **{name: f"{round(points * 20)}"})
            if spacing is not None:
                _set(properties, "spacing", _PARAGRAPH_ORDER, line=f"{round(spacing * 240)}", lineRule="auto")

    return mend


def rule_below(line: Line, length_mm: float) -> Mend | None:
    """Draw a rule of this length under the line, as the border of an empty paragraph."""
    node = line.node
    if node is None:
        return None
    side = max((line.width_mm - length_mm) / 2, 0) * _TWIPS_PER_MM

    def mend(_: Package) -> None:
        below = etree.Element(w("p"), nsmap=node.nsmap)
        properties = etree.SubElement(below, w("pPr"))
        borders = _child(properties, "pBdr", _PARAGRAPH_ORDER)
        edge = etree.SubElement(borders, w("top"))
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            edge.set(w(name), value)
        _set(properties, "spacing", _PARAGRAPH_ORDER, before="80", after="0", line="80", lineRule="exact")
        _set(
            properties, "ind", _PARAGRAPH_ORDER, left=f"{round(side)}", right=f"{round(side)}", firstLine="0"
        )
        node.addnext(below)

    return mend


def paper(sheet: Sheet, *, width: float = 0, height: float = 0, **margins: float) -> Mend | None:
    """Set the paper (mm) and margins (mm, by edge) of a section."""
    node = sheet.node
    if node is None:
        return None

    def mend(_: Package) -> None:
        if width:
            _set(
                node, "pgSz", _SECTION_ORDER,
                w=f"{round(width * _TWIPS_PER_MM)}", h=f"{round(height * _TWIPS_PER_MM)}",
            )  # fmt: skip
        if margins:
            values = {edge: f"{round(value * _TWIPS_PER_MM)}" for edge, value in margins.items()}
            element = _child(node, "pgMar", _SECTION_ORDER)
            for name, value in (("header", "567"), ("footer", "567"), ("gutter", "0")):
                if element.get(w(name)) is None:
                    element.set(w(name), value)
            _set(node, "pgMar", _SECTION_ORDER, **values)

    return mend


def page_number(sheet: Sheet) -> Mend | None:
    """Write the page number in the middle of the top margin, not on the first page."""
    node = sheet.node
    if node is None:
        return None

    def mend(package: Package) -> None:
        references = node.findall(w("headerReference"))
        default = next((one for one in references if one.get(w("type"), "default") == "default"), None)
        part = None if default is None else package.tree(package.related(default.get(r("id"), "")))
        if part is None:
            part = etree.Element(w("hdr"), nsmap={"w": WORD})
            reference = etree.Element(w("headerReference"))
            reference.set(w("type"), "default")
            reference.set(r("id"), package.add_header(part))
            node.insert(0, reference)
        part.insert(0, _numbered_paragraph())
        _first_page_differs(node)

    return mend


def first_page_without_number(sheet: Sheet) -> Mend | None:
    """No page number on the first page."""
    node = sheet.node
    if node is None:
        return None

    def mend(_: Package) -> None:
        for one in node.findall(w("headerReference")):
            if one.get(w("type")) == "first":
                node.remove(one)
        _first_page_differs(node)

    return mend


def _first_page_differs(section: etree._Element) -> None:
    title = _child(section, "titlePg", _SECTION_ORDER)
    title.attrib.pop(w("val"), None)


def _numbered_paragraph() -> etree._Element:
    paragraph = etree.Element(w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    _set(properties, "jc", _PARAGRAPH_ORDER, val="center")
    field = etree.SubElement(paragraph, w("fldSimple"))
    field.set(w("instr"), "PAGE")
    run = etree.SubElement(field, w("r"))
    letters = etree.SubElement(run, w("rPr"))
    _set_font(letters, FONT)
    _set(letters, "sz", _RUN_ORDER, val="28")
    etree.SubElement(run, w("t")).text = "2"
    return paragraph


def both(*mends: Mend | None) -> Mend | None:
    """One after the other; None where one is missing."""
    known: list[Callable[[Package], None]] = [one for one in mends if one is not None]
    if len(known) < len(mends):
        return None

    def mend(package: Package) -> None:
        for one in known:
            one(package)

    return mend


def _own_runs(paragraph: etree._Element) -> list[etree._Element]:
    return [run for run in paragraph.iter(w("r")) if next(run.iterancestors(w("p"))) is paragraph]


def _set(parent: etree._Element, child_name: str, order: Sequence[str], /, **attributes: str) -> None:
    element = _child(parent, child_name, order)
    for name, value in attributes.items():
        element.set(w(name), value)


def _child(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The child of this name, put where the schema wants it when it is new."""
    known = parent.find(w(name))
    if known is not None:
        return known
    made = etree.Element(w(name))
    later = {w(one) for one in order[order.index(name) + 1 :]}
    if name in ("pPr", "rPr") and name not in order[1:]:
        parent.insert(0, made)
        return made
    for place, child in enumerate(parent):
        if child.tag in later:
            parent.insert(place, made)
            return made
    parent.append(made)
    return made
