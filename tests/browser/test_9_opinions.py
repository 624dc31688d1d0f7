"""Opinions on a draft: two asked at once, both answer, the summary is printed; remarks made on the page."""

from io import BytesIO
from pathlib import Path

import pypdfium2
from playwright.sync_api import expect

from tests.browser.sector import Sector, look
from tests.browser.stages import drafted, submitted
from vanthu.issuing import queries


def test_two_are_asked_at_once_and_the_summary_is_printed(sector: Sector, tmp_path: Path) -> None:
    draft = drafted(sector, tmp_path)
    drafter = sector.seat("specialist", f"/outgoing/drafts/{draft.pk}")
    drafter.get_by_role("link", name="Lấy ý kiến").click()
    owners = drafter.locator("#id_owners").locator("xpath=..").get_by_role("combobox")
    for words, name in (("phong 2", "Phòng 2"), ("ta minh chau", "Tạ Minh Châu")):
        owners.fill(words)
        drafter.get_by_role("option", name=name).first.click()
    drafter.get_by_label("Đề nghị cho ý kiến về").fill("Phạm vi, thời hạn kiểm tra.")
    drafter.get_by_role("button", name="Gửi lấy ý kiến").click()
    expect(drafter.get_by_text("Gửi 2 nơi, 0 nơi trả lời; 2 chưa trả lời.")).to_be_visible()

    for persona, answer, words in (
        ("head_of_neighbour", "Không đồng ý", "Trùng kế hoạch quý I.\nĐề nghị lùi sang tháng 4."),
        ("archivist", "Đồng ý", ""),
    ):
        page = sector.seat(persona)
        page.locator("#todo").get_by_role("link", name="Cho ý kiến").click()
        page.get_by_label(answer, exact=True).check(force=True)
        page.get_by_label("Nội dung").fill(words)
        page.get_by_role("button", name="Gửi ý kiến").click()
        expect(page.get_by_text("Đã gửi ý kiến").first).to_be_visible()

    drafter.reload()
    expect(drafter.get_by_text("2 nơi trả lời (1 đồng ý, 1 không đồng ý)")).to_be_visible()
    drafter.get_by_label("Tiếp thu, giải trình ý kiến của Phòng 2").fill("Tiếp thu, lùi sang tháng 4.")
    drafter.get_by_role("row", name="Phòng 2").get_by_role("button", name="Ghi").click()
    drafter.get_by_text("Đã ghi tiếp thu").first.wait_for()
    look(drafter, "4-lay-y-kien")
    address = drafter.get_by_role("link", name="In bảng tổng hợp").get_attribute("href")
    printed = drafter.request.get(f"{sector.address}{address}").body()
    document = pypdfium2.PdfDocument(BytesIO(printed))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    for words in ("BẢNG TỔNG HỢP Ý KIẾN", "Trùng kế hoạch quý I.", "Tiếp thu, lùi sang tháng 4.", "Phòng 2"):
        assert words in text


def test_a_remark_is_put_where_the_page_is_clicked(sector: Sector, tmp_path: Path) -> None:
    draft = submitted(sector, tmp_path)
    page = sector.seat("head_of_unit", f"/outgoing/drafts/{draft.pk}/marks")
    sheet = page.locator("#pages .page").first
    expect(sheet.locator("img")).to_be_visible()
    sheet.click(position={"x": 200, "y": 300})
    expect(page.locator(".sigbox")).to_be_visible()
    page.get_by_label("Cần sửa gì").fill("Sửa căn cứ ban hành.")
    page.get_by_role("button", name="Ghi góp ý").click()
    expect(sheet.locator(".spots circle")).to_be_visible()
    look(page, "4-gop-y-tai-cho")
    (made,) = queries.marks(draft.pk)
    assert (made.page, made.text) == (1, "Sửa căn cứ ban hành.")
    assert made.rect is not None
    left, bottom, right, top = made.rect
    assert left < right <= 595
    assert 421 < bottom < top  # in the upper half, where it was clicked
