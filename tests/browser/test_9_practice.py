"""A specialist practises: enters as the clerk, registers, directs as the leader, leaves; outside nothing is seen."""

from playwright.sync_api import Page, expect

from tests.browser.sector import PHONE, Sector, look, settle
from vanthu.documents.models import IncomingEntry, Series
from vanthu.kernel.calendar import today
from vanthu.organisations.models import Office
from vanthu.practice import actions, jobs

SUBJECT = "Chuyển đơn của công dân, đề nghị giải quyết theo thẩm quyền"


def bar(page: Page) -> str:
    """The colour of the bar of practice as the browser paints it."""
    colour: str = page.locator(".practice-bar").evaluate("bar => getComputedStyle(bar).backgroundColor")
    return colour


def play(page: Page, title: str) -> None:
    """Another part, from the bar."""
    page.locator(".practice-bar summary").click()
    page.locator(".practice-bar .drop button", has_text=title).first.click()
    page.get_by_text(f"Đang đóng vai {title}").wait_for()


def test_practise_register_direct_and_leave(sector: Sector) -> None:
    sector.apart(jobs.make_one, today().isoformat(), wanted=1)  # as at night
    page = sector.seat("specialist")
    page.locator(".who-menu summary").click()
    page.get_by_role("link", name="Thực hành").click()
    page.get_by_role("button", name="Vào phòng của tôi").click()
    page.get_by_text("Đã vào thực hành").wait_for()
    assert bar(page) == "rgb(109, 27, 123)"
    expect(page.locator(".practice-bar")).to_contain_text("THỰC HÀNH")
    expect(page).to_have_title("THỰC HÀNH: Bàn làm việc · VKSND tỉnh Thực Hành")
    look(page, "1-thuc-hanh")
    page.goto("/incoming?tab=waiting")
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name="Tiếp nhận").or_(page.get_by_role("button", name="Tiếp nhận")).first.click()
    settle(page)
    office = Office.objects.get(room__isnull=False, level="province")
    play(page, "Viện trưởng")
    entry = IncomingEntry.objects.get(office=office, subject=SUBJECT)
    page.goto(f"/incoming/{entry.pk}/direct")
    page.locator("#leads label", has_text="Phòng 1").click()
    page.get_by_role("button", name="Giao việc").click()
    page.wait_for_url(lambda url: "/direct" not in url or str(entry.pk) not in url)
    entry.refresh_from_db()
    assert entry.state == "directed"
    page.locator(".practice-bar").get_by_role("button", name="Thôi").click()
    page.get_by_text("Đã thôi thực hành").wait_for()
    expect(page.locator(".practice-bar")).to_have_count(0)
    page.goto(f"/search?q={SUBJECT.replace(' ', '+')}")
    expect(page.locator("main")).not_to_contain_text("56/BTCD")
    sector.expects(404)
    page.goto(f"/incoming/{entry.pk}")
    expect(page.locator("main")).not_to_contain_text(SUBJECT)
    assert not Series.objects.filter(office=sector.world.province).exists()


def test_the_word_stays_on_a_phone_and_in_the_dark(sector: Sector) -> None:
    sector.apart(actions.enter, None, by=sector.world.actor("clerk"))
    page = sector.seat("clerk", "/practice/", **PHONE, color_scheme="dark")
    page.get_by_role("button", name="Vào phòng của tôi").tap()
    page.get_by_text("Đã vào thực hành").wait_for()
    expect(page.locator(".practice-bar")).to_be_in_viewport()
    assert bar(page) == "rgb(228, 166, 239)"
    page.goto("/incoming")
    page.mouse.wheel(0, 600)
    expect(page.locator(".practice-bar b")).to_be_in_viewport()
