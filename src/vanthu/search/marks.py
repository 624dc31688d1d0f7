"""Texts in parts, so that the page can mark what was found; never markup."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SNIPPET = 180  # letters
_LOOKED_AT = 40  # places of each word
_SPACES = re.compile(r"\s+")

type Patterns = Sequence[re.Pattern[str]]


class Part(NamedTuple):
    """A stretch of text, found or not."""

    text: str
    found: bool


def plain(parts: Iterable[Part]) -> str:
    """The text without its marks."""
    return "".join(part.text for part in parts)


def parts(text: str, patterns: Patterns) -> tuple[Part, ...]:
    """The whole text, cut where something found begins and ends."""
    cut: list[Part] = []
    done = 0
    spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(text))
    for start, end in _joined(spans, text):
        if start > done:
            cut.append(Part(text[done:start], found=False))
        cut.append(Part(text[start:end], found=True))
        done = end
    if done < len(text):
        cut.append(Part(text[done:], found=False))
    return tuple(cut)


def _joined(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Spans without overlaps; neighbours with only a space between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def snippet(text: str, patterns: Patterns) -> tuple[Part, ...]:
    """The passage of about 180 letters in which most of the patterns stand, marked; empty when none does."""
    text = _SPACES.sub(" ", text)
    places = sorted(
        (match.start(), number)
        for number, pattern in enumerate(patterns)
        for match, _ in zip(pattern.finditer(text), range(_LOOKED_AT), strict=False)
    )
    if not places:
        return ()
    starts = [start for start, _ in places]

    def together(index: int) -> int:
        beyond = bisect_left(starts, starts[index] + SNIPPET - 40)
        return len({number for _, number in places[index:beyond]})

    best = max(range(len(places)), key=lambda index: (together(index), -index))
    return parts(_passage(text, starts[best]), patterns)


def _passage(text: str, around: int) -> str:
    """Whole words from a little before a place on, with dots where text is left out."""
    start = max(0, around - 40)
    if start:
        start = text.find(" ", start, around) + 1 or around
    end = len(text)
    if end - start > SNIPPET:
        end = text.rfind(" ", start, start + SNIPPET)
        end = end if end > around else start + SNIPPET
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
