"""axe finds nothing on any page, at a desk and on a phone, light and dark (WCAG 2.2 AA)."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import furnish, places
from tests.browser.sector import DESKTOP, PHONE, Sector, settle

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHOLE = {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that a scheme changes


def findings(page: Page, options: dict[str, object]) -> list[str]:
    found = [one for one in violations(page, options) if one["id"] != "target-size" or still_small(page, one)]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def violations(page: Page, options: dict[str, object]) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return answer


def still_small(page: Page, violation: dict[str, Any]) -> bool:
    """A target that a bar covers at the edge of the window is measured again in its middle."""
    page.locator(violation["nodes"][0]["target"][0]).evaluate("one => one.scrollIntoView({block: 'center'})")
    return bool(violations(page, {"runOnly": {"type": "rule", "values": ["target-size"]}}))


def test_axe_finds_nothing(sector: Sector, tmp_path: Path) -> None:
    sector.expects(404)
    found: list[str] = []
    seats: dict[str, Page] = {}
    for place in places(furnish(sector, tmp_path)):
        if place.persona not in seats:
            seats[place.persona] = sector.seat(place.persona)
        page = seats[place.persona]
        page.goto(place.path)
        settle(page)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size["viewport"])
            for scheme, options in (("dark", COLOURS), ("light", WHOLE)):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                width = size["viewport"]["width"]
                found += [
                    f"{place.persona} {place.path} {width} {scheme} {one}" for one in findings(page, options)
                ]
        page.set_viewport_size(DESKTOP["viewport"])
    assert not found, "\n".join(found)
