"""Letters as Word files of the unseen documents: a head in three cells or in rows of cells, lines by underlining."""

import io
import random
from collections.abc import Sequence

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanthu_tools.reading_bench.letter import Letter

_MIDDLE, _BOTH, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def docx(letter: Letter, *, gap: bool) -> bytes:
    """The Word file; `gap` puts an empty cell between both halves of the head, else number and date have a row."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13.5)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3.2), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.different_first_page_header_footer = True
    _paged(section.header.paragraphs[0])
    draw = random.Random(letter.key)
    if gap:
        _three_cells(document, letter, draw)
    else:
        _rows(document, letter, draw)
    _middle(document, letter)
    _end(document, letter, draw)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paged(paragraph: Paragraph) -> None:
    """The number of the page, as a field."""
    paragraph.alignment = _MIDDLE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()._r
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)


def _say(
    cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, under: bool = False
) -> None:
    """One more centred line; `under` underlines the middle words of a name."""
    fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
    paragraph.alignment = _MIDDLE
    words = text.split(" ")
    third = len(words) // 3 if under else 0
    parts = (words[:third], words[third : len(words) - third], words[len(words) - third :])
    for at, part in enumerate(parts):
        if part:
            run = paragraph.add_run(" ".join(part) + (" " if any(parts[at + 1 :]) else ""))
            run.bold, run.italic, run.underline = bold, italic, under and at == 1
            run.font.size = Pt(size)


def _names(cell: _Cell, letter: Letter) -> None:
    for one in letter.over:
        _say(cell, one, 12.5)
    for one in letter.own:
        _say(cell, one, 12.5, bold=True, under=one == letter.own[-1] and not letter.party)
    if letter.party:
        _say(cell, "*", 12.5)


def _nation(cell: _Cell, letter: Letter) -> None:
    if letter.party:
        _say(cell, "ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True, under=True)
        return
    _say(cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    _say(cell, "Độc lập - Tự do - Hạnh phúc", 13.5, bold=True)
    _say(cell, "_______________________", 8)


def _number(cell: _Cell, letter: Letter, draw: random.Random) -> None:
    lead = draw.choice(("Số: ", "Số:", "Số:  "))
    _say(cell, ("Số " if letter.party else lead) + letter.symbol, 13)
    if not letter.title:
        _say(cell, f"V/v {letter.subject}", 12)
        cell.paragraphs[-1].paragraph_format.space_before = Pt(5)
    if letter.urgency:
        _say(cell, letter.urgency.upper(), 13.5, bold=True)
        _boxed(cell.paragraphs[-1])


def _boxed(paragraph: Paragraph) -> None:
    """Red words in a red frame, 9 mm from both edges of the cell."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.9)
    paragraph.paragraph_format.space_before = Pt(6)
    for run in paragraph.runs:
        run.font.color.rgb = RGBColor(0xFF, 0, 0)
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "FF0000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _date(cell: _Cell, letter: Letter, draw: random.Random) -> None:
    on = letter.issued_on
    lawful = f"{on:%m}" if on.month < 3 else str(on.month)
    said = f"{letter.place}, ngày {on:%d} tháng {draw.choice((lawful, f'{on:%m}'))} năm {on.year}"
    _say(cell, said, 13.5, italic=True)


def _widths(table, widths: Sequence[float]) -> None:  # type: ignore[no-untyped-def] # python-docx has no public type of it
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _three_cells(document, letter: Letter, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(1, 3)
    _widths(table, (6.5, 0.2, 9.6))
    left, _, right = table.rows[0].cells
    _names(left, letter)
    _number(left, letter, draw)
    _nation(right, letter)
    for _ in range(max(0, len(letter.over) + len(letter.own) - 2)):
        right.add_paragraph()
    _date(right, letter, draw)


def _rows(document, letter: Letter, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(2, 2)
    _widths(table, (6.7, 9.5))
    (first, second), (third, fourth) = (row.cells for row in table.rows)
    _names(first, letter)
    _nation(second, letter)
    _number(third, letter, draw)
    _date(fourth, letter, draw)


def _middle(document, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    def add(text: str, place: WD_ALIGN_PARAGRAPH, *, bold: bool = False, before: float = 5) -> Paragraph:
        paragraph: Paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment, form.space_before = place, Pt(before)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.1
        if place == _BOTH:
            form.first_line_indent = Cm(1)
        paragraph.add_run(text).bold = bold
        return paragraph

    if letter.title:
        add(letter.title, _MIDDLE, bold=True, before=16)
        add(letter.subject, _MIDDLE, bold=True, before=0)
    if len(letter.addressed) == 1:
        add(f"Kính gửi: {letter.addressed[0]}.", _MIDDLE, before=16)
    for at, one in enumerate(letter.addressed if len(letter.addressed) > 1 else ()):
        lead = "Kính gửi: " if at == 0 else ""
        line = add(
            f"{lead}- {one}{'.' if one == letter.addressed[-1] else ';'}", _LEFT, before=0 if at else 16
        )
        line.paragraph_format.left_indent = Cm(2 if at == 0 else 3.95)
    if letter.basis:
        add(letter.competence, _MIDDLE, bold=True, before=10)
    for one in letter.basis:
        add(one, _BOTH).runs[0].italic = True
    if letter.basis:
        add("QUYẾT NGHỊ:" if letter.title == "NGHỊ QUYẾT" else "QUYẾT ĐỊNH:", _MIDDLE, bold=True)
    for at, one in enumerate(letter.body, start=1):
        add(one.rstrip(".") + "./." if at == len(letter.body) else one, _BOTH)


def _end(document, letter: Letter, draw: random.Random) -> None:  # type: ignore[no-untyped-def]
    document.add_paragraph()
    table = document.add_table(1, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    items = [*(["Như trên"] if letter.addressed else []), *letter.copies, f"Lưu: {letter.archive}"]
    _say(left, "Nơi nhận:", 12, bold=True, italic=True)
    left.paragraphs[0].alignment = _LEFT
    for at, one in enumerate(items, start=1):
        _say(left, f"- {one}{';' if at < len(items) else '.'}", 11)
        left.paragraphs[-1].alignment = _LEFT
    for one in letter.form:
        _say(right, one, 13.5, bold=True)
    for _ in range(draw.choice((4, 5, 6))):
        right.add_paragraph()
    _say(right, letter.signer, 13.5, bold=True)
