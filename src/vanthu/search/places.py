"""Where on the pages of a document's files the words of a search stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.reading import storing
from vanthu.reading.words import Box, Page
from vanthu.search.plans import plan

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.kernel.files.models import Attachment
    from vanthu.search.marks import Patterns


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page on which something stands: `things` of what was asked, at `times` places."""

    attachment: Attachment
    number: int
    things: int
    times: int


def patterns(text: str, *, by: Actor) -> Patterns:
    """What finds each thing that was asked in composed text, as in a search. One query."""
    asked = plan(text, by)
    return [group.pattern for group in asked.groups] if asked else []


def found_pages(files: Iterable[Attachment], patterns: Patterns) -> list[FoundPage]:
    """The pages of these files on which something of it stands, in order. One query a file."""
    found = []
    for attachment in files:
        for number, written in storing.texts_of(attachment.file_id):
            if spans := _spans(written, patterns):
                things = sum(pattern.search(written) is not None for pattern in patterns)
                found.append(FoundPage(attachment, number, things, len(spans)))
    return found


def best(found: Sequence[FoundPage]) -> FoundPage | None:
    """The first of the pages on which most of what was asked stands."""
    return max(found, key=lambda one: one.things, default=None)


def boxes(page: FoundPage, patterns: Patterns) -> list[Box]:
    """The places of it on the page as it is shown, a box for each line of each place. One query."""
    (read,) = storing.pages_of(page.attachment.file_id, page.number, page.number) or [Page(page.number, 0, 0)]
    return _boxes(read, patterns)


def _boxes(page: Page, patterns: Patterns) -> list[Box]:
    starts, end = [], 0
    for word in page.words:
        starts.append(end)
        end += len(word.text) + 1
    written = " ".join(word.text for word in page.words)
    found = []
    for first, last in _spans(written, patterns):
        hit = [
            word.box
            for start, word in zip(starts, page.words, strict=True)
            if start < last and first < start + len(word.text)
        ]
        found += _lines(hit)
    return found


def _spans(written: str, patterns: Patterns) -> list[tuple[int, int]]:
    """Where something of it stands in a text, in order; what stands side by side is one place."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(match.span() for one in patterns for match in one.finditer(written)):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _lines(hit: Sequence[Box]) -> list[Box]:
    """Boxes side by side as one; another line begins where a box lies left of the one before, or below it."""
    lines: list[list[Box]] = []
    for box in hit:
        if lines and box.left >= lines[-1][-1].left and box.top < lines[-1][-1].bottom:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [Box.around(line) for line in lines]
