"""A recall: the sender says why and on whose order, one receiver had not opened the document, one had directed it."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.sector import Sector, look, settle
from tests.browser.stages import signed
from tests.entries import person
from vanthu.documents import actions as documents
from vanthu.documents.models import IncomingEntry
from vanthu.issuing import saga
from vanthu.issuing.models import Recipient
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

SOON = 12_000  # milliseconds: an open page looks every five seconds


def test_a_document_is_recalled_from_two_offices_one_of_which_had_directed_it(
    sector: Sector, tmp_path: Path
) -> None:
    world = sector.world
    draft = signed(sector, tmp_path)
    Recipient.objects.create(
        draft=draft, office=world.second_region, name=world.second_region.name, position=9
    )
    saga.number(draft.pk, by=world.actor("clerk"))
    sector.work()
    draft.refresh_from_db()
    directed = IncomingEntry.objects.get(office=world.region)
    documents.receive(directed.pk, by=world.actor("region_clerk"))
    tasks.direct(
        directed.pk, Direction(lead=person(world, "region_specialist")), by=world.actor("region_head")
    )
    sector.work(ahead=30)

    sender = sector.seat("clerk", f"/outgoing/{draft.outgoing_id}")
    sender.get_by_role("link", name="Thu hồi").click()
    expect(sender.locator("main")).to_contain_text("1 nơi đã vào sổ, đang giải quyết")
    sender.get_by_label("Lý do thu hồi").fill("Ban hành nhầm phụ lục số liệu.")
    sender.get_by_label("Căn cứ").fill("Điều 18 Nghị định 30/2020/NĐ-CP; ý kiến của Viện trưởng")
    look(sender, "5-thu-hoi")
    sender.get_by_role("button", name="Thu hồi văn bản").click()
    expect(sender.locator("main")).to_contain_text("Văn bản bị khóa")
    sector.work(ahead=30)

    handler = sector.seat("region_specialist")
    expect(handler.locator("#todo")).to_contain_text("Văn bản đã bị nơi gửi thu hồi")
    handler.goto(f"/incoming/{directed.pk}")
    expect(handler.locator("main")).to_contain_text("Ban hành nhầm phụ lục số liệu.")
    expect(handler.locator("main")).not_to_contain_text(draft.subject)
    expect(handler.locator(".page img")).to_have_count(0)

    receiver = sector.seat("region_clerk")
    receiver.locator("#todo li", has_text="thu hồi").get_by_role("link", name="Ghi nhận thu hồi").click()
    receiver.get_by_label("Đã hủy bản giấy").check()
    settle(receiver)
    look(receiver, "5-ghi-nhan-thu-hoi")
    receiver.get_by_role("button", name="Ghi nhận, báo nơi gửi").click()
    receiver.get_by_text("Đã ghi nhận. Nơi gửi biết ngay.").wait_for()

    row = sender.locator("tbody tr", has_text="khu vực 7")
    expect(row).to_contain_text("Đã ghi nhận thu hồi", timeout=SOON)
    expect(row).to_contain_text("Chu Ngọc Mai ghi nhận")
    other = sender.locator("tbody tr", has_text="khu vực 1")
    expect(other).to_contain_text("Đã thu hồi, chờ ghi nhận")
    settle(sender)
    look(sender, "5-van-ban-da-thu-hoi")
