"""The seal is shown in its real size, which the rules of the office say, wherever it is put."""

import pytest

from tests.cast import World
from tests.web import drafts
from vanthu.issuing import queries, saga
from vanthu.organisations.models import OfficeRules
from vanthu.signing.geometry import POINTS_PER_MM, Rect
from vanthu.signing.places import LEADER, OFFICE, Place


def test_the_seal_is_as_large_as_the_rules_say_also_when_put_by_hand(signing_world: World) -> None:
    world, by = signing_world, signing_world.actor("chief")
    OfficeRules.objects.filter(office=world.province).update(seal_mm=30)
    draft = drafts.checked(world)
    found = saga.places_of(queries.newest(draft.pk)).found
    assert found[OFFICE].rect.width == pytest.approx(30 * POINTS_PER_MM)
    assert found[OFFICE].rect.right - found[LEADER].rect.left == pytest.approx(found[LEADER].rect.width / 3)
    saga.place(draft.pk, OFFICE, Place(0, Rect(100, 100, 300, 150)), by=by)
    put = saga.places_of(queries.newest(draft.pk)).found[OFFICE].rect
    assert put.centre == (200, 125)
    assert put.width == put.height == pytest.approx(30 * POINTS_PER_MM)
    saga.place(draft.pk, LEADER, Place(0, Rect(300, 300, 400, 350)), by=by)
    again = saga.places_of(queries.newest(draft.pk)).found
    assert again[LEADER].rect == Rect(300, 300, 400, 350)
    assert again[OFFICE].rect.centre == (200, 125)
