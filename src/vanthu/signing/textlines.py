"""The text of a PDF page as lines of glyphs with their places, read by pdfium."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from vanthu.signing.geometry import Rect

_ITALIC = 1 << 6  # PDF font descriptor flag
_SAME_LINE = 0.35  # difference of baselines, in font sizes
_WORD_GAP = 0.12  # a gap wider than this many font sizes is a space
_COLUMN_GAP = 2.0  # a gap wider than this many font sizes divides columns


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character: text in NFC, x extent, baseline and font size in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    italic: bool


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline from left to right; `text` has one space wherever there is a gap."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def _indexed(self) -> tuple[str, tuple[int, ...]]:
        text, owners = "", []
        for number, glyph in enumerate(self.glyphs):
            if number and glyph.left - self.glyphs[number - 1].right > _WORD_GAP * glyph.size:
                text += " "
                owners.append(number)
            text += glyph.text
            owners.extend([number] * len(glyph.text))
        return text, tuple(owners)

    @property
    def text(self) -> str:
        return self._indexed[0]

    def glyph_at(self, position: int) -> Glyph:
        """The glyph that wrote the character at this position of `text`."""
        return self.glyphs[self._indexed[1][position]]

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def rect(self) -> Rect:
        """The space the line takes, from the descenders to the marks on capital letters."""
        return Rect(
            self.glyphs[0].left,
            self.baseline - 0.22 * self.size,
            self.glyphs[-1].right,
            self.baseline + 0.9 * self.size,
        )

    def columns(self) -> Iterator["Line"]:
        """The parts of the line that wide gaps divide, from left to right."""
        start = 0
        for number in range(1, len(self.glyphs)):
            gap = self.glyphs[number].left - self.glyphs[number - 1].right
            if gap > _COLUMN_GAP * self.glyphs[number].size:
                yield Line(self.glyphs[start:number])
                start = number
        yield Line(self.glyphs[start:])


def lines_of(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page from top to bottom; a page without a text layer has none."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_glyphs(page), key=lambda glyph: -glyph.baseline):
        if rows and abs(rows[-1][0].baseline - glyph.baseline) < _SAME_LINE * glyph.size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(tuple(sorted(row, key=lambda glyph: glyph.left))) for row in rows]


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    text_page = page.get_textpage()
    try:
        held: Glyph | None = None
        for index in range(text_page.count_chars()):
            character = chr(pdfium_c.FPDFText_GetUnicode(text_page, index))
            if not character.isprintable() or character.isspace():
                continue
            if held and unicodedata.combining(character):
                held = _with_mark(held, character)
                continue
            if held:
                yield held
            held = _glyph(text_page, index, character)
        if held:
            yield held
    finally:
        text_page.close()


def _with_mark(glyph: Glyph, mark: str) -> Glyph:
    text = unicodedata.normalize("NFC", glyph.text + mark)
    return Glyph(text, glyph.left, glyph.right, glyph.baseline, glyph.size, glyph.italic)


def _glyph(text_page: pdfium.PdfTextPage, index: int, character: str) -> Glyph:
    left, _, right, _ = text_page.get_charbox(index, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page, index, x, y)
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium_c.FPDFText_GetFontSize(text_page, index) * (abs(matrix.d) or abs(matrix.b) or 1)
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium_c.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    italic = bool(flags.value & _ITALIC) or b"Italic" in name.value
    return Glyph(unicodedata.normalize("NFC", character), left, right, y.value, max(size, 1.0), italic)
