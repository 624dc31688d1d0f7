"""What follows the document in the same file: annexes (phụ lục)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from vanthu.reading.form.findings import Finding, found
from vanthu.reading.form.rules.looks import Look, looks
from vanthu.reading.form.rules.words import rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.elements import Parts
    from vanthu.reading.form.lines import Doc

_LABEL = re.compile(r"^\s*phụ lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+))?\s*[.:]?\s*$", re.IGNORECASE)
_NEAR = 6  # lines under the label
_SOURCE = re.compile(r"^\s*\(?\s*(?:kèm theo|ban hành kèm theo)\b", re.IGNORECASE)


def appendix(doc: Doc, parts: Parts) -> Iterator[Finding]:
    """Rules of annexes with a label."""
    lines = parts.appendix
    labels = [line for line in lines if _LABEL.match(line.text) and line.cell is None]
    if not labels:
        return
    yield from looks("appendix.look", "Từ “Phụ lục”", labels, Look(14, 14, bold=True, align="center"))
    for line in labels:
        read = _LABEL.match(line.text)
        if len(labels) > 1 and (read is None or not read["number"] or read["number"].isdecimal()):
            yield found(
                "appendix.number", line, "Có từ hai phụ lục thì đánh số La Mã: Phụ lục I, Phụ lục II."
            )
    titles = [below for line, below in pairwise(lines) if line in labels and not _SOURCE.match(below.text)]
    for line in titles:
        if not line.text.isupper():
            yield rewritten("appendix.title", line, line.text.upper(), "Tên phụ lục viết chữ in hoa.")
    yield from looks("appendix.title", "Tên phụ lục", titles, Look(13, 14, bold=True, align="center"))
    sources = [line for line in lines if _SOURCE.match(line.text) and len(line.text) < 250]
    yield from looks(
        "appendix.source-look", "Dòng “(Kèm theo …)”", sources, Look(13, 14, italic=True, align="center")
    )
    for line in labels:
        below = takewhile(lambda one: one not in labels, lines[lines.index(line) + 1 :])
        if not any(_SOURCE.match(one.text) for one in islice(below, _NEAR)):
            yield found("appendix.source", line, "Dưới tên phụ lục ghi “(Kèm theo … số … ngày … của …)”.")
