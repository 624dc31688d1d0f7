"""Signing in by hand: with a password, with a code of the telephone, with a security key; and out again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.sector import Sector, look
from tests.browser.stages import registered
from tests.cast import PASSWORD

SECOND = "/account/second-factor/"


def sign_in(page: Page, persona: str = "clerk") -> None:
    """Name and password on the page of sign-in."""
    page.get_by_label("Tên đăng nhập").fill(persona)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def on_the_desk(page: Page) -> None:
    page.get_by_role("heading", name="Bàn làm việc", level=1).wait_for()


def confirm(page: Page) -> None:
    """What changes sign-in asks for the password again."""
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()


def code_of(secret: str) -> str:
    """What an authenticator on a telephone shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_signing_in_leads_to_the_desk(sector: Sector) -> None:
    page = sector.seat(path="/")
    look(page, "1-dang-nhap")
    sign_in(page)
    on_the_desk(page)


def test_a_code_of_the_telephone_is_the_second_step(sector: Sector) -> None:
    page = sector.seat("clerk", SECOND)
    page.get_by_role("link", name="Bật ứng dụng xác thực").click()
    confirm(page)
    secret = page.locator("main code").inner_text()
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    page.get_by_label("Mã sáu số").fill(code_of(secret))
    page.get_by_role("button", name="Bật").click()
    page.wait_for_url("**/recovery-codes/**")
    sign_out(page)
    sector.expects(422)
    sign_in(page)
    code = page.get_by_label("Mã trên điện thoại hoặc mã dự phòng")
    code.fill("000000")
    page.keyboard.press("Enter")
    page.get_by_text("Mã chưa đúng").first.wait_for()
    code.fill(code_of(secret))
    page.keyboard.press("Enter")
    on_the_desk(page)


@pytest.fixture
def page_with_key(sector: Sector) -> Iterator[Page]:
    """A browser with a security key plugged in, whose holder touches it when asked."""
    page = sector.seat("clerk", SECOND)
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    session.detach()


def test_a_security_key_is_enrolled_and_signs_in(page_with_key: Page) -> None:
    page = page_with_key
    page.get_by_role("link", name="Thêm khóa bảo mật").click()
    confirm(page)
    page.get_by_label("Tên gợi nhớ").fill("Khóa USB của tôi")
    page.get_by_role("button", name="Thêm").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{SECOND}webauthn/")
    expect(page.locator("tbody tr")).to_contain_text("Khóa USB của tôi")
    sign_out(page)
    sign_in(page)
    page.get_by_role("button", name="Dùng khóa bảo mật").click()
    on_the_desk(page)


def test_signing_out_leaves_nothing_in_the_browser(sector: Sector, tmp_path: Path) -> None:
    entry = registered(sector, tmp_path)
    page = sector.seat("clerk", f"/incoming/{entry.pk}")
    image = page.locator("#main .page img").first
    expect(image).to_be_visible()
    page.evaluate("localStorage.setItem('typed', 'Về việc')")
    page.get_by_role("button", name="Phạm Thu Thủy").or_(
        page.locator(".top details summary").last
    ).last.click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()
    assert page.evaluate("localStorage.length") == 0
    sign_in(page)
    on_the_desk(page)
    expect(page.locator("body")).to_have_css("margin", "0px")  # the style came again
