"""The clerk follows a document over the axis: what needs attention is sent again, called about, turned to paper."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.sector import SMALL_PHONE, Sector, look, settle
from tests.browser.stages import signed
from vanthu.exchange.axis_models import Connection, OwnAddress, SentPacket
from vanthu.exchange.lines import note
from vanthu.exchange.models import Delivery
from vanthu.issuing import saga
from vanthu.issuing.models import Recipient
from vanthu.organisations import agencies

NAMES = ("Ủy ban nhân dân tỉnh Bắc Ninh", "Công an tỉnh Bắc Ninh", "Tòa án nhân dân tỉnh Bắc Ninh")


def test_the_clerk_follows_what_is_under_way(sector: Sector, tmp_path: Path) -> None:
    world = sector.world
    shared = tmp_path / "truc"
    shared.mkdir()
    connection = Connection.objects.create(
        key="vxp", name="Trục liên thông văn bản quốc gia", kind="folder", endpoint=str(shared), active=True
    )
    OwnAddress.objects.create(office=world.province, connection=connection, code="E01.05", folded="e01.05")
    draft = signed(sector, tmp_path)
    for place, name in enumerate(NAMES):
        body = agencies.sender(f"H05.{place:02}", name, "vxp")
        Recipient.objects.create(draft=draft, agency=body, name=name, position=20 + place)
    saga.number(draft.pk, by=world.actor("clerk"))
    sector.work()
    assert SentPacket.objects.get().state == "accepted"
    assert len(list((shared / "out").glob("*.edxml"))) == 1
    lost = Delivery.objects.get(to_name=NAMES[0])
    Delivery.objects.filter(pk=lost.pk).update(state="failed", reason="nơi nhận không đọc được gói tin")
    lost.refresh_from_db()
    note(lost, "nơi nhận không đọc được gói tin")

    clerk = sector.seat("clerk", "/outgoing?tab=issued")
    clerk.get_by_role("link", name="Theo dõi gửi").click()
    first = clerk.locator("tbody tr").first
    expect(first).to_contain_text(NAMES[0])
    expect(first).to_contain_text("Không gửi được")
    expect(first).to_contain_text("gửi lại, hoặc gửi bản giấy")
    settle(clerk)
    look(clerk, "5-theo-doi-gui")
    clerk.get_by_label(f"Chọn {NAMES[0]}").check()
    clerk.get_by_role("button", name="Gửi lại qua trục").click()
    expect(clerk.get_by_text("Đã đưa 1 nơi nhận vào hàng gửi lại.")).to_be_visible()
    sector.work()
    assert len(list((shared / "out").glob("*.edxml"))) == 2

    clerk.goto("/outgoing/sending?noi_nhan=Công an")
    expect(clerk.locator("tbody tr")).to_have_count(1)
    clerk.get_by_role("link", name=NAMES[1]).click()
    clerk.get_by_label("Nơi nhận trả lời").fill("Văn thư hẹn nhận trong chiều nay")
    settle(clerk)
    look(clerk, "5-mot-noi-nhan")
    clerk.get_by_role("button", name="Ghi cuộc gọi").click()
    expect(clerk.locator("main")).to_contain_text("Văn thư hẹn nhận trong chiều nay")
    clerk.get_by_label("Gửi bằng cách nào").fill("bưu điện")
    clerk.get_by_role("button", name="Chuyển sang gửi giấy").click()
    expect(clerk.locator("main")).to_contain_text("chuyển sang gửi bản giấy: bưu điện")

    phone = sector.seat("clerk", "/outgoing/sending", **SMALL_PHONE)
    expect(phone.locator("tbody tr").first).to_be_visible()
    settle(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(phone, "5-theo-doi-gui-dien-thoai")
