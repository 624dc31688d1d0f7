"""Who looked at an item, for those who follow it up; counts of accesses for administrator and inspector."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import PASSWORD, World
from tests.entries import SUBJECT, make_assigned, make_presented
from vanthu.kernel import access
from vanthu.kernel.calendar import today


def text_of(response) -> str:
    return response.content.decode()


def test_who_opened_it_stands_beside_the_item(world: World, django_assert_max_num_queries) -> None:
    entry = make_assigned(world)
    for persona in ("specialist", "specialist", "head_of_unit"):
        world.client(persona).get(f"/incoming/{entry.pk}")
    access.note("download", by=world.actor("specialist"), item_kind="document", item_id=entry.document_id)
    access.note("view", by=world.actor("region_clerk"), item_kind="document", item_id=entry.document_id)
    browser = world.client("clerk")
    browser.get("/")
    with django_assert_max_num_queries(8):
        page = text_of(browser.get(f"/looks/in/{entry.pk}"))
    assert "3 lượt xem, 1 lượt tải" in page
    assert "Lê Quang Khải" in page
    assert "Chu Ngọc Mai" not in page, "people of another office are that office's"
    assert f"/looks/in/{entry.pk}" in text_of(browser.get(f"/incoming/{entry.pk}"))


@pytest.mark.parametrize(
    ("persona", "status"), [("specialist", 403), ("neighbour", 404), ("administrator", 404)]
)
def test_others_do_not_learn_who_looked(world: World, persona: str, status: int) -> None:
    entry = make_assigned(world)
    assert world.client(persona).get(f"/looks/in/{entry.pk}").status_code == status


def test_of_what_is_masked_nothing_is_told(world: World) -> None:
    entry = make_presented(world, restricted=True)
    clerk = world.client("clerk")
    assert clerk.get(f"/incoming/{entry.pk}").status_code == 200
    assert clerk.get(f"/looks/in/{entry.pk}").status_code == 404
    assert world.client("head").get(f"/looks/in/{entry.pk}").status_code == 200
    assert world.client("head").get(f"/looks/card/{entry.pk}").status_code == 404


def test_accesses_are_counted_by_day_and_listed_for_the_inspector(world: World) -> None:
    browser = world.client()
    browser.post("/sign-in/", {"login": "specialist", "password": PASSWORD})
    entry = make_assigned(world)
    browser.get(f"/incoming/{entry.pk}")
    found = access.days(world.province.pk, since=timezone.now() - timedelta(days=1))
    assert [(one.on, one.people, one.sign_ins, one.views) for one in found] == [(today(), 1, 1, 1)]
    counted = text_of(world.client("administrator").get("/people/accesses/"))
    assert "Từng lượt" not in counted
    listed = text_of(world.client("inspector").get("/people/accesses/"))
    assert f"Văn bản đến #{entry.pk}" in listed
    assert "đăng nhập" in listed
    assert SUBJECT not in listed
