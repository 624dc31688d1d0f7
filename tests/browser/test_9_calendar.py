"""An invitation becomes an appointment, a taken room is said while typing, the week is approved and published."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.appointments import at, make_appointment, make_room, monday
from tests.browser.budget import Meter
from tests.browser.sector import SMALL_PHONE, Sector, look, settle
from tests.entries import make_directed

WORDS = "Dự họp liên ngành về giải quyết án trọng điểm"


def test_from_the_invitation_to_the_published_week(sector: Sector, meter: Meter) -> None:
    world = sector.world
    room = make_room(world)
    make_room(world, "Phòng họp tầng 2")
    make_appointment(world, "deputy", room_id=room.pk, starts_at=at(14), ends_at=at(16))
    subject = f"{WORDS} vào 14 giờ 30 ngày {at(14):%d/%m/%Y}"
    entry = make_directed(world, subject=subject, kind="GM")
    page = sector.seat("clerk", f"/incoming/{entry.pk}")
    with meter.job("Appointment from an invitation", page) as hand:
        hand.click(page.get_by_role("button", name="Đưa vào lịch"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(WORDS)
    expect(page.locator("main")).to_contain_text("14:30")
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Phòng họp").select_option(str(room.pk))
    expect(page.get_by_text("Phòng họp tầng 3 đã có lịch 14:00–16:00")).to_be_visible()
    look(page, "8-trung-phong")
    page.get_by_label("Phòng họp").select_option(label="Phòng họp tầng 2 (20 chỗ)")
    expect(page.get_by_text("Phòng họp tầng 3 đã có lịch")).to_have_count(0)
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.locator(".week")).to_contain_text("Phòng họp tầng 2")
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_text("đang chờ lãnh đạo duyệt")).to_be_visible()

    leader = sector.seat("head")
    leader.get_by_role("link", name="Duyệt lịch tuần").click()
    leader.get_by_role("button", name="Duyệt lịch tuần").click()
    expect(leader.get_by_text("Đã duyệt, chờ ban hành")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator(".page-h").get_by_text("Đã ban hành")).to_be_visible()
    look(page, "8-lich-tuan")

    told = sector.seat("head_of_unit", "/calendar", **SMALL_PHONE)
    expect(told.get_by_text("đã ban hành, có mục của anh/chị")).to_be_visible()
    told.goto(f"/calendar?tuan={(monday() + timedelta(days=1)).isoformat()}")
    settle(told)
    expect(told.get_by_role("link", name=WORDS)).to_be_visible()
    look(told, "8-lich-tuan-dien-thoai")


def test_a_week_is_drawn_without_scripts(sector: Sector) -> None:
    row = make_appointment(sector.world, subject=WORDS)
    page = sector.seat("clerk", f"/calendar?tuan={monday().isoformat()}", java_script_enabled=False)
    page.get_by_role("link", name=WORDS).click()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.get_by_label("Từ giờ").fill("8h30")
    page.get_by_role("button", name="Lưu lịch").click()
    expect(page.locator(".week")).to_contain_text("08:30–10:00")
    row.refresh_from_db()
    assert row.sequence == 1
