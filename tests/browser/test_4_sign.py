"""Content, form, signature: each may comment or send back; the leader signs on a phone with a real PAdES signature."""

from pathlib import Path

from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.browser.budget import Meter
from tests.browser.papers import reply
from tests.browser.sector import PHONE, Sector, look, settle
from tests.browser.stages import drafted, submitted, to_sign
from vanthu.issuing import queries
from vanthu.issuing.models import Draft
from vanthu.kernel.files import queries as files
from vanthu.signing.verify import Report, Verifier


def report_of(draft: Draft) -> Report:
    """What a verifier says of the newest signed file."""
    version = queries.newest(draft.pk)
    assert version.signed is not None
    with files.copy_of(version.signed.file) as path:
        return Verifier().verify(path)


def say(page: Page, words: str, button: str) -> None:
    page.locator("#words textarea").fill(words)
    page.get_by_role("button", name=button).click()


def test_the_draft_goes_to_the_unit_and_the_office_and_comes_back(
    sector: Sector, meter: Meter, tmp_path: Path
) -> None:
    draft = drafted(sector, tmp_path)
    path = f"/outgoing/drafts/{draft.pk}"
    drafter = sector.seat("specialist")
    with meter.job("Submit for signing", drafter) as hand:
        hand.click(drafter.locator("#todo").get_by_role("link", name=draft.subject).first)
        hand.click(drafter.get_by_role("button", name="Trình"))
        drafter.get_by_text("Đã trình").first.wait_for()

    head = sector.seat("head_of_unit", path)
    look(head, "4-kiem-tra-noi-dung")
    say(head, "Bổ sung căn cứ Nghị định 30/2020/NĐ-CP.", "Trả lại")
    drafter.goto("/")
    expect(drafter.locator("#todo")).to_contain_text("Bị trả lại")
    drafter.goto(path)
    expect(drafter.locator(".note.warn")).to_contain_text("Bổ sung căn cứ Nghị định 30/2020/NĐ-CP.")
    second = reply(tmp_path / "ban-2.pdf", pages=2)
    drafter.get_by_label("Chọn tệp DOCX hoặc PDF của bản mới").set_input_files(second)
    drafter.get_by_text("đã tải").wait_for()
    drafter.get_by_role("button", name="Thêm bản mới").click()
    drafter.get_by_text("Bản 2").first.wait_for()
    sector.work()
    drafter.get_by_role("link", name="So với bản trước").click()
    expect(drafter.locator("ins").first).to_be_visible()
    look(drafter, "4-so-sanh-hai-ban")
    drafter.get_by_role("button", name="Cạnh nhau").click()
    expect(drafter.locator("[data-side] img").first).to_be_visible()
    drafter.goto(path)
    drafter.get_by_role("button", name="Trình").click()
    drafter.get_by_text("Đã trình").first.wait_for()

    head.goto(path)
    say(head, "Nhất trí nội dung.", "Đồng ý nội dung")
    chief = sector.seat("chief", path)
    say(chief, "Đã rà thể thức.", "Chỉ ghi góp ý")
    chief.get_by_text("Đã rà thể thức.").first.wait_for()
    chief.get_by_role("button", name="Đúng thể thức, trình ký").click()
    chief.get_by_text("Đã kiểm tra thể thức").first.wait_for()
    draft.refresh_from_db()
    assert draft.state == "approval"
    drafter.goto(path)
    for words in ("Bổ sung căn cứ Nghị định 30/2020/NĐ-CP.", "Nhất trí nội dung.", "Đã rà thể thức."):
        expect(drafter.get_by_text(words).first).to_be_visible()


def test_the_leader_signs_one_after_the_other_on_a_phone(
    sector: Sector, meter: Meter, tmp_path: Path
) -> None:
    first, second = to_sign(sector, tmp_path), to_sign(sector, tmp_path)
    page = sector.seat("head", **PHONE)
    with meter.job("Leader signs on the phone", page) as hand:
        hand.click(page.locator("[data-key=s]").first)
        expect(page.locator("#pages img, .flow-doc img").first).to_be_visible()
        expect(page.get_by_text("Chỗ ký: trang 1")).to_be_visible()
        settle(page)
        look(page, "3-ky-so-dien-thoai")
        hand.click(page.get_by_role("button", name="Ký số"))
        page.get_by_text("Đã ký số").first.wait_for()
    expect(page.get_by_role("heading", name="Chờ ký 1/1")).to_be_visible()
    page.get_by_role("button", name="Ký số").tap()
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()
    for draft in (first, second):
        draft.refresh_from_db()
        assert (draft.state, draft.signature_level) == ("signed", "B-T")
        report = sector.apart(report_of, draft)
        assert report.verdict == "valid"
        assert [(one.role, one.signer) for one in report.signatures] == [("approval", "Vũ Đình Lâm")]


def test_without_the_time_stamp_authority_the_level_is_named(
    sector: Sector, settings: Settings, tmp_path: Path
) -> None:
    draft = to_sign(sector, tmp_path)
    settings.TSA_URL = "http://127.0.0.1:9/tsa"
    page = sector.seat("head", f"/outgoing/drafts/{draft.pk}/sign")
    page.get_by_role("button", name="Ký số").click()
    page.get_by_text("B-B").first.wait_for()
    draft.refresh_from_db()
    assert (draft.state, draft.signature_level) == ("signed", "B-B")


def test_the_leader_sends_back_with_a_reason(sector: Sector, tmp_path: Path) -> None:
    draft = to_sign(sector, tmp_path)
    page = sector.seat("head", f"/outgoing/drafts/{draft.pk}/sign", **PHONE)
    page.get_by_role("button", name="Trả lại").first.tap()
    page.locator("#why").fill("Nêu rõ thời hạn gửi báo cáo.")
    page.locator("#send-back").get_by_role("button", name="Trả lại").tap()
    page.get_by_text("Đã trả lại").first.wait_for()
    draft.refresh_from_db()
    assert draft.state == "drafting"


def test_a_decision_that_came_too_late_keeps_the_words(sector: Sector, tmp_path: Path) -> None:
    draft = submitted(sector, tmp_path)
    sector.expects(409)
    path = f"/outgoing/drafts/{draft.pk}"
    head, delegate = sector.seat("head_of_unit", path), sector.seat("delegate", path)
    say(head, "Nhất trí.", "Đồng ý nội dung")
    head.get_by_text("Đã đồng ý").first.wait_for()
    say(delegate, "Cần bổ sung số liệu.", "Trả lại")
    expect(delegate.locator("[data-summary]")).to_contain_text("Đặng Quang Huy")
    expect(delegate.locator("#words textarea")).to_have_value("Cần bổ sung số liệu.")
