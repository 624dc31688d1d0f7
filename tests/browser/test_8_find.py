"""Search finds by words with and without marks, part of a symbol, the text of the file; nothing for a stranger."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.budget import Meter
from tests.browser.sector import PHONE, Sector, look
from tests.browser.stages import registered

SUBJECT = "Kế hoạch tập huấn kỹ năng tranh tụng năm 2026"


@pytest.fixture
def found(sector: Sector, tmp_path: Path) -> Sector:
    registered(sector, tmp_path, subject=SUBJECT, number="2143", notation="KH-VKS-VP", kind="KH")
    return sector


def test_words_marks_symbols_and_body(found: Sector) -> None:
    page = found.seat("clerk", "/search")
    for words in ("tập huấn kỹ năng", "tap huan tranh tung", "2143", "2143/KH", "con dấu được xuất trình"):
        page.locator("input[name=q]").first.fill(words)
        page.keyboard.press("Enter")
        expect(page.locator("#hits li")).to_have_count(1)
        expect(page.locator("#hits li")).to_contain_text(SUBJECT)
    look(page, "7-tra-cuu")
    page.goto("/search?q=khong+co+cau+nay")
    page.get_by_text("Không thấy kết quả nào").wait_for()


def test_the_palette_finds_by_a_half_remembered_phrase(found: Sector, meter: Meter) -> None:
    page = found.seat("clerk")
    with meter.job("Find by a half-remembered phrase", page) as hand:
        hand.press("Control+k")
        expect(page.locator("dialog input")).to_be_focused()
        hand.write("ky nang tranh tung")
        page.get_by_role("option", name=SUBJECT).wait_for()
        look(page, "7-tim-nhanh")
        hand.press("ArrowDown", "Enter")
        page.get_by_role("heading", name=SUBJECT).wait_for()


def test_a_stranger_finds_nothing(found: Sector) -> None:
    found.expects(404)
    for persona in ("region_clerk", "neighbour", "supreme_specialist"):
        page = found.seat(persona, "/search?q=tap+huan+tranh+tung")
        page.get_by_text("Không thấy kết quả nào").wait_for()
    page.goto("/incoming/1")
    expect(page.locator("[data-sentence]")).to_be_visible()


def test_on_a_phone(found: Sector) -> None:
    page = found.seat("head", "/search?q=tranh+tung", **PHONE)
    page.get_by_role("link", name=SUBJECT).tap()
    page.get_by_role("heading", name=SUBJECT).wait_for()
