"""Figures as tables on a terminal."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from vanthu_tools.bench.measure.figures import Load, Run, Weight
from vanthu_tools.bench.measure.targets import Verdict, changes, verdicts

UNKNOWN = "–"
NUMBERS = ("n", "/s", "p50", "p95", "p99", "SQL", "SQL p95", "cpu", "HTML", "sent")


def show(console: Console, run: Run, before: Run | None = None, smaller: Run | None = None) -> None:
    """All tables of a run; `before` is an earlier run to compare with, `smaller` one on a smaller sector."""
    console.print(f"\n{run.documents:,} documents · {run.commit} · {run.taken_at}")
    console.print(" · ".join(f"{name}: {value}" for name, value in run.machine.items()))
    for load in run.loads:
        console.print(pages_of(load))
        console.print(use_of(load))
    for line in single_figures(run):
        console.print(line)
    for old, new in zip(before.loads if before else [], run.loads, strict=False):
        console.print(changes_of(old, new))
    console.print(targets_of(verdicts(run, smaller)))


def title_of(load: Load) -> str:
    """The load in words."""
    pause = f"{load.think:g} s to think" if load.think else "no time to think"
    return (
        f"{load.clients} clients, {pause}: {load.requests} requests in {load.seconds:.0f} s,"
        f" {load.per_second:.1f} a second"
    )


def pages_of(load: Load) -> Table:
    """One row per page; times in milliseconds, sizes in kilobytes."""
    table = Table("Page", title=title_of(load), title_justify="left", box=None, padding=(0, 1, 0, 0))
    for name in NUMBERS:
        table.add_column(name, justify="right")
    for one in load.pages:
        table.add_row(
            one.page,
            f"{one.requests}" + (f" (+{one.errors} failed)" if one.errors else ""),
            f"{one.per_second:.1f}",
            *(f"{value:.0f}" for value in (one.p50, one.p95, one.p99)),
            number(one.statements, "g"),
            number(one.sql_p95, ".0f"),
            number(one.cpu, ".1f"),
            number(one.html and one.html / 1000, ".1f"),
            number(one.travelled / 1000, ".1f"),
            style="red" if one.errors else "",
        )
    return table


def number(value: float | None, form: str) -> str:
    """A figure, or a dash where there is none."""
    return UNKNOWN if value is None else format(value, form)


def use_of(load: Load) -> str:
    """What the processes used."""
    cpu = ", ".join(f"{name} {value:.2f}" for name, value in load.cpu.items())
    each = {name: value * load.seconds / load.requests * 1000 for name, value in load.cpu.items()}
    per_request = ", ".join(f"{name} {value:.1f} ms" for name, value in each.items())
    memory = ", ".join(f"{name} {value:.0f} MB" for name, value in load.memory.items())
    return f"Processors used: {cpu}. Per request: {per_request}. Memory (PSS): {memory}.\n"


def single_figures(run: Run) -> Iterator[str]:
    """What is not a page: lists side by side, registration, issue, weight."""
    if run.lists:
        one = run.lists
        yield (
            f"List of an ordinary person {one.ordinary_p50:.0f} ms (p95 {one.ordinary_p95:.0f}), of the"
            f" all-seeing one {one.everything_p50:.0f} ms (p95 {one.everything_p95:.0f}): {one.ratio:.2f} times."
        )
    if run.registration:
        two = run.registration
        yield (
            f"Registration in one series by {two.processes} processes: {two.per_second:.0f} a second (p50"
            f" {two.p50:.0f} ms, p95 {two.p95:.0f} ms), {'gapless' if two.gapless else 'WITH GAPS'};"
            f" through HTTP {number(two.http_per_second, '.0f')} a second (p95 {number(two.http_p95, '.0f')} ms)."
        )
    for three in run.issues:
        yield (
            f"Issue to {three.offices} offices: answer {three.answered:.2f} s, sealed {three.issued:.2f} s,"
            f" last inbox {three.delivered:.2f} s. {three.trouble}"
        )
    yield from map(weight_of, run.weights)


def weight_of(one: Weight) -> str:
    """A page in a browser, in words."""
    return (
        f"{one.page} in a browser: {one.cold / 1000:.1f} kB in {one.requests} requests cold,"
        f" {one.warm / 1000:.1f} kB warm, usable after {one.usable:.2f} s with a processor six times slower."
    )


def changes_of(before: Load, after: Load) -> Table:
    """Each page beside itself in an earlier run."""
    table = Table("Page", title=f"Changes ({title_of(after)})", title_justify="left", box=None)
    for name in ("p95 before", "p95 now", "change", "SQL before", "SQL now"):
        table.add_column(name, justify="right")
    for page, old, new, statements, statements_now in changes(before, after):
        table.add_row(
            page,
            f"{old:.0f}",
            f"{new:.0f}",
            f"{(new / old - 1) * 100:+.0f} %" if old else UNKNOWN,
            f"{statements:g}",
            f"{statements_now:g}",
        )
    return table


def targets_of(found: list[Verdict]) -> Table:
    """Each target: met or not."""
    words = {True: "[green]met[/green]", False: "[red]not met[/red]", None: UNKNOWN}
    table = Table("Target", "Limit", "Measured", "", title="Targets", title_justify="left", box=None)
    for one in found:
        table.add_row(one.target, one.limit, one.measured, words[one.met])
    return table
