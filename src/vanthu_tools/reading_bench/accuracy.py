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
    scanning,
    tables,
    word_files,
    words_checked,
    words_tuning,
    words_unseen,
)
from vanthu_tools.reading_bench.letter import Letter, Value
from vanthu_tools.reading_bench.writing import letters

CLEAN = "clean PDF"
QUALITIES = (CLEAN, *(scan.name for scan in scanning.SCANS))
SETS = ("tuning", "checked", "unseen")
SEED = 2026
_WORDS = {"tuning": words_tuning.WORDS, "checked": words_checked.WORDS, "unseen": words_unseen.WORDS}


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


def printed(letter: Letter, at: int, name: str) -> bytes:
    """The letter as a PDF, in the look whose turn it is."""
    if name == "tuning":
        looks = len(tables.LOOKS) + 1
        if at % looks == len(tables.LOOKS):
            return word_files.pdf(word_files.plain(letter))
        return bytes(HTML(string=tables.html(letter, tables.LOOKS[at % looks])).write_pdf())
    if name == "unseen":
        return _unseen(letter, at)
    looks = len(grids.LOOKS) + 1
    if at % looks == len(grids.LOOKS) and (docx := word_files.own_layout(letter)) is not None:
        return word_files.pdf(docx)
    return bytes(HTML(string=grids.html(letter, grids.LOOKS[at % len(grids.LOOKS)])).write_pdf())


def _unseen(letter: Letter, at: int) -> bytes:
    """One in five is a Word file in the layout of the product."""
    looks = len(floats.LOOKS) + 1
    if at % looks == len(floats.LOOKS) and (docx := word_files.own_layout(letter)) is not None:
        return word_files.pdf(docx)
    return bytes(HTML(string=floats.html(letter, floats.LOOKS[at % len(floats.LOOKS)])).write_pdf())


def labelled(name: str, count: int) -> Iterator[tuple[Letter, bytes]]:
    """So many letters of a set with their PDFs."""
    words = _WORDS[name]
    for at, letter in enumerate(letters(words, count, SEED, name)):
        yield letter, printed(letter, at, name)


def run(name: str, count: int, scanned: int, tell: Callable[[], None]) -> Outcome:
    """Read so many documents of a set clean, and the first `scanned` of them as scans; `tell` after each document."""
    outcome = Outcome(name)
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as folder:
        for at, (letter, pdf) in enumerate(labelled(name, count)):
            for quality in QUALITIES if at < scanned else (CLEAN,):
                started = time.perf_counter()
                fields = extract(_pages(letter, pdf, quality, Path(folder)), PLAIN)
                outcome.times.setdefault(quality, []).append(1000 * (time.perf_counter() - started))
                judge(outcome, letter, quality, fields)
            tell()
    return outcome


def _pages(letter: Letter, pdf: bytes, quality: str, folder: Path) -> list[Page]:
    path = folder / "letter.pdf"
    if quality == CLEAN:
        path.write_bytes(pdf)
        return layer.pages(path)
    scan = next(one for one in scanning.SCANS if one.name == quality)
    path.write_bytes(scanning.scan(pdf, letter.signer, scan, f"{letter.key}-{quality}"))
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
