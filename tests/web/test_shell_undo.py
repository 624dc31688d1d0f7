"""Undo: one's own act, for some seconds, by the verb that the room offers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import World
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.web.shell import undo

taken: list[tuple[int, str]] = []


def take(item_id: int, *, by: Actor) -> None:
    taken.append((item_id, by.name))


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "_offered", {})
    undo.offer("test.assigned", take)
    taken.clear()


def act(world: World, verb: str = "test.assigned", **fields: Any) -> int:
    return ledger.record(verb, world.unit("P1"), by=world.actor("head_of_unit"), **fields).pk


def test_the_act_is_taken_back_and_the_page_says_so(world: World) -> None:
    browser = world.client("head_of_unit")
    response = browser.post(f"/undo/{act(world)}", headers={"Referer": "http://testserver/account/"})
    assert response["Location"] == "http://testserver/account/"
    assert taken == [(world.unit("P1").pk, "Đặng Quang Huy")]
    assert "Đã hoàn tác." in browser.get("/account/").content.decode()


def test_never_to_a_foreign_site(world: World) -> None:
    response = world.client("head_of_unit").post(
        f"/undo/{act(world)}", headers={"Referer": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"


def test_htmx_reloads_the_page(world: World) -> None:
    response = world.client("head_of_unit").post(f"/undo/{act(world)}", headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response["HX-Refresh"] == "true"


def test_acts_of_others_do_not_exist(world: World) -> None:
    assert world.client("specialist").post(f"/undo/{act(world)}").status_code == 404
    assert taken == []


def test_too_late_or_not_offered(world: World) -> None:
    browser = world.client("head_of_unit")
    late = browser.post(f"/undo/{act(world, at=timezone.now() - timedelta(seconds=20))}")
    assert late.status_code == 409
    assert "quá thời gian hoàn tác" in late.content.decode()
    assert browser.post(f"/undo/{act(world, 'test.signed')}").status_code == 409
    assert browser.get(f"/undo/{act(world)}").status_code == 405
    assert taken == []
