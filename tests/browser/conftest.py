"""A live server, the cast with certificates from a real test authority, and browsers that may not complain."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.sector import Sector
from tests.cast import World
from tests.issuing.conftest import authority, signing_world

__all__ = ["authority", "signing_world"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def sector(
    live_server: LiveServer, signing_world: World, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Sector]:
    """The sector at work; a test fails on anything that a browser says on its console."""
    made = Sector(signing_world, browser, live_server.url, browser_context_args)
    yield made
    made.close()
    assert not made.watch.complaints, "\n".join(made.watch.complaints)
