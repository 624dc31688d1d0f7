from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.old_browser import only_where_it_runs, open_all
from tests.browser.pages import LEADERS
from tests.browser.sector import Sector

pytestmark = only_where_it_runs


def test_pages_open_without_a_complaint(sector: Sector, playwright: Playwright, tmp_path: Path) -> None:
    open_all(sector, playwright, tmp_path, LEADERS)
