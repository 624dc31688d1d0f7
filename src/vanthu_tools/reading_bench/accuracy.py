"""How many fields of labelled documents are read exactly, by set, quality and field."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from weasyprint import HTML

from vanthu.documents.known_kinds import PLAIN
from vanthu.kernel.vietnamese import nfc, spelled
from vanthu.reading import layer
from vanthu.reading.fields import NAMES, Fields, extract
from vanthu.reading.ocr import quick
from vanthu.reading.pages import page_count
from vanthu.reading.words import Page
from vanthu_tools.reading_bench import (
    floats,
    grids,
    inlined,
    placed,
    scanning,
    tables,
    word_files,
    words_checked,
    words_held,
    words_seen,
    words_tuning,
    words_unseen,
)
from vanthu_tools.reading_bench.letter import Letter, Value
from vanthu_tools.reading_bench.writing import Words, letters

CLEAN = "clean PDF"
QUALITIES = (CLEAN, *(scan.name for scan in scanning.SCANS))


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that was read otherwise than it is."""

    letter: str
    quality: str
    field: str
    wanted: Value
    read: Value
    confidence: float


@dataclass(slots=True)
class Outcome:
    """What a run has shown: documents per quality, exact fields per (quality, field), misses, times in milliseconds."""

    name: str
    documents: Counter[str] = field(default_factory=Counter)
    exact: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    referred: Counter[str] = field(default_factory=Counter)

    def share(self, quality: str, name: str) -> float:
        """Percent of the documents of this quality whose field is exact."""
        return 100 * self.exact[quality, name] / max(self.documents[quality], 1)

    def mean(self, quality: str) -> float:
        """Percent over all fields."""
        return sum(self.share(quality, name) for name in NAMES) / len(NAMES)


def _tuning(letter: Letter, at: int) -> bytes:
    """One in five is a plain Word file."""
    looks = len(tables.LOOKS) + 1
    if at % looks == len(tables.LOOKS):
        return word_files.pdf(word_files.plain(letter))
    return bytes(HTML(string=tables.html(letter, tables.LOOKS[at % looks])).write_pdf())


def _checked(letter: Letter, at: int) -> bytes:
    """One in six is a Word file in the layout of the product."""
    looks = len(grids.LOOKS) + 1
    if at % looks == len(grids.LOOKS) and (docx := word_files.own_layout(letter)) is not None:
        return word_files.pdf(docx)
    return bytes(HTML(string=grids.html(letter, grids.LOOKS[at % len(grids.LOOKS)])).write_pdf())


def _seen(letter: Letter, at: int) -> bytes:
    """One in five is a Word file in the layout of the product."""
    looks = len(floats.LOOKS) + 1
    if at % looks == len(floats.LOOKS) and (docx := word_files.own_layout(letter)) is not None:
        return word_files.pdf(docx)
    return bytes(HTML(string=floats.html(letter, floats.LOOKS[at % len(floats.LOOKS)])).write_pdf())


@dataclass(frozen=True, slots=True)
class Set:
    """Documents of one making: their words, what prints the letter whose turn it is, the seed they are drawn by."""

    words: Words
    printed: Callable[[Letter, int], bytes]
    seed: str
    received: bool = False
    """Scans bear the stamp of the registry that received them."""


SETS = {
    "tuning": Set(words_tuning.WORDS, _tuning, "tuning-2026"),
    "checked": Set(words_checked.WORDS, _checked, "checked-2026"),
    "seen": Set(words_seen.WORDS, _seen, "unseen-2026"),
    "held": Set(words_held.WORDS, placed.pdf, "held-2026"),
    "unseen": Set(words_unseen.WORDS, inlined.pdf, "fresh-2026", received=True),
}
"""In the order of their making; the seen documents were called unseen before their failures were looked at."""


def labelled(name: str, count: int) -> Iterator[tuple[Letter, bytes]]:
    """So many letters of a set with their PDFs."""
    made = SETS[name]
    for at, letter in enumerate(letters(made.words, count, made.seed, name)):
        yield letter, made.printed(letter, at)


def run(name: str, count: int, scanned: int, tell: Callable[[], None]) -> Outcome:
    """Read so many documents of a set clean, and the first `scanned` of them as scans; `tell` after each document."""
    outcome = Outcome(name)
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        for at, (letter, pdf) in enumerate(labelled(name, count)):
            for quality in QUALITIES if at < scanned else (CLEAN,):
                started = time.perf_counter()
                fields = extract(_pages(letter, pdf, quality, Path(folder), SETS[name].received), PLAIN)
                outcome.times.setdefault(quality, []).append(1000 * (time.perf_counter() - started))
                judge(outcome, letter, quality, fields)
            tell()
    return outcome


def _pages(letter: Letter, pdf: bytes, quality: str, folder: Path, received: bool) -> list[Page]:
    path = folder / "letter.pdf"
    if quality == CLEAN:
        path.write_bytes(pdf)
        return layer.pages(path)
    scan = next(one for one in scanning.SCANS if one.name == quality)
    seed = f"{letter.key}-{quality}"
    path.write_bytes(scanning.scan(pdf, letter.signer, scan, seed, received=received))
    return [quick.page(path, number) for number in range(1, page_count(path) + 1)]


def judge(outcome: Outcome, letter: Letter, quality: str, fields: Fields) -> None:
    """Count what is exact, letter for letter; only the place of a tone mark (hòa, hoà) makes no difference."""
    outcome.documents[quality] += 1
    for name in NAMES:
        one = getattr(fields, name)
        wanted = letter.truth[name]
        if _same(one.value) == _same(wanted):
            outcome.exact[quality, name] += 1
        else:
            outcome.misses.append(Miss(letter.key, quality, name, wanted, one.value, one.confidence))
    found = {one.symbol for one in fields.references}
    outcome.referred[f"{quality} wanted"] += len(letter.referred)
    outcome.referred[f"{quality} found"] += sum(one in found for one in letter.referred)


def _same(value: object) -> object:
    """What is compared: one spelling of tones, but capitals count."""
    if isinstance(value, str):
        return [(word[:1].isupper(), word.isupper(), spelled(word)) for word in nfc(value).split()]
    if isinstance(value, tuple):
        return [_same(one) for one in value]
    return value
