"""The sheet between two documents of a stack before scanning; `reading.splitting` knows its stripes and barcode."""

from html import escape
from typing import BinaryIO

from weasyprint import HTML

from vanthu.documents import kinds
from vanthu.reading.barcodes import drawing, new_document
from vanthu.reading.splitting import STRIPES_MM

_STYLE = """
@page { size: A4; margin: 0 }
body { margin: 0; font-family: "Noto Sans", sans-serif; text-align: center }
p { margin: 0; position: absolute; left: 0; right: 0 }
.top { top: 14mm; font-size: 26pt; font-weight: bold }
.more { top: 30mm; font-size: 12pt }
.low { bottom: 14mm; font-size: 12pt }
.code { position: absolute; top: 206mm; left: 80mm }
.code svg { width: 50mm; height: 50mm }
.known { top: 38mm; left: 15mm; right: 15mm; font-size: 16pt; font-weight: bold }
.stripes { position: absolute; top: 58mm; left: 12mm; right: 12mm }
.stripes div:nth-child(odd) { background: #000 }
"""


def write_separator(target: BinaryIO, *, kind: str = "", issuer: str = "") -> None:
    """Write the sheet as an A4 page; it may say the kind (a code) and the issuer of the documents that follow it."""
    stripes = "".join(f'<div style="height:{height}mm"></div>' for height in STRIPES_MM)
    known = ", ".join(filter(None, (kinds.by_code(kind).name if kind else "", issuer)))
    text = (
        '<p class="top">TỜ NGĂN VĂN BẢN</p>'
        '<p class="more">Đặt tờ này trước mỗi văn bản rồi quét cả tập một lần.</p>'
        f'<p class="known">{escape(known)}</p>'
        f'<div class="stripes">{stripes}</div>'
        f'<div class="code">{drawing(new_document(f"{kind}|{issuer}" if known else ""))}</div>'
        '<p class="low">Dùng lại được nhiều lần. Không viết, không ghim lên vạch đen và mã vạch.</p>'
    )
    HTML(string=f'<html lang="vi"><style>{_STYLE}</style><body>{text}').write_pdf(target)
