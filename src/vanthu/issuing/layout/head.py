"""The top of the first page: offices and Quốc hiệu, number and date, stamps (ô 1–4, 5b, 10b, 11, 13)."""

from docx.document import Document as DocumentFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm
from docx.table import _Cell

from vanthu.documents.states import Urgency
from vanthu.issuing.layout import measures, paper
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.layout.measures import LOOKS
from vanthu.issuing.layout.names import about, capitals, width_mm

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def write_head(document: DocumentFile, data: LetterData, *, title: str) -> None:
    """The two-column head; an official letter (no title) carries its subject under the number."""
    left, right, number, date = _cells(document, data.place)
    write_offices(left, data)
    _nation(right)
    fill(number, [("3 Số, ký hiệu", f"Số:{measures.NUMBER_BLANK}/{data.symbol}")])
    if not title and data.subject:
        fill(number, [("5b Trích yếu công văn", about(data.subject, "V/v"))])
    blank = measures.DAY_BLANK
    fill(date, [("4 Địa danh, thời gian", f"{data.place}, ngày{blank}tháng{blank}năm {data.year}")])
    if data.urgency != Urgency.NORMAL:
        _urgency(number, Urgency(data.urgency))


def write_appendix_head(document: DocumentFile, data: LetterData) -> None:
    """The head of a text issued with the letter: offices and Quốc hiệu without number and date (Mẫu 1.3)."""
    table = paper.columns(document, [measures.HEAD_LEFT_MM, measures.HEAD_RIGHT_MM])
    write_offices(table.cell(0, 0), data)
    _nation(table.cell(0, 1))


def write_margins(document: DocumentFile, data: LetterData) -> None:
    """What stands in the margins of page 1: the circulation box above, the address line below."""
    section = document.sections[0]
    if data.circulation:
        header = section.first_page_header
        table = header.add_table(1, 1, Mm(measures.CIRCULATION_WIDTH_MM))
        table.alignment = WD_TABLE_ALIGNMENT.RIGHT
        paper.box(table, data.circulation.upper(), "11 Chỉ dẫn lưu hành", measures.CIRCULATION_WIDTH_MM)
        below = header.paragraphs[0]
        below._p.addprevious(table._tbl)
        paper.shrink(below)
    if data.contact:
        line = section.first_page_footer.paragraphs[0]
        line.style = "13 Liên hệ"
        paper.border(line, "top")
        line.add_run(data.contact)


def fill(cell: _Cell, lines: list[tuple[str, str]]) -> None:
    """Write (style, text) lines into a cell, beginning with the empty paragraph that every cell has."""
    for style, text in lines:
        first = cell.paragraphs[0]
        unused = len(cell.paragraphs) == 1 and not first.text
        paragraph = first if unused else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def _cells(document: DocumentFile, place: str) -> tuple[_Cell, _Cell, _Cell, _Cell]:
    """Offices, nation, number and date; the line of a long place borrows from the column of the number."""
    if len(place) <= measures.LONG_PLACE_LETTERS:
        table = paper.columns(document, [measures.HEAD_LEFT_MM, measures.HEAD_RIGHT_MM], rows=2)
        return table.cell(0, 0), table.cell(0, 1), table.cell(1, 0), table.cell(1, 1)
    borrowed = measures.LONG_PLACE_BORROWS_MM
    table = paper.columns(
        document, [measures.HEAD_LEFT_MM - borrowed, borrowed, measures.HEAD_RIGHT_MM], rows=2
    )
    (left, below, right), (number, middle, date) = table.rows[0].cells, table.rows[1].cells
    return left.merge(below), right, number, middle.merge(date)


def write_offices(cell: _Cell, data: LetterData) -> None:
    """The office above and the office that writes, with the rule under it (ô 2)."""
    office = capitals(data.office)
    fill(cell, [("2 Cơ quan chủ quản", line) for line in capitals(data.superior) if line])
    fill(cell, [("2 Cơ quan ban hành", line) for line in office])
    for other in data.joint_offices:
        fill(cell, [("2 Cơ quan ban hành", line) for line in capitals(f"- {other}")])
    # The rule is 1/3 to 1/2 of the line above it.
    length = 0.4 * width_mm(max(office, key=len), LOOKS["2 Cơ quan ban hành"].size)
    _rule(cell, measures.HEAD_LEFT_MM, length)


def _nation(cell: _Cell) -> None:
    fill(cell, [("1 Quốc hiệu", NATION), ("1 Tiêu ngữ", MOTTO)])
    _rule(cell, measures.HEAD_RIGHT_MM, width_mm(MOTTO, LOOKS["1 Tiêu ngữ"].size))


def _rule(cell: _Cell, column_mm: float, length_mm: float) -> None:
    indent = (column_mm - length_mm) / 2
    paper.rule(cell.add_paragraph(), indent, indent)


def _urgency(cell: _Cell, urgency: Urgency) -> None:
    gap = cell.add_paragraph()
    gap.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    gap.paragraph_format.line_spacing = Mm(3)
    width = measures.URGENCY_WIDTH_MM[urgency]
    paper.box(paper.columns(cell, [width]), urgency.label.upper(), "10b Mức độ khẩn", width, measures.RED)
    paper.shrink(cell.paragraphs[-1])
