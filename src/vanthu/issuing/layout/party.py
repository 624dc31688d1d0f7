"""The form of documents of the Party (Hướng dẫn 36-HD/VPTW ngày 03/4/2018): no Quốc hiệu, "Số" without a colon."""

from docx.document import Document as DocumentFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanthu.issuing.layout import measures, paper
from vanthu.issuing.layout.letter import LetterData
from vanthu.issuing.layout.names import width_mm

PARTY_NAME = "ĐẢNG CỘNG SẢN VIỆT NAM"
_SIZE, _TITLE, _LIST = 14, 16, 12
_COLUMNS = (78, 87)


def party_document(office: LetterData) -> DocumentFile:
    """The template: committee and Party above, number and day, title, text, who signs; `office` is its author."""
    document = _begun(office)
    _head(document)
    _title(document)
    _end(document)
    return document


def party_letter(office: LetterData) -> DocumentFile:
    """The template of an official letter: no title, the subject in small italics under the number (ô 5b), Kính gửi."""
    document = _begun(office)
    _line(_next(_head(document)), "{{trích yếu}}", _LIST, italic=True)
    _line(document.add_paragraph(style="9a Kính gửi"), "{{kính gửi}}", _SIZE)
    _end(document)
    return document


def _begun(office: LetterData) -> DocumentFile:
    document = paper.blank()
    document._body.clear_content()
    document.core_properties.author = office.office
    document.core_properties.language = measures.LANGUAGE
    document.core_properties.title = ""
    document.core_properties.comments = ""
    return document


def _end(document: DocumentFile) -> None:
    _line(document.add_paragraph(style="6 Nội dung"), "{{nội dung}}")
    _foot(document)
    paper.shrink(document.add_paragraph())


def _head(document: DocumentFile) -> _Cell:
    """Committee and number on the left, the Party and the day on the right; the left cell."""
    table = paper.columns(document, _COLUMNS)
    left, right = table.rows[0].cells
    _line(_next(left), "{{cơ quan chủ quản}}", _SIZE)
    _line(_next(left), "{{cơ quan ban hành}}", _SIZE, bold=True)
    _line(_next(left), "*", _SIZE, bold=True)
    _line(_next(left), "Số{{số}}-{{ký hiệu}}", _SIZE)
    _line(_next(right), PARTY_NAME, 15, bold=True)
    indent = (_COLUMNS[1] - width_mm(PARTY_NAME, 15)) / 2
    paper.rule(_next(right), indent, indent)
    dated = _next(right)
    dated.paragraph_format.space_before = Pt(14)
    _line(dated, "{{địa danh}}, ngày{{ngày}}tháng{{tháng}}năm {{năm}}", _SIZE, italic=True)
    return left


def _title(document: DocumentFile) -> None:
    _line(document.add_paragraph(style="5a Tên loại"), "{{tên loại}}", _TITLE)
    _line(document.add_paragraph(style="5a Trích yếu"), "{{trích yếu}}")
    below = document.add_paragraph("-----", style="5a Trích yếu")
    below.paragraph_format.space_after = Pt(8)


def _foot(document: DocumentFile) -> None:
    table = paper.columns(document, _COLUMNS)
    left, right = table.rows[0].cells
    heading = _next(left)
    heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _line(heading, "Nơi nhận:", _SIZE)
    heading.runs[0].underline = True
    given = _next(left)
    given.style, given.alignment = "9b Danh sách nhận", WD_ALIGN_PARAGRAPH.LEFT
    _line(given, "{{nơi nhận}}", _LIST)
    _line(_next(right), "{{quyền hạn, chức vụ}}", _SIZE, bold=True)
    for _ in range(measures.SIGNATURE_LINES):
        space = right.add_paragraph(style="7c Chữ ký").paragraph_format
        space.line_spacing_rule, space.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(measures.SIGNATURE_LINE_PT)
    _line(_next(right), "{{người ký}}", _SIZE, bold=True)


def _next(cell: _Cell) -> Paragraph:
    """An empty centred paragraph: the one that every cell has, or a new one."""
    first = cell.paragraphs[0]
    fresh = len(cell.paragraphs) == 1 and not first.runs and not cell._tc.xpath(".//w:pBdr")
    paragraph: Paragraph = first if fresh else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Mm(0)
    return paragraph


def _line(
    paragraph: Paragraph,
    text: str,
    size: float | None = None,
    *,
    bold: bool | None = None,
    italic: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic or None
    run.font.size = Pt(size) if size else None
