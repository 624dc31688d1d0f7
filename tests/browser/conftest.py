"""A live server, the cast with certificates from a real test authority, and browsers that may not complain."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.sector import Sector
from tests.cast import World

HERE = Path(__file__).parent
FAILURES = HERE.parents[1] / "var/browser-failures"
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def sector(
    live_server: LiveServer,
    signing_world: World,
    browser: Browser,
    browser_context_args: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Sector]:
    """The sector at work; a test fails on anything that a browser says on its console.

    What the browsers of a failed test showed is kept in `var/browser-failures`.
    """
    made = Sector(signing_world, browser, live_server.url, browser_context_args)
    yield made
    if request.node.stash.get(FAILED, False):
        made.keep_screens(FAILURES / request.node.name)
    made.close()
    assert not made.watch.complaints, "\n".join(made.watch.complaints)
