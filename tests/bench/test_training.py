"""Who trains with whom when the benchmark lets many practise at once."""

from collections import Counter

import pytest

from tests.cast import World
from vanthu.kernel.calendar import today
from vanthu.organisations import practice
from vanthu_tools.bench.measure import training
from vanthu_tools.bench.measure.driving import Sample
from vanthu_tools.bench.measure.figures import Load

pytestmark = pytest.mark.django_db


def test_colleagues_share_rooms_and_as_many_are_made_ahead(world: World) -> None:
    trainees = training.people(7, 3)
    of_office = Counter(one.office_id for one in trainees)
    assert sum(of_office.values()) == 7
    for office_id, here in of_office.items():
        numbers = [one.number for one in trainees if one.office_id == office_id]
        assert numbers == [1 + place // 3 for place in range(here)]
    training.make_rooms(trainees[:1], print)
    assert practice.spares(today()) == 1
    assert [one.number for one in training.people(2, 1)] == [None, None]


def test_who_could_not_enter_is_told() -> None:
    failed = Sample("Enter", 2.0, 500, "/practice/enter answered 500", 0, None, None, None, None)
    found = training.Training([1.0, failed.seconds], [failed.trouble], Load(2, 1.0, 1.0, 0, 0.0, [], {}, {}))
    first, second = training.lines(found)
    assert "2 people entered" in first
    assert "1 failed" in first
    assert second == failed.trouble
