"""Signing in and out: lock-out that says when, activation, the second factor, sessions, the demonstration's cast."""

import json
import re
import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.cast import PASSWORD, World
from vanthu.organisations import actions
from vanthu.web.accounts.sessions import browser_name

WRONG = "khong phai mat khau"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def sign_in(browser: Client, username: str, password: str = PASSWORD, **extra: str):
    return browser.post("/sign-in/", {"login": username, "password": password, **extra})


def confirmed(username: str) -> Client:
    """A browser whose person has just typed the password once more."""
    browser = Client()
    sign_in(browser, username)
    assert browser.post("/account/confirm/", {"password": PASSWORD}).status_code == 302
    return browser


def text_of(response) -> str:
    return response.content.decode()


def test_the_page_is_vietnamese_and_offers_no_sign_up() -> None:
    page = text_of(Client().get("/sign-in/"))
    assert "Tên đăng nhập" in page
    assert "sign up" not in page.lower()
    assert "demo" not in page


def test_in_and_out(world: World) -> None:
    browser = Client()
    response = sign_in(browser, " Specialist ", next="/account/")
    assert response["Location"] == "/account/"
    assert "Lê Quang Khải" in text_of(browser.get("/account/"))
    assert browser.get("/sign-out/").status_code == 200
    left = browser.post("/sign-out/")
    assert left["Location"] == "/sign-in/"
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert "Đã đăng xuất" in text_of(browser.get("/sign-in/"))
    assert browser.get("/account/").status_code == 302


