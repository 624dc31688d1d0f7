"""An entry closed by its reply tells its history in sentences; registers have exactly the columns of the law."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.budget import Meter
from tests.browser.papers import text_of
from tests.browser.sector import Sector, look
from tests.browser.stages import assigned, issued

# Decree 30/2020, Phụ lục IV
INCOMING = (
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip
OUTGOING = (
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip


def saved(page: Page, book: str, format_: str) -> bytes:
    """The register as the clerk gets it."""
    page.goto("/reports")
    page.locator("#id_book").select_option(book, force=True)
    page.locator("#id_format").select_option(format_, force=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lập sổ").click()
    return Path(download.value.path()).read_bytes()


def header_of(xlsx: bytes) -> tuple[str, ...]:
    """The words of the row above the numbers (1), (2), …"""
    sheet = load_workbook(BytesIO(xlsx)).active
    assert sheet is not None
    rows = [
        tuple(" ".join(str(cell or "").split()) for cell in row) for row in sheet.iter_rows(values_only=True)
    ]
    numbered = next(place for place, row in enumerate(rows) if row[0] == "(1)")
    return tuple(filter(None, rows[numbered - 1]))


def test_the_history_reads_as_sentences_and_ends_with_the_reply(sector: Sector, tmp_path: Path) -> None:
    entry = assigned(sector, tmp_path)
    issued(sector, tmp_path, entry)
    page = sector.seat("clerk", f"/incoming/{entry.pk}")
    expect(page.get_by_text("Kết thúc", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text("01/VKS-P1")
    history = page.locator(".tl").last
    for sentence in (
        "Phạm Thu Thủy vào sổ văn bản đến, số đến 1",
        "Phạm Thu Thủy trình Viện trưởng Vũ Đình Lâm",
        "Vũ Đình Lâm",
        "Đặng Quang Huy",
    ):
        expect(history).to_contain_text(sentence)
    history.scroll_into_view_if_needed()
    look(page, "7-dien-bien")


def test_the_registers_have_exactly_the_columns_of_the_law(
    sector: Sector, meter: Meter, tmp_path: Path
) -> None:
    entry = assigned(sector, tmp_path)
    issued(sector, tmp_path, entry)
    page = sector.seat("clerk")
    with meter.job("Print a register", page) as hand:
        hand.click(page.get_by_role("link", name="Báo cáo").first)
        page.get_by_role("heading", level=1).wait_for()
        look(page, "7-so-dang-ky")
        with page.expect_download() as download:
            hand.click(page.get_by_role("button", name="Lập sổ"))
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    text = " ".join(text_of(saved(page, "incoming", "pdf")).split())
    assert all(word in text for word in ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Ký nhận", entry.symbol))
    assert header_of(saved(page, "incoming", "xlsx")) == INCOMING
    text = " ".join(text_of(saved(page, "outgoing", "pdf")).split())
    assert "01/VKS-P1" in text
    assert header_of(saved(page, "outgoing", "xlsx")) == OUTGOING
