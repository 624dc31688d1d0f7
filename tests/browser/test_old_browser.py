"""The pages in Chromium 109, the oldest browser of the sector's machines (`tools/old_browser.py` fetches it)."""

import platform
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.pages import furnish, places
from tests.browser.sector import Sector, settle

PROGRAM = Path(__file__).resolve().parents[2] / "var/chromium-109/chromium"
ARGUMENTS = ["--no-sandbox", "--single-process", "--no-zygote", "--use-gl=swiftshader", "--disable-gpu"]
HERE = PROGRAM.exists() and (platform.system(), platform.machine()) == ("Linux", "x86_64")

pytestmark = pytest.mark.skipif(
    not HERE, reason="Chromium 109 exists for Linux on x86-64: tools/old_browser.py"
)


def test_signed_in_pages_open_without_a_complaint(
    sector: Sector, playwright: Playwright, tmp_path: Path
) -> None:
    sector.expects(404)
    ids = furnish(sector, tmp_path)
    by_persona: dict[str, list[str]] = {}
    for place in places(ids):
        by_persona.setdefault(place.persona, []).append(place.path)
    for persona, paths in by_persona.items():  # one browser each: a single process does not live long
        sector.browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        assert sector.browser.version.startswith("109.")
        page = sector.seat(persona, paths[0])
        for path in paths:
            page.goto(path)
            settle(page)
            expect(page.locator("main, .plain").first).to_be_visible()
        sector.close()
        sector.browser.close()


def test_the_preview_beside_the_list_works(sector: Sector, playwright: Playwright, tmp_path: Path) -> None:
    furnish(sector, tmp_path)
    sector.browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
    page = sector.seat("clerk", "/incoming?tab=all")
    page.locator("tbody tr").first.wait_for()
    page.locator("a[data-preview]").nth(1).evaluate("link => link.click()")  # its click() never ends
    expect(page.locator("#preview h2")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#preview h2")).to_be_visible()
    sector.close()
    sector.browser.close()
