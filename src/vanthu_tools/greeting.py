"""What `vanthu up` says and loads for the person who starts it."""

from importlib import import_module

from django.apps import apps
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from vanthu_tools.services import port_of_authority


class Bars:
    """One progress bar per step: `bars(text, done, total)` moves the bar of that text."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, text: str, done: int, total: int) -> None:
        if text not in self.tasks:
            self.tasks[text] = self.progress.add_task(text, total=total)
        self.progress.update(self.tasks[text], completed=done, total=total)


def load_demonstration_once(console: Console) -> bool:
    """Fills an empty database in demonstration mode; True if it did."""
    load = getattr(import_module("vanthu_tools.demo"), "load", None)
    if load is None or not settings.DEMO or apps.get_model("organisations", "Office").objects.exists():
        return False
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console.print("First start: loading the demonstration sector.")
    port = port_of_authority(settings.PKI_DIR)
    import_module("vanthu_tools.test_pki").ensure(settings.PKI_DIR, f"http://127.0.0.1:{port}")
    with Progress(*columns, console=console) as progress:
        load(Bars(progress))
    import_module("vanthu.kernel.jobs").enqueue(import_module("vanthu.reading.jobs").read_missed)
    return True


def greet(console: Console, address: str) -> None:
    """The address and, in demonstration, whom one may be."""
    console.print(f"\nVăn thư is ready:  [bold]{address}[/bold]     (Ctrl+C stops it)", soft_wrap=True)
    if not settings.DEMO:
        return
    cast = import_module("vanthu_tools.demo.cast")
    table = Table("User name", "Who", "What they do", box=None, padding=(0, 2, 0, 0))
    for member in cast.cast():
        table.add_row(member.username, member.label, member.does)
    console.print(
        f"Sign in with a button on the page, or with a name below and the password [bold]{cast.PASSWORD}[/bold]\n"
    )
    console.print(table)
