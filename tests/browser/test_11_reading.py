"""A scan is dropped and the form fills itself: by the keyboard, by the mouse, and not with what may not be kept."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.budget import Meter
from tests.browser.papers import scan
from tests.browser.sector import PHONE, Sector, drop, look, settle
from tests.reading.test_secret_scans import RED, scanned, stamp
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.kernel.files.models import StoredFile

SYMBOL = "2143/KH-VKS-VP"
_KEPT = """async () => {
    const base = await new Promise((done) => { const open = indexedDB.open("vanthu", 1);
        open.onupgradeneeded = () => { open.result.createObjectStore("drafts");
            open.result.createObjectStore("outbox", { autoIncrement: true }); };
        open.onsuccess = () => done(open.result); });
    const all = (store) => new Promise((done) => { const asked = base.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result); });
    return JSON.stringify([await all("drafts"), await all("outbox"), { ...localStorage }, { ...sessionStorage }]);
}"""


def carry_in(sector: Sector, page: Page, paper: Path) -> None:
    """Drop a scan and let the worker read it."""
    drop(page.locator("[data-island~=upload]"), [paper])
    page.get_by_text("trang · đã tải").wait_for()
    expect(page.locator("#suggested")).to_contain_text("Đang đọc trang 1")
    sector.work()


def filled(page: Page) -> None:
    expect(page.locator("#suggested")).to_contain_text("Đã điền")
    expect(page.locator("#id_number")).to_have_value("2143")
    expect(page.locator("#id_notation")).to_have_value("KH-VKS-VP")
    expect(page.locator("#id_issued_on")).to_have_value("18/11/2026")


def test_one_drag_and_two_keys_register_a_scan(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register")
    with meter.job("Register a scan that was read", page) as hand:
        hand.job.clicks += 1  # the drag
        carry_in(sector, page, scan(tmp_path / "ke-hoach-2143.pdf"))
        filled(page)
        page.locator("#id_number").focus()
        expect(page.locator(".page[data-page='1'] .read-here")).to_be_visible()
        look(page, "2-doc-ban-quet")
        hand.press("Alt+Enter")
        expect(page.locator(".hint-guess")).to_have_count(page.locator(".hint-guess .btn:not(.icon)").count())
        hand.press("Control+Enter")
        page.get_by_text("Đã vào sổ, số đến 1").wait_for()
    entry = IncomingEntry.objects.get()
    assert (entry.symbol, entry.kind) == (SYMBOL, "KH")
    assert entry.document.issuer_id == sector.world.supreme.pk
    assert "Kiểm tra công tác văn thư" in entry.subject


def test_three_clicks_register_it_with_the_mouse(sector: Sector, meter: Meter, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register")
    with meter.job("Register a scan with the mouse", page) as hand:
        hand.job.clicks += 1  # the drag
        carry_in(sector, page, scan(tmp_path / "ke-hoach-2143.pdf"))
        filled(page)
        hand.click(page.get_by_role("button", name="Nhận mọi gợi ý"))
        hand.click(page.get_by_role("button", name="Vào sổ", exact=True))
        page.get_by_text("Đã vào sổ, số đến 1").wait_for()
    assert IncomingEntry.objects.get().symbol == SYMBOL


def test_what_was_typed_stays_and_nothing_waits_for_the_reading(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_subject").fill("Kế hoạch do văn thư tự gõ")
    page.locator("#id_number").fill("9")
    carry_in(sector, page, scan(tmp_path / "ke-hoach-2143.pdf"))
    expect(page.locator("#id_notation")).to_have_value("KH-VKS-VP")
    expect(page.locator("#id_subject")).to_have_value("Kế hoạch do văn thư tự gõ")
    expect(page.locator("#id_number")).to_have_value("9")
    beside = page.locator(".field", has=page.locator("#id_number"))
    expect(beside).to_contain_text("Trong tệp: 2143")
    beside.get_by_role("button", name="Dùng").click()
    expect(page.locator("#id_number")).to_have_value("2143")
    page.get_by_role("button", name="Bỏ gợi ý Ký hiệu").click()
    expect(page.locator("#id_notation")).to_have_value("")


def test_on_a_phone_a_hint_leads_to_its_place_and_nothing_covers_a_field(
    sector: Sector, tmp_path: Path
) -> None:
    page = sector.seat("clerk", "/incoming/register", **PHONE | {"viewport": {"width": 360, "height": 800}})
    carry_in(sector, page, scan(tmp_path / "ke-hoach-2143.pdf", about="<br><b>THƯỢNG KHẨN</b>"))
    filled(page)
    settle(page)
    page.locator(".field", has=page.locator("#id_subject")).get_by_role("button", name="Đọc từ tệp").tap()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Kiểm tra công tác văn thư")
    expect(dialog.locator(".read-here")).to_be_in_viewport()
    dialog.get_by_role("button", name="Đóng").tap()
    expect(dialog).to_have_count(0)
    urgency = page.get_by_role("group", name="Độ khẩn")
    expect(urgency.get_by_label("Thượng khẩn")).to_be_checked()
    hint = box(urgency.locator(".hint-guess"))
    for chip in urgency.locator(".chip").all():
        assert not overlap(hint, box(chip))
    last = page.locator("#id_signer_title")
    last.focus()
    assert not overlap(box(last), box(page.locator(".formbar")))


def box(shown: Locator) -> FloatRect:
    found = shown.bounding_box()
    assert found is not None
    return found


def overlap(one: FloatRect, other: FloatRect) -> bool:
    return all(
        one[side] < other[side] + other[length] and other[side] < one[side] + one[length]
        for side, length in (("x", "width"), ("y", "height"))
    )


def test_a_secret_stamp_erases_the_form_here_and_on_the_server(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("clerk", "/incoming/register")
    page.locator("#id_subject").press_sequentially("Chuyên án đặc biệt")
    page.get_by_text("Đã lưu nháp trên máy chủ").wait_for()
    paper = tmp_path / "mat.pdf"
    paper.write_bytes(scanned(mark=stamp("MẬT", RED)))
    drop(page.locator("[data-island~=upload]"), [paper])
    page.get_by_text("trang · đã tải").wait_for()
    sector.work()
    page.get_by_role("heading", name="Văn bản mật không nhập vào hệ thống này").wait_for()
    assert not EntryDraft.objects.exists()
    assert not StoredFile.objects.exists()
    kept = page.evaluate(_KEPT)
    assert "Chuyên án" not in kept
    assert "mat.pdf" not in kept
    page.go_back()
    expect(page.get_by_text("Chuyên án đặc biệt")).to_have_count(0)
