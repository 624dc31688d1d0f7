"""The clerk presents, the leader directs: on a phone card after card, several at once, two leaders at once."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.budget import Meter
from tests.browser.sector import PHONE, SMALL_PHONE, Sector, look
from tests.browser.stages import issued, presented
from tests.cast import World
from tests.entries import fresh, make_delivered, make_presented, make_registered
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.exchange.models import Delivery
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


def present_in_the_region(world: World, entry: IncomingEntry) -> None:
    clerk = world.actor("region_clerk")
    documents.receive(entry.pk, by=clerk)
    documents.present(entry.pk, world.person("region_head").pk, by=clerk)


@pytest.mark.parametrize("phone", [PHONE, SMALL_PHONE], ids=["390x844", "360x640"])
def test_a_direction_is_taken_back_before_anybody_hears_of_it(
    sector: Sector, tmp_path: Path, phone: dict[str, Any]
) -> None:
    issued(sector, tmp_path)
    entry = IncomingEntry.objects.get(office=sector.world.region)
    for one in (entry, make_delivered(sector.world, "region")):
        present_in_the_region(sector.world, one)
    sector.work()
    page = sector.seat("region_head", f"/incoming/{entry.pk}/direct", **phone)
    page.locator("#leads label", has_text="Đoàn Mạnh Quân").tap()
    page.locator("#id_text").fill("Đồng chí Quân giải quyết.\nBáo cáo trước ngày 30/11.")
    page.get_by_role("button", name="Giao việc").tap()
    page.get_by_role("heading", name="Chờ chỉ đạo 1/1").wait_for()
    assert fresh(entry).state == "directed"
    toast = page.locator("[data-undo]")
    for part in ("#leads", "#id_text", ".flow-acts", ".flow-top"):
        assert apart(toast, page.locator(part)), part
    if phone is PHONE:
        look(page, "3-hoan-tac-dien-thoai", animations="allow")
    toast.get_by_role("button", name="Hoàn tác").tap()
    page.get_by_text("Đã hoàn tác.").wait_for()
    expect(page.get_by_role("heading", name="/2")).to_be_visible()
    sector.work(ahead=30)
    assert fresh(entry).state == "presented"
    assert set(Task.objects.filter(source_id=entry.pk).values_list("state", flat=True)) == {"cancelled"}
    assert Delivery.objects.get(entry=entry.pk).state == "registered"  # the sender hears nothing of it


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


def apart(one: Locator, other: Locator) -> bool:
    """Whether two parts of a page do not overlap."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first is not None
    assert second is not None
    return (
        first["y"] + first["height"] <= second["y"]
        or second["y"] + second["height"] <= first["y"]
        or first["x"] + first["width"] <= second["x"]
        or second["x"] + second["width"] <= first["x"]
    )
