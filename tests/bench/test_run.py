"""A short run of the benchmark against the tests' own server: figures for every page, JSON and back, comparison."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from rich.console import Console

from tests.cast import World
from tests.entries import make_assigned, make_delivered, make_numbered, make_presented, make_registered, unit
from vanthu.documents import outgoing
from vanthu_tools.bench.measure import report, targets, weighing
from vanthu_tools.bench.measure.acts import acting_pages
from vanthu_tools.bench.measure.driving import Call, Client, Drive, Pace, Page, costs, drive
from vanthu_tools.bench.measure.figures import Comparison, Figures, Load, Run, Weight, load_of
from vanthu_tools.bench.measure.issuing import Issue
from vanthu_tools.bench.measure.pages import reading_pages
from vanthu_tools.bench.measure.percentiles import percentile
from vanthu_tools.bench.measure.printing import show
from vanthu_tools.bench.measure.seats import Seats, sit_down
from vanthu_tools.bench.measure.series import Registrations
from vanthu_tools.bench.measure.words import search_pages

MEASURE = "vanthu_tools.bench.measure.middleware.MeasuringMiddleware"


class Plain:
    """In place of Django's handler of static files: nothing is asked of them here."""

    def __new__(cls, application: WSGIHandler) -> WSGIHandler:  # type: ignore[misc]
        return application


class Waiting(ThreadedWSGIServer):
    """A server whose end waits for its threads: each closes its connection to the database as its last act."""

    daemon_threads = False


@pytest.fixture
def seats(transactional_db: None, world: World) -> Seats:
    """People signed in, in a sector with a few documents in every state."""
    for _ in range(3):
        make_registered(world)
        make_presented(world)
        make_assigned(world)
        make_delivered(world)
        outgoing.issue(make_numbered(world, "clerk", owners=[unit(world, "P1")]), by=world.actor("clerk"))
    return sit_down()


@pytest.fixture
def address(seats: Seats, settings: Settings) -> Iterator[tuple[str, int]]:
    """A server that tells what every answer costs."""
    settings.MIDDLEWARE = [MEASURE, *settings.MIDDLEWARE]
    server = LiveServerThread("localhost", Plain)
    server.server_class = Waiting
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield "localhost", server.port
    server.terminate()


def measured(seats: Seats, address: tuple[str, int]) -> Load:
    """Every page and act once, as a table."""
    pages = [*reading_pages(seats), *search_pages(seats), *acting_pages(seats, 4)]
    client = Client(*address)
    calls = [(page, page.take()) for page in pages]
    samples = [client.ask(page.name, call) for page, call in calls if call is not None]
    client.connection.close()
    assert len(samples) == len(pages), "every page has something to ask for"
    done = Drive(Pace(1, 1, 1), 2.0, samples, 0.1)
    return load_of(done, pages, cpu={"web": 0.5, "client": 0.1}, memory={"web": 100.0})


def test_every_page_answers_and_tells_what_it_costs(
    world: World, seats: Seats, address: tuple[str, int]
) -> None:
    assert seats.everything.actor.person_id == world.person("head").pk
    assert seats.ordinary.role == "specialist"
    load = measured(seats, address)
    names = {one.page for one in load.pages}
    assert {
        "Desk", "Badges of the menu", "Incoming, first page (ordinary person)", "Incoming, tab: to direct",
        "Incoming document", "Preview of an incoming document", "Outgoing document", "Card of a leader",
        "Form of registration", "Register", "Upload a scan of one page", "Direct", "Receive",
    } <= names  # fmt: skip
    for one in load.pages:
        assert not one.trouble, one
        assert one.statements, one
        assert one.sql_p95, one
        assert one.cpu, one
    assert all(one.html for one in load.pages if one.group in ("page", "list", "search"))


def test_clients_take_turns_until_the_time_is_over(seats: Seats, address: tuple[str, int]) -> None:
    badges = Page("Badges", "page", iter([Call(seats.ordinary, "/counters")] * 6))
    gone = Page("Gone", "page", iter([Call(seats.ordinary, "/incoming/999999999")]))
    done = drive(address, [badges, gone], Pace(clients=2, seconds=1.5, think=0.01))
    assert done.seconds >= 1.5
    load = load_of(done, [badges, gone], cpu={}, memory={})
    assert [(one.page, one.errors) for one in load.pages] == [("Badges", 0), ("Gone", 1)]
    assert load.pages[0].requests in range(1, 7)  # a busy machine answers fewer in the time
    assert load.pages[1].requests == 0
    assert load.pages[1].trouble == "/incoming/999999999 answered 404"


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile([], 95) == 0
    assert percentile([5, 1, 3], 50) == 3
    assert percentile(range(1, 101), 95) == 95
    assert percentile([1, 2], 99) == 2


def test_costs_are_read_from_the_header() -> None:
    assert costs("sql;desc=6;dur=12.30, cpu;dur=4.56") == (6, 12.3, 4.56)
    assert costs("") == (None, None, None)


def figures(page: str, group: str, p95: float) -> Figures:
    return Figures(page, group, 40, 0, "", 1.0, p95 / 2, p95, p95, 6, 15, 3.0, 9.0, 8.0, 30_000, 6_000)


