"""What documents are about: more than four hundred patterns as a procuracy and its partners write them.

A line is ``kind|who writes it|unit it concerns|subject``. Kinds are codes of `vanthu.documents.kinds`; writers are
TC, PT, T, KV of the sector (supreme, appellate, province, region) or one of `outside.BODIES`; units are the
provincial abbreviations, C2 and V14. Words in braces are filled by `subjects.words`.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from vanthu_tools.demo.subjects import civil, criminal, custody, office_work, staff


@dataclass(frozen=True, slots=True)
class Pattern:
    kind: str
    writers: tuple[str, ...]
    unit: str
    text: str


def read(line: str) -> Pattern:
    """Read one line."""
    kind, writers, unit, text = line.split("|")
    return Pattern(kind, tuple(writers.split(",")), unit, text)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern, in the order of the modules."""
    texts = (criminal.TEXT, custody.TEXT, civil.TEXT, staff.TEXT, office_work.TEXT)
    return tuple(read(line) for text in texts for line in text.strip().splitlines())


@cache
def by_writer() -> dict[str, tuple[Pattern, ...]]:
    """Patterns under each class of writer."""
    found: defaultdict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns():
        for writer in pattern.writers:
            found[writer].append(pattern)
    return {writer: tuple(items) for writer, items in found.items()}
