"""A document against all rules, and the fixes of what was found."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vanthu.kernel.refusals import Invalid
from vanthu.reading.form import docx_lines, kinds, pdf_lines
from vanthu.reading.form.elements import recognise
from vanthu.reading.form.findings import NOTHING, Finding, Report, keyed
from vanthu.reading.form.rules import appendix, body, capitals, foot, head, page, party, title

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc

CHECKED = frozenset({".docx", ".pdf"})
_CHECKS: tuple[Callable[[Doc, Parts], Iterator[Finding]], ...] = (
    page.page, page.fonts, head.nation, head.offices, head.number, head.date, head.about, head.stamps, title.title,
    title.addressees, body.basis, body.text, body.headings, body.points, body.end, foot.signature, foot.receivers,
    appendix.appendix, party.party, capitals.capitals,
)  # fmt: skip
_OF_COPIES = (page.page, page.fonts, head.offices, head.number, head.date, foot.signature, foot.receivers)
_ROUNDS = 8  # of fixes: one may uncover another in the same place


def check(path: Path, name: str, kind: str = "") -> Report:
    """What in a DOCX or PDF is not as the rules of form say; `kind` is its code where it is known.

    Raises `Invalid` for another type, a broken file, a scan.
    """
    doc = _read(path, name)
    return _report(doc, name, kind)


def fix(path: Path, name: str, keys: Collection[str] | None = None, kind: str = "") -> bytes:
    """The DOCX with these findings mended, without `keys` with all that can be. Raises `Invalid`."""
    doc = _read(path, name)
    if doc.package is None:
        raise Invalid("Chỉ sửa giúp được tệp DOCX. Sửa trong Word rồi xuất lại PDF.", code="not_a_docx")
    done: set[str] = set()
    for _ in range(_ROUNDS):
        report = _report(doc, name, kind)
        wanted = [one for one in report.findings if one.fixable and (keys is None or one.key in keys)]
        now = _apart([one for one in wanted if one.key not in done or keys is None])
        if not now:
            break
        for one in now:
            if one.mend is not None:
                one.mend(doc.package)
            done.add(one.key)
        doc = docx_lines.of_package(doc.package)
    if not done:
        raise Invalid(
            "Chỗ này đã khác lúc kiểm tra. Tải lại trang để xem kết quả mới.", code="nothing_to_fix"
        )
    assert doc.package is not None  # noqa: S101 - it was there before
    return doc.package.saved()


def _apart(findings: list[Finding]) -> list[Finding]:
    """In the order in which they can be mended: words of a line from its end; what overlaps waits for another round."""
    of_words = [one for one in findings if one.change != NOTHING]
    chosen = [one for one in findings if one.change == NOTHING]
    begun: dict[int, int] = {}
    for one in sorted(of_words, key=lambda one: -one.change.start):
        number = one.line.number if one.line is not None else 0
        if number not in begun or one.change.end < begun[number]:
            begun[number] = one.change.start
            chosen.append(one)
    return chosen


def _read(path: Path, name: str) -> Doc:
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".docx":
        return docx_lines.read(path)
    if ending == ".pdf":
        return pdf_lines.read(path)
    raise Invalid(
        "Chỉ kiểm tra thể thức tệp DOCX, PDF. Lưu văn bản thành DOCX rồi thử lại.", code="not_checkable"
    )


def _report(doc: Doc, name: str, kind: str) -> Report:
    if kind in kinds.UNCHECKED:
        return Report(name, kind, (), checked=False)
    parts = recognise(doc, kind)
    checks = _OF_COPIES if parts.family == "copy" else _CHECKS
    findings = keyed(one for check_one in checks for one in check_one(doc, parts))
    return Report(name, kind or _kind(parts), findings)


def _kind(parts: Parts) -> str:
    """The code that the document itself tells, "" for none."""
    if parts.family == "party":
        return kinds.of_party(parts.number.text) if parts.number is not None else ""
    return parts.kind.code if parts.kind is not None else ""
