"""A register as PDF: cover, table with its head on every page, page numbers, closing line."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from io import BytesIO
from itertools import batched
from typing import Any, BinaryIO

import pikepdf
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from vanthu.documents.books.columns import Book, BookCover, Value, cover_lines, grouped

# WeasyPrint keeps all boxes of what it lays out: in portions the memory stays flat however long the book is.
ROWS_AT_ONCE = 400

_STYLE = """
@page { size: A4 landscape; margin: 15mm 8mm 14mm 12mm; }
@page table { @bottom-center { content: "Trang " counter(page); font: 10pt Tinos, serif } }
@page table { @bottom-left { content: string(book); font: 10pt Tinos, serif } }
* { font-family: Tinos, "Times New Roman", "Liberation Serif", serif }
body { margin: 0; font-size: 10.5pt; line-height: 1.2 }
h1 { font-size: 26pt; margin: 14mm 0 10mm }
.cover { height: 150mm; padding: 13mm 10mm; border: 1.2mm double #000; text-align: center; break-after: page }
.cover p { margin: 2mm 0; font-size: 15pt }
.cover .office { font-weight: bold }
.cover .lines p { font-size: 16pt; margin: 3.5mm 0 }
table { page: table; width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: .25mm solid #000; padding: 1mm 1.2mm; vertical-align: top; overflow-wrap: anywhere }
td { white-space: pre-line }
th { font-size: 10pt; text-align: center; vertical-align: middle }
.index th { font-weight: normal; font-style: italic; font-size: 9pt; padding: .3mm }
tr { break-inside: avoid }
.middle { text-align: center }
.end { page: table; margin: 6mm 0 0; font-size: 12pt; break-inside: avoid }
.end .signature { float: right; width: 90mm; text-align: center; height: 38mm }
.end .signature b { display: block }
"""


def write_pdf(book: Book, cover: BookCover, rows: Iterable[Any], target: BinaryIO) -> int:
    """Write the register to `target`; returns its pages, cover included. Rows are read once, in portions."""
    fonts = FontConfiguration()
    head = _head(book)
    count = 0
    with pikepdf.new() as whole, tempfile.TemporaryFile() as spare:
        _append(whole, _cover(book, cover), fonts, first_page=0)
        for portion in batched(rows, ROWS_AT_ONCE):
            count += len(portion)
            _append(whole, _table(book, head, portion), fonts, first_page=len(whole.pages))
        if count == 0:
            _append(whole, _table(book, head, ()), fonts, first_page=1)
        _append(whole, _closing(book, cover, count), fonts, first_page=len(whole.pages))
        whole.docinfo["/Title"] = f"{book.title} năm {cover.year}"
        whole.save(spare, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pages = len(whole.pages)
        spare.seek(0)
        while piece := spare.read(1 << 20):
            target.write(piece)
    return pages
