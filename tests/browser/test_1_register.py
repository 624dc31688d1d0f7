"""The clerk registers: a scan dragged in, everything by the keyboard, duplicates, half-filled forms, secrecy."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.budget import Meter
from tests.browser.papers import scan
from tests.browser.sector import Sector, drop, look
from tests.entries import ISSUER, make_registered
from vanthu.documents.models import EntryDraft, IncomingEntry

SUBJECT = "Kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2027"


def carry_in(page: Page, paper: Path) -> None:
    drop(page.locator("[data-island~=upload]"), [paper])
    page.get_by_text("trang · đã tải").wait_for()


def test_a_dragged_scan_is_registered_from_the_keyboard(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register")
    paper = scan(tmp_path / "ke-hoach-2143.pdf")
    with meter.job("Register an incoming scan", page) as hand:
        hand.job.clicks += 1  # the drag
        carry_in(page, paper)
        expect(page.get_by_label("Cơ quan ban hành")).to_be_focused()
        hand.write("toi cao")
        page.get_by_role("option", name="Viện kiểm sát nhân dân tối cao").wait_for()
        hand.press("ArrowDown", "Tab")
        hand.write("18/11")
        hand.press("Tab")
        hand.write("2143/KH-VKS-VP")
        hand.press("Tab")
        expect(page.locator("#id_number")).to_have_value("2143")
        expect(page.locator("#id_notation")).to_have_value("KH-VKS-VP")
        hand.press("Tab")
        hand.write(SUBJECT)
        look(page, "2-vao-so")
        hand.press("Control+Enter")
        page.get_by_text("Đã vào sổ, số đến 1").wait_for()
    expect(page.get_by_role("heading", name="Vào sổ văn bản đến")).to_be_visible()  # ready for the next one
    entry = IncomingEntry.objects.get()
    assert (entry.number, entry.notation, entry.kind) == ("2143", "KH-VKS-VP", "KH")
    assert entry.document.issuer_id == sector.world.supreme.pk
    assert entry.subject == SUBJECT
    page.goto(f"/incoming/{entry.pk}")
    expect(page.locator(".page img")).to_have_count(2)
    look(page, "2-da-vao-so")


def test_a_second_registration_warns_and_offers_the_first(sector: Sector) -> None:
    first = make_registered(sector.world, number="77", notation="CAT-PV01")
    sector.expects(422)
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_issuer_name").fill(ISSUER)
    page.locator("#id_number").fill("77/CAT-PV01")
    page.keyboard.press("Tab")
    warning = page.locator("#duplicates")
    expect(warning).to_contain_text("đã có ở số đến 1")
    expect(warning.get_by_role("link")).to_have_attribute("href", f"/incoming/{first.pk}")
    page.locator("#id_issued_on").fill("18/11/2026")
    page.locator("#id_subject").fill("Về việc phối hợp lần hai")
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    expect(page.locator("[data-summary]")).to_be_focused()
    assert IncomingEntry.objects.count() == 1
    look(page, "2-trung-so-ky-hieu")
    page.locator("#id_duplicate_reason").fill("Bản chính thay bản fax")
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    page.get_by_text("Đã vào sổ, số đến 2").wait_for()


def test_what_was_typed_is_kept_and_offered_again(sector: Sector) -> None:
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_subject").press_sequentially("Báo cáo chuyên đề dở dang")
    page.get_by_text("Đã lưu nháp trên máy chủ").wait_for()
    desk = sector.seat("clerk")
    desk.get_by_role("link", name="Báo cáo chuyên đề dở dang").click()
    expect(desk.locator("#id_subject")).to_have_value("Báo cáo chuyên đề dở dang")


def test_people_and_offices_are_typed(sector: Sector) -> None:
    make_registered(sector.world)
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_issuer_name").press_sequentially("cong an")
    page.get_by_role("option", name=ISSUER).click()
    page.locator("#id_signer_name").press_sequentially("phuoc")
    page.get_by_role("option", name="Nguyễn Hữu Phước").click()
    expect(page.locator("#id_signer_title")).to_have_value("Phó Giám đốc")
    page.locator("#id_kind").locator("xpath=..").get_by_role("combobox").press_sequentially("ke hoach")
    page.get_by_role("option", name="Kế hoạch").first.click()
    expect(page.locator("#id_kind")).to_have_value("KH")


def test_a_secret_document_is_stopped_and_nothing_is_kept(sector: Sector) -> None:
    sector.expects(403)
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_subject").press_sequentially("Nội dung không được nhập")
    page.get_by_text("Đã lưu nháp trên máy chủ").wait_for()
    page.locator("#id_secrecy").select_option("mat")
    page.get_by_role("heading", name="Văn bản mật không nhập vào hệ thống này").wait_for()
    look(page, "2-van-ban-mat")
    assert not IncomingEntry.objects.exists()
    assert not EntryDraft.objects.exists()
