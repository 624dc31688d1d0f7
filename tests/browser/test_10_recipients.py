"""A specialist addresses a draft: bodies inside and outside the sector are found by typing, and reached as said."""

from playwright.sync_api import expect

from tests.browser.sector import Sector, look, settle
from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.exchange.transports.base import AgencyRow
from vanthu.issuing.models import Recipient
from vanthu.organisations import agencies


def test_recipients_are_found_by_typing(sector: Sector) -> None:
    world = sector.world
    connection = Connection.objects.create(key="vxp", name="Trục quốc gia", kind="folder", active=True)
    OwnAddress.objects.create(office=world.province, connection=connection, code="E01.05", folded="e01.05")
    rows = [
        AgencyRow(f"H05.{place:02}", name, version=1)
        for place, name in enumerate(("Sở Tư pháp tỉnh Bắc Ninh", "Sở Nội vụ tỉnh Bắc Ninh"))
    ]
    agencies.take_over("vxp", rows, whole=True)
    page = sector.seat("specialist", "/outgoing/drafts/start")
    page.get_by_label("Trích yếu").fill("Về việc phối hợp trợ giúp pháp lý")
    typed = page.locator("#id_offices").locator("xpath=..").get_by_role("combobox")
    typed.press_sequentially("so tu phap bac")
    page.get_by_role("option", name="Sở Tư pháp tỉnh Bắc Ninh").click()
    typed.press_sequentially("khu vuc 7")
    page.get_by_role("option", name=world.region.name).first.click()
    page.get_by_label("Nơi nhận khác").fill("Hội Luật gia tỉnh Bắc Ninh")
    settle(page)
    look(page, "3-noi-nhan")
    page.get_by_role("button", name="Mở dự thảo từ mẫu").click()
    expect(page.get_by_text("trục liên thông").first).to_be_visible()
    sector.work()
    found = Recipient.objects.order_by("position").values_list("office", "agency__name", "name")
    assert [(office, body or "", name) for office, body, name in found] == [
        (world.region.pk, "", world.region.name),
        (None, "Sở Tư pháp tỉnh Bắc Ninh", "Sở Tư pháp tỉnh Bắc Ninh"),
        (None, "", "Hội Luật gia tỉnh Bắc Ninh"),
    ]
