"""Letters as Word files of the held documents: a head set with tab stops, or a head in a table of four cells."""

import io
import random
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanthu_tools.reading_bench.letter import Letter

_MIDDLE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT_STOP, _RIGHT_STOP = Mm(37), Mm(119)


def docx(letter: Letter, *, tabs: bool) -> bytes:
    """The Word file; `tabs` sets the head line by line with tab stops."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    section.top_margin = section.bottom_margin = Mm(20)
    if tabs:
        _tabbed_head(document, letter)
    else:
        _celled_head(document, letter)
    _text(document, letter)
    _foot(document, letter, random.Random(letter.key))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _said(letter: Letter, *, zeros: bool) -> str:
    on = letter.issued_on
    month = f"{on.month:02}" if zeros or on.month < 3 else str(on.month)
    return f"{letter.place}, ngày {on:%d} tháng {month} năm {on.year}"


def _number(letter: Letter) -> str:
    return f"Số{'' if letter.party else ':'} {letter.symbol}"


def _nation(letter: Letter) -> list[tuple[str, float, bool]]:
    """(text, size, bold) of the lines on the right."""
    if letter.party:
        return [("ĐẢNG CỘNG SẢN VIỆT NAM", 14, True)]
    return [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True), ("Độc lập - Tự do - Hạnh phúc", 13, True)]


def _tabbed_head(document, letter: Letter) -> None:  # type: ignore[no-untyped-def] # python-docx has no public type of it
    left = [(one, 12.0, False) for one in letter.over] + [(one, 12.0, True) for one in letter.own]
    left.append(("*" if letter.party else "----------", 11, False))
    left += [("", 12, False)] * (3 - len(left))
    right = _nation(letter)
    right += [("", 12.0, False)] * (len(left) - len(right))
    if not letter.party:
        right[2] = ("-----------------------", 11, False)
    left.append((_number(letter), 13, False))
    rows = [*zip(left, [*right, (_said(letter, zeros=True), 13.0, False)], strict=True)]
    for at, (one, other) in enumerate(rows):
        paragraph = document.add_paragraph()
        for stop in (_LEFT_STOP, _RIGHT_STOP):
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.CENTER)
        for text, size, bold in (one, other):
            run = paragraph.add_run(f"\t{text}")
            run.bold, run.font.size = bold, Pt(size)
        paragraph.runs[-1].italic = at == len(rows) - 1
    _under(document, letter)


def _under(document, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    """What stands under the number, in the left half."""
    lines = [] if letter.title else [(f"V/v {letter.subject}", 12, False)]
    if letter.urgency:
        lines.append((letter.urgency.upper(), 13, True))
    for text, size, bold in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = _MIDDLE
        paragraph.paragraph_format.right_indent = Mm(90)
        paragraph.paragraph_format.space_before = Pt(4)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _celled_head(document, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(2, 2)
    table.autofit = False
    for column, width in zip(table.columns, (69, 97), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    cells = [cell for row in table.rows for cell in row.cells]
    _lines(cells[0], [(one, 12, False) for one in letter.over] + [(one, 12, True) for one in letter.own])
    _lines(cells[1], _nation(letter))
    if letter.party:
        _lines(cells[0], [("*", 12, False)])
    else:
        _ruled(cells[0].paragraphs[-1], 20)
        _ruled(cells[1].paragraphs[-1], 16)
    _lines(cells[2], [(_number(letter), 13, False)])
    if not letter.title:
        _lines(cells[2], [(f"V/v {letter.subject}", 12, False)])
    if letter.urgency:
        _lines(cells[2], [(letter.urgency.upper(), 14, True)])
    _lines(cells[3], [(_said(letter, zeros=False), 13, False)])
    cells[3].paragraphs[0].runs[0].italic = True


def _lines(cell: _Cell, lines: Sequence[tuple[str, float, bool]], *, middle: bool = True) -> None:
    for text, size, bold in lines:
        unused = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        paragraph = cell.paragraphs[0] if unused else cell.add_paragraph()
        if middle:
            paragraph.alignment = _MIDDLE
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _ruled(paragraph: Paragraph, indent: int) -> None:
    """A line under the paragraph that is `indent` millimetres shorter on both sides."""
    rule, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    paragraph._p.addnext(rule)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    sides = OxmlElement("w:ind")
    for name in ("left", "right"):
        sides.set(qn(f"w:{name}"), str(indent * 57))
    properties.extend((borders, sides))
    rule.append(properties)


def _text(document, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    def add(text: str, *, middle: bool = False, bold: bool = False, before: int = 6) -> None:
        paragraph = document.add_paragraph()
        paragraph.alignment = _MIDDLE if middle else _BOTH
        paragraph.paragraph_format.space_before = Pt(before)
        if not middle:
            paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.add_run(text).bold = bold

    if letter.title:
        add(letter.title, middle=True, bold=True, before=18)
        add(letter.subject, middle=True, bold=True, before=0)
    if len(letter.addressed) == 1:
        add(f"Kính gửi: {letter.addressed[0]}", middle=True, before=18)
    elif letter.addressed:
        add("Kính gửi:", before=18)
        for at, one in enumerate(letter.addressed, start=1):
            paragraph = document.add_paragraph(f"-\t{one}{'.' if at == len(letter.addressed) else ';'}")
            paragraph.paragraph_format.left_indent = Mm(46)
            paragraph.paragraph_format.first_line_indent = Mm(-5)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(46))
    for text in letter.basis:
        add(text)
    if letter.basis:
        add("QUYẾT NGHỊ:" if letter.title == "NGHỊ QUYẾT" else "QUYẾT ĐỊNH:", middle=True, bold=True)
    last = len(letter.body) - 1
    for at, text in enumerate(letter.body):
        add(text.rstrip(".") + "./." if at == last else text)


def _foot(document, letter: Letter, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    document.add_paragraph()
    table = document.add_table(1, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    items = [*(["Như trên"] if letter.addressed else []), *letter.copies]
    _lines(left, [("Nơi nhận:", 12, True)], middle=False)
    left.paragraphs[0].runs[0].italic = True
    _lines(left, [(f"- {one};", 11, False) for one in items], middle=False)
    _lines(left, [(f"- {draw.choice(('Lưu:', 'Lưu'))} {letter.archive}.", 11, False)], middle=False)
    _lines(right, [(one, 14, True) for one in letter.form])
    for _ in range(draw.choice((4, 5))):
        right.add_paragraph()
    _lines(right, [(letter.signer, 14, True)])
