"""Quốc hiệu, names of offices, number and symbol, place and date, stamps (ô 1–4, 5b, 10b, 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import nfc
from vanthu.reading.form import kinds, mending
from vanthu.reading.form.elements import MOTTO, NATION
from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.lines import text_of, width_mm
from vanthu.reading.form.rules.looks import Look, look, looks
from vanthu.reading.form.rules.words import reworded, rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc, Line

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NUMBER = re.compile(
    r"^(?P<word>\s*số)(?P<colon>\s*:)?(?P<gap>[\s.…_]*)(?P<number>\d*[a-zđ]?)(?P<blank>[\s.…_]*)(?P<rest>.*)$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"^/(?:(?:19|20)\d\d/)?(?P<symbol>[^\W\d_][\w&.]*(?:-[\w&.]+)*(?:\([\w&.]+\))?)$")
_DATE = re.compile(
    r"^(?P<place>.*?)(?P<comma>,?)\s*\bngày(?P<day>[\s.…_]*\d*)[\s.…_]*tháng(?P<month>[\s.…_]*\d*)[\s.…_]*"
    r"năm\s*(?P<year>[\d.…_]*)\s*\.?\s*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^\s*V/v \S")
_ABOUT_WORDS = re.compile(r"^\s*(?:v\s*/\s*v|về việc)\s*[.:,]?\s*", re.IGNORECASE)
_HEAD_LOOK = {"align": "center"}


def nation(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 1."""
    if parts.family != "state":
        return
    first = doc.lines[0] if doc.lines else None
    if parts.nation is None:
        message = f"Thiếu Quốc hiệu: ghi {NATION} ở góc phải, đầu trang một."
        yield found("1.missing", first, message)
    if parts.motto is None:
        yield found("1.motto-missing", parts.nation or first, f"Thiếu Tiêu ngữ: ghi {MOTTO} dưới Quốc hiệu.")
    yield from _letters("1.letters", "Quốc hiệu", parts.nation, NATION)
    yield from _letters("1.motto-letters", "Tiêu ngữ", parts.motto, MOTTO)
    yield from look("1.look", "Quốc hiệu", parts.nation, Look(12, 13, bold=True, align="center"))
    yield from look("1.motto-look", "Tiêu ngữ", parts.motto, Look(13, 14, bold=True, align="center"))
    yield from _rule_under_motto(parts.motto)
    for line in (parts.nation, parts.motto):
        if line is not None and line.side == "left":
            yield found("1.place", line, "Chuyển Quốc hiệu và Tiêu ngữ sang nửa phải, đầu trang một.")
            break
    if parts.nation is not None and parts.motto is not None:
        step = parts.motto.size - parts.nation.size
        if not 0.5 <= step <= 1.5 and 12 <= parts.nation.size <= 13 and 13 <= parts.motto.size <= 14:
            message = "Quốc hiệu cỡ 12 thì Tiêu ngữ cỡ 13; Quốc hiệu cỡ 13 thì Tiêu ngữ cỡ 14."
            yield found(
                "1.sizes", parts.motto, message, mending.look([parts.motto], size=parts.nation.size + 1)
            )


def _letters(rule: str, name: str, line: Line | None, exact: str) -> Iterator[Finding]:
    if line is None:
        return
    # the two ways to place the mark of HÒA are the same word
    if nfc(line.text).replace("HOÀ", "HÒA") != exact:
        yield rewritten(rule, line, exact, f"{name} phải viết đúng: {exact}.")


def _rule_under_motto(line: Line | None) -> Iterator[Finding]:
    if line is None or line.ruled:
        return
    length = width_mm(MOTTO, line.size or 13)
    underlined = any(run.underlined for run in line.runs)
    said = " Không dùng gạch chân chữ." if underlined else ""
    mend = mending.rule_below(line, length)
    if underlined:
        mend = mending.both(mend, mending.look([line], plain_line=True))
    yield found("1.rule", line, f"Kẻ đường ngang nét liền dưới Tiêu ngữ, dài bằng dòng chữ.{said}", mend)


