"""The text: looks, basis, chapters, articles, points, the end (ô 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.reading.form import mending
from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.rules.ends import ends
from vanthu.reading.form.rules.looks import Look, looks
from vanthu.reading.form.rules.words import reworded

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.findings import Mend
    from vanthu.reading.form.lines import Doc, Line

CHAPTER = re.compile(r"^(?:Phần|Chương|Mục|Tiểu mục)\s+(?:[IVXLC]+|\d+|thứ \w+)\b\.?")
_TOP = re.compile(r"^(?:Phần|Chương|Mục|Tiểu mục)\s+(?:[IVXLC]+|\d+|thứ \w+)\.?$")
_ARTICLE = re.compile(r"^Điều\s+(?P<number>\d+)(?P<letter>[a-zđ]?)(?P<mark>\s*[.:)/-]?)(?=\s|$)")
_POINT = re.compile(r"^\s*(?P<letter>[a-zđ])(?P<mark>\s*[).:/-])\s+\S")
_LAW = re.compile(r"^\s*[-–]?\s*căn cứ\s+(?:luật|bộ luật|pháp lệnh)\b.*\bsố\b\s*\d+", re.IGNORECASE)
ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""The letters of points: those of the Vietnamese alphabet, without ă, â, ê, ô, ơ, ư and without f, j, w, z."""
_OFF_MM = 0.4
_LEAST_GAP = 6
_LONG = 60  # letters of a paragraph that fills more than half a line
_END = re.compile(r"[\s.;,/]*$")


