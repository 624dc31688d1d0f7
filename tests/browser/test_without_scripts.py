"""Without JavaScript: register, receive, direct, submit, sign. Scripts only help."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.papers import scan
from tests.browser.sector import Sector
from tests.browser.stages import drafted, issued, presented
from vanthu.documents.models import IncomingEntry
from vanthu.issuing.models import Draft


def test_register(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register", java_script_enabled=False)
    page.locator("#id_issuer_name").fill("Công an tỉnh Bắc Ninh")
    page.locator("#id_issued_on").fill("18/11")
    page.locator("#id_number").fill("77/CAT-PV01")
    page.locator("#id_subject").fill("Về việc phối hợp kiểm tra")
    page.locator("input[type=file]").set_input_files(scan(tmp_path / "cong-van.pdf"))
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    expect(page.get_by_role("heading", name="Về việc phối hợp kiểm tra")).to_be_visible()
    entry = IncomingEntry.objects.get()
    assert (entry.number, entry.notation, entry.pages) == ("77", "CAT-PV01", 2)


def test_receive(sector: Sector, tmp_path: Path) -> None:
    issued(sector, tmp_path)
    page = sector.seat("region_clerk", java_script_enabled=False)
    page.get_by_role("button", name="Tiếp nhận").first.click()
    assert IncomingEntry.objects.get(office=sector.world.region).state == "registered"


def test_direct(sector: Sector, tmp_path: Path) -> None:
    entry = presented(sector, tmp_path)
    page = sector.seat("head", f"/incoming/{entry.pk}/direct", java_script_enabled=False)
    page.locator("#leads label", has_text="Phòng 2").click()
    page.locator("#id_text").fill("Giao Phòng 2 tham mưu.")
    page.get_by_role("button", name="Giao việc").click()
    entry.refresh_from_db()
    assert entry.state == "directed"


def test_submit(sector: Sector, tmp_path: Path) -> None:
    draft = drafted(sector, tmp_path)
    page = sector.seat("specialist", f"/outgoing/drafts/{draft.pk}", java_script_enabled=False)
    page.get_by_role("button", name="Trình").click()
    assert Draft.objects.get(pk=draft.pk).state == "content"
