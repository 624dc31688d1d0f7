"""Name of the kind, trích yếu, addressees (ô 5a, 9a)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.lines import width_mm
from vanthu.reading.form.rules.ends import ends
from vanthu.reading.form.rules.head import rule_of
from vanthu.reading.form.rules.looks import Look, look, looks
from vanthu.reading.form.rules.words import rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc, Line

# Forms that may do without trích yếu: what two people hand to each other, and letters of courtesy (Phụ lục III).
_WITHOUT_SUBJECT = (
    "GM",
    "GGT",
    "GNP",
    "GUQ",
    "PG",
    "PC",
    "PB",
    "THUCONG",
    "CD",
    "BB",
    "HOPDONG",
    "BGN",
    "BTT",
    "TC",
)
_ADDRESSED = re.compile(r"^\s*kính gửi\s*:?\s*", re.IGNORECASE)
_LONGEST_LINE_MM = 130


def title(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 5a."""
    kind = parts.kind
    if parts.family != "state" or kind is None or not kind.title:
        return
    if parts.title is None:
        message = f"Thiếu tên loại: ghi {kind.title} ở giữa trang, dưới số và ngày."
        yield found("5a.missing", parts.number, message)
        return
    if not parts.title.text.isupper():
        yield rewritten(
            "5a.capitals", parts.title, parts.title.text.upper(), "Tên loại phải viết chữ in hoa."
        )
    yield from look("5a.look", "Tên loại", parts.title, Look(13, 14, bold=True, align="center"))
    if not parts.subject:
        if kind.code not in _WITHOUT_SUBJECT:
            message = f"Thiếu trích yếu: ghi ngắn gọn nội dung dưới {kind.title}."
            yield found("5a.subject", parts.title, message)
        return
    yield from looks("5a.subject-look", "Trích yếu", parts.subject, Look(13, 14, bold=True, align="center"))
    last = parts.subject[-1]
    length = min(max(width_mm(line.text, line.size or 14) for line in parts.subject), _LONGEST_LINE_MM)
    yield from rule_of("5a", "trích yếu", last, length)


def addressees(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of ô 9a."""
    if parts.family != "state" or parts.kind is None:
        return
    lines = parts.addressed
    if not lines:
        if parts.kind.code == "CV":
            message = "Thiếu “Kính gửi: …”: ghi nơi nhận công văn dưới trích yếu."
            yield found("9a.missing", parts.about[0] if parts.about else parts.number, message)
        return
    if not parts.kind.addressed and parts.kind.code != "THUCONG":
        message = f"{parts.kind.title.capitalize()} không có “Kính gửi”: ghi nơi nhận ở cuối văn bản."
        yield found("9a.kind", lines[0], message)
    yield from looks("9a.look", "Kính gửi", lines, Look(13, 14))
    yield from _form(lines)
    yield from ends("9a.end", "nơi gửi", [line for line in lines[1:] if line.cell is None])


def _form(lines: list[Line]) -> Iterator[Finding]:
    first = lines[0]
    name = _ADDRESSED.sub("", first.text).strip()
    right = f"Kính gửi: {name}" if name else "Kính gửi:"
    if first.text.strip() != right:
        yield rewritten("9a.form", first, right, f"Ghi “{right[:40]}” với dấu hai chấm sau “Kính gửi”.")
    elif not name and len(lines) == 1:
        yield found("9a.form", first, "Chỉ có một nơi nhận: ghi cùng dòng với “Kính gửi:”.")
    elif not name and len(lines) == 2 and not first.page:
        yield found(
            "9a.form", first, "Chỉ có một nơi nhận: ghi cùng dòng với “Kính gửi:”, không gạch đầu dòng."
        )
