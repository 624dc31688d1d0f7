"""Dấu "ĐẾN" on a copy for printing: the frame of Phụ lục IV, Decree 30/2020, at the upper left under the symbol.

The registered file stays untouched; the copy is made when somebody prints it and is kept nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from vanthu.kernel.later import later
from vanthu.reading.pdfium import opened, page_of

if TYPE_CHECKING:
    from pathlib import Path

    import pikepdf
    import weasyprint
else:
    pikepdf = later("pikepdf")
    weasyprint = later("weasyprint")

_MM = 72 / 25.4  # points
WIDTH, HEIGHT = 50 * _MM, 35 * _MM
_LEFT = 20 * _MM
_USUAL_TOP = 50 * _MM  # under number, symbol and two lines of trích yếu of a letter
_LOWEST_TOP = 90 * _MM
_GAP = 3 * _MM
_NEXT_LINE = 7 * _MM  # lines nearer than this belong together
_SYMBOL = re.compile(r"^\s*Số\s*:", re.MULTILINE)
_STYLE = """
@page { size: 50mm 35mm; margin: 0 }
html { font: 8.5pt/1.15 Tinos, "Times New Roman", serif; color: #c00014 }
body { margin: 0 }
div { position: absolute; box-sizing: border-box; border: .3mm solid #c00014; padding: .5mm 1mm; overflow: hidden }
.office { left: .3mm; top: .3mm; width: 49.4mm; height: 7.3mm; text-align: center; font-weight: bold; font-size: 7.5pt }
.in { left: .3mm; top: 7.3mm; width: 15mm; height: 13mm; padding-top: 3mm;
  text-align: center; font-weight: bold; font-size: 15pt }
.number { left: 15mm; top: 7.3mm; width: 34.7mm; height: 6.8mm; padding-top: 1.4mm }
.day { left: 15mm; top: 13.8mm; width: 34.7mm; height: 6.5mm; padding-top: 1.2mm }
.to { left: .3mm; top: 20mm; width: 49.4mm; height: 8mm }
.dossier { left: .3mm; top: 27.7mm; width: 49.4mm; height: 7mm; padding-top: 1.5mm }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the stamp says: office, arrival number and day, to whom the document went, the dossier's number."""

    office: str
    number: int
    arrived_on: date
    forwarded: str = ""
    dossier: str = ""


def write_stamped(pdf_path: Path, stamp: Stamp, target: BinaryIO) -> None:
    """Write a copy of the PDF with the stamp on its first page; raises `Invalid` for a broken file."""
    top = _top(pdf_path)
    with pikepdf.open(pdf_path) as copy, pikepdf.open(BytesIO(_drawn(stamp))) as overlay:
        page = copy.pages[0]
        mark = page.add_resource(copy.copy_foreign(overlay.pages[0].as_form_xobject()), pikepdf.Name.XObject)
        page.contents_add(b"q", prepend=True)  # whatever the page leaves behind does not move the stamp
        page.contents_add(f"Q q {_matrix(page, top)} cm {mark} Do Q".encode())
        copy.save(target)


def _matrix(page: pikepdf.Page, top: float) -> str:
    """What lays the stamp upright onto the page as shown; `top` is counted from its upper edge, in points."""
    left, bottom, right, upper = (float(value) for value in page.cropbox)
    width, height = right - left, upper - bottom
    turned = int(page.obj.get("/Rotate", 0)) % 360
    foot = (width if turned in (90, 270) else height) - top - HEIGHT
    origin, along, up = (
        _turned_back(x, y, turned, width, height)
        for x, y in ((_LEFT, foot), (_LEFT + 1, foot), (_LEFT, foot + 1))
    )
    numbers = (
        along[0] - origin[0], along[1] - origin[1], up[0] - origin[0], up[1] - origin[1],
        left + origin[0], bottom + origin[1],
    )  # fmt: skip
    return " ".join(f"{number:.3f}" for number in numbers)


def _turned_back(x: float, y: float, turned: int, width: float, height: float) -> tuple[float, float]:
    """A point of the page as shown in the coordinates of the page as written."""
    match turned:
        case 90:
            return width - y, x
        case 180:
            return width - x, height - y
        case 270:
            return y, height - x
        case _:
            return x, y


def _top(pdf_path: Path) -> float:
    """Points from the upper edge to the stamp: under the symbol ("Số: …") at the left, where that can be read."""
    with opened(pdf_path) as document, page_of(document, 1) as page:
        if page.get_rotation():
            return _USUAL_TOP
        width, height = page.get_size()
        text = page.get_textpage()
        try:
            lines = [
                (height - rect[3], height - rect[1], text.get_text_bounded(*rect))
                for rect in (text.get_rect(number) for number in range(min(text.count_rects(), 200)))
                if rect[2] < width * 0.5 and rect[3] > height * 0.6
            ]
        finally:
            text.close()
    return _below(sorted(lines))


def _below(lines: list[tuple[float, float, str]]) -> float:
    """Under the symbol and whatever stands close below it; `lines` are (top, bottom, text) from the upper edge."""
    end: float | None = None
    for top, bottom, text in lines:
        if end is None and _SYMBOL.match(text):
            end = bottom
        elif end is not None and top - end < _NEXT_LINE:
            end = max(end, bottom)
    if end is None:
        return _USUAL_TOP
    return min(max(end + _GAP, _USUAL_TOP - 10 * _MM), _LOWEST_TOP)


def _drawn(stamp: Stamp) -> bytes:
    parts = {
        "office": escape(stamp.office.upper()),
        "in": "ĐẾN",
        "number": f"Số: <b>{stamp.number}</b>",
        "day": f"Ngày: {stamp.arrived_on:%d/%m/%Y}",
        "to": f"Chuyển: {escape(_short(stamp.forwarded, 64))}",
        "dossier": f"Số và ký hiệu HS: {escape(_short(stamp.dossier, 30))}",
    }
    body = "".join(f'<div class="{name}">{text}</div>' for name, text in parts.items())
    page = f'<html lang="vi"><style>{_STYLE}</style><body>{body}'
    drawn: bytes = weasyprint.HTML(string=page).write_pdf()
    return drawn


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
