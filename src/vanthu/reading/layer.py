"""The words of a PDF's text layer with their places, as the page is shown (turned and cropped)."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c

from vanthu.reading import legacy_encodings
from vanthu.reading.pdfium import opened, page_of
from vanthu.reading.words import Box, Page, Word

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MOST_WORDS = 20_000  # of one page; what comes after is not read
_LONGEST_NAME = 128  # of a font, in bytes
_HYPHENS = frozenset("\ufffe\x02")  # how pdfium marks a hyphen at the end of a line (newer, older)
# What no reader sees: controls, soft hyphen, joiners and marks of direction.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\ufeff\ufffe\ufffd\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
# A picture that covers this share of the page makes it a scan: a layer over it counts only when it has so many words,
# and this share of them with Vietnamese letters. Others are a stamp of a signature, or what a foreign OCR took it for.
_COVERS, _ENOUGH_WORDS, _VIETNAMESE = 0.6, 40, 0.3


def pages(pdf_path: Path, first: int = 1, last: int | None = None) -> list[Page]:
    """The pages from `first` to `last` (both included; to the end without) with the words of their text layer.

    Raises `Invalid` for a broken file or a page that is not there.
    """
    with opened(pdf_path) as document:
        until = len(document) if last is None else min(last, len(document))
        return [_read(document, number) for number in range(first, until + 1)]


def page(pdf_path: Path, number: int) -> Page | None:
    """One page of the text layer, or None for a scan that has to be read; raises as `pages` does."""
    with opened(pdf_path) as document:
        found = _read(document, number)
        with page_of(document, number) as opened_page:
            covered = _covered(opened_page)
    return found if _counts(found, covered=covered) else None


def _counts(found: Page, *, covered: bool) -> bool:
    """Whether the layer is what the page says; a page without words may be drawn, so it is read as a scan is."""
    if not covered:
        return bool(found.words)
    vietnamese = sum(not word.text.isascii() for word in found.words)
    return len(found.words) >= _ENOUGH_WORDS and vietnamese >= _VIETNAMESE * len(found.words)


def _covered(opened_page: pdfium.PdfPage) -> bool:
    """Whether pictures cover most of the page."""
    left, bottom, right, top = opened_page.get_bbox()
    area: float = 0.0
    for picture in opened_page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        box = picture.get_bounds()
        wide = min(box[2], right) - max(box[0], left)
        high = min(box[3], top) - max(box[1], bottom)
        area += max(wide, 0) * max(high, 0)
    return bool(area >= _COVERS * max((right - left) * (top - bottom), 1))


def _read(document: pdfium.PdfDocument, number: int) -> Page:
    with page_of(document, number) as opened_page:
        width, height = opened_page.get_size()
        view = _View(opened_page.get_bbox(), opened_page.get_rotation())
        text_page = opened_page.get_textpage()
        try:
            words = tuple(_words(text_page, view))
        finally:
            text_page.close()
    return Page(number, width, height, words)


@dataclass(frozen=True, slots=True)
class _View:
    """What of the page's own space is shown (left, bottom, right, top in points), and how it is turned (degrees)."""

    shown: tuple[float, float, float, float]
    turned: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The place on the page as it is shown."""
        shown_left, shown_bottom, shown_right, shown_top = self.shown
        width, height = max(shown_right - shown_left, 1e-6), max(shown_top - shown_bottom, 1e-6)
        x1, x2 = (left - shown_left) / width, (right - shown_left) / width
        y1, y2 = (shown_top - top) / height, (shown_top - bottom) / height
        match self.turned:
            case 90:
                return Box(1 - y2, x1, 1 - y1, x2)
            case 180:
                return Box(1 - x2, 1 - y2, 1 - x1, 1 - y1)
            case 270:
                return Box(y1, 1 - x2, y2, 1 - x1)
            case _:
                return Box(x1, y1, x2, y2)


def _words(text_page: pdfium.PdfTextPage, view: _View) -> Iterator[Word]:
    """Letters between blanks and line ends, in the order of the layer; those outside of what is shown are left out."""
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    made = 0
    font = ""
    for index, (letter, box) in enumerate(_letters(text_page)):
        if not letter.isspace():
            font = font if letters else _font(text_page, index)
            letters.append(letter)
            boxes.append(box)
            continue
        if (word := _word(letters, boxes, font, view)) is not None:
            yield word
            made += 1
            if made == MOST_WORDS:
                return
        letters, boxes = [], []
    if (word := _word(letters, boxes, font, view)) is not None:
        yield word


def _font(text_page: pdfium.PdfTextPage, index: int) -> str:
    """The name of the font of a letter; empty when the file tells none, or one of more bytes than any has."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    size = pdfium_c.FPDFText_GetFontInfo(text_page, index, name, _LONGEST_NAME, ctypes.byref(flags))
    return name.value.decode(errors="replace") if 0 < size <= _LONGEST_NAME else ""


def _letters(text_page: pdfium.PdfTextPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Every letter with its place in points of the page's own space (left, bottom, right, top)."""
    loose = pdfium_c.FS_RECTF()
    pointer = ctypes.byref(loose)
    for index in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        letter = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "
        if letter in _HYPHENS:
            letter = "-"
        if not letter.isspace():
            pdfium_c.FPDFText_GetLooseCharBox(text_page, index, pointer)
        yield letter, (loose.left, loose.bottom, loose.right, loose.top)


def _word(
    letters: list[str], boxes: list[tuple[float, float, float, float]], font: str, view: _View
) -> Word | None:
    text = legacy_encodings.converted("".join(letters), font)
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    if not text:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = view.box(min(lefts), min(bottoms), max(rights), max(tops))
    inside = box.right > 0 and box.bottom > 0 and box.left < 1 and box.top < 1
    return Word(text, _clipped(box)) if inside else None


def _clipped(box: Box) -> Box:
    return Box(max(box.left, 0.0), max(box.top, 0.0), min(box.right, 1.0), min(box.bottom, 1.0))