@pytest.fixture
def found() -> Run:
    """A run with every kind of figure."""
    pages = [
        figures("Desk", "page", 40.0),
        figures("Incoming, first page (ordinary person)", "list", 50.0),
        figures("Search, symbol (person)", "search", 20.0),
        figures("Register", "act", 60.0),
    ]
    load = Load(8, 1.0, 60.0, 160, 2.7, pages, {"web": 0.5, "client": 0.1}, {"web": 100.0})
    return Run(
        taken_at="2026-11-22T10:00:00+0700",
        commit="0123456789ab",
        machine={"processor": "one", "cores": "2"},
        documents=10_000,
        sizes={"documents": 10_000, "megabytes": 100},
        loads=[load, replace(load, think=0.0)],
        lists=Comparison(200, 11.0, 20.0, 10.0, 19.0),
        registration=Registrations(4, 10, 2500, 250.0, 3.0, 9.0, True, 80.0, 120.0),
        issues=[Issue(1, 0.1, 0.5, 0.6), Issue(400, 0.2, 0.9, 7.5), Issue(700, 0.3, 1.2, 11.0)],
        weights=[Weight("/", 90_000, 12, 20_000, 1.4)],
    )


def slower(run: Run, documents: int, times: float) -> Run:
    """The same run where everything took so many times as long."""
    loads = [
        replace(load, pages=[replace(one, p95=one.p95 * times) for one in load.pages]) for load in run.loads
    ]
    return replace(run, documents=documents, loads=loads)


def test_figures_survive_json(found: Run) -> None:
    data = json.loads(json.dumps(found.as_json()))
    again = Run.from_json(data)
    assert again.as_json() == data
    assert [one.page for one in again.loads[0].pages] == [one.page for one in found.loads[0].pages]
    with pytest.raises(ValueError, match="format"):
        Run.from_json({**data, "format": 0})


def test_a_run_is_compared_with_an_earlier_one(found: Run, capsys: pytest.CaptureFixture[str]) -> None:
    show(Console(width=200), slower(found, 10_000, 1.5), before=found)
    shown = capsys.readouterr().out
    assert "Changes" in shown
    assert "+50 %" in shown
    assert "250 a second (p50" in shown


def verdict(run: Run, target: str, smaller: Run | None = None) -> targets.Verdict:
    return next(one for one in targets.verdicts(run, smaller) if one.target.startswith(target))


def test_targets_are_met_or_not_as_measured(found: Run) -> None:
    assert verdict(found, "registration").met
    assert not verdict(with_gaps(found), "registration").met
    assert verdict(found, "issue to 400 offices: the last inbox").met
    assert verdict(found, "issue to 700 offices: the answer").met
    assert not verdict(found, "issue to 700 offices: the last inbox").met
    assert verdict(replace(found, issues=[]), "issue to 400 offices: the answer").met is None
    assert verdict(found, "growth").met is None
    assert verdict(slower(found, 1_000_000, 1.5), "growth", found).met
    assert not verdict(slower(found, 1_000_000, 2.5), "growth", found).met
    assert verdict(found, "p95 of every page at the client").met
    assert not verdict(slower(found, 1_000_000, 4), "p95 of every page at the client").met
    assert verdict(found, "ordinary person's list").met
    assert verdict(found, "first signed-in page, cold").met
    assert not verdict(
        replace(found, weights=[Weight("/", 90_000, 16, 20_000, 1.4)]), "first signed-in page, cold"
    ).met


def with_gaps(run: Run) -> Run:
    assert run.registration is not None
    return replace(run, registration=replace(run.registration, gapless=False))


PAGE = """# Performance

Written by hand.

<!-- figures:targets -->
stale
<!-- /figures:targets -->

<!-- figures:growth -->
<!-- /figures:growth -->

The end.
"""


def test_the_report_writes_between_the_markers_only(found: Run, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(PAGE, encoding="utf-8")
    runs = [slower(found, 1_000_000, 1.5), found]
    written = report.write(runs, page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Performance\n\nWritten by hand.\n")
    assert text.endswith("The end.\n")
    assert "stale" not in text
    assert "| Desk |" in text
    data: dict[str, Any] = json.loads((tmp_path / "performance.json").read_text(encoding="utf-8"))
    assert [one["documents"] for one in data["runs"]] == [10_000, 1_000_000]
    chart = (tmp_path / "performance-growth.svg").read_text(encoding="utf-8")
    assert chart.startswith("<svg ")
    assert "Desk" in chart
    assert {path.name for path in written} == {
        "performance.md", "performance.json", "performance-growth.svg",
    }  # fmt: skip


def test_a_marker_without_an_end_is_said(found: Run, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("<!-- figures:targets -->\n", encoding="utf-8")
    with pytest.raises(ValueError, match="targets"):
        report.write([found], page)


@pytest.mark.browser
def test_a_page_is_weighed_in_a_browser(seats: Seats, address: tuple[str, int], browser: Browser) -> None:
    weight = weighing.weigh(browser, address, "Desk", seats.everything, "/")
    assert weight.cold > 1000
    assert weight.requests >= 1
    assert weight.usable > 0
