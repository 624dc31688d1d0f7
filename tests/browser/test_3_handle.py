"""The head of the unit passes work on; the specialist finds it, keeps a dossier and drafts the reply."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.budget import Meter
from tests.browser.papers import letter, word_reply
from tests.browser.sector import Sector, look, settle
from tests.browser.stages import assigned, directed
from tests.entries import make_assigned
from vanthu.dossiers.models import Dossier
from vanthu.issuing.models import Draft, Recipient, Version
from vanthu.kernel.calendar import today, working_days_after


def test_the_head_of_the_unit_passes_it_on_to_a_specialist(sector: Sector, tmp_path: Path) -> None:
    entry = directed(sector, tmp_path)
    page = sector.seat("head_of_unit")
    page.locator("#todo li", has_text=entry.subject).get_by_role("link", name="Giao").click()
    page.locator("#leads label", has_text="Lê Quang Khải").click()
    page.locator("#id_text").fill("Đồng chí Khải dự thảo văn bản trả lời.")
    look(page, "4-giao-trong-don-vi")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()

    mine = sector.seat("specialist")
    first = mine.locator("#todo li[data-row]").first
    expect(first).to_contain_text(entry.subject)
    mine.goto(f"/incoming/{entry.pk}")
    expect(mine.get_by_text("Đồng chí Khải dự thảo văn bản trả lời.", exact=True)).to_be_visible()


def test_the_nearest_deadline_stands_first(sector: Sector) -> None:
    subjects = {
        9: "Đề nghị cung cấp số liệu án hình sự 9 tháng năm 2026",
        2: "Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam",
        5: "Lấy ý kiến dự thảo Quy chế phối hợp liên ngành",
    }
    for days, subject in subjects.items():
        make_assigned(sector.world, subject=subject, due_on=working_days_after(today(), days))
    page = sector.seat("specialist")
    lines = page.locator("#todo li[data-row] a[data-open]").all_inner_texts()
    assert lines == [subjects[days] for days in (2, 5, 9)]
    look(page, "4-ban-lam-viec-chuyen-vien")


def test_a_dossier_is_opened_with_the_document_in_it(sector: Sector) -> None:
    entry = make_assigned(sector.world)
    page = sector.seat("specialist", f"/incoming/{entry.pk}")
    page.get_by_text("Đưa vào hồ sơ").first.click()
    title = "Hồ sơ kiểm tra công tác tạm giữ, tạm giam năm 2026"
    page.locator("form[action$='/dossier'] input[name$=title], form[action$='/dossier'] textarea").last.fill(
        title
    )
    page.get_by_role("button", name="Đưa vào hồ sơ").click()
    page.get_by_role("link", name=title).click()
    expect(page.locator("tbody tr")).to_contain_text(entry.subject)
    look(page, "4-ho-so-cong-viec")
    assert Dossier.objects.get().title == title


def test_a_reply_is_drafted_from_the_template_of_the_kind(
    sector: Sector, meter: Meter, tmp_path: Path
) -> None:
    entry = assigned(sector, tmp_path)
    page = sector.seat("specialist")
    with meter.job("Specialist opens a reply draft", page) as hand:
        hand.click(page.locator("#todo li", has_text=entry.subject).get_by_role("link", name="Soạn trả lời"))
        look(page, "4-soan-tra-loi")
        hand.click(page.get_by_role("button", name="Mở dự thảo từ mẫu"))
        page.get_by_role("heading", name=entry.subject).wait_for()
    draft = Draft.objects.get()
    assert draft.replies_to_id == entry.pk
    assert draft.signer == sector.world.post("head")  # who directed
    expect(page.get_by_text("Đang chuyển bản 1 sang PDF")).to_be_visible()
    sector.work()
    expect(page.locator("#pages img").first).to_be_visible()  # by itself, without reloading
    settle(page)
    look(page, "4-du-thao")


def test_versions_attachments_and_recipients_of_a_draft(sector: Sector, tmp_path: Path) -> None:
    page = sector.seat("specialist", "/outgoing/drafts/start")
    page.locator("#id_subject").fill("Về việc báo cáo kết quả kiểm tra công tác văn thư")
    offices = page.locator("#id_offices").locator("xpath=..").get_by_role("combobox")
    for words, name in (("khu vuc 7", "khu vực 7"), ("toi cao", "tối cao")):
        offices.fill(words)
        page.get_by_role("option", name=name).first.click()
    page.locator("#id_others").fill("Sở Nội vụ tỉnh Bắc Ninh")
    page.get_by_role("button", name="Mở dự thảo từ mẫu").click()
    page.get_by_text("Đang chuyển bản 1 sang PDF").wait_for()
    draft = Draft.objects.get()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").first.click()
    assert download.value.suggested_filename.endswith(".docx")

    own = word_reply(
        tmp_path / "ban-cua-toi.docx", "Kính gửi: Viện kiểm sát nhân dân khu vực 7", "Nội dung mới."
    )
    page.get_by_label("Chọn tệp DOCX hoặc PDF của bản mới").set_input_files(own)
    page.get_by_text("đã tải").wait_for()
    page.locator("#note").fill("Viết lại phần mở đầu")
    page.get_by_role("button", name="Thêm bản mới").click()
    page.get_by_text("Viết lại phần mở đầu").wait_for()
    page.get_by_label("Chọn tệp kèm theo").set_input_files(letter(tmp_path / "phu-luc.pdf", kind="PHỤ LỤC"))
    page.get_by_text("đã tải").wait_for()
    page.get_by_role("button", name="Thêm tệp kèm theo").click()
    page.get_by_role("link", name="phu-luc.pdf").wait_for()
    assert Version.objects.filter(draft=draft).count() == 2
    assert Recipient.objects.filter(draft=draft).count() == 3
