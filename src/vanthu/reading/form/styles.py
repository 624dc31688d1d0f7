"""How paragraphs and letters of a DOCX are written, with everything they inherit.

The order is that of the format: defaults of the document, table style, paragraph style and its ancestors, character
style, what is set at the place itself (ECMA-376, part 1, 17.7.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.reading.form.lines import Align, Layout, Run
from vanthu.reading.form.package import Package, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MM_PER_TWIP = 25.4 / 1440
_ALIGN: dict[str, Align] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify",
}  # fmt: skip
_SCRIPTS = ("ascii", "hAnsi", "cs")


class Styles:
    """The styles of one package, each looked up once."""

    def __init__(self, package: Package) -> None:
        root = package.tree("word/styles.xml")
        self._styles: dict[str, etree._Element] = {}
        self._usual = {"paragraph": "", "character": "", "table": ""}
        self._defaults: dict[str, etree._Element | None] = {"pPr": None, "rPr": None}
        self._theme = _theme_fonts(package)
        if root is None:
            return
        for style in root.findall(w("style")):
            key, kind = style.get(w("styleId"), ""), style.get(w("type"), "")
            self._styles[key] = style
            if style.get(w("default")) in ("1", "true") and kind in self._usual:
                self._usual[kind] = key
        for part in self._defaults:
            self._defaults[part] = root.find(f"{w('docDefaults')}/{w(part + 'Default')}/{w(part)}")

    def _chain(self, key: str) -> list[etree._Element]:
        """A style and its ancestors, the nearest first."""
        found: list[etree._Element] = []
        while key and (style := self._styles.get(key)) is not None and style not in found:
            found.append(style)
            based = style.find(w("basedOn"))
            key = "" if based is None else based.get(w("val"), "")
        return found

    def _of_style(self, key: str, part: str) -> Iterator[etree._Element]:
        for style in self._chain(key):
            found = style.find(w(part))
            if found is not None:
                yield found

    def style_of(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return self._usual["paragraph"] if named is None else named.get(w("val"), "")

    def paragraph_sources(
        self, paragraph: etree._Element, numbered: etree._Element | None = None
    ) -> list[etree._Element]:
        """Where properties of a paragraph come from, the strongest first; `numbered` is the level of its list."""
        own = paragraph.find(w("pPr"))
        level = None if numbered is None else numbered.find(w("pPr"))
        rest = [*self._of_style(self.style_of(paragraph), "pPr"), self._defaults["pPr"]]
        return [one for one in (own, level, *rest) if one is not None]

    def layout(self, paragraph: etree._Element, numbered: etree._Element | None = None) -> Layout:
        """How the paragraph lies."""
        sources = self.paragraph_sources(paragraph, numbered)
        rule = _attribute(sources, "spacing", "lineRule")
        line = _attribute(sources, "spacing", "line")
        spacing = None if rule in ("exact", "atLeast") else (_number(line) or 240) / 240
        return Layout(
            align=_ALIGN.get(_attribute(sources, "jc", "val"), "left"),
            first_mm=_first_line(sources),
            before_pt=_number(_attribute(sources, "spacing", "before")) / 20,
            after_pt=_number(_attribute(sources, "spacing", "after")) / 20,
            spacing=spacing,
        )

    def indents_mm(self, paragraph: etree._Element) -> tuple[float, float]:
        """How far it is drawn in from the left and from the right."""
        sources = self.paragraph_sources(paragraph)
        left = _attribute(sources, "ind", "left") or _attribute(sources, "ind", "start")
        right = _attribute(sources, "ind", "right") or _attribute(sources, "ind", "end")
        return _number(left) * _MM_PER_TWIP, _number(right) * _MM_PER_TWIP

    def run(self, node: etree._Element, text: str, style: str) -> Run:
        """Letters of a run in a paragraph of this style."""
        own = node.find(w("rPr"))
        named = None if own is None else own.find(w("rStyle"))
        sources = [
            one
            for one in (
                own,
                *self._of_style("" if named is None else named.get(w("val"), ""), "rPr"),
                *self._of_style(style, "rPr"),
                self._defaults["rPr"],
            )
            if one is not None
        ]
        colour = _attribute(sources, "color", "val").upper()
        text = text.upper() if _on(sources, "caps") else text
        return Run(
            text,
            self._font(sources),
            _number(_attribute(sources, "sz", "val") or "20") / 2,
            _on(sources, "b"),
            _on(sources, "i"),
            "" if colour in ("AUTO", "000000") else colour,
            _attribute(sources, "u", "val") not in ("", "none"),
        )

    def _font(self, sources: list[etree._Element]) -> str:
        for one in sources:
            fonts = one.find(w("rFonts"))
            if fonts is None:
                continue
            for script in _SCRIPTS:
                if theme := fonts.get(w(f"{script}Theme")):
                    return self._theme.get(theme[:5], "")
                if name := fonts.get(w(script)):
                    return str(name)
        return "Times New Roman"  # what Word takes where nothing is said


def _theme_fonts(package: Package) -> dict[str, str]:
    """{"minor": font, "major": font} of the theme."""
    root = package.tree("word/theme/theme1.xml")
    found: dict[str, str] = {}
    for part in ("minor", "major"):
        latin = None if root is None else root.find(f".//{_DRAW}{part}Font/{_DRAW}latin")
        if latin is not None:
            found[part] = latin.get("typeface", "")
    return found


def _attribute(sources: list[etree._Element], name: str, attribute: str) -> str:
    """The attribute from the strongest source that has it, "" for none."""
    for one in sources:
        element = one.find(w(name))
        if element is not None and (value := element.get(w(attribute))) is not None:
            return str(value)
    return ""


def _first_line(sources: list[etree._Element]) -> float:
    """First-line indent in mm, negative where it hangs."""
    for one in sources:
        indent = one.find(w("ind"))
        if indent is None:
            continue
        if (hanging := indent.get(w("hanging"))) is not None:
            return -_number(hanging) * _MM_PER_TWIP
        if (first := indent.get(w("firstLine"))) is not None:
            return _number(first) * _MM_PER_TWIP
    return 0.0


def _on(sources: list[etree._Element], name: str) -> bool:
    for one in sources:
        element = one.find(w(name))
        if element is not None:
            return element.get(w("val")) not in ("0", "false", "off")
    return False


def _number(text: str) -> float:
    """A measure of the format; 0 for what is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0
