"""Who signs and who gets it (ô 7a, 7b, 9b)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanthu.reading.form.elements import ARCHIVE
from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.rules.ends import ends
from vanthu.reading.form.rules.head import head_text
from vanthu.reading.form.rules.looks import Look, look, looks
from vanthu.reading.form.rules.words import reworded, rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Align, Doc, Line

_PREFIX = re.compile(
    r"^\s*(?P<all>(?P<letters>KT|TL|TUQ|TM|Q|K/T|T/L|T/M|T/UQ)(?P<dot>\.?)(?P<gap>\s*))(?=[^\W\d_])"
)
_KNOWN = {"K/T": "KT", "T/L": "TL", "T/M": "TM", "T/UQ": "TUQ"}
_BELOW = ("KT.", "TL.", "TUQ.", "TM.")
_RANK = re.compile(
    r"^\s*(?P<rank>(?:(?:GS|PGS|TS|TSKH|ThS|Ths|BS|KS|CN|LS|NGND|NGƯT|NSND|NSƯT)\b[.\s,]*|"
    r"(?:Giáo sư|Phó [Gg]iáo sư|Tiến sĩ|Thạc sĩ|Cử nhân|Luật sư|"
    r"Kiểm sát viên(?: cao cấp| trung cấp| sơ cấp)?|Đại tá|Thượng tá|Trung tá|Thiếu tá|"
    r"Đại úy|Thượng úy|Trung úy|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng|Ông|Bà|Đồng chí|Đ/c)\s+)+)"
)
_ARMED = (
    "QUÂN SỰ",
    "CÔNG AN",
    "QUÂN ĐỘI",
    "BỘ QUỐC PHÒNG",
    "QUÂN KHU",
    "TRƯỜNG",
    "HỌC VIỆN",
    "BỆNH VIỆN",
    "VIỆN KHOA HỌC",
)
_ARCHIVE_FORM = re.compile(r"^\s*-?\s*Lưu:\s*\S")


def signature(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 7a and 7b."""
    last = doc.lines[-1] if doc.lines else None
    if not parts.signing:
        at = parts.receivers or last
        yield found(
            "7a.missing", at, "Thiếu quyền hạn, chức vụ người ký: ghi chữ in hoa, đậm ở bên phải “Nơi nhận”."
        )
    elif not parts.names:
        yield found("7b.missing", parts.signing[-1], "Thiếu họ tên người ký dưới chữ ký.")
    if parts.family == "party":
        return
    for line in parts.signing:
        yield from _prefix(line)
        if not line.text.isupper():
            yield rewritten("7a.capitals", line, line.text.upper(), "Quyền hạn, chức vụ viết chữ in hoa.")
    yield from _competence(parts)
    yield from looks("7a.look", "Quyền hạn, chức vụ", parts.signing, Look(13, 14, bold=True, align="center"))
    yield from looks("7b.look", "Họ tên người ký", parts.names, Look(13, 14, bold=True, align="center"))
    for line in parts.names:
        yield from _name(line, parts)


def _prefix(line: Line) -> Iterator[Finding]:
    read = _PREFIX.match(line.text)
    if read is None:
        return
    right = f"{_KNOWN.get(read['letters'], read['letters'])}. "
    if read["all"] != right and (read["letters"] != "Q" or read["dot"] or read["gap"]):
        message = f"Ghi “{right.strip()}” có dấu chấm rồi cách một chữ."
        yield reworded("7a.form", line, read.start("all"), read.end("all"), right, message)


def _competence(parts: Parts) -> Iterator[Finding]:
    """Under each line that signs for another stands the post of who signs."""
    for at, line in enumerate(parts.signing):
        if not line.text.strip().startswith(_BELOW):
            continue
        below = parts.signing[at + 1] if at + 1 < len(parts.signing) else None
        own = below is not None and below.cell == line.cell and below.side == line.side
        if not own or below is None:
            message = f"Dưới “{line.text.strip()}” ghi chức vụ của người trực tiếp ký."
            yield found("7a.competence", line, message)
        elif (
            line.text.strip().startswith("KT.")
            and "PHÓ" not in below.text.upper()
            and "THỨ" not in below.text.upper()
        ):
            message = "Ký thay (KT.) là cấp phó: dòng dưới ghi “PHÓ …”."
            yield found("7a.competence", below, message)


def _name(line: Line, parts: Parts) -> Iterator[Finding]:
    if (read := _RANK.match(line.text)) and not any(word in head_text(parts) for word in _ARMED):
        message = "Không ghi học hàm, học vị, danh hiệu trước họ tên người ký."
        yield reworded("7b.rank", line, read.start("rank"), read.end("rank"), "", message)
    elif line.text.isupper() and len(line.text.split()) > 1:
        name = line.text.title()
        yield rewritten("7b.case", line, name, "Họ tên người ký viết chữ thường, hoa chữ cái đầu.")


def receivers(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 9b."""
    line = parts.receivers
    if line is None:
        if parts.family != "party":
            last = doc.lines[-1] if doc.lines else None
            yield found(
                "9b.missing", last, "Thiếu “Nơi nhận:” và danh sách nơi nhận ở cuối văn bản, bên trái."
            )
        return
    if parts.family == "party":
        return
    if line.text.strip() != "Nơi nhận:":
        yield rewritten("9b.look", line, "Nơi nhận:", "Ghi “Nơi nhận:” với dấu hai chấm.")
    yield from look(
        "9b.look", "Từ “Nơi nhận:”", line, Look(12, 12, bold=True, italic=True, align=_left(line))
    )
    items = parts.receiving
    mark = [
        one for one in items[-1:] if not ARCHIVE.match(one.text) and not one.text.lstrip().startswith("-")
    ]
    items = items[: len(items) - len(mark)] if len(items) > 1 else items
    yield from looks("9b.list-look", "Nơi nhận", items, Look(11, 11))
    yield from ends("9b.end", "nơi nhận", items)
    yield from _archive(line, items)
    yield from _first(parts, items)


def _left(line: Line) -> Align:
    """Nothing is asked of a line whose alignment no table or tab shows."""
    return "left" if not line.page else ""


def _archive(head: Line, items: list[Line]) -> Iterator[Finding]:
    last = next((one for one in reversed(items) if ARCHIVE.match(one.text)), None)
    if last is None:
        yield found(
            "9b.archive", items[-1] if items else head, "Thiếu dòng cuối “- Lưu: VT, …” dưới “Nơi nhận:”."
        )
    elif not _ARCHIVE_FORM.match(last.text):
        rest = ARCHIVE.sub("", last.text).lstrip(" :.-–")
        message = "Ghi “- Lưu: VT, …” với dấu hai chấm sau “Lưu”."
        yield rewritten("9b.archive", last, f"{'' if last.label else '- '}Lưu: {rest}", message)


def _first(parts: Parts, items: list[Line]) -> Iterator[Finding]:
    kind = parts.kind
    if kind is None or not items:
        return
    above = items[0].text.lstrip("-–• ").lower().startswith("như")
    if kind.code in ("CV", "TTR") and parts.addressed and not above:
        yield found("9b.above", items[0], "Dòng đầu của nơi nhận ghi “- Như trên;”.")
    articles = any(line.text.startswith("Điều ") for line in parts.content)
    if kind.enacts and articles and not above:
        yield found(
            "9b.article",
            items[0],
            "Dòng đầu của nơi nhận ghi “- Như Điều …;” (điều giao trách nhiệm thi hành).",
        )
