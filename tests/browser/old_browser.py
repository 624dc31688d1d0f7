"""Chromium 109, the oldest browser of the sector's machines (`tools/old_browser.py` fetches it)."""

import platform
from collections.abc import Set
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.pages import furnish, places
from tests.browser.sector import Sector, loaded

PROGRAM = Path(__file__).resolve().parents[2] / "var/chromium-109/chromium"
ARGUMENTS = ["--no-sandbox", "--single-process", "--no-zygote", "--use-gl=swiftshader", "--disable-gpu"]
HERE = PROGRAM.exists() and (platform.system(), platform.machine()) == ("Linux", "x86_64")

only_where_it_runs = pytest.mark.skipif(
    not HERE, reason="Chromium 109 exists for Linux on x86-64: tools/old_browser.py"
)


def old_browser(playwright: Playwright) -> Browser:
    """A new process of it: as a single process it does not live long."""
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
    assert browser.version.startswith("109.")
    return browser


def open_all(sector: Sector, playwright: Playwright, folder: Path, personas: Set[str]) -> None:
    """Open the pages of these personas; what they say on the console fails the test."""
    sector.expects(404)
    by_persona: dict[str, list[str]] = {}
    for place in places(furnish(sector, folder), personas):
        by_persona.setdefault(place.persona, []).append(place.path)
    for persona, paths in by_persona.items():
        sector.browser = old_browser(playwright)
        page = sector.seat(persona, paths[0])
        for path in paths:
            page.goto(path)
            loaded(page)
            expect(page.locator("main, .plain").first).to_be_visible()
        sector.close()
        sector.browser.close()
