"""The clerk takes a number for a paper document in two clicks, copies it, holds one and closes the book."""

from playwright.sync_api import expect

from tests.browser.budget import Meter
from tests.browser.sector import Sector, look, settle
from vanthu.documents.models import OutgoingEntry


def test_a_number_for_a_paper_document_in_two_clicks(sector: Sector, meter: Meter) -> None:
    page = sector.seat("clerk", "/outgoing")
    with meter.job("Number for a paper document", page) as hand:
        hand.click(page.get_by_role("link", name="Lấy số"))
        page.get_by_label("Trích yếu").focus()
        hand.write("Về việc cử cán bộ dự tập huấn công tác văn thư")
        look(page, "5-lay-so")
        hand.click(page.get_by_role("button", name="Lấy số"))
        expect(page.locator("#symbol")).to_have_text("01/VKS")
    settle(page)
    look(page, "5-so-da-lay")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép số").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "01/VKS"
    entry = OutgoingEntry.objects.get()
    assert (entry.medium, entry.state) == ("paper", "numbered")
    page.get_by_role("button", name="Ghi đã phát hành").click()
    expect(page.get_by_text("Đã ghi phát hành 01/VKS")).to_be_visible()
    entry.refresh_from_db()
    assert entry.state == "issued"
    page.goto(f"{page.url.split('/outgoing')[0]}/outgoing/numbers")
    page.get_by_label("Giữ cho văn bản nào").fill("Công văn trả lời cử tri")
    page.get_by_role("button", name="Giữ số").click()
    expect(page.get_by_role("row", name="02/VKS")).to_contain_text("Công văn trả lời cử tri")
    settle(page)
    look(page, "5-so-dang-giu")
    page.goto(f"{page.url.split('/outgoing')[0]}/reports/books")
    page.get_by_role("link", name="Văn bản đi: Công văn").click()
    expect(page.locator("main")).to_contain_text("Có, không thiếu số")
    settle(page)
    look(page, "7-dong-so")
    page.get_by_label("Lý do").fill("Sáp nhập cơ quan từ ngày mai")
    sector.watch.announced.add(409)
    page.get_by_role("button", name="Đóng sổ").click()
    expect(page.get_by_role("alert")).to_contain_text("còn 1 số đang giữ")
