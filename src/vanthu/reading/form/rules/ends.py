"""Lists with a dash before and ";" or "." behind each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vanthu.reading.form.rules.words import rewritten

if TYPE_CHECKING:
    from vanthu.reading.form.findings import Finding
    from vanthu.reading.form.lines import Line

_DASH = re.compile(r"^\s*[-–•+]\s*")
_END = re.compile(r"[\s.;,:]*$")


def ends(rule: str, name: str, lines: Sequence[Line], *, dash: bool = True) -> Iterator[Finding]:
    """A finding for each line that does not begin with a dash or does not end as its place asks."""
    items = _items(lines)
    for at, item in enumerate(items):
        line = item[-1]
        wanted = "." if at == len(items) - 1 else ";"
        text = line.text.rstrip()
        right = text if text.endswith(wanted) and text[-2:-1] not in ".;," else _END.sub("", text) + wanted
        if dash and len(item) == 1 and not line.label:
            right = f"- {_DASH.sub('', right).lstrip()}"
        if right != text.lstrip() if not line.label else right != text:
            last = "dòng cuối kết thúc bằng dấu “.”" if wanted == "." else "cuối dòng ghi dấu “;”"
            first = "" if not dash or line.label or _DASH.match(line.text) else "Có gạch đầu dòng, "
            said = f"{first}{last}"
            yield rewritten(rule, line, right, f"{said[:1].upper()}{said[1:]} ở mỗi {name}.")


def _items(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of a DOCX one by one; lines of a PDF that go on together."""
    items: list[list[Line]] = []
    for line in lines:
        goes_on = (
            bool(line.page)
            and bool(items)
            and not _DASH.match(line.text)
            and not items[-1][-1].text.endswith((";", "."))
        )
        if goes_on:
            items[-1].append(line)
        else:
            items.append([line])
    return items
