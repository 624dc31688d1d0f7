"""`vanthu bench read`: how fast scans are read, beside Tesseract alone on the same pages, in seconds of processor."""

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import django
import typer
from rich.console import Console
from rich.table import Table

from vanthu.documents.known_kinds import PLAIN
from vanthu.kernel.later import later
from vanthu.reading import fields, layer
from vanthu.reading.ocr import pictures, quick, thorough
from vanthu_tools.reading_bench.scanning import SCANS, Quality, scan

if TYPE_CHECKING:
    import pikepdf

    from vanthu_tools.reading_bench import accuracy
else:
    pikepdf = later("pikepdf")
    accuracy = later("vanthu_tools.reading_bench.accuracy")

app = typer.Typer()
SET = "tuning"
console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Cost:
    """Pages, seconds of processor that they cost (children included), and the longest time by the clock."""

    pages: int
    processor: float
    longest: float

    @property
    def a_minute(self) -> float:
        """Pages a minute on one core."""
        return 60 * self.pages / self.processor


@app.command()
def read(
    documents: Annotated[int, typer.Option(help="Scans of each quality.", min=1)] = 8,
    copied: Annotated[int, typer.Option(help="Pages of the searchable copy; 0 = none.", min=0)] = 20,
) -> None:
    """Measure the quick path, Tesseract alone, fields of a clean PDF and the searchable copy (*tốc độ đọc*)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    with tempfile.TemporaryDirectory(prefix="vanthu-bench-") as name:
        folder = Path(name)
        table = Table(
            "pages", "Tesseract alone", "quick path", "of it", "longest, s", title="Pages a minute on a core"
        )
        for quality in SCANS:
            raw, ours = _compared(quality, documents, folder)
            share = f"{ours.a_minute / raw.a_minute:.2f}"
            table.add_row(
                quality.name, f"{raw.a_minute:.0f}", f"{ours.a_minute:.0f}", share, f"{ours.longest:.1f}"
            )
        console.print(table)
        milliseconds = 1000 * _fields_of_clean(documents, folder)
        console.print(f"Fields of a clean PDF: {milliseconds:.0f} ms at most")
        if copied:
            cost, wall = _copied(copied, folder)
            console.print(
                f"Searchable copy of {copied} pages at 300 dpi on {os.cpu_count()} cores:"
                f" {60 * copied / wall:.0f} pages a minute by the clock, {cost:.1f} s of processor a page"
            )


def _compared(quality: Quality, documents: int, folder: Path) -> tuple[Cost, Cost]:
    """Tesseract on the first pages as pictures, and the quick path on the same pages in their PDF."""
    files = []
    for at, (letter, pdf) in enumerate(accuracy.labelled(SET, documents)):
        path = folder / f"{quality.dpi}-{at}.pdf"
        path.write_bytes(scan(pdf, letter.signer, quality, f"speed {at}"))
        picture = path.with_suffix(".png")
        pictures.of_pdf(path, 1).image.save(picture, dpi=(quality.dpi, quality.dpi))
        files.append(path)
    quick.page(files[0], 1)
    raw = _cost(lambda path: _alone(path.with_suffix(".png")), files)
    return raw, _cost(lambda path: quick.page(path, 1), files)


def _alone(picture: Path) -> None:
    """Tesseract with its Vietnamese model and nothing else, on one thread."""
    command = ["tesseract", str(picture), "stdout", "-l", "vie", "tsv"]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=True)


def _cost(act: Callable[[Path], object], files: Iterable[Path]) -> Cost:
    pages, longest, before = 0, 0.0, _processor()
    for path in files:
        began = time.perf_counter()
        act(path)
        longest = max(longest, time.perf_counter() - began)
        pages += 1
    return Cost(pages, _processor() - before, longest)


def _fields_of_clean(documents: int, folder: Path) -> float:
    """Seconds from the file to its fields, the longest of all; the first document only warms up."""
    longest = 0.0
    for at, (_, pdf) in enumerate(accuracy.labelled(SET, documents + 1)):
        path = folder / f"clean-{at}.pdf"
        path.write_bytes(pdf)
        began = time.process_time()
        fields.extract(layer.pages(path), PLAIN)
        longest = max(longest, time.process_time() - began) if at else 0.0
    return longest


def _copied(pages: int, folder: Path) -> tuple[float, float]:
    """(seconds of processor a page, seconds by the clock) of one searchable copy."""
    source = folder / "long.pdf"
    _many_pages(pages, source)
    began, before = time.perf_counter(), _processor()
    thorough.make(source, folder / "copy.pdf", pages=pages)
    return (_processor() - before) / pages, time.perf_counter() - began


def _many_pages(pages: int, target: Path) -> None:
    """One scan of the first pages of so many documents."""
    with pikepdf.new() as whole:
        for at, (letter, pdf) in enumerate(accuracy.labelled(SET, pages)):
            with pikepdf.open(BytesIO(scan(pdf, letter.signer, SCANS[0], f"long {at}"))) as one:
                whole.pages.append(one.pages[0])
        whole.save(target)


def _processor() -> float:
    """Seconds of processor of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
