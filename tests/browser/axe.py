"""What axe says of pages, at a desk and on a phone, light and dark (WCAG 2.2 AA)."""

from collections.abc import Set
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import furnish, places
from tests.browser.sector import DESKTOP, PHONE, Sector, loaded

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHOLE: dict[str, object] = {"runOnly": {"type": "tag", "values": TAGS}}
# all that a scheme changes
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
VIEWS: tuple[tuple[dict[str, Any], Literal["dark", "light"], dict[str, object]], ...] = (
    (DESKTOP, "dark", COLOURS),
    (DESKTOP, "light", WHOLE),
    (PHONE, "light", WHOLE),
    (PHONE, "dark", COLOURS),
)


RUN = "options => axe.run(document, options).then(found => found.violations)"


def _findings(page: Page, options: dict[str, object]) -> list[str]:
    found = [
        one for one in _violations(page, options) if one["id"] != "target-size" or _still_small(page, one)
    ]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def _violations(page: Page, options: dict[str, object]) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = page.evaluate(RUN, options | {"resultTypes": ["violations"]})
    return answer


def _still_small(page: Page, violation: dict[str, Any]) -> bool:
    """A target that a bar covers at the edge of the window is measured again in its middle."""
    page.locator(violation["nodes"][0]["target"][0]).evaluate("one => one.scrollIntoView({block: 'center'})")
    return bool(_violations(page, {"runOnly": {"type": "rule", "values": ["target-size"]}}))


def found_by_axe(sector: Sector, folder: Path, personas: Set[str]) -> list[str]:
    """Every finding on the pages of these personas: persona, page, width, scheme, rule and parts."""
    sector.expects(404)
    found: list[str] = []
    seats: dict[str, Page] = {}
    for place in places(furnish(sector, folder), personas):
        page = seats.get(place.persona) or seats.setdefault(place.persona, sector.seat(place.persona))
        page.goto(place.path)
        loaded(page)
        page.evaluate(Axe().axe_script)
        for size, scheme, options in VIEWS:
            page.set_viewport_size(size["viewport"])
            page.emulate_media(color_scheme=scheme)
            where = f"{place.persona} {place.path} {size['viewport']['width']} {scheme}"
            found += [f"{where} {one}" for one in _findings(page, options)]
        page.set_viewport_size(DESKTOP["viewport"])
    return found
