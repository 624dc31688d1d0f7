"""compose(): one letter in, one DOCX out."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from docx.document import Document as DocumentFile
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from vanthu.issuing.layout import measures, paper
from vanthu.issuing.layout.body import Line, addressee_lines, content_lines, structured, title_lines
from vanthu.issuing.layout.copies import TITLES, copy_document
from vanthu.issuing.layout.foot import write_foot
from vanthu.issuing.layout.forms import Form, form_of
from vanthu.issuing.layout.head import write_appendix_head, write_head, write_margins
from vanthu.issuing.layout.letter import Appendix, LetterData
from vanthu.issuing.layout.measures import LOOKS
from vanthu.issuing.layout.names import width_mm

_LOOSE = 1.12
"""How much longer than their share lines may run, because words are not cut."""


def compose(data: LetterData) -> bytes:
    """A DOCX of the letter; number, day and month stay blank, "Số:        /…", "ngày       tháng       năm …"."""
    stream = BytesIO()
    document_of(data).save(stream)
    return stream.getvalue()


def document_of(data: LetterData) -> DocumentFile:
    """The letter as python-docx holds it."""
    if data.kind in TITLES:
        return copy_document(data)
    form = form_of(data.kind)
    document = paper.blank()
    document._body.clear_content()
    _describe(document, form, data)
    write_margins(document, data)
    write_head(document, data, title=form.title)
    _write_title(document, title_lines(form, data))
    if form.addressed:
        _write_addressees(document, addressee_lines(data.recipients))
    _write_text(document, content_lines(form, data))
    write_foot(document, form, data)
    for appendix in data.appendices:
        _write_appendix(document, form, data, appendix)
    if not data.appendices:
        paper.shrink(document.add_paragraph())  # Word wants a paragraph behind the last table
    return document


def _describe(document: DocumentFile, form: Form, data: LetterData) -> None:
    properties = document.core_properties
    properties.title = " ".join(f"{form.title} {data.subject}".split())
    properties.author = data.office
    properties.language = measures.LANGUAGE
    properties.comments = ""


def _write_title(document: DocumentFile, lines: list[Line]) -> None:
    if not lines:
        return
    for line in lines:
        paragraph = _write(document, line)
        if line.style == "5a Trích yếu":
            draw_in(paragraph, line.text)
    below = document.add_paragraph()
    indent = rule_indent_mm(lines[-1])
    paper.rule(below, indent, indent)
    below.paragraph_format.space_after = Pt(8)


def draw_in(paragraph: Paragraph, text: str) -> None:
    """Set the sides of a trích yếu so that its lines are about as long as each other."""
    indent = Mm(_even(text, LOOKS["5a Trích yếu"].size))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent


def rule_indent_mm(above: Line) -> float:
    """How far the rule under the title stands in on both sides: it is 1/3 to 1/2 of the line above it."""
    length = max(0.4 * min(width_mm(above.text, LOOKS[above.style].size), measures.TEXT_WIDTH_MM * 0.8), 18)
    return (measures.TEXT_WIDTH_MM - length) / 2


def _even(text: str, points: float) -> float:
    """How far (mm) a long trích yếu is drawn in on both sides, so that no last line holds one word."""
    width = width_mm(text, points)
    rows = ceil(width / measures.TEXT_WIDTH_MM)
    wanted = width / rows * _LOOSE
    return max((measures.TEXT_WIDTH_MM - wanted) / 2, 0) if rows > 1 else 0


def _write_addressees(document: DocumentFile, lines: list[Line]) -> None:
    place_addressees([_write(document, line) for line in lines], lines)


def place_addressees(paragraphs: Sequence[Paragraph], lines: Sequence[Line]) -> None:
    """Set these paragraphs as "Kính gửi" and whom it names: dashes stand under the colon."""
    for index, (paragraph, line) in enumerate(zip(paragraphs, lines, strict=True)):
        layout = paragraph.paragraph_format
        if index == 0:
            layout.space_before = Pt(10)
        if line.style == "9a Nơi gửi":
            layout.left_indent = Mm(measures.ADDRESSEE_INDENT_MM)
        if line.text.startswith("- "):
            layout.left_indent = Mm(measures.ADDRESSEE_INDENT_MM + measures.DASH_UNDER_COLON_MM + 3)
            layout.first_line_indent = Mm(-3)
        if index == len(lines) - 1:
            layout.space_after = Pt(10)


def _write_text(document: DocumentFile, lines: list[Line]) -> None:
    paragraph: Paragraph | None = None
    for line in lines:
        paragraph = _write(document, line)
    if paragraph is not None:
        end_text(paragraph)


def end_text(paragraph: Paragraph) -> None:
    """The last paragraph of a text goes with the signature, which never stands alone on a page."""
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(12)


def _write(document: DocumentFile, line: Line) -> Paragraph:
    paragraph = document.add_paragraph(style=line.style)
    if line.lead:
        paragraph.add_run(line.lead).bold = True
    paragraph.add_run(line.text)
    return paragraph


def _write_appendix(document: DocumentFile, form: Form, data: LetterData, appendix: Appendix) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    paper.arrange(section)
    paper.restart_page_numbers(section)
    if appendix.label:
        _write(document, Line("Phụ lục", appendix.label))
    else:
        write_appendix_head(document, data)
    title = _write(document, Line("5a Tên loại", appendix.title.upper()))
    title.paragraph_format.space_before = Pt(4) if appendix.label else None
    if appendix.subject:
        _write(document, Line("5a Trích yếu", appendix.subject))
    name = form.title.capitalize() or "Công văn"
    blank = measures.DAY_BLANK
    dated = f"ngày{blank}tháng{blank}năm {data.year}"
    source = f"(Kèm theo {name} số{measures.NUMBER_BLANK}/{data.symbol} {dated}\ncủa {data.office})"
    _write(document, Line("Kèm theo", source)).paragraph_format.space_after = Pt(10)
    for line in structured(appendix.body):
        _write(document, line)
