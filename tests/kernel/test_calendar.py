"""Working days: the law's holidays, swapped days, and what an administrator of the highest office changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from vanthu.kernel import holidays, ledger
from vanthu.kernel.calendar import is_working_day, working_day_from, working_days_after, working_days_between
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.organisations import working_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_anew() -> None:
    holidays.forget()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 17), False),  # Tết
        (date(2026, 1, 2), False),  # swapped
        (date(2026, 1, 10), True),  # a Saturday worked for it
        (date(2026, 1, 17), False),  # another Saturday
        (date(2026, 4, 27), False),  # Hùng Kings' day fell on a Sunday
        (date(2026, 4, 28), True),
        (date(2041, 9, 2), False),  # the table knows nothing of that year, the law does
        (date(2041, 9, 3), True),
    ],
)
def test_days_of_the_law_and_of_the_government(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_deadlines_jump_over_tet() -> None:
    assert working_days_after(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert working_days_between(date(2026, 2, 13), date(2026, 2, 24)) == 2
    assert working_day_from(date(2026, 2, 14)) == date(2026, 2, 23)


def test_a_page_pays_no_statement_for_the_calendar() -> None:
    is_working_day(date(2026, 2, 17))
    with CaptureQueriesContext(connection) as read:
        working_days_after(date(2026, 1, 1), 200)
    assert len(read) == 0


def test_the_administrator_of_the_highest_office_changes_it(world: World) -> None:
    administrator = world.actor("administrator")
    day = date(2028, 11, 24)
    with pytest.raises(NotAllowed, match="cấp trên cùng"):
        working_days.set_day(day, works=False, name="Ngày Văn hóa Việt Nam", by=administrator)
    world.province.parent = None
    world.province.save(update_fields=["parent"])
    made = working_days.set_day(day, works=False, name="Ngày Văn hóa Việt Nam", by=administrator)
    holidays.forget()  # the test's transaction never commits
    assert not is_working_day(day)
    act = ledger.last_act(made)
    assert act is not None
    assert act.note == "đặt ngày nghỉ 24/11/2028: Ngày Văn hóa Việt Nam"
    working_days.drop_day(made.pk, by=administrator)
    holidays.forget()
    assert is_working_day(day)


def test_only_weekends_are_worked_and_only_weekdays_free(world: World) -> None:
    world.province.parent = None
    world.province.save(update_fields=["parent"])
    by = world.actor("administrator")
    with pytest.raises(Invalid):
        working_days.set_day(date(2028, 11, 24), works=True, name="Làm bù", by=by)
    with pytest.raises(Invalid):
        working_days.set_day(date(2028, 11, 25), works=False, name="Nghỉ bù", by=by)
