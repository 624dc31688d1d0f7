"""Signing in by hand, and a desk for everybody."""

from tests.browser.sector import Sector, look
from tests.cast import PASSWORD


def test_signing_in_leads_to_the_desk(sector: Sector) -> None:
    page = sector.seat(path="/")
    look(page, "1-dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("clerk")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()
