"""The block of a certified copy on a page of its own behind what is copied. Decree 30/2020, Phụ lục I, part II.

Seven boxes under a rule of full width: form of copying, office, number and symbol, place and date, who signs,
seal, recipients.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pikepdf
from weasyprint import HTML

from vanthu.issuing.layout.names import capitals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vanthu.issuing.copies import CopyBlock

_STYLE = """
@page { size: A4; margin: 20mm 18mm 20mm 32mm }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 13pt; line-height: 1.25 }
body { margin: 0; border-top: .35mm solid #000; padding-top: 5mm }
table { width: 100%; border-spacing: 0; table-layout: fixed }
td { vertical-align: top; text-align: center; padding: 0 }
td.left { width: 44% }
p { margin: 0 }
.form { font-size: 14pt; font-weight: bold }
.strong { font-weight: bold }
.day { font-style: italic }
.second td { padding-top: 3mm }
.foot td { padding-top: 10mm }
.foot td.left { text-align: left; font-size: 11pt }
.foot .to { font-size: 12pt; font-weight: bold; font-style: italic }
.name { padding-top: 30mm }
.source { margin-top: 6mm; text-align: justify; text-indent: 10mm }
"""
_BLANK = "\u00a0" * 8


def render(block: CopyBlock) -> bytes:
    """The page as PDF."""
    superior = "".join(f"<p>{escape(line)}</p>" for line in capitals(block.superior) if line)
    office = "".join(f'<p class="strong">{escape(line)}</p>' for line in capitals(block.office))
    signing = "".join(f'<p class="strong">{escape(line)}</p>' for line in block.signing)
    given = "".join(f"<p>- {escape(one)};</p>" for one in block.recipients)
    source = f'<p class="source">{escape(block.source)}</p>' if block.source else ""
    html = f"""<!doctype html><html lang="vi"><head><style>{_STYLE}</style></head><body>
<table><tr><td class="left">{superior}{office}</td><td><p class="form">{escape(block.form)}</p></td></tr>
<tr class="second"><td class="left"><p>Số:{_BLANK}/{escape(block.symbol)}</p></td>
<td><p class="day">{escape(block.place)}, ngày{_BLANK}tháng{_BLANK}năm {block.year}</p></td></tr></table>{source}
<table class="foot"><tr><td class="left"><p class="to">Nơi nhận:</p>{given}<p>- Lưu: {escape(block.archive)}.</p></td>
<td>{signing}<p class="strong name">{escape(block.signer)}</p></td></tr></table></body></html>"""
    return bytes(HTML(string=html).write_pdf())


def assemble(
    original: Path, wanted: Sequence[int], block: Path, out: Path
) -> tuple[float, float, float, float]:
    """Write the wanted pages (from 0) of the original, flat, and the block behind them; returns the box of page 1.

    Signatures of the original are shown, they do not sign the copy.
    """
    with pikepdf.open(original) as source, pikepdf.open(block) as last, pikepdf.new() as copy:
        source.flatten_annotations(mode="screen")
        for page in source.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        for number in wanted:
            copy.pages.append(source.pages[number])
        left, bottom, right, top = (float(value) for value in copy.pages[0].mediabox)
        copy.pages.append(last.pages[0])
        copy.save(out, deterministic_id=True)
    return left, bottom, right, top
