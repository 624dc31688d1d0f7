"""Paper, margins, page numbers, fonts (Phụ lục I, phần I, mục I)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanthu.reading.form import mending
from vanthu.reading.form.elements import APPENDIX
from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.rules.looks import Look, look

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc, Line, Sheet

_WIDTH, _HEIGHT = 210, 297
_EDGES = {
    "top": ("trên", 20, 25),
    "bottom": ("dưới", 20, 25),
    "left": ("trái", 30, 35),
    "right": ("phải", 15, 20),
}
_OFF = 0.6  # mm
_ONE_PAGE = 2600  # letters that fit one page with its head and foot
# Fonts with the letters of Times New Roman that stand in for it on machines without it.
TIMES = ("timesnewroman", "liberationserif", "tinos", "times", "nimbusroman", "texgyretermes")
_OLD_CODES = (".vn", "vni-", "vni ")


def page(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of the sheet."""
    first = doc.lines[0] if doc.lines else None
    for at, sheet in enumerate(doc.sheets):
        line = next(
            (line for line in doc.lines if (line.page - 1 if line.page else line.section) == at), first
        )
        yield from _size(sheet, line)
        yield from _margins(doc, sheet, line)
        if doc.source == "pdf" and at and sheet.numbered is False and not _begins(line, parts):
            yield found("page.number", line, f"Trang {at + 1} chưa có số trang ở giữa lề trên.")
    if doc.source == "docx":
        yield from _numbers(doc, first)
    elif doc.sheets and doc.sheets[0].first_numbered:
        yield found("page.first", first, "Bỏ số trang ở trang đầu.")
    for line in doc.page_numbers[:1]:
        yield from look("page.look", "Số trang", line, Look(13, 14, bold=None, align="center"))


def _begins(line: Line | None, parts: Parts) -> bool:
    """Whether a page is the first of an annex, which counts its own pages."""
    return line is not None and (line in parts.appendix[:1] or bool(APPENDIX.match(line.text)))


def _size(sheet: Sheet, line: Line | None) -> Iterator[Finding]:
    short, long = sorted((sheet.width, sheet.height))
    if abs(short - _WIDTH) <= 2 and abs(long - _HEIGHT) <= 2:
        return
    lies = sheet.width > sheet.height
    width, height = (_HEIGHT, _WIDTH) if lies else (_WIDTH, _HEIGHT)
    message = f"Khổ giấy phải là A4 (210 × 297 mm); đang {sheet.width:.0f} × {sheet.height:.0f} mm."
    yield found("page.size", line, message, mending.paper(sheet, width=width, height=height))


def _margins(doc: Doc, sheet: Sheet, line: Line | None) -> Iterator[Finding]:
    said: list[str] = []
    wanted: dict[str, float] = {}
    lies = sheet.width > sheet.height
    for edge, (name, least, most) in _EDGES.items():
        value = getattr(sheet, edge)
        if value is None or lies:
            continue
        # in a PDF letters may end before the margin, so only what reaches into it is seen
        low, high = value < least - _OFF, doc.source == "docx" and value > most + _OFF
        if low or high:
            said.append(f"lề {name} {value:.0f} mm (quy định {least}–{most} mm)")
            wanted[edge] = least if low else most
    if said:
        yield found("page.margins", line, f"Sửa định lề: {'; '.join(said)}.", mending.paper(sheet, **wanted))


def _numbers(doc: Doc, line: Line | None) -> Iterator[Finding]:
    sheet = doc.sheets[0]
    if sheet.first_numbered:
        mend = mending.first_page_without_number(sheet)
        yield found("page.first", line, "Bỏ số trang ở trang đầu (chọn “Different First Page”).", mend)
    letters = sum(len(one.text) for one in doc.lines)
    if not sheet.numbered and (doc.pages > 1 or letters > _ONE_PAGE):
        message = "Văn bản nhiều trang phải có số trang ở giữa lề trên, từ trang thứ hai."
        yield found("page.number", line, message, mending.page_number(sheet))


def fonts(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of letters: font, code, colour."""
    wrong: dict[str, list[Line]] = {}
    for line in doc.lines:
        for name in dict.fromkeys(run.font for run in line.runs if run.letters and run.font):
            if not _plain(name).startswith(TIMES):
                wrong.setdefault(name, []).append(line)
    for name, lines in wrong.items():
        if name.lower().startswith(_OLD_CODES):
            message = f"Phông {name} dùng bộ mã cũ. Chuyển văn bản sang Unicode (phông Times New Roman)."
            yield found("font.unicode", lines[0], message)
        else:
            more = f" ({len(lines)} đoạn)" if len(lines) > 1 else ""
            message = f"Dùng phông Times New Roman; đang dùng {name}{more}."
            yield found("font.name", lines[0], message, mending.look(lines, font=mending.FONT))
    coloured = [line for line in doc.lines if _is_coloured(line, parts)]
    if coloured:
        more = f" ({len(coloured)} đoạn)" if len(coloured) > 1 else ""
        yield found(
            "font.colour", coloured[0], f"Chữ phải màu đen{more}.", mending.look(coloured, black=True)
        )


def _plain(font: str) -> str:
    """ "BAAAAA+TimesNewRomanPS-BoldMT" gives "timesnewromanps-boldmt"."""
    return font.rpartition("+")[2].lower().replace(" ", "")


def _is_coloured(line: Line, parts: Parts) -> bool:
    stamps = (parts.urgency, parts.circulation)
    return line not in stamps and any(run.colour and run.letters for run in line.runs)
