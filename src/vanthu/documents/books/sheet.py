"""A register as XLSX, written row by row: real dates and numbers, head frozen and repeated in print."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from vanthu.documents.books.cells import fill
from vanthu.documents.books.columns import Book, BookCover, Certificate, Column, Value, cover_lines

_FONT = "Times New Roman"
_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MM_PER_LETTER = 2.0  # of column width at 11 points


def write_xlsx(book: Book, cover: BookCover, rows: Iterable[Any], target: BinaryIO) -> int:
    """Write the register to `target`; returns how many rows it has. Rows are read once and not kept."""
    workbook = Workbook(write_only=True)
    workbook.properties.title = f"{book.title} năm {cover.year}"
    workbook.properties.creator = cover.office
    _write_cover(workbook.create_sheet("Bìa"), book, cover)
    count = _write_table(workbook.create_sheet("Sổ"), book, rows)
    if cover.certificate is not None:
        _write_certificate(workbook.create_sheet("Kết thúc sổ"), cover.certificate)
    workbook.active = 1
    workbook.save(target)
    return count


def _write_cover(sheet: WriteOnlyWorksheet, book: Book, cover: BookCover) -> None:
    sheet.column_dimensions["A"].width = 110
    _landscape(sheet)
    texts = [(cover.superior.upper(), 13, False), (cover.office.upper(), 13, True), ("", 13, False)]
    texts += [(book.title, 22, True), ("", 13, False), *((line, 14, False) for line in cover_lines(cover))]
    for text, size, bold in texts:
        cell = _cell(sheet, text)
        cell.font = Font(name=_FONT, size=size, bold=bold)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.append([cell])


def _write_certificate(sheet: WriteOnlyWorksheet, closing: Certificate) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 70
    _landscape(sheet)
    for what, much in closing.lines:
        sheet.append([_cell(sheet, what), _cell(sheet, much)])


def _write_table(sheet: WriteOnlyWorksheet, book: Book, rows: Iterable[Any]) -> int:
    for index, column in enumerate(book.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width_mm / _MM_PER_LETTER
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    _landscape(sheet)
    sheet.append([_head_cell(sheet, column.title, bold=True) for column in book.columns])
    sheet.append([_head_cell(sheet, f"({number})", bold=False) for number in range(1, len(book.columns) + 1)])
    looks = [Alignment(horizontal="center" if column.centred else None, vertical="top", wrap_text=True)
             for column in book.columns]  # fmt: skip
    font = Font(name=_FONT, size=11)
    count = 0
    for row in rows:
        sheet.append(
            [
                _row_cell(sheet, column, row, look, font)
                for column, look in zip(book.columns, looks, strict=True)
            ]
        )
        count += 1
    return count


def _landscape(sheet: WriteOnlyWorksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Trang &P"


def _head_cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font = Font(name=_FONT, size=11 if bold else 9, bold=bold, italic=not bold)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _BORDER
    return cell


def _row_cell(
    sheet: WriteOnlyWorksheet, column: Column, row: Any, look: Alignment, font: Font
) -> WriteOnlyCell:
    cell = _cell(sheet, column.value(row))
    cell.font, cell.alignment, cell.border = font, look, _BORDER
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    return fill(WriteOnlyCell(sheet), value)