def text(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Looks of paragraphs."""
    if parts.family == "copy":
        return
    written = _paragraphs(parts)
    plain = [line for line in written if not CHAPTER.match(line.text) and line.layout.align != "center"]
    yield from looks("6.look", "Nội dung", written, Look(13, 14, bold=None, italic=None))
    slanted = [line for line in plain if _is_slanted(line)]
    if slanted and parts.family == "state":
        more = f" ({len(slanted)} đoạn)" if len(slanted) > 1 else ""
        yield found(
            "6.look",
            slanted[0],
            f"Nội dung viết chữ đứng; đang nghiêng{more}.",
            mending.look(slanted, italic=False),
        )
    if doc.source == "docx":
        yield from _layout(doc, plain, parts)
    else:
        yield from _measured([*parts.basis, *plain])


def _measured(lines: Sequence[Line]) -> Iterator[Finding]:
    """What the places of lines on a PDF page tell; of paragraphs of one line nothing is known."""
    seen = [line for line in lines if line.layout.spacing is not None and line.layout.align != "center"]
    indents = [line for line in seen if (first := line.layout.first_mm) is not None and not 9 <= first <= 14]
    told = f", nay lùi {indents[0].layout.first_mm:.0f} mm" if indents else ""
    yield from _several("6.pdf-indent", f"Xem lại lùi đầu dòng: 1 cm hoặc 1,27 cm{told}", indents, None)
    high = [line for line in seen if not 0.93 <= (line.layout.spacing or 0) <= 1.57]
    told = f", nay khoảng {high[0].layout.spacing:.1f}".replace(".", ",") if high else ""
    yield from _several(
        "6.pdf-spacing", f"Xem lại khoảng cách dòng: từ dòng đơn đến 1,5 lines{told}", high, None
    )
    following = {id(after) for _, after in pairwise(lines)}
    tight = [
        line
        for line in seen
        if id(line) in following and (gap := line.layout.before_pt) is not None and gap < _LEAST_GAP - 1.5
    ]
    yield from _several("6.pdf-gap", "Xem lại khoảng cách với đoạn trên: ít nhất 6 pt", tight, None)


def _is_slanted(line: Line) -> bool:
    """A whole paragraph in italics that is no note in brackets."""
    return line.italic and not line.text.lstrip().startswith(("(", "“", '"')) and len(line.text) > _LONG


def _paragraphs(parts: Parts) -> list[Line]:
    """Paragraphs of the text that are not in tables or boxes."""
    return [line for line in parts.content if line.cell is None and not line.boxed]


def _layout(doc: Doc, plain: list[Line], parts: Parts) -> Iterator[Finding]:
    lines = [*(line for line in parts.basis if line.cell is None), *plain]
    crooked = [line for line in lines if line.layout.align in ("left", "right") and len(line.text) > _LONG]
    yield from _several("6.align", "Canh đều cả hai lề", crooked, mending.lay(crooked, align="justify"))
    indents = [line for line in lines if _wrong_indent(line)]
    yield from _several(
        "6.indent", "Lùi đầu dòng 1 cm hoặc 1,27 cm", indents, mending.lay(indents, first_mm=12.7)
    )
    high = [
        line for line in lines if line.layout.spacing is not None and not 0.98 <= line.layout.spacing <= 1.52
    ]
    yield from _several(
        "6.spacing", "Khoảng cách dòng từ dòng đơn đến 1,5 lines", high, mending.lay(high, spacing=1.15)
    )
    tight = _tight(lines)
    yield from _several(
        "6.gap", "Giữa các đoạn cách ít nhất 6 pt", tight, mending.lay(tight, after_pt=_LEAST_GAP)
    )


def _tight(lines: Sequence[Line]) -> list[Line]:
    """Lines whose gap to the next paragraph of the text is below 6 points."""
    return [
        line
        for line, after in pairwise(lines)
        if after.number == line.number + 1
        and (line.layout.after_pt or 0) + (after.layout.before_pt or 0) < _LEAST_GAP - 0.1
    ]


def _wrong_indent(line: Line) -> bool:
    first = line.layout.first_mm
    if first is None or line.label or len(line.text) <= _LONG or line.layout.align == "center":
        return False
    return not any(abs(first - wanted) <= _OFF_MM for wanted in (10, 12.5, 12.7))


def _several(rule: str, asks: str, lines: Sequence[Line], mend: Mend | None) -> Iterator[Finding]:
    if lines:
        more = f" ({len(lines)} đoạn)" if len(lines) > 1 else ""
        yield found(rule, lines[0], f"{asks}{more}.", mend)


def basis(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of the lines that say what a document rests on."""
    if parts.family != "state":
        return
    yield from looks("6.basis-look", "Căn cứ", parts.basis, Look(13, 14, bold=None, italic=True))
    yield from ends("6.basis-end", "căn cứ", parts.basis, dash=False)
    for line in parts.basis:
        if _LAW.match(line.text):
            message = "Căn cứ luật, pháp lệnh chỉ ghi tên loại, tên văn bản; không ghi số, cơ quan ban hành."
            yield found("6.basis-law", line, message)
    if parts.kind is not None and parts.kind.enacts and parts.enacts is None and parts.title is not None:
        message = f"Thiếu dòng {parts.kind.enacts} ở giữa trang, sau các căn cứ."
        yield found("6.enacts", parts.basis[-1] if parts.basis else parts.title, message)


def headings(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of parts, chapters, articles."""
    lines = [*parts.content, *parts.appendix]
    tops = [line for line in lines if _TOP.match(line.text.strip()) and line.cell is None]
    yield from looks("6.chapter", "Phần, chương, mục", tops, Look(13, 14, bold=True, align="center"))
    for line, below in pairwise(lines):
        centred = below.layout.align == "center" or below.bold
        if (
            line in tops
            and centred
            and below not in tops
            and not below.text.isupper()
            and len(below.text) < 120
        ):
            message = "Tiêu đề của phần, chương, mục viết chữ in hoa."
            yield reworded("6.chapter-title", below, 0, len(below.text), below.text.upper(), message)
    yield from _articles(doc, [line for line in lines if _ARTICLE.match(line.text)], parts)


def _articles(doc: Doc, lines: Sequence[Line], parts: Parts) -> Iterator[Finding]:
    own = [line for line in lines if line in parts.content]
    yield from _in_order(own)
    yield from _in_order([line for line in lines if line not in own])
    thin: list[Line] = []
    for line in lines:
        read = _ARTICLE.match(line.text)
        if read is None:
            continue
        if read["mark"] != ".":
            message = f"Sau “Điều {read['number']}{read['letter']}” ghi dấu chấm."
            yield reworded("6.article", line, read.start("mark"), read.end("mark"), ".", message)
        if not _leads_bold(line, read.end("letter")):
            thin.append(line)
    if thin:
        more = f" ({len(thin)} điều)" if len(thin) > 1 else ""
        yield found("6.article", thin[0], f"“Điều” và số thứ tự viết đứng, đậm{more}.", mending.lead(thin))


def _leads_bold(line: Line, end: int) -> bool:
    at = 0
    for run in line.runs:
        if at < end and run.letters and not run.bold:
            return False
        at += len(run.text)
    return True


def _in_order(lines: Sequence[Line]) -> Iterator[Finding]:
    before = 0
    for line in lines:
        read = _ARTICLE.match(line.text)
        number = int(read["number"]) if read is not None else before
        inserted = read is not None and bool(read["letter"])
        if number not in (before + 1, 1) and not (inserted and number == before):
            message = f"Sau Điều {before} phải là Điều {before + 1}, không phải Điều {number}."
            yield found("6.article-order", line, message)
        before = number


def points(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of điểm: letters of the Vietnamese alphabet in order, each with ")"."""
    before = ""
    for line in parts.content:
        read = _POINT.match(line.text)
        if read is None:
            before = "" if not line.text.lstrip().startswith(("-", "+")) else before
            continue
        letter = read["letter"]
        if before == "" and letter != "a" and read["mark"].strip() != ")":
            continue  # no list of points: "m. " somewhere
        if read["mark"] != ")":
            message = f"Điểm ghi “{letter})”, không ghi “{letter}{read['mark'].strip()}”."
            yield reworded("6.point", line, read.start("mark"), read.end("mark"), ")", message)
        wanted = "a" if before == "" or letter == "a" else _next(before)
        if letter != wanted and wanted:
            told = f"sau điểm {before})" if before else "điểm đầu tiên"
            yield found(
                "6.point-order", line, f"Theo bảng chữ cái tiếng Việt, {told} phải là điểm {wanted})."
            )
        before = letter if letter in ALPHABET else wanted


def _next(letter: str) -> str:
    at = ALPHABET.find(letter)
    return ALPHABET[at + 1] if 0 <= at < len(ALPHABET) - 1 else ""


def end(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """The text ends with "./."."""
    lines = [line for line in parts.content if line.text.strip()]
    if parts.family != "state" or not lines or parts.receivers is None:
        return
    last = lines[-1]
    if last.text.rstrip().endswith("./.") or (
        last.cell is not None and any("./." in line.text for line in lines)
    ):
        return
    found_end = _END.search(last.text)
    start = found_end.start() if found_end else len(last.text)
    message = "Kết thúc nội dung văn bản bằng dấu “./.”."
    yield reworded("6.end", last, start, len(last.text), "./.", message)