def test_never_on_to_a_foreign_site(world: World) -> None:
    assert sign_in(Client(), "specialist", next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_or_name_reads_the_same(world: World) -> None:
    wrong = sign_in(Client(), "specialist", WRONG)
    unknown = sign_in(Client(), "khong.co", WRONG)
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert wrong.status_code == unknown.status_code == 422
    assert sentence in text_of(wrong)
    assert sentence in text_of(unknown)
    assert 'value="specialist"' in text_of(wrong)


def test_five_failures_lock_this_account_from_this_address_for_a_time(world: World) -> None:
    browser = Client()
    for _ in range(5):
        assert "chưa đúng" in text_of(sign_in(browser, "specialist", WRONG))
    refused = text_of(sign_in(browser, "specialist"))
    when = re.search(r"Nhập sai 5 lần nên tạm dừng. Thử lại sau (\d\d:\d\d)", refused)
    assert when
    assert "_auth_user_id" not in browser.session
    assert sign_in(browser, "clerk").status_code == 302  # the colleague at the same machine
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    assert sign_in(elsewhere, "specialist").status_code == 302  # the same person at another


def test_behind_a_proxy_the_address_is_the_one_it_saw(world: World, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(5):
        sign_in(Client(headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.7"}), "specialist", WRONG)
    assert sign_in(Client(headers={"X-Forwarded-For": "9.9.9.9, 10.0.0.7"}), "specialist").status_code == 422
    assert sign_in(Client(headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.8"}), "specialist").status_code == 302


def test_the_lock_ends_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        sign_in(Client(), "specialist", WRONG)
    assert sign_in(Client(), "specialist").status_code == 422
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert sign_in(Client(), "specialist").status_code == 302


def test_a_locked_account_is_told_only_with_the_right_password(world: World) -> None:
    actions.lock(world.account("specialist").pk, by=world.actor("administrator"))
    assert "chưa đúng" in text_of(sign_in(Client(), "specialist", WRONG))
    assert sign_in(Client(), "specialist")["Location"] == "/sign-in/locked/"
    assert "đang bị khóa" in text_of(Client().get("/sign-in/locked/"))


def test_activation_from_slip_to_first_sign_in(world: World) -> None:
    office = world.client("administrator")
    pk = world.account("specialist").pk
    slip = office.post(f"/people/{pk}/slip")
    link = re.search(r"http://testserver(/activate/[\w-]+)", text_of(slip))[1]
    browser = Client()
    page = browser.get(link)
    assert "Lê Quang Khải" in text_of(page)
    assert page["Referrer-Policy"] == "no-referrer"
    differs = browser.post(link, {"password": "ba con meo vang", "again": "bon con meo"})
    assert differs.status_code == 422
    assert "chưa giống nhau" in text_of(differs)
    weak = browser.post(link, {"password": "1234567890123", "again": "1234567890123"})
    assert "chữ số" in text_of(weak)
    done = browser.post(link, {"password": "ba con meo vang", "again": "ba con meo vang"})
    assert done["Location"] == "/sign-in/"
    assert sign_in(browser, "specialist", "ba con meo vang").status_code == 302
    again = Client().get(link)
    assert again.status_code == 409
    assert "đã dùng rồi" in text_of(again)
    assert Client().get("/activate/khong-co").status_code == 404


def test_a_new_password_ends_the_sessions_elsewhere(world: World) -> None:
    here, elsewhere = Client(), world.client("specialist")
    sign_in(here, "specialist")
    fields = {"oldpassword": PASSWORD, "password1": "ba con meo vang", "password2": "ba con meo vang"}
    assert "chưa giống nhau" in text_of(
        here.post("/account/password/", {**fields, "password2": "khac hoan toan"})
    )
    assert "hiện tại chưa đúng" in text_of(here.post("/account/password/", {**fields, "oldpassword": WRONG}))
    assert here.post("/account/password/", fields).status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_other_sessions_can_be_signed_out(world: World) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, "specialist")
    sign_in(elsewhere, "specialist")
    page = text_of(here.get("/account/sessions/"))
    assert "Đăng xuất 1 phiên khác" in page
    assert "Phiên này" in page
    here.post("/account/sessions/")
    assert elsewhere.get("/account/").status_code == 302
    assert UserSession.objects.count() == 1


def test_second_factor_by_app_and_recovery_code(world: World) -> None:
    browser = confirmed("specialist")
    page = browser.get("/account/second-factor/totp/activate/")
    secret = page.context["form"].secret
    assert secret in text_of(page)
    done = browser.post("/account/second-factor/totp/activate/", {"code": totp(secret)})
    assert done["Location"] == "/account/second-factor/recovery-codes/"
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert codes[0] in text_of(browser.get(done["Location"]))
    cache.clear()  # the same code of the same half minute counts once

    fresh = Client()
    assert sign_in(fresh, "specialist")["Location"] == "/account/second-factor/authenticate/"
    assert fresh.get("/account/").status_code == 302
    assert "Mã chưa đúng" in text_of(fresh.post("/account/second-factor/authenticate/", {"code": "000000"}))
    assert fresh.post("/account/second-factor/authenticate/", {"code": codes[0]}).status_code == 302
    assert fresh.get("/account/").status_code == 200


def totp(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Xác thực hai bước"),
        ("webauthn/", "Chưa có khóa bảo mật"),
        ("webauthn/add/", "Thêm khóa bảo mật"),
        ("totp/activate/", "Mã sáu số"),
    ],
)
def test_pages_of_the_second_factor_are_ours(world: World, path: str, words: str) -> None:
    browser = confirmed("specialist")
    assert words in text_of(browser.get(f"/account/second-factor/{path}"))


def test_what_weakens_the_account_asks_for_the_password_again(world: World) -> None:
    browser = world.client("specialist")
    response = browser.get("/account/second-factor/webauthn/add/")
    assert response["Location"].startswith("/account/confirm/")
    page = browser.get(response["Location"])
    assert "Xác nhận là anh/chị" in text_of(page)
    assert "Mật khẩu chưa đúng" in text_of(browser.post(response["Location"], {"password": WRONG}))


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    settings.DEMO = True
    settings.DEMO_CAST = tmp_path / "demo-cast.json"
    cast = [{"username": "clerk", "name": "Phạm Thu Thủy", "role": "Văn thư", "what": "vào sổ"}]
    settings.DEMO_CAST.write_text(json.dumps(cast), encoding="utf-8")
    return settings


def test_the_demonstration_offers_its_cast(world: World, demo: Settings) -> None:
    browser = Client()
    page = text_of(browser.get("/sign-in/?next=/account/"))
    assert 'value="clerk"' in page
    assert "Phạm Thu Thủy" in page
    response = browser.post("/sign-in/demo", {"username": "clerk", "next": "/account/"})
    assert response["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200


def test_only_the_cast_and_only_in_the_demonstration(world: World, demo: Settings) -> None:
    assert Client().post("/sign-in/demo", {"username": "head"}).status_code == 404
    assert Client().get("/sign-in/demo").status_code == 405
    demo.DEMO = False
    assert Client().post("/sign-in/demo", {"username": "clerk"}).status_code == 404
    assert 'value="clerk"' not in text_of(Client().get("/sign-in/"))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/109.0 Safari/537.36 Edg/109.0", "Edge trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox trên Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1", "Safari trên iPhone"),
        ("curl/8.0", "Trình duyệt khác"),
    ],
)  # fmt: skip
def test_browsers_by_name(agent: str, name: str) -> None:
    assert browser_name(agent) == name