def offices(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 2."""
    if parts.family == "party":
        return
    lines = [line for line in parts.offices if line.text.strip() != "*"]
    if not lines:
        first = doc.lines[0] if doc.lines else None
        yield found("2.missing", first, "Thiếu tên cơ quan ban hành: ghi ở góc trái, đầu trang một.")
        return
    superior, office = _levels(lines)
    for line in lines:
        if not line.text.isupper():
            message = "Tên cơ quan phải viết chữ in hoa."
            yield rewritten("2.capitals", line, line.text.upper(), message)
    yield from looks("2.superior-look", "Tên cơ quan chủ quản", superior, Look(12, 13, align="center"))
    yield from looks("2.look", "Tên cơ quan ban hành", office, Look(12, 13, bold=True, align="center"))
    longest = max((width_mm(line.text, line.size or 12) for line in office), default=0)
    yield from rule_of("2", "tên cơ quan ban hành", office[-1], longest)


def _levels(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """(office above, issuing office): what is bold at the end issues; without bold, the last name does."""
    begin = len(lines)
    while begin and not lines[begin - 1].thin:
        begin -= 1
    if begin == len(lines):
        begin = max((at for at, line in enumerate(lines) if _names_office(line)), default=0)
    if begin == 0:  # all bold: the second name issues
        names = [at for at, line in enumerate(lines) if _names_office(line)]
        begin = names[1] if len(names) > 1 and not _joint(lines[names[1]]) else 0
    return lines[:begin], lines[begin:]


_NAME = re.compile(
    r"^\s*-?\s*(?:VIỆN|BỘ|ỦY BAN|UỶ BAN|UBND|SỞ|TÒA ÁN|TOÀ ÁN|CÔNG AN|CỤC|VỤ|TỔNG CỤC|VĂN PHÒNG|HỘI ĐỒNG|TRƯỜNG|BAN|"
    r"THANH TRA|CƠ QUAN|PHÒNG|ĐẢNG|TRUNG TÂM|CHI CỤC|SỞ)\b",
    re.IGNORECASE,
)


def _names_office(line: Line) -> bool:
    return bool(_NAME.match(line.text))


def _joint(line: Line) -> bool:
    return line.text.lstrip().startswith("-")


def rule_of(element: str, name: str, line: Line, text_mm: float) -> Iterator[Finding]:
    """The rule under an element: there, and 1/3 to 1/2 of the line above."""
    if not line.ruled:
        message = f"Kẻ đường ngang dưới {name}, dài 1/3 đến 1/2 dòng chữ."
        yield found(f"{element}.rule", line, message, mending.rule_below(line, 0.4 * text_mm))
    elif line.rule_mm and not 0.25 <= line.rule_mm / max(text_mm, 1) <= 0.6:
        message = f"Đường kẻ dưới {name} phải dài 1/3 đến 1/2 dòng chữ, nay dài {line.rule_mm:.0f} mm."
        yield found(f"{element}.rule-length", line, message)


def number(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 3; a number that is not given yet may be blank."""
    line = parts.number
    if parts.family == "party":
        return
    if line is None:
        if parts.kind is None or parts.kind.code != "GNP":
            first = parts.nation or (doc.lines[0] if doc.lines else None)
            yield found("3.missing", first, "Thiếu số, ký hiệu: ghi “Số: …/…” dưới tên cơ quan ban hành.")
        return
    yield from look("3.look", "Số, ký hiệu", line, Look(13, 13, align="center"))
    read = _NUMBER.match(line.text)
    if read is None:
        return
    if not read["colon"]:
        yield reworded(
            "3.colon", line, read.end("word"), read.end("word"), ":", "Thêm dấu hai chấm sau từ “Số”."
        )
    digits = read["number"]
    if len(digits) == 1 and digits.isdecimal() and digits != "0":
        message = f"Số nhỏ hơn 10 ghi thêm số 0 phía trước: 0{digits}."
        yield reworded("3.zero", line, read.start("number"), read.end("number"), f"0{digits}", message)
    yield from _symbol(line, read, parts)


def _symbol(line: Line, read: re.Match[str], parts: Parts) -> Iterator[Finding]:
    raw = read["rest"].rstrip()
    tight = re.sub(r"\s*([/-])\s*", r"\1", _DASHES.sub("-", raw))
    if tight != raw or (read["number"] and read["blank"]):
        message = "Giữa số, dấu “/”, dấu “-” và các nhóm chữ của ký hiệu không cách chữ."
        start = read.end("number") if read["number"] else read.start("rest")
        yield reworded("3.spaces", line, start, len(line.text.rstrip()), tight, message)
    known = _SYMBOL.match(tight)
    if known is None:
        message = "Sau số ghi dấu “/” rồi ký hiệu, ví dụ Số: 05/QĐ-VKS; công văn ghi Số: 05/VKS-P1."
        yield found("3.symbol", line, message)
        return
    symbol = known["symbol"]
    kind = parts.kind
    upper = _upper(symbol)
    if upper != symbol and tight == raw:
        start = read.start("rest") + known.start("symbol")
        yield reworded(
            "3.symbol", line, start, start + len(symbol), upper, f"Ký hiệu viết chữ in hoa: {upper}."
        )
    if kind is None or not kind.abbreviation or parts.family == "copy":
        if kind is not None and kind.code == "CV" and (other := kinds.abbreviated(symbol)) and "-" in symbol:
            yield found("3.kind", line, f"Ký hiệu công văn không ghi tên loại: bỏ “{other.abbreviation}-”.")
    elif symbol.split("-")[0].upper() != kind.abbreviation.upper():
        message = f"Ký hiệu của {kind.title.capitalize()} bắt đầu bằng “{kind.abbreviation}-” (Phụ lục III)."
        yield found("3.kind", line, message)


def _upper(symbol: str) -> str:
    """In capitals but for the kinds, and units called so, that have small letters of their own (QyĐ, CTr, TTr)."""
    first, *others = symbol.split("-")
    kind = kinds.abbreviated(symbol)
    own = [one.abbreviation for one in kinds.ADMINISTRATIVE]
    rest = [one if one in own else one.upper() for one in others]
    return "-".join([kind.abbreviation if kind is not None else first.upper(), *rest])


def date(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 4; day and month that are not known yet may be blank."""
    line = parts.date
    if line is None:
        first = parts.number or (doc.lines[0] if doc.lines else None)
        yield found(
            "4.missing", first, "Thiếu địa danh, thời gian: ghi “Hà Nội, ngày … tháng … năm …” dưới Tiêu ngữ."
        )
        return
    yield from look("4.look", "Địa danh, thời gian", line, Look(13, 14, italic=True, align="center"))
    read = _DATE.match(line.text)
    if read is None or (read["year"].isdecimal() and len(read["year"]) != 4) or not read["place"].strip():
        yield found("4.form", line, "Ghi đủ địa danh, ngày, tháng, năm: “Hà Nội, ngày 05 tháng 01 năm 2026”.")
        return
    if not read["comma"]:
        at = len(read["place"].rstrip())
        yield reworded("4.comma", line, at, at, ",", "Thêm dấu phẩy sau địa danh.")
    for name, least in (("day", 10), ("month", 3)):
        digits = read[name].strip(" .…_\u00a0")
        if digits.isdecimal() and (wanted := _padded(int(digits), least)) != digits:
            word = "Ngày" if name == "day" else "Tháng"
            end = read.end(name)
            message = f"{word} ghi là {wanted}: chỉ ngày dưới 10 và tháng 1, 2 thêm số 0."
            yield reworded("4.zero", line, end - len(digits), end, wanted, message)


def _padded(value: int, least: int) -> str:
    return f"{value:02d}" if value < least else str(value)


def about(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 5b, official letters alone."""
    if parts.kind is None or parts.kind.code != "CV" or parts.family != "state":
        return
    if not parts.about:
        yield found("5b.missing", parts.number, "Thiếu trích yếu: ghi “V/v …” dưới số, ký hiệu của công văn.")
        return
    first = parts.about[0]
    yield from looks("5b.look", "Trích yếu công văn", parts.about, Look(12, 13, align="center"))
    if not _ABOUT.match(first.text):
        rest = _ABOUT_WORDS.sub("", first.text)
        yield rewritten(
            "5b.form", first, f"V/v {rest}", "Trích yếu công văn bắt đầu bằng “V/v” rồi cách chữ."
        )
    gap = first.layout.before_pt
    if doc.source == "docx" and gap is not None and parts.number is not None:
        above = (parts.number.layout.after_pt or 0) + gap
        if not 5 <= above <= 8:
            message = "Trích yếu công văn cách dòng số, ký hiệu 6 pt."
            yield found("5b.gap", first, message, mending.lay([first], before_pt=6))


def stamps(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 10b and 11."""
    for rule, name, line in (
        ("10b.look", "Dấu chỉ mức độ khẩn", parts.urgency), ("11.look", "Chỉ dẫn phạm vi lưu hành", parts.circulation),
    ):  # fmt: skip
        yield from look(rule, name, line, Look(13, 14, bold=True, align="center"))
        if line is not None and not line.text.isupper():
            yield rewritten(rule, line, line.text.upper(), f"{name} phải viết chữ in hoa.")


def head_text(parts: Parts) -> str:
    """The words of the head in capitals, for who asks whose document it is."""
    return text_of(parts.offices).upper()
