"""A table as XLSX, DOCX and PDF. Loaded when the first one is written: the libraries cost a second."""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from django.template.loader import render_to_string
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from weasyprint import HTML

from vanthu.documents.books.cells import fill
from vanthu.documents.books.columns import Value, shown

LETTERS = 16  # width of a column of a sheet
WIDE = 60
_NARROW = {"STT": 11, "Số đến": 14, "Ngày văn bản": 24, "Năm": 14, "Vào hệ thống": 24}  # mm; others 34


class Table(NamedTuple):
    """What is written: two lines, the heads and the rows; the last column is the widest."""

    title: str
    note: str
    heads: list[str]
    rows: list[list[Value]]
    sheet: str = "Kết quả tìm"

    @property
    def lines(self) -> list[list[Value]]:
        """Everything from top to bottom: two lines of one cell, the heads, the rows."""
        return [[self.title], [self.note], [*self.heads], *self.rows]


def xlsx(table: Table) -> bytes:
    """A sheet with real dates and numbers; text stays text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.sheet)
    for place, _ in enumerate(table.heads, start=1):
        width = WIDE if place == len(table.heads) else LETTERS
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line in table.lines:
        sheet.append([fill(WriteOnlyCell(sheet), value) for value in line])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def docx(table: Table) -> bytes:
    """A page across with a plain table whose heads are repeated; columns as wide as in the PDF."""
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(11)
    document.add_paragraph().add_run(table.title).bold = True
    document.add_paragraph(table.note)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    grid = document.add_table(rows=1 + len(table.rows), cols=len(table.heads), style="Table Grid")
    grid.autofit = False
    widths = _widths(table.heads)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    cells = iter(grid._cells)
    for number, line in enumerate(table.lines[2:]):
        for value, width in zip(line, widths, strict=True):
            cell = next(cells)
            cell.text, cell.width = shown(value), Mm(width)
            if number == 0:
                cell.paragraphs[0].runs[0].bold = True
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _widths(heads: list[str]) -> list[int]:
    """Millimetres of the columns of a page of 257: what is short is narrow, the last takes the rest."""
    given = [_NARROW.get(head, 34) for head in heads[:-1]]
    return [*given, 257 - sum(given)]


def pdf(table: Table) -> bytes:
    """Pages across, heads repeated, numbered."""
    rows = [[shown(value) for value in row] for row in table.rows]
    page = render_to_string("search/exported.html", {**table._asdict(), "rows": rows})
    return bytes(HTML(string=page).write_pdf())


WRITERS: dict[str, Callable[[Table], bytes]] = {"xlsx": xlsx, "docx": docx, "pdf": pdf}
