"""Who gets past the door, who they are inside, and what a page of the frame costs."""

from datetime import timedelta
from gzip import decompress

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import caches
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.cast import World
from vanthu.organisations.models import Account, Post

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "demo_sign_in",
    "activate",
    "health",
    "read_calendar_feed",  # the secret is in the address
    "agent_file",  # a ticket is: the program on the computer has no cookie
    "signing_report",  # a secret is: services of remote signing report here
    "mfa_authenticate",
    # calls of the axis's interface: each is signed
    "hub_send",
    "hub_received",
    "hub_sent",
    "hub_fetch",
    "hub_download",
    "hub_tell",
    "hub_count_documents",
    "hub_count_statuses",
    "hub_agencies",
    "hub_new_agencies",
    "hub_changed_agencies",
    "hub_register",
    "hub_unregister",
}


def test_everything_needs_sign_in_but_a_short_list() -> None:
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in _patterns(resolver)
        if not getattr(pattern.callback, "login_required", True)
    }
    assert names == OPEN


def _patterns(resolver):
    if getattr(resolver, "app_name", None) == "ninja":
        return []  # the interface for programs finds out itself who asks: tests/api/test_strangers.py
    inside = getattr(resolver, "url_patterns", None)
    return [resolver] if inside is None else [one for part in inside for one in _patterns(part)]


def test_a_stranger_is_led_to_sign_in_and_back(world: World) -> None:
    response = world.client().get("/account/?a=1")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/account/%3Fa%3D1"
    posted = world.client().post("/account/delegations/1/revoke")
    assert posted["Location"] == "/sign-in/?next=/"
    form = {"Referer": "http://testserver/account/delegations/"}
    posted = world.client().post("/account/delegations/1/revoke", headers=form)
    assert (
        posted["Location"] == "/sign-in/?next=/account/delegations/"
    )  # where what was typed is offered again
    elsewhere = world.client().post(
        "/account/delegations/1/revoke", headers={"Referer": "https://a.example/b"}
    )
    assert elsewhere["Location"] == "/sign-in/?next=/"


def test_scripts_of_an_ended_session_are_told_in_a_toast_or_json(world: World) -> None:
    toast = world.client().get("/counters", headers={"HX-Request": "true"})
    assert toast.status_code == 401
    assert toast["HX-Retarget"] == "#toasts"
    assert "Phiên làm việc đã hết" in toast.content.decode()
    assert "/sign-in/" in toast.content.decode()
    told = world.client().get("/counters", headers={"Accept": "application/json"})
    assert told.status_code == 401
    assert told.json()["code"] == "signed_out"


def test_the_frame_costs_three_queries(world: World, django_assert_num_queries) -> None:
    browser = world.client("specialist")
    browser.get("/account/preferences/")
    with django_assert_num_queries(3):  # session, account, counters
        response = browser.get("/account/preferences/")
    assert response["Cache-Control"] == "private, no-cache"
    page = response.content.decode()
    assert "Lê Quang Khải" in page
    assert "VKSND tỉnh Bắc Ninh" in page


def test_the_counts_cost_three_queries_and_nothing_when_unchanged(
    world: World, django_assert_num_queries
) -> None:
    browser = world.client("specialist")
    tag = browser.get("/counters")["ETag"]
    with django_assert_num_queries(3):
        again = browser.get("/counters", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_an_account_without_a_post_is_told_so_and_can_sign_out(world: World) -> None:
    Post.objects.filter(pk=world.post("specialist").pk).update(
        valid_to_on=timezone.localdate() - timedelta(days=1)
    )
    browser = world.client("specialist")
    response = browser.get("/account/")
    assert response.status_code == 403
    assert "chưa được gán chức vụ" in response.content.decode()
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/account/").status_code == 302


def test_a_locked_account_is_out_with_its_next_request(world: World) -> None:
    browser = world.client("specialist")
    assert browser.get("/account/").status_code == 200
    Account.objects.filter(pk=world.account("specialist").pk).update(is_active=False)
    assert browser.get("/account/").status_code == 302


def test_one_works_in_the_office_one_chose(world: World) -> None:
    browser = world.client("two_offices")
    page = browser.get("/account/").content.decode()
    assert "Làm việc với chức vụ khác" in page
    browser.post(reverse("work_in", args=[world.second_region.pk]))
    response = browser.get("/account/preferences/")
    assert response.wsgi_request.actor.office_id == world.second_region.pk
    assert "Văn thư biệt phái" in response.content.decode()
    refused = browser.post(reverse("work_in", args=[world.supreme.pk]))
    assert refused.status_code == 404


def test_the_last_activity_is_noted_now_and_then_not_always(world: World) -> None:
    browser = world.client("specialist")
    browser.get("/account/")
    first = UserSession.objects.get()
    browser.get("/account/")
    assert UserSession.objects.get().last_seen_at == first.last_seen_at
    caches["actors"].clear()
    browser.get("/account/")
    assert UserSession.objects.get().last_seen_at > first.last_seen_at


@pytest.mark.django_db
def test_health_says_whether_the_database_answers() -> None:
    assert Client().get("/health").json() == {"status": "ok"}


def test_a_fresh_form_token(world: World) -> None:
    browser = world.client("specialist", enforce_csrf_checks=True)
    token = browser.get("/csrf").json()["token"]
    assert browser.post("/account/preferences/", headers={"X-CSRFToken": token}).status_code == 302


def test_pages_travel_compressed(world: World) -> None:
    page = world.client("clerk", headers={"accept-encoding": "gzip"}).get("/incoming")
    assert page["Content-Encoding"] == "gzip"
    assert "Văn bản đến" in decompress(page.content).decode()
