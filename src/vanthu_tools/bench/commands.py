"""`vanthu bench …`: fill a database of its own with a large sector, and measure the product on it."""

import sys
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from vanthu_tools import running
from vanthu_tools.bench.place import at_work, bench_server, database_name

app = typer.Typer(
    no_args_is_help=True,
    help="Measure the product on a sector of any size (*đo tốc độ*), in a database of its own.",
)
console = Console(highlight=False)


@app.callback()
def bench() -> None:
    """Measure the product on a sector of any size (*đo tốc độ*), in a database of its own."""


Documents = Annotated[
    int, typer.Option(min=100, help="How many documents (*văn bản*); each size has its own database.")
]


@app.command()
def load(
    documents: Documents = 100_000,
    offices: Annotated[int, typer.Option(min=2, help="How many offices (*cơ quan*) share them.")] = 700,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Throw the database of this size away first, and all that is in it."),
    ] = False,
) -> None:
    """Fill a database of its own with a large sector (*dữ liệu đo*): never the working one.

    A load that was ended goes on where it was. Everybody's password is that of the demonstration.
    """
    server = bench_server()
    if anew:
        with server.used():
            server.drop_database(database_name(documents))
    with at_work(documents) as address, running.product():
        running.bring_tables_up_to_date()
        loading = import_module("vanthu_tools.bench.loading")
        with _progress() as progress:
            bars = {}

            def tell(step: str, done: int, total: int) -> None:
                if step not in bars:
                    bars[step] = progress.add_task(step)
                progress.update(bars[step], completed=done, total=total)

            try:
                new = loading.Load(address, documents, offices, tell).run()
            except loading.OtherLoad as trouble:
                sys.exit(f"{trouble} Load that size, or throw it away with --anew.")
        if not new:
            console.print("This sector is loaded already.")
        _report(loading.steps(address), loading.sizes(address))


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _report(steps: list[tuple[str, float]], sizes: list[tuple[str, int, int, int]]) -> None:
    """How long each part took, and how large the tables are."""
    times = Table("Part", "Seconds")
    for name, seconds in [*steps, ("all", sum(seconds for _, seconds in steps))]:
        times.add_row(name, f"{seconds:,.1f}")
    tables = Table("Table", "Rows", "MB", "MB of indexes")
    for name, rows, size, indexes in sizes:
        tables.add_row(name, f"{rows:,}", f"{size / 1e6:,.1f}", f"{indexes / 1e6:,.1f}")
    console.print(times, tables)
