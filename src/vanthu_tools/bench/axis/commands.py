"""`vanthu bench axis`."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vanthu_tools import running
from vanthu_tools.bench.place import at_work_in
from vanthu_tools.running import ROOT

app = typer.Typer()
console = Console(highlight=False)
DATABASE = "bench_axis"


@app.command()
def axis(
    packets: Annotated[int, typer.Option(help="How many packets (*gói tin*).", min=20)] = 200,
    size: Annotated[int, typer.Option(help="Bytes of the attachment of each.", min=10_000)] = 1_000_000,
    keep: Annotated[
        bool,
        typer.Option(
            "--write", help="Also write docs/exchange-figures.json and the table of docs/exchange.md."
        ),
    ] = False,
    folder: Annotated[Path, typer.Option(help="Where the two files are.", file_okay=False)] = ROOT / "docs",
) -> None:
    """Measure packets received and registered a second and core, beside the bare cost of their bytes (*đo liên thông*).

    In a database of its own; the connection is inside the process, everything else is the product.
    """
    with at_work_in(DATABASE), running.product():
        running.bring_tables_up_to_date()
        bench, words, machine = (
            import_module(f"vanthu_tools.bench.{name}")
            for name in ("axis.bench", "axis.words", "measure.machine")
        )
        with console.status("Receiving …") as status:
            found = bench.measure(
                packets, size, lambda done: status.update(f"Receiving: {done} of {packets}")
            )
        rows = words.rows_of(found)
        table = Table("Figure", "Limit", "Measured", "")
        for row in rows:
            table.add_row(row.name, row.limit, row.measured, row.word)
        console.print(table)
        if keep:
            for written in words.write(rows, machine.processor(), machine.commit(), folder):
                console.print(f"Written: {written}")
        if missed := [row.name for row in rows if row.met is False]:
            sys.exit(f"Missed: {'; '.join(missed)}")
