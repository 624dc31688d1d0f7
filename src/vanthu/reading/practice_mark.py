"""The mark of practice on PDF, sheets and texts that somebody makes there, so that no print passes for a document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from vanthu.kernel.files.contract import DOCX, PDF, XLSX
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    import docx
    import openpyxl
    import pikepdf
    import weasyprint
else:
    docx = later("docx")
    openpyxl = later("openpyxl")
    pikepdf = later("pikepdf")
    weasyprint = later("weasyprint")

WORDS = "VĂN BẢN THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ"
SHORT = "THỰC HÀNH"
_SHEET = f"""<!doctype html><html lang="vi"><head><style>
@page {{{{ size: {{width}}pt {{height}}pt; margin: 0 }}}}
body {{{{ margin: 0; font: bold 12pt Tinos, "Times New Roman", "Liberation Serif", serif; color: #b00020 }}}}
.head {{{{ position: absolute; top: 5mm; left: 0; right: 0; margin: 0; text-align: center }}}}
.across {{{{ position: absolute; top: 44%; left: 0; right: 0; margin: 0; text-align: center; opacity: .1;
  font-size: {{size}}pt; transform: rotate(-35deg) }}}}
</style></head><body><p class="head">{WORDS}</p><p class="across">{SHORT}</p></body></html>"""


def write_marked(source: BinaryIO, target: BinaryIO) -> None:
    """Write a copy with the words at the head of every page and faintly across it. Not for signed files."""
    sheets: dict[tuple[int, int], pikepdf.Pdf] = {}
    with pikepdf.open(source) as copy:
        for page in copy.pages:
            left, bottom, right, top = (float(value) for value in page.trimbox)
            width, height = round(right - left), round(top - bottom)
            size = (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)
            if size not in sheets:
                sheets[size] = pikepdf.open(BytesIO(_sheet(*size)))
            page.add_overlay(sheets[size].pages[0], pikepdf.Rectangle(page.trimbox))
        copy.save(target)


def write_marked_workbook(source: BinaryIO, target: BinaryIO) -> None:
    """Write a copy whose tabs are named and coloured for practice, with the words at the head of what is printed."""
    book = openpyxl.load_workbook(source)
    for sheet in book.worksheets:
        sheet.title = f"{SHORT} {sheet.title}"[:31]
        sheet.sheet_properties.tabColor = "B00020"
        sheet.oddHeader.center.text = sheet.evenHeader.center.text = f"&B{WORDS}"
    book.save(target)


def write_marked_text(source: BinaryIO, target: BinaryIO) -> None:
    """Write a copy of a DOCX with the words at the head of every page."""
    text = docx.Document(source)
    for section in text.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        for head in heads:
            run = head.paragraphs[0].insert_paragraph_before().add_run(WORDS)
            run.bold, run.font.color.rgb = True, docx.shared.RGBColor(0xB0, 0x00, 0x20)
    text.save(target)


MARKERS: dict[str, Callable[[BinaryIO, BinaryIO], None]] = {
    PDF: write_marked,
    XLSX: write_marked_workbook,
    DOCX: write_marked_text,
}
"""How a copy of a file is marked, by its media type."""


def _sheet(width: int, height: int) -> bytes:
    html = _SHEET.format(width=width, height=height, size=max(30, width // 9))
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made
