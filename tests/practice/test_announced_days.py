"""An office says how many of its people practise on a day; as many rooms are made ahead."""

from datetime import timedelta

import pytest

from tests.cast import World
from vanthu.kernel.calendar import today
from vanthu.kernel.models import LedgerValues
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import practice_days
from vanthu.practice import actions, jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many spare rooms the jobs were told to make."""
    found: list[int] = []
    monkeypatch.setattr(jobs, "_begin", found.append)
    return found


def test_the_night_makes_as_many_rooms_as_all_offices_announced(world: World, wanted: list[int]) -> None:
    practice_days.announce(today(), 180, by=world.actor("administrator"))
    assert wanted == [180]  # for today they are made at once
    jobs.make_tonight()
    assert wanted == [180, 180]
    actions.enter(None, by=world.actor("clerk"))
    practice_days.announce(today() + timedelta(days=1), 50, by=world.actor("administrator"))
    assert wanted[-1] == 179  # nothing more for tomorrow


def test_another_number_replaces_the_first_and_none_takes_it_back(world: World) -> None:
    by, day = world.actor("administrator"), today() + timedelta(days=3)
    for people in (20, 35, 35):
        practice_days.announce(day, people, by=by)
    assert [(one.on, one.people) for one in practice_days.coming(by)] == [(day, 35)]
    practice_days.announce(day, 0, by=by)
    assert practice_days.coming(by) == []
    written = LedgerValues.objects.filter(entry__verb="organisations.practice_announced").order_by("pk")
    assert [one.values["note"].rpartition(": ")[2] for one in written] == ["20 người", "35 người", "hủy"]


def test_only_the_administrator_announces_a_day_that_comes(world: World) -> None:
    with pytest.raises(NotAllowed):
        practice_days.announce(today(), 5, by=world.actor("clerk"))
    by = world.actor("administrator")
    for day, people, field in ((today() - timedelta(days=1), 5, "on"), (today(), 401, "people")):
        with pytest.raises(Invalid) as refused:
            practice_days.announce(day, people, by=by)
        assert field in refused.value.fields


def test_the_page_announces(world: World) -> None:
    browser = world.client("administrator")
    assert "Buổi tập huấn" not in world.client("clerk").get("/practice/").content.decode()
    refused = browser.post("/practice/announce", {"on": "hôm qua", "people": "5"})
    assert refused.status_code == 422
    assert "Nhập ngày theo dạng" in refused.content.decode()
    page = browser.post("/practice/announce", {"on": f"{today():%d/%m/%Y}", "people": "30"}, follow=True)
    assert "30 người" in page.content.decode()
