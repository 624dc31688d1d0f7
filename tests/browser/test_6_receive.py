"""The other office receives with one click or returns with a reason; the sender sees it without reloading."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.sector import Sector, look, settle
from tests.browser.stages import issued
from tests.entries import fresh
from vanthu.documents.models import IncomingEntry
from vanthu.kernel.participants import Owner
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

SOON = 12_000  # milliseconds: an open page looks every five seconds


def test_one_click_receives_and_the_sender_sees_every_state(sector: Sector, tmp_path: Path) -> None:
    world = sector.world
    draft = issued(sector, tmp_path)
    sender = sector.seat("clerk", f"/outgoing/{draft.outgoing_id}")
    row = sender.locator("tbody tr", has_text="khu vực 7")
    expect(row).to_contain_text("Đã gửi")

    page = sector.seat("region_clerk")
    look(page, "6-cho-tiep-nhan")
    page.locator("#todo li", has_text=draft.subject).get_by_role("link", name=draft.subject).first.click()
    expect(page.get_by_text("Chữ ký hợp lệ").first).to_be_visible()
    settle(page)
    look(page, "6-tiep-nhan")
    sector.work()
    expect(row).to_contain_text("Đã nhận", timeout=SOON)
    page.get_by_role("button", name="Tiếp nhận").click()
    page.get_by_text("Đã tiếp nhận, số đến 1").wait_for()
    sector.work()
    expect(row).to_contain_text("Đã vào sổ", timeout=SOON)
    expect(row.locator("td.num")).to_have_text("1")
    look(sender, "5-theo-doi-noi-nhan")

    entry = IncomingEntry.objects.get(office=world.region)
    specialist = Owner("p", world.person("region_specialist").pk)
    tasks.direct(
        entry.pk, Direction(text="Giao đồng chí Quân.", lead=specialist), by=world.actor("region_head")
    )
    sector.work(ahead=30)  # the leader might still take it back
    expect(row).to_contain_text("Đang giải quyết", timeout=SOON)
    tasks.finish(entry.pk, "Đã chuẩn bị tài liệu phục vụ kiểm tra.", by=world.actor("region_specialist"))
    sector.work()
    expect(row).to_contain_text("Đã giải quyết", timeout=SOON)


def test_the_inbox_shows_what_arrives_without_reloading(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("region_clerk", "/incoming?tab=waiting")
    draft = issued(sector, tmp_path)
    expect(page.locator("#rows")).to_contain_text(draft.subject, timeout=SOON)


def test_a_return_carries_its_reason_back_and_can_be_sent_again(sector: Sector, tmp_path: Path) -> None:
    draft = issued(sector, tmp_path)
    sector.expects(422)
    sender = sector.seat("clerk", f"/outgoing/{draft.outgoing_id}")
    entry = IncomingEntry.objects.get(office=sector.world.region)
    page = sector.seat("region_clerk", f"/incoming/{entry.pk}/return")
    page.get_by_role("button", name="Trả lại").click()
    page.locator("[data-summary]").wait_for()
    page.goto(f"/incoming/{entry.pk}/return")
    page.locator("#id_reason").fill("Gửi nhầm cơ quan, đề nghị gửi khu vực 1.")
    look(page, "6-tra-lai-noi-gui")
    page.get_by_role("button", name="Trả lại").click()
    page.get_by_text("Đã trả lại nơi gửi.", exact=True).wait_for()
    sector.work()
    row = sender.locator("tbody tr", has_text="khu vực 7")
    expect(row).to_contain_text("Gửi nhầm cơ quan, đề nghị gửi khu vực 1.", timeout=SOON)
    assert fresh(entry).arrival_number is None
    row.get_by_role("button", name="Gửi lại").click()
    sender.get_by_text("Đã gửi lại").wait_for()
    sector.work()
    assert IncomingEntry.objects.filter(office=sector.world.region, state="waiting").count() == 1
