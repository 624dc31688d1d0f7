"""Letters as Word files that LibreOffice prints: a plain one for tuning, the product's own layout for others."""

import io
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell

from vanthu.documents import kinds
from vanthu.documents.states import Urgency
from vanthu.issuing import layout
from vanthu.issuing.layout import measures
from vanthu.reading import convert
from vanthu_tools.reading_bench.letter import Letter

_MIDDLE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_URGENCIES = {urgency.label: urgency for urgency in Urgency}


def pdf(docx: bytes) -> bytes:
    """The PDF that LibreOffice prints of a Word file."""
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(docx)
        return convert.to_pdf(source, Path(folder) / "letter.pdf").read_bytes()


def plain(letter: Letter) -> bytes:
    """A letter as an office types it: one table for the head, one for the foot."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    _plain_head(document.add_table(1, 2), letter)
    _plain_text(document, letter)
    _plain_foot(document.add_table(1, 2), letter)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lines(cell: _Cell, lines: Sequence[tuple[str, float, bool]], *, middle: bool = True) -> None:
    """(text, size, bold) lines."""
    for text, size, bold in lines:
        unused = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        paragraph = cell.paragraphs[0] if unused else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if middle:
            paragraph.alignment = _MIDDLE
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _plain_head(table, letter: Letter) -> None:  # type: ignore[no-untyped-def] # python-docx has no public type of it
    table.autofit = False
    for column, width in zip(table.columns, (74, 91), strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    left, right = table.rows[0].cells
    colon = " " if letter.party else ": "
    _lines(left, [(one, 12, False) for one in letter.over] + [(one, 12, True) for one in letter.own])
    _lines(left, [("*" if letter.party else "________", 10, False), (f"Số{colon}{letter.symbol}", 13, False)])
    if not letter.title:
        _lines(left, [(f"V/v {letter.subject}", 12, False)])
    if letter.urgency:
        _lines(left, [("", 6, False), (letter.urgency.upper(), 13, True)])
    top = (
        [("ĐẢNG CỘNG SẢN VIỆT NAM", 14, True), ("", 8, False)]
        if letter.party
        else [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True),
            ("Độc lập - Tự do - Hạnh phúc", 13, True),
            ("___________________", 8, False),
        ]
    )
    _lines(right, top)
    day = letter.issued_on
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    _lines(right, [(f"{letter.place}, ngày {day:%d} tháng {month} năm {day.year}", 13, False)])


def _plain_text(document, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    def add(text: str, *, middle: bool = False, bold: bool = False) -> None:
        paragraph = document.add_paragraph()
        paragraph.alignment = _MIDDLE if middle else _BOTH
        if not middle:
            paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.add_run(text).bold = bold

    if letter.title:
        add(letter.title, middle=True, bold=True)
        add(letter.subject, middle=True, bold=True)
    if len(letter.addressed) == 1:
        add(f"Kính gửi: {letter.addressed[0]}.", middle=True)
    elif letter.addressed:
        add("Kính gửi:", middle=True)
        for one in letter.addressed:
            paragraph = document.add_paragraph(f"- {one};")
            paragraph.paragraph_format.left_indent = Mm(65)
    for text in (*letter.basis, *letter.body):
        add(text)


def _plain_foot(table, letter: Letter) -> None:  # type: ignore[no-untyped-def]
    left, right = table.rows[0].cells
    first = ["Như trên"] if letter.addressed else []
    items = [*first, *letter.copies, f"Lưu: {letter.archive}"]
    _lines(left, [("Nơi nhận:", 12, True)], middle=False)
    _lines(left, [(f"- {one}{';' if one != items[-1] else '.'}", 11, False) for one in items], middle=False)
    _lines(
        right, [(one, 14, True) for one in letter.form] + [("", 14, False)] * 4 + [(letter.signer, 14, True)]
    )


def own_layout(letter: Letter) -> bytes | None:
    """The letter in the layout that the product drafts in, number and date filled in; None for a Party document."""
    if letter.party:
        return None
    day = letter.issued_on
    kind = next(kind for kind in kinds.ADMINISTRATIVE if kind.name == letter.truth["kind"])
    docx = layout.compose(
        layout.LetterData(
            kind=kind.code,
            office=str(letter.truth["issuer"]),
            symbol=letter.notation,
            place=letter.place,
            year=day.year,
            subject=letter.subject,
            superior=_ordinary(letter.over),
            recipients=letter.addressed,
            basis=letter.basis,
            body=letter.body,
            signing=letter.form,
            signer=letter.signer,
            copies=letter.copies,
            archive=letter.archive,
            urgency=_URGENCIES.get(letter.urgency, Urgency.NORMAL),
        )
    )
    return _filled(docx, letter)


def _ordinary(lines: tuple[str, ...]) -> str:
    return " ".join(lines).capitalize()


def _filled(docx: bytes, letter: Letter) -> bytes:
    """Number, day and month written into the blanks."""
    document = Document(io.BytesIO(docx))
    day = letter.issued_on
    said = f"{letter.place}, ngày {day:%d} tháng {day.month:02} năm {day.year}"
    for table in document.tables:
        for cell in {id(cell._tc): cell for row in table.rows for cell in row.cells}.values():
            for paragraph in cell.paragraphs:
                if paragraph.text.startswith("Số:"):
                    _say(
                        paragraph,
                        re.sub(rf"^Số:{measures.NUMBER_BLANK}", f"Số: {letter.number}", paragraph.text),
                    )
                elif "ngày" in paragraph.text and paragraph.text.startswith(letter.place):
                    _say(paragraph, said)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _say(paragraph, text: str) -> None:  # type: ignore[no-untyped-def]
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""
