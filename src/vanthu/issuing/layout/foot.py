"""The end of a letter: who signs, with room for the signature, and who gets it (ô 7a–7c, 9b, 12)."""

from docx.document import Document as DocumentFile
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanthu.issuing.layout import measures, paper
from vanthu.issuing.layout.body import Line, receiver_lines
from vanthu.issuing.layout.forms import Form
from vanthu.issuing.layout.head import fill
from vanthu.issuing.layout.letter import LetterData


def write_foot(document: DocumentFile, form: Form, data: LetterData) -> None:
    """Nơi nhận on the left, signature on the right; several signers stand above, and Nơi nhận below them."""
    signers = _signers(form, data)
    if len(signers) > 1:
        _side_by_side(document, signers)
        _receivers_below(document, receiver_lines(form, data))
        return
    table = paper.columns(document, [measures.HEAD_LEFT_MM, measures.HEAD_RIGHT_MM])
    left, right = table.rows[0].cells
    _signature(right, data.signing, data.signer)
    receivers = receiver_lines(form, data)
    fill(left, [(line.style, line.text) for line in receivers])
    for paragraph, line in zip(left.paragraphs, receivers, strict=True):
        _hang(paragraph, line)


def _signers(form: Form, data: LetterData) -> list[tuple[tuple[str, ...], str]]:
    """Left to right: the secretary before the chair of a record; side A before side B of what two sides agree;
    of a joint document the chairing body last."""
    if form.two_signers:
        return [(("THƯ KÝ",), data.secretary), (("CHỦ TỌA",), data.signer)]
    if form.counterpart:
        return [(("ĐẠI DIỆN BÊN A", *data.signing), data.signer), ((form.counterpart,), "")]
    return [*data.joint, (data.signing, data.signer)]


def _side_by_side(document: DocumentFile, signers: list[tuple[tuple[str, ...], str]]) -> None:
    """Two signatures a row, so that each has room and the last stands on the right."""
    padded = [None] * (len(signers) % 2) + signers
    for place in range(0, len(padded), 2):
        table = paper.columns(document, [measures.HEAD_LEFT_MM, measures.HEAD_RIGHT_MM])
        for cell, signer in zip(table.rows[0].cells, padded[place : place + 2], strict=True):
            if signer is not None:
                _signature(cell, *signer)
        if place + 2 < len(padded):
            paper.shrink(document.add_paragraph())


def _receivers_below(document: DocumentFile, lines: list[Line]) -> None:
    gap = Pt(10)
    for line in lines:
        paragraph = document.add_paragraph(line.text, style=line.style)
        paragraph.paragraph_format.space_before, gap = gap, Pt(0)
        _hang(paragraph, line)


def _signature(cell: _Cell, form: tuple[str, ...], name: str) -> None:
    fill(cell, [("7a Chức vụ", line.upper()) for line in form])
    for _ in range(measures.SIGNATURE_LINES):
        space = cell.add_paragraph(style="7c Chữ ký").paragraph_format
        space.line_spacing_rule, space.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(measures.SIGNATURE_LINE_PT)
    cell.add_paragraph(name, style="7b Họ tên")


def _hang(paragraph: Paragraph, line: Line) -> None:
    if line.text.startswith("- "):
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = Mm(2), Mm(-2)
