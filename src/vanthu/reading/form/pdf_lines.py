"""A PDF as sheets and lines: letters with font, size and colour, put together by where they stand."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium_c

from vanthu.kernel.refusals import Invalid
from vanthu.reading.form.lines import Doc, Layout, Line, Run, Sheet, Side
from vanthu.reading.pdfium import opened, page_of
from vanthu.reading.words import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_MM = 25.4 / 72
_MOST_PAGES = 200
_MOST_LETTERS = 20_000  # of one page
_TOP_MARGIN_MM = 20.0
_WIDEST_LEFT_MM = 37.0  # text further right is indented
_NUMBER_MM = 19.5  # a page number stands above this
_SPLIT = 1.3  # of the size: a wider gap begins another line
_BLANK = 3.6  # of the size: how wide pdfium makes a blank where several stand
_WRAPS_PT = 30.0  # a line that ends this close to the right edge of the text goes on
_RULE_GAP_PT = 14.0
_SINGLE = 1.15  # of the size: single line spacing of Times New Roman


class _Letter(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    look: Run


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters on one line without a wide gap; places in points from the left and from the bottom of the page."""

    letters: tuple[_Letter, ...]

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return self.letters[-1].right

    @property
    def base(self) -> float:
        return median(one.base for one in self.letters)

    @property
    def size(self) -> float:
        return max(one.look.size for one in self.letters)

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFC", "".join(one.text for one in self.letters)).rstrip()


def read(path: Path) -> Doc:
    """The document; raises `Invalid` for a broken file and for a scan, which has no letters."""
    sheets: list[Sheet] = []
    lines: list[Line] = []
    edges: list[Line] = []
    with opened(path) as document:
        count = min(len(document), _MOST_PAGES)
        for number in range(1, count + 1):
            with page_of(document, number) as opened_page:
                sheet, found, above = _page(opened_page, number)
            sheets.append(sheet)
            lines += found
            edges += above
    if not lines:
        raise Invalid(
            "Tệp PDF chỉ có ảnh quét nên không kiểm tra được thể thức. Kiểm tra tệp DOCX của văn bản.",
            code="pdf_without_text",
        )
    numbered = tuple(replace(line, number=at) for at, line in enumerate(_joined(lines, sheets), 1))
    page_numbers = tuple(line for line in edges if line.text.strip("- ").isdecimal())
    others = tuple(line for line in edges if line not in page_numbers)
    return Doc("pdf", tuple(sheets), numbered, others, page_numbers, len(sheets))


def _page(page: pdfium.PdfPage, number: int) -> tuple[Sheet, list[Line], list[Line]]:
    """The sheet, its lines, and what stands in its top margin."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        pieces = _pieces(list(_letters(text_page)))
    finally:
        text_page.close()
    rules = list(_rules(page))
    top_edge = height - _NUMBER_MM / _MM
    above = [piece for piece in pieces if piece.base > top_edge]
    inside = [piece for piece in pieces if piece.base <= top_edge]
    numbered = any(piece.text.strip("- ").isdecimal() for piece in above)
    sheet = Sheet(
        width * _MM,
        height * _MM,
        numbered=numbered,
        first_numbered=numbered and number == 1,
        **_ink(inside, width),
    )
    size = (width, height)
    text = _text_edges(inside, width)
    lines = [_line(piece, number, size, text, rules) for piece in _ordered(inside)]
    edges = [_line(piece, number, size, (0, width), rules) for piece in above]
    return sheet, lines, edges


def _ink(pieces: Sequence[_Piece], width: float) -> dict[str, float | None]:
    """The margins (mm) that letters leave on the left and right; top and bottom hold stamps, so they are not judged."""
    wide = [piece for piece in pieces if piece.right - piece.left > width * 0.3]
    if not wide:
        return {"left": None, "right": None}
    left = min(piece.left for piece in wide)
    right = max(piece.right for piece in wide)
    return {"left": left * _MM, "right": (width - right) * _MM}


def _text_edges(pieces: Sequence[_Piece], width: float) -> tuple[float, float]:
    lefts = [piece.left for piece in pieces]
    rights = [piece.right for piece in pieces]
    return min(lefts, default=width * 0.14), max(rights, default=width * 0.93)


def _letters(text_page: pdfium.PdfTextPage) -> Iterator[_Letter]:
    raw = text_page.raw
    box = pdfium_c.FS_RECTF()
    matrix = pdfium_c.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    looks: dict[tuple[object, ...], Run] = {}
    for index in range(min(text_page.count_chars(), _MOST_LETTERS)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if code in (10, 13, 2, 0xFFFE, 0) or pdfium_c.FPDFText_IsGenerated(raw, index) == 1:
            if code in (2, 0xFFFE):
                code = ord("-")
            else:
                continue
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
        pdfium_c.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
        pdfium_c.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix))
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
        size = round(pdfium_c.FPDFText_GetFontSize(raw, index) * scale, 1)
        key = (*_font(raw, index), size, _colour(raw, index))
        look = looks.get(key)
        if look is None:
            look = looks[key] = Run("", str(key[0]), size, bool(key[1]), bool(key[2]), str(key[4]))
        yield _Letter(chr(code), box.left, box.right, y.value, look)


def _font(raw: object, index: int) -> tuple[str, bool, bool]:
    """(name, bold, italic) of a letter."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(raw, index, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace")
    plain = name.lower()
    weight = pdfium_c.FPDFText_GetFontWeight(raw, index)
    bold = "bold" in plain or "black" in plain or bool(flags.value & 1 << 18) or weight >= 600
    return name, bold, "italic" in plain or "oblique" in plain or bool(flags.value & 1 << 6)


