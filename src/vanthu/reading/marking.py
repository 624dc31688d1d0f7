"""A mark on a printed copy: who printed it, when, from which system (Decree 30/2020, Phụ lục VI, III.6.k).

The kept file stays untouched; the copy is made when somebody prints it and is kept nowhere.
"""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from vanthu.kernel.later import later
from vanthu.reading.pdfium import opened

if TYPE_CHECKING:
    from pathlib import Path

    import pikepdf
    import weasyprint
else:
    pikepdf = later("pikepdf")
    weasyprint = later("weasyprint")

_STYLE = """
@page {{ size: {width}pt {height}pt; margin: 0 }}
html {{ font: 8pt Tinos, "Times New Roman", "Liberation Serif", serif; color: #555 }}
body {{ margin: 0 }}
.line {{ position: absolute; bottom: 5mm; left: 12mm; right: 12mm; text-align: center }}
.across {{ position: absolute; top: 44%; left: 0; right: 0; text-align: center; color: #000; opacity: .07;
  font-size: {size}pt; font-weight: bold; transform: rotate(-35deg) }}
"""


def write_marked(pdf_path: Path, line: str, name: str, target: BinaryIO) -> int:
    """Write a copy with the line at the foot of every page and the name across it, faintly; returns its pages.

    Raises `Invalid` for a broken or locked file.
    """
    with opened(pdf_path):  # says what is wrong with a file that cannot be read
        pass
    sheets: dict[tuple[int, int], pikepdf.Pdf] = {}
    with pikepdf.open(pdf_path) as copy:
        for page in copy.pages:
            size = _shown_size(page)
            if size not in sheets:
                sheets[size] = pikepdf.open(BytesIO(_sheet(*size, line, name)))
            page.add_overlay(sheets[size].pages[0], pikepdf.Rectangle(page.trimbox))
        copy.save(target)
        return len(copy.pages)


def _shown_size(page: pikepdf.Page) -> tuple[int, int]:
    """Width and height of the page as it is shown, in points."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    width, height = round(right - left), round(top - bottom)
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)


def _sheet(width: int, height: int, line: str, name: str) -> bytes:
    """One transparent page with the mark."""
    style = _STYLE.format(width=width, height=height, size=max(14, min(44, width // max(8, len(name)) * 1.4)))
    html = f"""<!doctype html><html lang="vi"><head><style>{style}</style></head><body>
<p class="across">{escape(name)}</p><p class="line">{escape(line)}</p></body></html>"""
    return bytes(weasyprint.HTML(string=html).write_pdf())
