"""Content, form, signature: each may comment or send back; the leader signs on a phone with a real PAdES signature."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.browser.budget import Meter
from tests.browser.papers import reply
from tests.browser.sector import PHONE, Sector, look, settle
from tests.browser.stages import drafted, submitted, to_sign
from vanthu.issuing import queries
from vanthu.issuing.models import Draft
from vanthu.kernel.files import queries as files
from vanthu.signing.places import LEADER, Places
from vanthu.signing.policies import OWN, Policy
from vanthu.signing.verify import Report, Verifier

MM = 72 / 25.4  # points


def report_of(draft: Draft, policy: Policy = OWN) -> Report:
    """What a verifier says of the newest signed file."""
    version = queries.newest(draft.pk)
    assert version.signed is not None
    with files.copy_of(version.signed.file) as path:
        return Verifier(policy).verify(path)


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
    say(head, "Bổ sung căn cứ Nghị định 30/2020/NĐ-CP.\nSửa nơi nhận.", "Trả lại")
    drafter.goto("/")
    expect(drafter.locator("#todo")).to_contain_text("Bị trả lại")
    drafter.goto(path)
    returned = drafter.locator(".note.warn .said")
    expect(returned).to_contain_text("Bổ sung căn cứ Nghị định 30/2020/NĐ-CP.")
    expect(returned).to_have_css("white-space", "pre-line")  # the lines as they were typed
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


def test_the_drafter_moves_the_place_of_the_signature(sector: Sector, tmp_path: Path) -> None:
    draft = drafted(sector, tmp_path)
    page = sector.seat("specialist", f"/outgoing/drafts/{draft.pk}/place?field=LanhDao")
    box = page.locator(".sigbox")
    expect(page.locator("#pages img").first).to_be_visible()
    found = placed(page)
    page.get_by_role("button", name="Dời khung").click()
    start = box.bounding_box()
    assert start is not None
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(
        start["x"] - 40, start["y"] - 10, steps=4
    )  # 60 to the left, 30 up, in pixels of the screen
    page.mouse.up()
    end = box.bounding_box()
    assert end is not None
    assert (round(end["x"] - start["x"]), round(end["y"] - start["y"])) == (-60, -30)
    dragged = placed(page)
    assert dragged[0] < found[0]
    assert dragged[1] > found[1]
    box.focus()
    page.keyboard.press("ArrowRight")  # 1 mm
    page.keyboard.press("Shift+ArrowDown")  # 5 mm
    wanted = placed(page)
    assert wanted == pytest.approx(
        [dragged[0] + MM, dragged[1] - 5 * MM, dragged[2] + MM, dragged[3] - 5 * MM], abs=0.2
    )
    look(page, "4-doi-cho-ky")
    page.get_by_role("button", name="Lưu chỗ này").click()
    page.get_by_text("Đã lưu chỗ trên trang: Chữ ký lãnh đạo.").wait_for()
    draft.refresh_from_db()
    stored = Places.from_json(draft.places).found[LEADER]
    assert stored.page == 0
    assert list(stored.rect) == pytest.approx(wanted)


def placed(page: Page) -> list[float]:
    """The rectangle that the form would send: left, bottom, right, top in points."""
    rect: list[float] = json.loads(page.locator("input[name=box]").input_value())["rect"]
    return rect


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
