"""The clerk presents, the leader directs: on a phone card after card, several at once, two leaders at once."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.budget import Meter
from tests.browser.sector import PHONE, Sector, look
from tests.browser.stages import presented
from tests.entries import make_presented, make_registered
from vanthu.documents.models import IncomingEntry
from vanthu.tasks.models import Task


def test_the_clerk_presents_several_at_once(sector: Sector) -> None:
    first, second = make_registered(sector.world), make_registered(sector.world)
    page = sector.seat("clerk", "/incoming?tab=registered")
    page.locator("tbody tr").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("Đã chọn 2:")).to_be_visible()
    page.locator("#batch-leader").select_option(label="Viện trưởng Vũ Đình Lâm")
    look(page, "2-trinh-nhieu-van-ban")
    page.keyboard.press("t")
    page.get_by_text("Đã trình 2 văn bản").wait_for()
    states = IncomingEntry.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert set(states) == {"presented"}


def test_the_leader_directs_card_after_card_on_a_phone(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    subjects = ("Kế hoạch kiểm tra công tác văn thư năm 2027", "Kế hoạch tập huấn ký số năm 2027")
    entries = [presented(sector, tmp_path, subject=subject) for subject in subjects]
    page = sector.seat("head", **PHONE)
    look(page, "3-ban-lam-viec-dien-thoai")
    with meter.job("Leader directs on the phone", page) as hand:
        hand.click(page.locator("[data-key=b]"))
        expect(page.locator(".flow-doc img").first).to_be_visible()
        look(page, "3-but-phe-dien-thoai")
        hand.click(page.locator("#leads label", has_text="Phòng 1"))
        hand.click(page.get_by_role("button", name="Giao việc"))
        page.get_by_role("heading", name="Chờ chỉ đạo 1/1").wait_for()
    expect(page.get_by_text("Hoàn tác")).to_be_visible()
    page.locator("#id_text").fill("Giao Phòng 1 chủ trì, Phòng 2 phối hợp, báo cáo trước ngày 30/11.")
    page.locator("[data-open-details]").tap()
    page.locator("#id_due_on").fill("30/11/2026")
    page.locator("#id_support").locator("xpath=..").get_by_role("combobox").press_sequentially("phong 2")
    page.get_by_role("option", name="Phòng 2").first.tap()
    look(page, "3-loi-but-phe-dien-thoai")
    page.locator("#leads label", has_text="Phòng 1").tap()
    page.get_by_role("button", name="Giao việc").tap()
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()
    assert set(IncomingEntry.objects.values_list("state", flat=True)) == {"directed"}
    last = Task.objects.filter(source_id__in=[one.pk for one in entries])
    assert last.count() == 3
    assert str(last.get(unit=sector.world.unit("P2")).due_on) == "2026-11-30"


def test_several_documents_are_directed_at_once(sector: Sector) -> None:
    for _ in range(3):
        make_presented(sector.world)
    page = sector.seat("head", "/incoming?tab=to_direct")
    page.get_by_label("Chọn tất cả").check()
    page.keyboard.press("g")
    page.get_by_role("heading", name="Chỉ đạo 3 văn bản cùng một lần").wait_for()
    page.locator("#id_lead").locator("xpath=..").get_by_role("combobox").fill("Phòng 2")
    page.get_by_role("option", name="Phòng 2").first.click()
    page.locator("#id_text").fill("Giao Phòng 2 nghiên cứu, đề xuất.")
    look(page, "3-giao-nhieu-van-ban")
    page.get_by_role("button", name="Giao việc").click()
    page.get_by_text("Đã giao 3 văn bản").wait_for()
    assert Task.objects.filter(unit=sector.world.unit("P2")).count() == 3


def test_the_slower_of_two_leaders_keeps_what_they_typed(sector: Sector) -> None:
    entry = make_presented(sector.world)
    sector.expects(409)
    head = sector.seat("head", f"/incoming/{entry.pk}/direct")
    chief = sector.seat("chief", f"/incoming/{entry.pk}/direct")
    words = "Giao Phòng 2 xem xét, báo cáo tôi trong tuần."
    write_direction(chief, "Phòng 2", words)
    write_direction(head, "Phòng 1", "Giao Phòng 1 tham mưu.")
    head.get_by_role("button", name="Giao việc").click()
    head.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()
    chief.get_by_role("button", name="Giao việc").click()
    note = chief.locator("[data-summary]")
    expect(note).to_contain_text("Vũ Đình Lâm")
    expect(chief.locator("#id_text")).to_have_value(words)
    look(chief, "3-nguoi-khac-da-giao")


def write_direction(page: Page, unit: str, words: str) -> None:
    page.locator("#leads label", has_text=unit).click()
    page.locator("#id_text").fill(words)
