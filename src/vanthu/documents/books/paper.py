"""A register as PDF: cover, table with its head on every page, page numbers, closing line."""

import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

import pikepdf
from weasyprint import HTML
from weasyprint.document import Document

from vanthu.documents.books import table
from vanthu.documents.books.columns import Book, BookCover, Certificate, cover_lines, grouped

# A row takes about 12 ms of one core (2,000 rows: half a minute, so long books belong in a job) and its boxes stay
# in memory until they are written: portions keep a long book flat.
# The last page of a portion is laid out again with the next one, so that no page is left half empty.
ROWS_AT_ONCE = 250

_STYLE = """
@page { size: A4 landscape; margin: 15mm 8mm 14mm 12mm;
  @bottom-left { content: "%(book)s"; font: 9.5pt Tinos, "Times New Roman", serif; vertical-align: top }
  @bottom-right { content: "Trang " counter(page); font: 9.5pt Tinos, "Times New Roman", serif; vertical-align: top } }
@page:first { counter-set: page %(first)s }
@page cover { margin: 15mm; @bottom-left { content: none } @bottom-right { content: none } }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 10.5pt; line-height: 1.2 }
body { margin: 0 }
.cover { page: cover; box-sizing: border-box; height: 178mm; padding: 12mm; border: 1.2mm double; text-align: center }
.cover p { margin: 1.5mm 0; font-size: 15pt }
.cover .office { font-weight: bold }
.cover h1 { font-size: 28pt; margin: 24mm 0 16mm }
.cover .line { font-size: 16pt; margin: 4mm 0 }
table { width: 100%%; border-spacing: 0; table-layout: fixed; border-left: .25mm solid }
th, td { border-right: .25mm solid; border-bottom: .25mm solid; padding: .9mm 1.1mm; overflow-wrap: anywhere }
th { border-top: .25mm solid; font-size: 10pt; text-align: center; vertical-align: middle }
td { vertical-align: top; white-space: pre-line }
.index th { border-top: 0; font: italic 9pt Tinos, "Times New Roman", serif; padding: .2mm }
tr { break-inside: avoid }
.middle { text-align: center }
.end { break-inside: avoid; margin-top: 6mm; font-size: 12pt }
.end p { margin: 0 }
.certificate h2 { font-size: 18pt; text-align: center; margin: 10mm 0 8mm }
.certificate table { width: 70%%; margin: 8mm auto; border: 0; font-size: 13pt }
.certificate td { border: 0; border-bottom: .1mm dotted; padding: 2mm }
.certificate .signs td { border: 0; text-align: center; padding-top: 8mm; height: 40mm }
.end .place { margin: 4mm 0 0 170mm; text-align: center; height: 34mm }
"""


def write_pdf(book: Book, cover: BookCover, rows: Iterable[Any], target: BinaryIO) -> int:
    """Write the register to `target`; returns its pages, cover included. Rows are read once, in portions."""
    with pikepdf.new() as whole, tempfile.TemporaryFile() as spare:
        _append(whole, _laid_out(book, _cover(book, cover), first=1))
        for document in _portions(book, cover, iter(rows), whole):
            _append(whole, document)
        if cover.certificate is not None:
            _append(
                whole,
                _laid_out(book, _certificate(book, cover, cover.certificate, whole), first=len(whole.pages)),
            )
        whole.docinfo["/Title"] = f"{book.title} năm {cover.year}"
        whole.save(spare, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        spare.seek(0)
        while piece := spare.read(1 << 20):
            target.write(piece)
        return len(whole.pages)


def _portions(book: Book, cover: BookCover, rows: Iterator[Any], whole: pikepdf.Pdf) -> Iterator[Document]:
    """The table, as documents of full pages; the last one ends with the closing line."""
    head, waiting, done = table.head(book.columns), list(islice(rows, ROWS_AT_ONCE)), 0
    while True:
        following = list(islice(rows, ROWS_AT_ONCE))
        last = not following and cover.certificate is None
        end = _closing(book, cover, done + len(waiting)) if last else ""
        document = _laid_out(book, _table(book, head, waiting) + end, first=len(whole.pages))
        if not following:
            yield document
            return
        kept = _first_row_of_last_page(document) or len(waiting)
        yield document.copy(document.pages[:-1]) if kept < len(waiting) else document
        done += kept
        waiting = waiting[kept:] + following


def _laid_out(book: Book, body: str, *, first: int) -> Document:
    """`first` is the number of the first page; the cover is not counted."""
    style = _STYLE % {"book": book.title, "first": first}
    return HTML(string=f'<html lang="vi"><style>{style}</style><body>{body}').render()


def _append(whole: pikepdf.Pdf, document: Document) -> None:
    with pikepdf.open(BytesIO(document.write_pdf())) as part:
        whole.pages.extend(part.pages)


def _first_row_of_last_page(document: Document) -> int:
    """Rows carry their place as anchor; 0 when everything fits one page."""
    if len(document.pages) < 2:
        return 0
    return min(int(anchor) for anchor in document.pages[-1].anchors)


def _cover(book: Book, cover: BookCover) -> str:
    office = f'<p class="office">{escape(cover.office.upper())}</p>'
    lines = "".join(f'<p class="line">{escape(line)}</p>' for line in cover_lines(cover))
    return f'<div class="cover"><p>{escape(cover.superior.upper())}</p>{office}<h1>{book.title}</h1>{lines}</div>'


def _table(book: Book, head: str, rows: list[Any]) -> str:
    return f"<table>{head}<tbody>{''.join(_row(book, place, row) for place, row in enumerate(rows))}</tbody></table>"


def _row(book: Book, place: int, row: Any) -> str:
    return f'<tr id="{place}">{table.cells(book.columns, row)}</tr>'


def _closing(book: Book, cover: BookCover, count: int) -> str:
    numbers = ""
    if cover.from_number is not None and cover.to_number is not None:
        numbers = f", từ số {cover.from_number:02d} đến số {cover.to_number:02d}"
    said = book.closing or f"Sổ này đăng ký {grouped(count)} {book.noun}{numbers}."
    return (
        f'<div class="end"><p>{escape(said)}</p>'
        f'<p class="place"><i>Ngày ….. tháng ….. năm ………</i><br><b>{escape(book.maker)}</b></p></div>'
    )


def _certificate(book: Book, cover: BookCover, closing: Certificate, whole: pikepdf.Pdf) -> str:
    """The last page of a bound book: its pages and counts, with places for two signatures."""
    pages = ("Số trang của sổ", f"{len(whole.pages) - 1} trang, không kể bìa và trang này")
    rows = "".join(
        f"<tr><td>{escape(what)}</td><td><b>{escape(much)}</b></td></tr>"
        for what, much in [pages, *closing.lines]
    )
    part = f" ({escape(cover.part)})" if cover.part else ""
    return (
        f'<div class="certificate"><h2>KẾT THÚC SỔ</h2><p class="middle">{book.title}{part}, từ ngày'
        f" {cover.from_on:%d/%m/%Y} đến ngày {cover.to_on:%d/%m/%Y}</p><table>{rows}</table>"
        '<table class="signs"><tr><td><b>XÁC NHẬN CỦA LÃNH ĐẠO CƠ QUAN</b></td>'
        "<td><b>NGƯỜI ĐÓNG SỔ</b></td></tr></table></div>"
    )
