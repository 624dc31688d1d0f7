"""Half-filled forms on the server: kept per account and form, replaced, forgotten, gone after two weeks."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import World
from vanthu.kernel import kept
from vanthu.kernel.calendar import now
from vanthu.kernel.models import KeptForm

NAME = "/incoming/7 /incoming/7/return"

pytestmark = pytest.mark.django_db


def keep(browser: Client, values: object, name: str = NAME) -> int:
    return browser.post(reverse("kept_form"), {"name": name, "values": json.dumps(values)}).status_code


def found(browser: Client) -> object:
    return browser.get(reverse("kept_form"), {"name": NAME}).json()["values"]


def test_words_are_kept_for_their_author_alone(world: World) -> None:
    browser = world.client("clerk")
    assert found(browser) is None
    for words in ("Gửi nhầm", "Gửi nhầm nơi nhận"):
        assert keep(browser, [["reason", words]]) == 200
    assert found(browser) == [["reason", "Gửi nhầm nơi nhận"]]
    assert found(world.client("head")) is None
    assert keep(browser, []) == 200
    assert found(browser) is None


def test_nonsense_and_novels_are_refused(world: World) -> None:
    browser = world.client("clerk")
    assert keep(browser, "words") == 422
    assert keep(browser, [["reason", "x" * 60_001]]) == 422
    assert keep(browser, [["reason", "x"]], name="n" * 201) == 422
    assert not KeptForm.objects.exists()


def test_what_nobody_came_back_to_is_gone(world: World) -> None:
    keep(world.client("clerk"), [["reason", "Gửi nhầm"]])
    keep(world.client("head"), [["reason", "Gửi nhầm"]])
    KeptForm.objects.filter(account_id=world.account("head").pk).update(kept_at=now() - timedelta(days=15))
    kept.forget_old()
    assert KeptForm.objects.get().account_id == world.account("clerk").pk
