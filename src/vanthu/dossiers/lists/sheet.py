"""A list as XLSX: title and lines above, the table with real dates and numbers, the closing lines under it."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from vanthu.documents.books.cells import fill
from vanthu.documents.books.columns import Value
from vanthu.dossiers.lists.columns import ListForm, ListHead

_FONT = "Times New Roman"
_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MM_PER_LETTER = 1.8  # of column width at 11 points


def write_xlsx(form: ListForm, head: ListHead, rows: Sequence[Any], target: BinaryIO) -> None:
    """Write the list to `target`."""
    workbook = Workbook()
    workbook.properties.title = form.title
    workbook.properties.creator = head.office
    sheet = workbook.worksheets[0]
    sheet.title = "Mục lục"
    _set_up(sheet, form)
    number = 1
    above = [(head.superior.upper(), False), (head.office.upper(), True), (form.title, True)]
    for text, bold in [*above, *((line, False) for line in head.lines)]:
        if text:
            _line(sheet, number, len(form.columns), text, bold=bold, centred=True)
            number += 1
    number = _table(sheet, number + 1, form, rows)
    for text in head.closing:
        _line(sheet, number + 1, len(form.columns), text, bold=False, centred=False)
        number += 1
    workbook.save(target)


def _set_up(sheet: Worksheet, form: ListForm) -> None:
    for index, column in enumerate(form.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width_mm / _MM_PER_LETTER
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Trang &P"


def _line(sheet: Worksheet, number: int, width: int, text: str, *, bold: bool, centred: bool) -> None:
    cell = _put(sheet, number, 1, text)
    cell.font = Font(name=_FONT, size=13 if bold else 12, bold=bold)
    cell.alignment = Alignment(horizontal="center" if centred else None)
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)


def _table(sheet: Worksheet, number: int, form: ListForm, rows: Sequence[Any]) -> int:
    """Write head and rows from this row on; returns the first row after them."""
    for index, column in enumerate(form.columns, start=1):
        for below, text in enumerate((column.title, f"({index})")):
            cell = _put(sheet, number + below, index, text)
            cell.font = Font(name=_FONT, size=11 if not below else 9, bold=not below, italic=bool(below))
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = _BORDER
    sheet.print_title_rows = f"{number}:{number + 1}"
    sheet.freeze_panes = f"A{number + 2}"
    for place, row in enumerate(rows, start=number + 2):
        level = getattr(row, "level", 0)
        for index, column in enumerate(form.columns, start=1):
            cell = _put(sheet, place, index, column.value(row))
            cell.font = Font(name=_FONT, size=11, bold=level > 0, italic=level == 2)
            cell.alignment = Alignment(
                horizontal="center" if column.centred else None, vertical="top", wrap_text=True
            )
            cell.border = _BORDER
    return number + 2 + len(rows)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    cell: Cell = sheet.cell(row, column)
    return fill(cell, value)
