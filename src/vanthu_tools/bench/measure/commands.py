"""`vanthu bench run`, `report`, `browser` and `practice`."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import django
import typer
from rich.console import Console

from vanthu_tools import running
from vanthu_tools.bench.place import at_work

app = typer.Typer()
console = Console(highlight=False)

Documents = Annotated[int, typer.Option(help="Which database: the number that `bench load` was given.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write all figures to this file.", dir_okay=False)]


@app.command()
def run(
    documents: Documents = 10_000,
    clients: Annotated[int, typer.Option(help="Browsers at once.", min=1)] = 8,
    seconds: Annotated[
        float, typer.Option(help="How long the first table is measured; the second a quarter of it.")
    ] = 60,
    think: Annotated[float, typer.Option(help="Seconds between an answer and the next request.")] = 1.0,
    json_file: Json = None,
    compare: Annotated[
        Path | None, typer.Option(help="Figures of an earlier run: print what changed.", exists=True)
    ] = None,
    browser: Annotated[
        bool, typer.Option(help="Also open the first pages in Chromium (needs the tools of development).")
    ] = False,
) -> None:
    """Measure every page through HTTP (*đo tốc độ*): once with time to think, once without.

    Registration in one series comes first. Then web server and workers run as `vanthu up` runs them, on the
    benchmark's own database; at the end follows issuing to one office, to 400 and to 700. What is registered and
    issued stays in that database.
    """
    with _bench(documents):
        runner, figures = _module("run"), _module("figures")
        plan = runner.Plan(documents, clients=clients, seconds=seconds, think=think)
        console.print("Reading the database into memory …")
        _module("warming").warm()
        console.print("Registration in one series, at the action …")
        registration = runner.at_the_action(plan)
        with runner.product(console.print) as product:
            found = runner.measure(plan, product, registration, console.print)
            if browser:
                found = _module("weighing").added(found, product.address)
        if json_file:
            json_file.write_text(written(found.as_json()), encoding="utf-8")
        before = figures.Run.from_json(json.loads(compare.read_text(encoding="utf-8"))) if compare else None
        _module("printing").show(console, found, before)
        failed = sum(page.errors for load in found.loads for page in load.pages)
    if failed:
        sys.exit(f"{failed} requests failed; the tables say on which pages.")


@app.command()
def browser(documents: Documents = 10_000) -> None:
    """Open the first pages in Chromium: bytes, requests, and how soon a slow machine can use them (*độ nặng trang*).

    Needs the tools of development (Playwright) and Chromium. `bench run --browser` keeps the same figures.
    """
    with _bench(documents):
        with _module("run").product(console.print) as product:
            weights = _module("weighing").measure(product.address)
        for one in weights:
            console.print(_module("printing").weight_of(one))


@app.command()
def practice(
    documents: Documents = 10_000,
    people: Annotated[int, typer.Option(help="How many practise at once.", min=1)] = 180,
    together: Annotated[int, typer.Option(help="How many share a room; 1: a room for each.", min=1)] = 8,
    seconds: Annotated[float, typer.Option(help="How long they look around.")] = 60,
    think: Annotated[float, typer.Option(help="Seconds between an answer and the next request.")] = 10.0,
) -> None:
    """Let many people enter practice at the same moment, then look around (*tập huấn đông người*).

    Rooms are made first, as the night makes them; they stay in that database until midnight closes them.
    """
    with _bench(documents):
        training = _module("training")
        trainees = training.people(people, together)
        training.make_rooms(trainees, console.print)
        with _module("run").product(console.print) as product:
            found = training.train(product, trainees, seconds, think, console.print)
        for line in training.lines(found):
            console.print(line)
        console.print(_module("printing").pages_of(found.load))
    if found.troubles:
        sys.exit(f"{len(found.troubles)} people could not enter.")


@app.command()
def report(
    files: Annotated[
        list[Path], typer.Argument(help="Figures of runs, from `bench run --json`.", exists=True)
    ],
    page: Annotated[Path, typer.Option(help="The page whose tables are written anew.")] = running.ROOT
    / "docs/performance.md",
) -> None:
    """Write docs/performance.json, the tables of docs/performance.md and its chart from the JSON of several sizes.

    The last two runs of one size are both shown; what stands outside the markers of the page stays as it is.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    figures, reporting = _module("figures"), _module("report")
    runs = [figures.Run.from_json(one) for file in files for one in _runs_in(file)]
    for written_file in reporting.write(runs, page):
        console.print(f"Written: {written_file}")


def _runs_in(file: Path) -> list[dict[str, Any]]:
    """One run, or the many that an earlier report gathered."""
    data = json.loads(file.read_text(encoding="utf-8"))
    return list(data["runs"]) if "runs" in data else [data]


@contextmanager
def _bench(documents: int) -> Iterator[None]:
    """Django on the benchmark's database of this size, which must be loaded."""
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # servers and processes are stopped in order then too
    with at_work(documents), running.product():
        running.bring_tables_up_to_date()
        if not import_module("vanthu.organisations.models").Office.objects.exists():
            sys.exit(f"This database is empty. Fill it with: vanthu bench load --documents {documents}")
        yield


def _module(name: str) -> Any:
    """A module of the benchmark that needs Django, which is ready only after the database runs."""
    return import_module(f"vanthu_tools.bench.measure.{name}")


def written(data: object) -> str:
    """JSON for people and for diffs."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
