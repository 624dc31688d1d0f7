"""Lists with their preview in Chromium 109."""

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.old_browser import old_browser, only_where_it_runs
from tests.browser.sector import Sector
from tests.entries import make_numbered, make_registered

pytestmark = only_where_it_runs


@pytest.mark.parametrize("path", ["/incoming?tab=all", "/outgoing?tab=issued"])
def test_the_preview_beside_the_list_works(sector: Sector, playwright: Playwright, path: str) -> None:
    for number in (1, 2):
        make_registered(sector.world, subject=f"Về việc phối hợp kiểm tra lần {number}")
        make_numbered(sector.world, "clerk", subject=f"Về việc trả lời kiến nghị lần {number}")
    sector.browser = old_browser(playwright)
    page = sector.seat("clerk", path)
    expect(page.locator("#preview h2")).to_have_text(subject_of(page, 0))  # the first by itself
    page.locator("a[data-preview]").nth(1).evaluate("link => link.click()")  # its click() never ends
    expect(page.locator("#preview h2")).to_have_text(subject_of(page, 1))
    page.keyboard.press("k")
    expect(page.locator("#preview h2")).to_have_text(subject_of(page, 0))
    sector.close()
    sector.browser.close()


def subject_of(page: Page, number: int) -> str:
    """What the row of this number, from 0, is about."""
    return page.locator("a[data-open]").nth(number).inner_text().strip()
