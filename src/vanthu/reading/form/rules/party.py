"""The few rules of documents of the Party (Hướng dẫn 36-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import nfc
from vanthu.reading.form import mending
from vanthu.reading.form.elements import PARTY
from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.lines import width_mm
from vanthu.reading.form.rules.words import reworded, rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc

_NUMBER = re.compile(
    r"^\s*Số(?P<colon>\s*:)?[\s.…_]*\d*[\s.…_]*-(?P<symbol>[A-ZĐ][A-Za-zĐđi]*/[\wĐƯ.-]+)\s*$"
)


def party(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Title, star, number, receivers."""
    if parts.family != "party":
        return
    first = doc.lines[0] if doc.lines else None
    if parts.party is None:
        yield found("party.title", first, f"Thiếu tiêu đề {PARTY} ở góc phải, đầu trang một.")
    else:
        yield from _title(parts)
    if not any("*" in line.text for line in parts.offices):
        yield found(
            "party.star", parts.offices[-1] if parts.offices else first, "Ghi dấu * dưới tên cấp ủy ban hành."
        )
    yield from _number(doc, parts)
    kept = any("lưu" in line.text.lower() for line in parts.receiving)
    if parts.receivers is None or not kept:
        last = parts.receivers or (doc.lines[-1] if doc.lines else None)
        yield found(
            "party.receivers", last, "Ghi “Nơi nhận:” và dòng cuối “- Lưu …” ở cuối văn bản, bên trái."
        )


def _title(parts: Parts) -> Iterator[Finding]:
    line = parts.party
    if line is None:
        return
    if nfc(line.text) != PARTY:
        yield rewritten("party.title", line, PARTY, f"Tiêu đề phải viết đúng: {PARTY}.")
    if not line.bold:
        yield found(
            "party.title", line, "Tiêu đề viết đứng, đậm.", mending.look([line], bold=True, italic=False)
        )
    if not line.ruled and not any(run.underlined for run in line.runs):
        length = width_mm(PARTY, line.size or 15)
        yield found(
            "party.rule",
            line,
            "Kẻ đường ngang dưới tiêu đề, dài bằng dòng chữ.",
            mending.rule_below(line, length),
        )


def _number(doc: Doc, parts: Parts) -> Iterator[Finding]:
    line = parts.number
    if line is None:
        yield found("party.number", parts.party, "Thiếu số, ký hiệu: ghi “Số …-QĐ/ĐU” dưới tên cấp ủy.")
        return
    read = _NUMBER.match(line.text)
    if read is None:
        yield found("party.number", line, "Ghi số, ký hiệu theo mẫu “Số 12-QĐ/ĐU”.")
    elif read["colon"]:
        message = "Sau từ “Số” của văn bản Đảng không có dấu hai chấm."
        yield reworded("party.number", line, read.start("colon"), read.end("colon"), "", message)
