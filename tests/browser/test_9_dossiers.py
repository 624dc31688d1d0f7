"""A plan comes from a table, a dossier from the plan; it is filled, the meter moves, it closes and leaves as PDF."""

from io import BytesIO
from pathlib import Path

import pikepdf
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.browser.sector import Sector, look
from tests.browser.stages import assigned
from vanthu.dossiers.models import Dossier, Plan
from vanthu.kernel.calendar import today
from vanthu.tasks import actions as tasks

HEAD = (
    "Số và ký hiệu hồ sơ",
    "Tên đề mục và tiêu đề hồ sơ",
    "Thời hạn bảo quản",
    "Người lập hồ sơ",
    "Ghi chú",
)
TITLE = f"Hồ sơ kiểm sát việc tạm giữ, tạm giam năm {today().year}"


def table(folder: Path) -> Path:
    book = Workbook()
    for row in (
        HEAD,
        ("", "I. KIỂM SÁT TẠM GIỮ, TẠM GIAM", "", "", ""),
        ("01.P1", TITLE, "20 năm", "Lê Quang Khải", ""),
        ("02.P1", "Tập báo cáo tháng, quý của Phòng 1", "10 năm", "", "gộp cả năm"),
    ):
        book.worksheets[0].append(row)
    book.save(folder / "danh-muc.xlsx")
    return folder / "danh-muc.xlsx"


def test_from_the_plan_to_the_whole_dossier_as_pdf(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("head_of_unit", "/work/plans")
    page.get_by_role("button", name="Lập danh mục").first.click()
    page.locator("input[type=file]").set_input_files(table(tmp_path))
    page.get_by_role("button", name="Nhập").click()
    expect(page.get_by_role("row", name=TITLE)).to_contain_text("Lê Quang Khải")
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator("main")).to_contain_text("Chờ duyệt")
    head = sector.seat("head", f"/work/plans/{Plan.objects.get().pk}")
    head.get_by_text("Duyệt", exact=True).click()
    head.get_by_label("Số quyết định ban hành").fill("12/QĐ-VKS")
    head.get_by_role("button", name="Duyệt danh mục").click()
    expect(head.locator("main")).to_contain_text("Đã duyệt")
    look(head, "9-danh-muc-ho-so")

    entries = [assigned(sector, tmp_path, subject=f"Về việc tạm giữ, tạm giam lần {n}") for n in (1, 2)]
    mine = sector.seat("specialist", "/work/dossiers/open")
    mine.get_by_role("button", name="Mở hồ sơ 01.P1").click()
    mine.get_by_role("heading", name=TITLE, level=1).wait_for()
    dossier = Dossier.objects.get()
    for entry in entries:
        mine.goto(f"/work/dossiers/file/in/{entry.pk}")
        if entry == entries[0]:  # nothing was filed yet, so nothing is likely
            mine.locator("#id_dossier").select_option(str(dossier.pk), force=True)
            mine.get_by_role("button", name="Đưa vào hồ sơ", exact=True).click()
        else:
            mine.get_by_role("button", name="Đưa vào hồ sơ 01.P1").click()
        mine.wait_for_url(f"**/incoming/{entry.pk}")
    mine.goto(f"/work/dossiers/{dossier.pk}")
    ready = mine.get_by_role("region", name="Sẵn sàng nộp lưu")
    expect(ready).to_contain_text("còn 1 việc đang làm")
    look(mine, "9-san-sang-nop-luu")
    for entry in entries:
        tasks.finish(entry.pk, "Đã báo cáo trực tiếp Viện trưởng", by=sector.world.actor("specialist"))
    sector.work()
    mine.reload()
    expect(ready).not_to_contain_text("việc đang làm")
    sector.watch.announced.add(422)
    mine.get_by_role("button", name="Kết thúc hồ sơ").click()
    if mine.get_by_text("Hồ sơ chưa kết thúc được").count():
        mine.get_by_label("Lý do kết thúc khi còn thiếu").fill("Văn bản giấy nộp kèm theo hồ sơ")
        mine.get_by_role("button", name="Kết thúc, ghi lý do").click()
    expect(mine.locator("main")).to_contain_text("Đã kết thúc")

    mine.get_by_text("Kết xuất", exact=True).click()
    mine.get_by_role("button", name="Cả hồ sơ, một tệp PDF").click()
    mine.get_by_role("heading", name="Đang ghép tệp…").wait_for()
    sector.work()
    with mine.expect_download() as download:
        mine.get_by_role("link", name="Tải PDF").click()
    with (
        pikepdf.open(BytesIO(Path(download.value.path()).read_bytes())) as whole,
        whole.open_outline() as outline,
    ):
        titles = [str(item.title) for item in outline.root]
    assert len(titles) == 4
    assert all(entry.subject in " ".join(titles) for entry in entries)
