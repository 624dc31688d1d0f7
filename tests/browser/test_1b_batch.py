"""A stack of ten scans: dropped at once, registered from the keyboard, one left for later; the browser dies once."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.budget import Hand, Meter
from tests.browser.papers import letter
from tests.browser.sector import Sector, drop, look
from vanthu.documents.models import IncomingEntry

MANY = 10
TOWNS = (
    "Từ Sơn",
    "Thuận Thành",
    "Quế Võ",
    "Gia Bình",
    "Tiên Du",
    "Yên Phong",
    "Lương Tài",
    "Việt Yên",
    "Lạng Giang",
    "Tân Yên",
)


def confirm(page: Page, hand: Hand, number: int) -> None:
    """The fields come from the scan; two keys confirm them and show the next."""
    expect(page.locator("#id_number")).to_have_value(str(2100 + number))
    expect(page.locator("#id_issuer_name")).to_have_value("Viện kiểm sát nhân dân tối cao")
    expect(page.get_by_role("button", name="Nhận mọi gợi ý")).to_be_visible()
    hand.press("Alt+Enter")
    expect(page.locator("[data-next]")).to_be_focused()
    hand.press("Enter")


def test_ten_scans_from_the_keyboard(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/stacks")
    papers = [
        letter(
            tmp_path / f"quet-{number:02}.pdf",
            symbol=f"{2100 + number}/KH-VKS-VP",
            subject=f"Kiểm tra công tác văn thư, lưu trữ {TOWNS[number - 1]}",
        )
        for number in range(1, MANY + 1)
    ]
    with meter.job("Register a stack of ten scans", page) as hand:
        hand.job.clicks += 1  # the drag
        drop(page.locator("[data-island~=upload]"), papers)
        expect(page.locator(".uploading input[name=uploads]")).to_have_count(MANY, timeout=60_000)
        look(page, "2-tap-quet")
        hand.press("Control+Enter")
        page.get_by_role("heading", name="Tập quét").wait_for()
        sector.work()
        page.reload()
        expect(page.get_by_role("heading", name=f"Văn bản 1/{MANY}")).to_be_visible()
        expect(page.locator(".page img").first).to_be_visible()
        for number in (1, 2):
            confirm(page, hand, number)
            page.get_by_text(f"Đã vào sổ, số đến {number}").wait_for()
        look(page, "2-vao-so-tap-quet")
        hand.press("Escape")  # this document waits
        expect(page.get_by_role("heading", name=f"Văn bản 2/{MANY - 2}")).to_be_visible()
        for number in range(4, MANY + 1):
            confirm(page, hand, number)
            page.get_by_text(f"Đã vào sổ, số đến {number - 1}").wait_for()
    page.context.close()
    sector.contexts.remove(page.context)
    again = sector.seat("clerk", "/incoming/stacks")
    again.keyboard.press("j")
    again.keyboard.press("Enter")
    expect(again.get_by_role("heading", name="Văn bản 1/1")).to_contain_text("để lại từ trước")
    confirm(again, Hand(again, hand.job), 3)
    again.get_by_text("Đã xong cả tập").wait_for()
    entries = list(IncomingEntry.objects.order_by("arrival_number"))
    assert [entry.arrival_number for entry in entries] == list(range(1, MANY + 1))
    assert {(entry.kind, entry.channel, entry.pages) for entry in entries} == {("KH", "scan", 2)}
    assert {entry.document.issuer_id for entry in entries} == {sector.world.supreme.pk}
