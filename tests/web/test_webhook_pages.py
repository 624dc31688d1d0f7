"""The administrator's pages about webhooks, without a script: make, look, test, pause, replay, remove."""

import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from tests.cast import World
from tests.entries import SUBJECT, make_registered
from tests.kernel.receiver import Receiver, receiving
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import Webhook, WebhookDelivery
from vanthu.kernel.webhooks.events import RESOURCES


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]
    with receiving() as one:
        yield one


@pytest.fixture
def browser(world: World) -> Client:
    return world.client("administrator")


def text_of(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def fields(receiver: Receiver, **others: Any) -> dict[str, Any]:
    return {
        "name": "Phần mềm quản lý án",
        "url": receiver.url,
        "events": ["document.registered"],
        "idempotency_key": "k",
        **others,
    }


def make(browser: Client, receiver: Receiver) -> Webhook:
    assert browser.post("/webhooks/new", fields(receiver)).status_code == 200
    return Webhook.objects.get()


def test_the_way_from_nothing_to_a_delivery(world: World, browser: Client, receiver: Receiver) -> None:
    assert "Chưa có nơi nhận nào" in text_of(browser.get("/webhooks/"))
    made = browser.post("/webhooks/new", fields(receiver))
    assert "no-store" in made["Cache-Control"]
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", text_of(made))
    assert secret is not None
    hook = Webhook.objects.get()
    make_registered(world)
    run_jobs()
    assert len(receiver.got) == 1
    page = text_of(browser.get(f"/webhooks/{hook.pk}/"))
    assert "Văn bản đến được vào sổ" in page
    assert "Đã nhận" in page
    assert secret[0] not in page
    assert SUBJECT not in page
    assert "http://127.0.0.1" in text_of(browser.get("/webhooks/"))
    assert "key=abc" not in text_of(browser.get("/webhooks/"))


def test_the_second_click_shows_the_same_secret(browser: Client, receiver: Receiver) -> None:
    pages = [text_of(browser.post("/webhooks/new", fields(receiver))) for _ in range(2)]
    secrets = [re.findall(r"whsec_[A-Za-z0-9+/=]+", page) for page in pages]
    assert secrets[0] == secrets[1] != []
    assert Webhook.objects.count() == 1


def test_an_address_inside_is_refused_beside_the_field(browser: Client, receiver: Receiver) -> None:
    for url in ("https://127.0.0.2/", "https://10.0.0.1/", "https://2130706434/", "http://192.168.1.1/"):
        page = browser.post("/webhooks/new", fields(receiver, url=url))
        assert page.status_code == 422
        assert 'id="id_url-err"' in text_of(page)
        assert "Phần mềm quản lý án" in text_of(page)  # what was typed stays
    assert not Webhook.objects.exists()
    empty = browser.post("/webhooks/new", {})
    assert empty.status_code == 422
    assert "Chọn ít nhất một sự kiện" in text_of(empty)


def test_a_test_shows_the_answer(browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    receiver.answers = [(500, b"<b>kaputt</b>")]
    led_to = browser.post(f"/webhooks/{hook.pk}/test")
    assert "Chờ gửi" in text_of(browser.get(led_to["Location"]))
    run_jobs()
    page = text_of(browser.get(led_to["Location"]))
    assert "Không gửi được" in page
    assert "Nơi nhận trả lời 500" in page
    assert "&lt;b&gt;kaputt&lt;/b&gt;" in page
    assert "webhook.test" in page
    part = text_of(browser.get(led_to["Location"], headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Nơi nhận trả lời 500" in part


def test_failed_ones_are_replayed_one_or_all(world: World, browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    for _ in range(3):
        make_registered(world)
    run_jobs()
    WebhookDelivery.objects.update(state="failed")
    assert "Gửi lại mọi sự kiện chưa đến" in text_of(browser.get(f"/webhooks/{hook.pk}/"))
    row = WebhookDelivery.objects.latest("pk")
    assert browser.post(f"/webhooks/deliveries/{row.pk}/replay").status_code == 302
    assert browser.post(f"/webhooks/deliveries/{row.pk}/replay").status_code == 409
    run_jobs()
    assert len(receiver.got) == 4
    failed = text_of(browser.get(f"/webhooks/{hook.pk}/?state=failed"))
    assert failed.count('id="delivery-') == 2
    answer = browser.post(f"/webhooks/{hook.pk}/replay", follow=True)
    assert "Đang gửi lại 2 sự kiện" in text_of(answer)
    run_jobs()
    assert len(receiver.got) == 6
    again = browser.post(f"/webhooks/{hook.pk}/replay", follow=True)
    assert "Không có sự kiện nào phải gửi lại" in text_of(again)


def test_pause_and_resume_say_so(browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    page = text_of(browser.post(f"/webhooks/{hook.pk}/pause", follow=True))
    assert "Đang tạm dừng" in page
    assert "Gửi thử" not in page.split("Các lần gửi")[0]
    assert browser.post(f"/webhooks/{hook.pk}/pause").status_code == 409
    assert browser.post(f"/webhooks/{hook.pk}/test").status_code == 409
    page = text_of(browser.post(f"/webhooks/{hook.pk}/resume", follow=True))
    assert "Đang báo" in page


def test_one_that_was_stopped_is_seen_at_once(world: World, browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    Webhook.objects.update(state="stopped", failing_since_at=hook.made_at)
    assert "đã bị dừng" in text_of(browser.get("/webhooks/"))
    assert "Dừng vì lỗi" in text_of(browser.get(f"/webhooks/{hook.pk}/"))
    assert "1 nơi nhận đã bị dừng vì lỗi" in text_of(browser.get("/"))


def test_the_secret_is_changed_and_shown_once(browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    answer = browser.post(f"/webhooks/{hook.pk}/secret")
    assert "no-store" in answer["Cache-Control"]
    assert len(re.findall(r"whsec_", text_of(answer))) == 1
    assert "Khóa cũ còn dùng được một ngày" in text_of(answer)


def test_change_and_remove(browser: Client, receiver: Receiver) -> None:
    hook = make(browser, receiver)
    form = text_of(browser.get(f"/webhooks/{hook.pk}/change"))
    assert receiver.url in form
    assert browser.post(f"/webhooks/{hook.pk}/change", fields(receiver, url="ftp://x")).status_code == 422
    sent = fields(receiver, name="Cổng báo cáo", events=["task.assigned", "status.changed"])
    page = text_of(browser.post(f"/webhooks/{hook.pk}/change", sent, follow=True))
    assert "Cổng báo cáo" in page
    assert "việc được giao" in page
    page = text_of(browser.post(f"/webhooks/{hook.pk}/remove", follow=True))
    assert "Đã xóa nơi nhận Cổng báo cáo" in page
    assert not Webhook.objects.exists()


def test_a_long_list_goes_on_and_a_broken_address_says_so(
    world: World, browser: Client, receiver: Receiver
) -> None:
    hook = make(browser, receiver)
    rows = [
        WebhookDelivery(
            hook=hook, event="document.registered", at=hook.made_at, about_kind="in", about_id=number
        )
        for number in range(60)
    ]
    WebhookDelivery.objects.bulk_create(rows)
    address = reverse("webhook", args=[hook.pk])
    first = text_of(browser.get(address))
    assert first.count('id="delivery-') == 50
    older = re.search(r"\?sau=\d+", first)
    assert older is not None
    assert text_of(browser.get(address + older[0])).count('id="delivery-') == 10
    assert browser.get(f"{address}?state=lost").status_code == 422
    assert browser.get(f"{address}?sau=x").status_code == 422


def test_more_rows_cost_no_more_queries(world: World, browser: Client, receiver: Receiver) -> None:

    hook = make(browser, receiver)
    counted = []
    for count in (1, 20):
        rows = [
            WebhookDelivery(hook=hook, event="status.changed", at=hook.made_at, about_kind="in", about_id=n)
            for n in range(count)
        ]
        WebhookDelivery.objects.bulk_create(rows)
        with CaptureQueriesContext(connection) as statements:
            browser.get(f"/webhooks/{hook.pk}/")
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 10


def test_receivers_are_led_to_resources_that_exist() -> None:
    for kind in ("in", "out", "draft", "dossier"):
        assert resolve(f"{RESOURCES[kind].address}7").kwargs["pk"] == "7"


def test_the_menu_leads_there_for_administrators_only(world: World, browser: Client) -> None:
    assert "/webhooks/" in text_of(browser.get("/account/"))
    assert "/webhooks/" not in text_of(world.client("head").get("/account/"))
