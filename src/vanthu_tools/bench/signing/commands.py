"""`vanthu bench signatures`."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import django
import typer
from rich.console import Console
from rich.table import Table

from vanthu_tools.bench.signing.words import rows_of, write
from vanthu_tools.running import ROOT

app = typer.Typer()
console = Console(highlight=False)


@app.command()
def signatures(
    seconds: Annotated[float, typer.Option(help="Processor time for each rate.", min=0.5)] = 8,
    keep: Annotated[
        bool,
        typer.Option(
            "--write", help="Also write docs/signing-figures.json and the table of docs/signing.md."
        ),
    ] = False,
    folder: Annotated[Path, typer.Option(help="Where the two files are.", file_okay=False)] = ROOT / "docs",
) -> None:
    """Measure signatures and validations a second and core, and the memory of a large file (*đo tốc độ ký số*).

    Needs no database: a test authority runs for the time of the measurement. Rates are by processor time, beside the
    bare primitive of the same run.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    bench, machine = (
        import_module(f"vanthu_tools.bench.{name}") for name in ("signing.bench", "measure.machine")
    )
    rows = rows_of(bench.measure(seconds))
    table = Table("Figure", "Limit", "Measured", "")
    for row in rows:
        table.add_row(row.name, row.limit, row.measured, row.word)
    console.print(table)
    if keep:
        for written in write(rows, machine.processor(), machine.commit(), folder):
            console.print(f"Written: {written}")
    if missed := [row.name for row in rows if row.met is False]:
        sys.exit(f"Missed: {'; '.join(missed)}")
