"""The mark of practice on every page of a PDF, so that no print of it passes for a document."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from vanthu.kernel.later import later

if TYPE_CHECKING:
    from typing import BinaryIO

    import pikepdf
    import weasyprint
else:
    pikepdf = later("pikepdf")
    weasyprint = later("weasyprint")

WORDS = "VĂN BẢN THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ"
_SHEET = f"""<!doctype html><html lang="vi"><head><style>
@page {{{{ size: {{width}}pt {{height}}pt; margin: 0 }}}}
body {{{{ margin: 0; font: bold 12pt Tinos, "Times New Roman", "Liberation Serif", serif; color: #b00020 }}}}
.head {{{{ position: absolute; top: 5mm; left: 0; right: 0; margin: 0; text-align: center }}}}
.across {{{{ position: absolute; top: 44%; left: 0; right: 0; margin: 0; text-align: center; opacity: .1;
  font-size: {{size}}pt; transform: rotate(-35deg) }}}}
</style></head><body><p class="head">{WORDS}</p><p class="across">THỰC HÀNH</p></body></html>"""


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


def _sheet(width: int, height: int) -> bytes:
    html = _SHEET.format(width=width, height=height, size=max(30, width // 9))
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made
