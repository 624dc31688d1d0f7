"""docs/performance.json and, between the markers of docs/performance.md, its tables: the figures of several sizes."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vanthu_tools.bench.measure.chart import growth_chart
from vanthu_tools.bench.measure.figures import Figures, Load, Run
from vanthu_tools.bench.measure.printing import number, single_figures, title_of, use_of
from vanthu_tools.bench.measure.targets import growth, verdicts

_MARKED = re.compile(
    r"(?P<start><!-- figures:(?P<name>\w+) -->\n)(?P<old>.*?)(?P<end><!-- /figures:(?P=name) -->)", re.DOTALL
)
_MARKER = re.compile(r"<!-- /?figures:(\w+) -->")


@dataclass(frozen=True, slots=True)
class Sizes:
    """The newest run of each size, smallest first, and the one before it on the biggest, if there is one."""

    runs: tuple[Run, ...]
    again: Run | None

    @property
    def smallest(self) -> Run:
        return self.runs[0]

    @property
    def biggest(self) -> Run:
        return self.runs[-1]


def sizes_of(runs: Iterable[Run]) -> Sizes:
    """Sorts runs; at least one."""
    ordered = sorted(runs, key=lambda run: (run.documents, run.taken_at))
    newest = {run.documents: run for run in ordered}
    biggest = [run for run in ordered if run.documents == ordered[-1].documents]
    return Sizes(tuple(newest.values()), biggest[-2] if len(biggest) > 1 else None)


def write(runs: Iterable[Run], page: Path) -> list[Path]:
    """Writes page, JSON and chart beside each other; returns them. Raises `ValueError` for markers that do not pair."""
    kept = sorted(runs, key=lambda run: (run.documents, run.taken_at))
    sizes = sizes_of(kept)
    text = filled(page.read_text(encoding="utf-8"), sizes)
    figures, chart = page.with_suffix(".json"), page.with_name(f"{page.stem}-growth.svg")
    data = {"runs": [run.as_json() for run in kept]}
    figures.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    chart.write_text(growth_chart(sizes.runs), encoding="utf-8")
    page.write_text(text, encoding="utf-8")
    return [page, figures, chart]


def filled(text: str, sizes: Sizes) -> str:
    """The page with every marked part written anew."""
    whole = {found["name"] for found in _MARKED.finditer(text)}
    for name in {found[1] for found in _MARKER.finditer(text)}:
        if name not in whole or name not in PARTS:
            raise ValueError(f"the page marks {name!r} without an end, or nothing is called so")
    return _MARKED.sub(lambda found: f"{found['start']}{PARTS[found['name']](sizes)}\n{found['end']}", text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; every column but the first stands to the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _targets(sizes: Sizes) -> str:
    smaller = sizes.smallest if len(sizes.runs) > 1 else None
    words = {True: "met", False: "**not met**", None: "–"}
    rows = [(one.target, one.limit, one.measured, words[one.met]) for one in verdicts(sizes.biggest, smaller)]
    head = f"{sizes.biggest.documents:,} documents, commit `{sizes.biggest.commit}`, {sizes.biggest.taken_at}\n\n"
    return head + table(("Target", "Limit", "Measured", ""), rows)


def _machine(sizes: Sizes) -> str:
    return table(("", "This machine"), sizes.biggest.machine.items())


def _sizes(sizes: Sizes) -> str:
    heads = ("Rows", *(f"{run.documents:,}" for run in sizes.runs))
    names = sizes.biggest.sizes
    return table(heads, [(name, *(f"{run.sizes.get(name, 0):,}" for run in sizes.runs)) for name in names])


def _load(load: Load | None) -> str:
    if load is None:
        return "Not measured."
    heads = ("Page", "n", "/s", "p50", "p95", "p99", "SQL", "SQL p95", "CPU", "HTML", "sent")
    return f"{title_of(load)}.\n\n{table(heads, [_row(one) for one in load.pages])}\n\n{use_of(load).strip()}"


def _row(one: Figures) -> tuple[str, ...]:
    return (
        one.page,
        f"{one.requests}" + (f" (+{one.errors} failed)" if one.errors else ""),
        f"{one.per_second:.1f}",
        *(f"{value:.0f}" for value in (one.p50, one.p95, one.p99)),
        number(one.statements, "g"),
        number(one.sql_p95, ".0f"),
        number(one.cpu, ".1f"),
        number(one.html and one.html / 1000, ".1f"),
        number(one.travelled / 1000, ".1f"),
    )


def _pages(sizes: Sizes) -> str:
    return _load(sizes.biggest.thinking)


def _rush(sizes: Sizes) -> str:
    return _load(next((load for load in sizes.biggest.loads if not load.think), None))


def _single(sizes: Sizes) -> str:
    return "\n".join(f"- {line.strip()}" for line in single_figures(sizes.biggest)) or "Not measured."


def _growth(sizes: Sizes) -> str:
    """p95 of every page per size, and how many times it grew from the first to the last."""
    factors = growth(sizes.smallest, sizes.biggest)
    load = sizes.biggest.thinking
    heads = ("p95 in ms", *(f"{run.documents:,}" for run in sizes.runs), "times")
    rows = [
        (one.page, *(_p95(run, one.page) for run in sizes.runs), number(factors.get(one.page), ".1f"))
        for one in (load.pages if load else [])
    ]
    return table(heads, rows)


def _p95(run: Run, page: str) -> str:
    found = run.thinking.page(page) if run.thinking else None
    return number(found.p95 if found else None, ".0f")


def _again(sizes: Sizes) -> str:
    """The two newest runs of the biggest size beside each other."""
    if sizes.again is None or sizes.biggest.thinking is None:
        return "Measured once."
    heads = ("p95 in ms", sizes.again.taken_at, sizes.biggest.taken_at)
    pages = [one.page for one in sizes.biggest.thinking.pages]
    return table(heads, [(page, _p95(sizes.again, page), _p95(sizes.biggest, page)) for page in pages])


PARTS: dict[str, Callable[[Sizes], str]] = {
    "targets": _targets,
    "machine": _machine,
    "sizes": _sizes,
    "pages": _pages,
    "rush": _rush,
    "single": _single,
    "growth": _growth,
    "again": _again,
}
