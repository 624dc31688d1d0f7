"""One document goes the whole way, eight steps and two offices, by nothing but what people click and type."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.papers import scan
from tests.browser.sector import PHONE, Sector, drop, settle

SOON = 12_000  # milliseconds: an open page looks every five seconds
SUBJECT = "Kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2027"
DOSSIER = "Hồ sơ kiểm tra công tác văn thư, lưu trữ năm 2027"


def test_a_document_goes_from_the_scanner_to_the_other_office_and_back(
    sector: Sector, tmp_path: Path
) -> None:
    clerk = sector.seat("clerk", "/incoming/register")
    registers(clerk, scan(tmp_path / "ke-hoach-2143.pdf"))
    entry_url = presents(clerk)
    directs(sector.seat("head", **PHONE))
    passes_on(sector.seat("head_of_unit"))
    specialist = sector.seat("specialist")
    files_it(specialist)
    draft_url = drafts(specialist, sector)
    reviews(sector.seat("head_of_unit", draft_url), "Đồng ý nội dung", "Đã đồng ý")
    reviews(sector.seat("chief", draft_url), "Đúng thể thức, trình ký", "Đã kiểm tra thể thức")
    sector.work()  # number, day and month get their fields before the first signature
    signs(sector.seat("head", **PHONE))
    issues(clerk, sector)
    sender_row = clerk.locator("tbody tr", has_text="khu vực 7")
    expect(sender_row).to_contain_text("Đã gửi", timeout=SOON)
    receives(sector.seat("region_clerk"), sector)
    expect(sender_row).to_contain_text("Đã vào sổ", timeout=SOON)
    expect(sender_row.locator("td.num")).to_have_text("1")
    closes(clerk, entry_url)
    finds(sector.seat("specialist"), entry_url)


def registers(page: Page, paper: Path) -> None:
    drop(page.locator("[data-island~=upload]"), [paper])
    page.get_by_text("trang · đã tải").wait_for()
    page.keyboard.type("toi cao")
    page.get_by_role("option", name="Viện kiểm sát nhân dân tối cao").wait_for()
    for key in ("ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("18/11")
    page.keyboard.press("Tab")
    page.keyboard.type("2143/KH-VKS-VP")
    for key in ("Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(SUBJECT)
    page.keyboard.press("Control+Enter")
    page.get_by_text("Đã vào sổ, số đến 1").wait_for()


def presents(page: Page) -> str:
    """The entry is opened from the list and given to the head. Gives its address."""
    page.goto("/incoming?tab=registered")
    page.locator("tbody tr").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("#batch-leader").select_option(label="Viện trưởng Vũ Đình Lâm")
    page.keyboard.press("t")
    page.get_by_text("Đã trình 1 văn bản").wait_for()
    page.goto("/incoming?tab=all")
    address = page.locator("tbody tr a[data-open]").first.get_attribute("href")
    assert address
    return address


def directs(page: Page) -> None:
    page.locator("[data-key=b]").tap()
    expect(page.locator(".flow-doc img").first).to_be_visible()
    page.locator("#leads label", has_text="Phòng 1").tap()
    page.get_by_role("button", name="Giao việc").tap()
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()


def passes_on(page: Page) -> None:
    page.locator("#todo li", has_text=SUBJECT).get_by_role("link", name="Giao").click()
    page.locator("#leads label", has_text="Lê Quang Khải").click()
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()


def files_it(page: Page) -> None:
    """The specialist opens a dossier with the document in it."""
    page.locator("#todo li", has_text=SUBJECT).get_by_role("link", name=SUBJECT).first.click()
    page.get_by_text("Đưa vào hồ sơ").first.click()
    page.locator("form[action$='/dossier'] input[name$=title], form[action$='/dossier'] textarea").last.fill(
        DOSSIER
    )
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    page.get_by_role("link", name=DOSSIER).wait_for()


def drafts(page: Page, sector: Sector) -> str:
    """A reply from the template of the kind, addressed to the region. Gives the address of the draft."""
    page.goto("/")
    page.locator("#todo li", has_text=SUBJECT).get_by_role("link", name="Soạn trả lời").click()
    page.locator("#id_offices").locator("xpath=..").get_by_role("combobox").fill("khu vuc 7")
    page.get_by_role("option", name="khu vực 7").first.click()
    page.get_by_role("button", name="Mở dự thảo từ mẫu").click()
    page.get_by_text("Đang chuyển bản 1 sang PDF").wait_for()
    sector.work()
    expect(page.locator("#pages img").first).to_be_visible()  # by itself
    page.get_by_role("button", name="Trình").click()
    page.get_by_text("Đã trình").first.wait_for()
    return page.url.removeprefix(sector.address)


def reviews(page: Page, button: str, answer: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_text(answer).first.wait_for()


def signs(page: Page) -> None:
    page.locator("[data-key=s]").first.tap()
    expect(page.get_by_text("Chỗ ký: trang 1")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Ký số").tap()
    page.get_by_text("Đã ký số").first.wait_for()


def issues(page: Page, sector: Sector) -> None:
    page.goto("/")
    page.locator("#todo").get_by_role("link", name="Phát hành").click()
    page.get_by_role("button", name="Cấp số, đóng dấu, phát hành").click()
    expect(page.get_by_label("Tiến độ phát hành")).to_contain_text("01/VKS-P1")
    sector.work()
    page.get_by_role("link", name="Xem văn bản, nơi nhận").click()


def receives(page: Page, sector: Sector) -> None:
    page.locator("#todo li a[data-open]").first.click()
    expect(page.get_by_text("Chữ ký hợp lệ").first).to_be_visible()
    page.get_by_role("button", name="Tiếp nhận").click()
    page.get_by_text("Đã tiếp nhận, số đến 1").wait_for()
    sector.work()


def closes(page: Page, entry_url: str) -> None:
    """The reply closed the entry: its history says so, and the register has its row."""
    page.goto(entry_url)
    expect(page.get_by_text("Kết thúc", exact=True)).to_be_visible()
    history = page.locator(".tl").last
    for sentence in (
        "Phạm Thu Thủy vào sổ văn bản đến, số đến 1",
        "Vũ Đình Lâm",
        "Đặng Quang Huy",
        "01/VKS-P1",
    ):
        expect(history).to_contain_text(sentence)
    page.goto("/reports")
    with page.expect_download() as download:
        page.get_by_role("button", name="Lập sổ").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


def finds(page: Page, entry_url: str) -> None:
    page.goto("/search?q=kiem+tra+van+thu")
    expect(page.locator(f"#hits a[href^='{entry_url}']").first).to_be_visible()
