"""Findings about words: what they are, what they become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.reading.form import mending
from vanthu.reading.form.findings import NOTHING, Change, Finding, found

if TYPE_CHECKING:
    from vanthu.reading.form.lines import Line

_AROUND = 30  # letters that are shown on either side of what changes


def reworded(rule: str, line: Line, start: int, end: int, new: str, message: str) -> Finding:
    """A finding whose fix puts `new` in place of the letters from `start` to `end` of the line."""
    first, last = max(start - _AROUND, 0), min(end + _AROUND, len(line.text))
    first = (
        line.text.find(" ", first, start) + 1 if first and line.text.find(" ", first, start) >= 0 else first
    )
    if last < len(line.text) and (gap := line.text.rfind(" ", end, last)) >= 0:
        last = gap
    head, tail = line.text[first:start], line.text[end:last]
    mend = mending.retext(line, start, end, new)
    change = Change(f"{head}{line.text[start:end]}{tail}".strip(), f"{head}{new}{tail}".strip(), start, end)
    return found(rule, line, message, mend, change=change if mend else NOTHING, quote=change.before)


def rewritten(rule: str, line: Line, new: str, message: str) -> Finding:
    """The same for a whole line: only the letters that differ are touched."""
    old = line.text
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    mend = mending.retext(line, start, len(old) - tail, new[start : len(new) - tail])
    return found(
        rule,
        line,
        message,
        mend,
        change=Change(old.strip(), new.strip(), start, len(old) - tail) if mend else NOTHING,
    )