def _colour(raw: object, index: int) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium_c.FPDFText_GetFillColor(
        raw, index, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    )
    values = (red.value, green.value, blue.value)
    return "" if max(values) < 40 else "".join(f"{value:02X}" for value in values)


def _pieces(letters: Sequence[_Letter]) -> list[_Piece]:
    """Letters of a line together, until a wide gap or another line."""
    found: list[_Piece] = []
    current: list[_Letter] = []
    for letter in letters:
        if current and _apart(current[-1], letter):
            found.append(_Piece(tuple(current)))
            current = []
        current.append(letter)
    if current:
        found.append(_Piece(tuple(current)))
    return [piece for piece in map(_trimmed, found) if piece is not None]


def _apart(before: _Letter, letter: _Letter) -> bool:
    size = max(before.look.size, letter.look.size)
    gap = letter.left - before.right
    if before.text.isspace() and gap < _BLANK * size:
        gap = min(gap, size)
    return abs(letter.base - before.base) > 0.5 * size or gap > _SPLIT * size or gap < -1.5 * size


def _trimmed(piece: _Piece) -> _Piece | None:
    letters = list(piece.letters)
    while letters and letters[-1].text.isspace():
        letters.pop()
    while letters and letters[0].text.isspace():
        letters.pop(0)
    return _Piece(tuple(letters)) if letters else None


