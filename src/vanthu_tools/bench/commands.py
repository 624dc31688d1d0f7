"""`vanthu bench …`: fill a database of its own with a large sector, and measure the product on it."""

import typer
from rich.console import Console

app = typer.Typer(
    no_args_is_help=True,
    help="Measure the product on a sector of any size (*đo tốc độ*), in a database of its own.",
)
console = Console(highlight=False)


@app.callback()
def bench() -> None:
    """Measure the product on a sector of any size (*đo tốc độ*), in a database of its own."""
