"""`vanthu bench reading`: how exactly fields are read, by set of documents, quality and field."""

import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import django
import typer
from rich.console import Console
from rich.progress import Progress

from vanthu.kernel.later import later
from vanthu.reading.fields import NAMES
from vanthu_tools.reading_bench.targets import TARGETS, missed

if TYPE_CHECKING:
    from vanthu_tools.reading_bench import accuracy
else:
    accuracy = later("vanthu_tools.reading_bench.accuracy")

app = typer.Typer()
console = Console(highlight=False, width=200)
DOCUMENT = Path(__file__).parents[3] / "docs" / "reading.md"
_BEGIN, _END = "<!-- table of `vanthu bench reading` -->", "<!-- end of the table -->"
_SHARES = {"tuning": 1, "checked": 1, "seen": 1, "held": 1, "unseen": 4}
"""Of the documents: half of them are unseen."""
_MOST_SHOWN = 60


@app.command()
def reading(
    documents: Annotated[
        int, typer.Option(min=12, help="How many documents (*văn bản*), half of them unseen.")
    ] = 200,
    scanned: Annotated[
        int, typer.Option(min=1, max=100, help="Percent of them that are read as scans too.")
    ] = 100,
    sets: Annotated[
        list[str] | None, typer.Option("--set", help=f"Only these sets: {', '.join(_SHARES)}.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the table into docs/reading.md.")] = False,
) -> None:
    """Read labelled documents (*độ chính xác của gợi ý*) and print how many fields are exact.

    Every document is read from its clean PDF and, in the share asked for, from scans of 300, 200 and 150 dpi.
    Exit 1 when the unseen documents miss a target.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    shares = {name: share for name, share in _SHARES.items() if name in (sets or _SHARES)}
    if set(sets or ()) - set(_SHARES) or (write and len(shares) < len(_SHARES)):
        raise typer.BadParameter(f"--set takes {', '.join(_SHARES)}; --write needs all of them")
    outcomes = []
    with Progress(console=console) as progress:
        for name, share in shares.items():
            count = round(documents * share / sum(shares.values()))
            done = partial(progress.advance, progress.add_task(name, total=count))
            outcomes.append(accuracy.run(name, count, round(count * scanned / 100), done))
    table = _table(outcomes)
    sys.stdout.write(table + "\n" + _misses(outcomes))
    if write:
        _keep(table)
    if "unseen" in shares and (wrong := missed(outcomes[-1])):
        sys.exit("Missed on unseen documents: " + "; ".join(wrong))


def _keep(table: str) -> None:
    """Put the table between its marks in the maintainers' document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    marked = rf"{re.escape(_BEGIN)}.*?{re.escape(_END)}"
    kept = re.sub(marked, lambda _: f"{_BEGIN}\n{table}{_END}", text, flags=re.DOTALL)
    DOCUMENT.write_text(kept, encoding="utf-8")


def _table(outcomes: "list[accuracy.Outcome]") -> str:
    """The shares as a table of Markdown, sets under each other."""
    columns = [*NAMES, "all fields", "target", "references", "ms"]
    lines = [
        "| set | quality | documents | " + " | ".join(columns) + " |",
        "|---|---|--:|" + "--:|" * len(columns),
    ]
    lines += [
        _line(outcome, quality)
        for outcome in outcomes
        for quality in accuracy.QUALITIES
        if outcome.documents[quality]
    ]
    return "\n".join(lines) + "\n"


def _line(outcome: "accuracy.Outcome", quality: str) -> str:
    shares = [f"{outcome.share(quality, name):.0f}" for name in NAMES]
    times = sorted(outcome.times[quality])
    named = f"{outcome.referred[f'{quality} found']}/{outcome.referred[f'{quality} wanted']}"
    cells = [
        outcome.name, quality, str(outcome.documents[quality]), *shares, f"**{outcome.mean(quality):.1f}**",
        f"{TARGETS[quality]:.0f}", named, f"{times[len(times) // 2]:.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _misses(outcomes: "list[accuracy.Outcome]") -> str:
    lines = [
        f"{one.letter} {one.quality}: {one.field} is {_shown(one.wanted)}, "
        f"read {_shown(one.read)} ({one.confidence:.2f})"
        for outcome in outcomes
        for one in outcome.misses[:_MOST_SHOWN]
    ]
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