def _ordered(pieces: Sequence[_Piece]) -> list[_Piece]:
    """From the top; what stands on one line from the left."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        if rows and abs(rows[-1][0].base - piece.base) <= 3:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda one: one.left)]


def _line(
    piece: _Piece, page: int, size: tuple[float, float], text: tuple[float, float], rules: Sequence[Box]
) -> Line:
    width, height = size
    first, last = text
    middle = (first + last) / 2
    centre = (piece.left + piece.right) / 2
    wide = (piece.right - piece.left) / max(last - first, 1)
    side: Side = ""
    centred = abs(centre - middle) < 6 and wide < 0.98 and piece.left - first > 12
    if not centred and wide < 0.62 and (piece.right < middle + 8 or piece.left > middle - 45):
        side = "left" if centre < middle else "right"
    below = next((rule for rule in rules if _under(piece, rule)), None)
    box = Box(
        piece.left / width, 1 - (piece.base + piece.size * 0.9) / height, piece.right / width,
        1 - (piece.base - piece.size * 0.25) / height,
    )  # fmt: skip
    return Line(
        0, piece.text, _runs(piece), Layout(align="center" if centred and not side else ""), side, page=page, box=box,
        ruled=below is not None, rule_mm=(below.right - below.left) * _MM if below is not None else 0,
    )  # fmt: skip


def _under(piece: _Piece, rule: Box) -> bool:
    """Whether a thin rule (points from left and bottom) lies just under the letters."""
    gap = piece.base - rule.top
    return -1 <= gap <= _RULE_GAP_PT and rule.right > piece.left and rule.left < piece.right


def _runs(piece: _Piece) -> tuple[Run, ...]:
    runs: list[Run] = []
    for letter in piece.letters:
        if runs and runs[-1]._replace(text="") == letter.look:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + letter.text)
        else:
            runs.append(letter.look._replace(text=letter.text))
    return tuple(run._replace(text=unicodedata.normalize("NFC", run.text)) for run in runs)


def _rules(page: pdfium.PdfPage) -> Iterator[Box]:
    """Thin horizontal lines: (left, bottom, right, top) in points, as a Box with top and bottom from the bottom."""
    kinds = [pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE]
    for shape in page.get_objects(filter=kinds, max_depth=3):
        left, bottom, right, top = shape.get_bounds()
        if top - bottom < 3 and right - left > 15:
            yield Box(left, top, right, bottom)


def _joined(lines: Sequence[Line], sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Lines that go on in the next are put together, so that a paragraph is one."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, sheets):
            groups[-1].append(line)
        else:
            groups.append([line])
    above: Line | None = None
    for group in groups:
        yield _paragraph(group, above, sheets)
        above = group[-1]


def _paragraph(group: Sequence[Line], above: Line | None, sheets: Sequence[Sheet]) -> Line:
    """Lines as one; `above` is the line in front of them. Indent and line spacing show only where there are two."""
    first, *others = group
    if not others:
        return first
    runs = [run for line in others for run in (Run(" "), *line.runs)]
    pitches = [_down_pt(one, two, sheets) for one, two in pairwise(group) if one.page == two.page]
    layout = first.layout
    if pitches and first.size:
        pitch = median(pitches)
        gap = (
            _down_pt(above, first, sheets) - pitch if above is not None and above.page == first.page else None
        )
        layout = replace(
            layout,
            first_mm=_indent_mm(first, others[0], sheets),
            before_pt=gap,
            spacing=pitch / (first.size * _SINGLE),
        )
    return replace(
        first,
        text=" ".join(line.text for line in group),
        runs=(*first.runs, *runs),
        layout=layout,
        box=_around(group),
        ruled=others[-1].ruled,
        rule_mm=others[-1].rule_mm,
    )


def _down_pt(one: Line, two: Line, sheets: Sequence[Sheet]) -> float:
    """From line to line of one page, in points."""
    if one.box is None or two.box is None:
        return 0.0
    return (two.box.bottom - one.box.bottom) * sheets[one.page - 1].height / _MM


def _indent_mm(first: Line, second: Line, sheets: Sequence[Sheet]) -> float | None:
    """How far a paragraph's first line begins to the right of its second; None over the end of a page."""
    if first.page != second.page or first.box is None or second.box is None:
        return None
    return (first.box.left - second.box.left) * sheets[first.page - 1].width


def _goes_on(before: Line, line: Line, sheets: Sequence[Sheet]) -> bool:
    """A full line goes on in the next one that begins at the left edge of the text.

    Where every wide line is indented, the edge is not known and a line that begins like the one above is its own.
    """
    if before.box is None or line.box is None or before.layout.align or line.layout.align or before.ruled:
        return False
    sheet = sheets[line.page - 1]
    left, right = sheet.left, sheet.right
    if left is None or right is None or line.side == "right" or before.side:
        return False
    ends = (1 - before.box.right) * sheet.width - right < _WRAPS_PT * _MM
    begins = line.box.left * sheet.width - left < 2.5
    indented = left > _WIDEST_LEFT_MM and line.box.left >= before.box.left - 0.005
    return ends and begins and not indented and abs(before.size - line.size) < 0.3


def _around(group: Sequence[Line]) -> Box | None:
    """The place of lines; of a paragraph on two pages where it begins."""
    boxes = [one.box for one in group if one.box is not None and one.page == group[0].page]
    return Box.around(boxes) if boxes else None
