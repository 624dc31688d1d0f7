"""Words that were typed survive a reload and an ended session; what was sent is not offered again."""

from playwright.sync_api import Page, expect

from tests.browser.sector import Sector, settle
from tests.entries import fresh, make_delivered
from vanthu.kernel.models import KeptForm

WORDS = "Văn bản này gửi cho Viện kiểm sát quân sự, đề nghị gửi lại đúng nơi nhận."


def take_back(page: Page) -> None:
    """The words that are offered again."""
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator("#id_reason")).to_have_value(WORDS)


def test_words_survive_and_go_when_they_arrived(sector: Sector) -> None:
    entry = make_delivered(sector.world)
    address = f"/incoming/{entry.pk}/return"
    page = sector.seat("clerk", address)
    page.locator("#id_reason").fill(WORDS)
    expect(page.get_by_text("Đã lưu nháp trên máy chủ")).to_be_visible()
    assert ["reason", WORDS] in KeptForm.objects.get().values
    page.reload()
    page.locator("#id_reason").focus()  # kept on the server: offered when somebody begins to type
    take_back(page)

    session = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")  # the session ends
    page.get_by_role("button", name="Trả lại").click()
    page.wait_for_url("**/sign-in/**")
    page.context.add_cookies([session])  # type: ignore[list-item]  # signed in again
    page.goto(address)
    take_back(page)  # kept on this machine: offered at once
    page.get_by_role("button", name="Trả lại").click()
    page.get_by_text("Đã trả lại nơi gửi").wait_for()
    settle(page)
    assert fresh(entry).returned_reason == WORDS
    assert not KeptForm.objects.exists()
    page.goto(f"/incoming/{make_delivered(sector.world).pk}/return")
    page.locator("#id_reason").focus()
    settle(page)
    expect(page.get_by_role("button", name="Lấy lại")).to_have_count(0)
