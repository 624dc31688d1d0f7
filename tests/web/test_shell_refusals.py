"""Refusals become a page, a toast or JSON with the same status; bugs become a code that the log knows."""

import logging
import re

import pytest
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.cast import World
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal, Unavailable
from vanthu.web.shell import undo

KINDS: dict[str, type[Refusal]] = {
    "404": NotFound,
    "403": NotAllowed,
    "409": Conflict,
    "422": Invalid,
    "503": Unavailable,
}
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


@login_not_required
def refuse(request: HttpRequest, status: str) -> HttpResponse:
    if status == "422":
        raise Invalid(fields={"a": "Ô này sai."})
    raise KINDS[status]


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def speak(request: HttpRequest) -> HttpResponse:
    undo.say(request, "Đã giao cho Phòng 1.", 7)
    messages.error(request, "Nhưng <một> tệp chưa gửi.")
    return HttpResponse("<p>ok</p>")


urlpatterns = [
    path("refuse/<status>", refuse),
    path("broken", broken),
    path("speak", speak),
    path("", include("vanthu.web.urls")),
]
handler404 = "vanthu.web.shell.refusals.not_found"
handler500 = "vanthu.web.shell.refusals.server_error"

here = override_settings(ROOT_URLCONF=__name__)


@here
@pytest.mark.django_db
@pytest.mark.parametrize("status", KINDS)
def test_a_refusal_is_a_page_a_toast_or_json(status: str) -> None:
    kind = KINDS[status]
    sentence = "Ô này sai." if status == "422" else kind.default
    page = Client().get(f"/refuse/{status}")
    assert page.status_code == int(status)
    assert sentence in page.content.decode()
    assert "<html" in page.content.decode()
    toast = Client().get(f"/refuse/{status}", headers=HTMX)
    assert toast.status_code == int(status)
    assert sentence in toast.content.decode()
    assert "<html" not in toast.content.decode()
    told = Client().get(f"/refuse/{status}", headers=JSON)
    assert told.status_code == int(status)
    assert told.json()["code"] == kind.code
    assert told.json()["message"] == sentence


@here
@pytest.mark.django_db
def test_a_boosted_link_gets_the_page() -> None:
    page = Client().get("/refuse/404", headers=HTMX | {"HX-Boosted": "true"})
    assert "<html" in page.content.decode()


@here
@pytest.mark.parametrize("headers", [{}, HTMX, JSON])
def test_a_bug_shows_a_short_code_that_the_log_has(
    headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """Without a database: the page must come when that is what broke."""
    with caplog.at_level(logging.ERROR, "vanthu.web"):
        response = Client(raise_request_exception=False).get("/broken", headers=headers)
    assert response.status_code == 500
    text = response.json()["message"] if headers == JSON else response.content.decode()
    shown = re.search(r"báo mã ([0-9A-F]{4}) cho", text)[1]
    assert f"error {shown}: GET /broken" in caplog.text


def test_an_unknown_address_says_so_in_vietnamese(world: World) -> None:
    for browser in (world.client(), world.client("specialist")):
        response = browser.get("/khong-co-trang-nay")
        assert response.status_code == 404
        assert "Không mở được trang này" in response.content.decode()


def test_a_form_that_expired_says_what_to_do(world: World) -> None:
    browser = world.client("specialist", enforce_csrf_checks=True)
    response = browser.post("/account/preferences/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Tải lại trang" in response.content.decode()


@here
def test_messages_ride_behind_a_fragment(world: World) -> None:
    text = world.client("specialist").get("/speak", headers=HTMX).content.decode()
    assert text.startswith("<p>ok</p>")
    assert 'hx-swap-oob="beforeend:#toasts"' in text
    assert 'action="/undo/7"' in text
    assert "Nhưng &lt;một&gt; tệp chưa gửi." in text
    assert 'class="toast danger"' in text
