from pathlib import Path

from tests.browser.axe import found_by_axe
from tests.browser.pages import OTHERS
from tests.browser.sector import Sector


def test_axe_finds_nothing(sector: Sector, tmp_path: Path) -> None:
    assert found_by_axe(sector, tmp_path, OTHERS) == []
