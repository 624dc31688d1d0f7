"""Counts what a frequent job costs a person, and prints it beside the budget when all tests have run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

# Clicks or taps, and keys besides what is written; None where the budget names none.
BUDGET: dict[str, tuple[int, int | None]] = {
    "Register an incoming scan": (1, 15),
    "Register a scan that was read": (1, 2),
    "Register a scan with the mouse": (3, 0),
    "Register a stack of ten scans": (1, 40),
    "Leader directs on the phone": (3, 0),
    "Specialist opens a reply draft": (2, 0),
    "Submit for signing": (2, 0),
    "Leader signs on the phone": (2, 0),
    "Leader signs ten on the phone": (3, 0),
    "Clerk numbers, seals, issues": (3, 0),
    "Find by a half-remembered phrase": (2, 16),
    "Print a register": (3, 0),
    "Number for a paper document": (2, 0),
    "Appointment from an invitation": (1, 0),
}
_PROPERTY = "job"


@dataclass
class Job:
    """What one job took."""

    name: str
    clicks: int = 0
    keys: int = 0
    letters: int = 0
    requests: int = 0
    seconds: float = 0


class Hand:
    """A hand at a page: what it does is counted."""

    def __init__(self, page: Page, job: Job) -> None:
        self.page, self.job = page, job

    def click(self, target: Locator) -> None:
        self.job.clicks += 1
        if self.page.evaluate("navigator.maxTouchPoints"):
            target.tap()
        else:
            target.click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.job.keys += 1
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Words that nobody can save the person."""
        self.job.letters += len(text)
        self.page.keyboard.type(text)


class Meter:
    """Measures jobs of a test."""

    def __init__(self, record: Any) -> None:
        self._record = record

    @contextmanager
    def job(self, name: str, page: Page) -> Iterator[Hand]:
        """Count until the end of the block; more clicks or keys than the budget fail the test."""
        job = Job(name)

        def requested(_: object) -> None:
            job.requests += 1

        page.on("request", requested)
        start = time.monotonic()
        yield Hand(page, job)
        job.seconds = round(time.monotonic() - start, 1)
        page.remove_listener("request", requested)
        self._record(_PROPERTY, asdict(job))
        clicks, keys = BUDGET[name]
        assert job.clicks <= clicks, f"{name}: {job.clicks} clicks, budget {clicks}"
        assert keys is None or job.keys <= keys, f"{name}: {job.keys} keys, budget {keys}"


@pytest.fixture
def meter(record_property: Any) -> Meter:
    return Meter(record_property)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table of jobs, gathered from the reports of all workers."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    jobs = [Job(**value) for one in reports for name, value in one.user_properties if name == _PROPERTY]
    if not jobs:
        return
    terminalreporter.section("What frequent jobs cost (counted / budget)")
    line = "{:<36}{:>10}{:>12}{:>9}{:>10}{:>9}"
    terminalreporter.write_line(line.format("", "clicks", "keys", "letters", "requests", "seconds"))
    for job in sorted(jobs, key=lambda one: list(BUDGET).index(one.name)):
        clicks, keys = BUDGET[job.name]
        terminalreporter.write_line(
            line.format(
                job.name,
                f"{job.clicks} / {clicks}",
                f"{job.keys} / {keys}",
                job.letters,
                job.requests,
                job.seconds,
            )
        )
