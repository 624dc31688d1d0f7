"""What an office's template must have before it is used: its placeholders, its form, nothing that runs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.issuing.layout import fill
from vanthu.issuing.layout.places import (
    BY_NAME,
    MARKED,
    OF_PARTY,
    PARTY,
    PARTY_LETTER,
    TEMPLATED,
    allowed,
    needed,
)
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid

if TYPE_CHECKING:
    import docx
    import docx.opc.exceptions

    from vanthu.issuing.layout import LetterData, filling
    from vanthu.reading import form
else:
    docx = later("docx")
    form = later("vanthu.reading.form")
    filling = later("vanthu.issuing.layout.filling")

_MOST = 12  # faults that are told at once
_QUOTED = 60
_PARTY_RULES = "36-HD/VPTW"  # the other rules are those of the State
_NAMES = dict(TEMPLATED)


class TemplateRefused(Invalid):
    """A template that may not be used; `faults` say what to mend and where, one sentence each."""

    code = "template_refused"

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults[:_MOST])
        more = len(faults) - len(self.faults)
        also = f" Còn {more} chỗ khác." if more else ""
        told = f"Mẫu chưa dùng được, cần sửa {len(faults)} chỗ: {' '.join(self.faults)}{also}"
        super().__init__(f"{told} Sửa trong Word rồi tải lên lại.")


def require(data: bytes, kind: str, sample: LetterData) -> None:
    """Raise `TemplateRefused` unless the DOCX can be filled for every letter of this kind and then has its form."""
    try:
        lines = _lines(data)
    except (docx.opc.exceptions.PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateRefused(["Tệp không phải DOCX mở được. Mở bằng Word, lưu lại dạng .docx."]) from error
    faults = [*_of_places(lines, kind), *_missing(lines, kind)]
    if not faults:
        faults = list(_of_form(fill(data, sample), kind))
    if faults:
        raise TemplateRefused(faults)


def sample_kind(kind: str) -> str:
    """The kind of document with which a template is tried; those of the Party have two forms."""
    return {PARTY: "DNQ", PARTY_LETTER: "DCV"}.get(kind, kind)


def _lines(data: bytes) -> list[str]:
    texts = map(filling.text_of, filling.paragraphs(docx.Document(BytesIO(data))))
    return [text for text in texts if text.strip()]


def _of_places(lines: list[str], kind: str) -> Iterator[str]:
    """Placeholders that are unknown, broken, out of place in this kind or not alone on their line."""
    known = allowed(kind)
    for line in lines:
        where = f"Ở dòng “{_short(line)}”"
        if line.count("{{") != len(MARKED.findall(line)) or line.count("}}") != line.count("{{"):
            yield f"{where}: chỗ điền viết dở, phải mở bằng hai dấu {{{{ và đóng bằng hai dấu }}}}."
        for marked in MARKED.findall(line):
            name = filling.name_of(marked)
            if name not in BY_NAME:
                near = get_close_matches(name, known, n=1)
                meant = (
                    f"; có phải là {{{{{near[0]}}}}}?" if near else "; xem danh sách chỗ điền ở trang mẫu."
                )
                yield f"{where}: hệ thống không biết {{{{{marked}}}}}{meant}"
            elif name not in known:
                yield f"{where}: {_NAMES[kind]} không có {{{{{name}}}}}, bỏ chỗ điền này."
            elif BY_NAME[name].block and not MARKED.fullmatch(line.strip()):
                yield f"{where}: {{{{{name}}}}} phải đứng riêng một dòng, vì có thể thành nhiều dòng."


def _missing(lines: list[str], kind: str) -> Iterator[str]:
    found = {filling.name_of(marked) for line in lines for marked in MARKED.findall(line)}
    for name in needed(kind):
        if name not in found:
            yield f"Thiếu {{{{{name}}}}} ({BY_NAME[name].meaning.lower()}): thêm vào đúng chỗ như trong mẫu của ngành."


def _of_form(filled: bytes, kind: str) -> Iterator[str]:
    """The errors of form of a letter made from the template."""
    with tempfile.TemporaryDirectory(prefix="vanthu-template-") as folder:
        path = Path(folder) / "mau.docx"
        path.write_bytes(filled)
        report = form.check(path, path.name, kind=sample_kind(kind))
    for one in report.findings:
        if one.rule.level == "error" and (kind not in OF_PARTY or _PARTY_RULES in one.rule.basis):
            where = f"Ở dòng “{_short(one.quote)}”: " if one.quote else ""
            yield f"{where}{one.message} ({one.rule.basis})"


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"
