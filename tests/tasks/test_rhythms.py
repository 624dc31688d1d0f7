"""Periodic work and reminders: in the office's calendar, once each."""

from datetime import date, timedelta

import pytest

from tests.cast import World
from tests.entries import make_assigned, person, unit
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.tasks import jobs, notices, reminders, rhythms
from vanthu.tasks.models import Matter, Notice, Rhythm, Task
from vanthu.tasks.rhythms import Beat
from vanthu.tasks.states import Every, Shift

pytestmark = pytest.mark.django_db


def beat(world: World, **fields: object) -> Beat:
    values = {"title": "Báo cáo công tác", "every": Every.MONTH, "day": 25, "lead": unit(world, "P1")}
    return Beat(**{**values, **fields})  # type: ignore[arg-type]


def dues(rhythm: Rhythm, day: date, count: int = 3) -> list[tuple[str, date]]:
    return [(turn.period, turn.due_on) for turn in rhythms.turns(rhythm, day, count=count)]


def test_a_deadline_on_a_day_off_moves_or_is_left_out(world: World) -> None:
    head = world.actor("head")
    before = rhythms.start(beat(world), by=head)
    after = rhythms.start(beat(world, shift=Shift.AFTER), by=head)
    skip = rhythms.start(beat(world, shift=Shift.SKIP), by=head)
    day = date(2026, 7, 1)  # 25/07/2026 is a Saturday
    assert dues(before, day, 1) == [("2026-07", date(2026, 7, 24))]
    assert dues(after, day, 1) == [("2026-07", date(2026, 7, 27))]
    assert dues(skip, day, 1) == [("2026-08", date(2026, 8, 25))]


def test_quarters_and_years_fall_in_their_month(world: World) -> None:
    head = world.actor("head")
    quarter = rhythms.start(beat(world, every=Every.QUARTER, month=3, day=31), by=head)
    assert dues(quarter, date(2026, 4, 1), 2) == [
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-Q3", date(2026, 9, 30)),
    ]
    year = rhythms.start(beat(world, every=Every.YEAR, month=12, day=1), by=head)
    assert dues(year, date(2026, 12, 2), 1) == [("2027", date(2027, 12, 1))]
    with pytest.raises(Invalid):
        rhythms.start(beat(world, every=Every.QUARTER, month=4), by=head)
    with pytest.raises(NotAllowed):
        rhythms.start(beat(world), by=world.actor("specialist"))


def test_the_night_gives_each_turn_once(world: World) -> None:
    made = rhythms.start(beat(world, day=today().day, ahead=0, shift=Shift.AFTER), by=world.actor("head"))
    turn = next(rhythms.turns(made, today(), count=1))
    assert rhythms.give_turn(made.pk, turn.given_on - timedelta(days=1)) is None
    for _ in range(2):
        rhythms.give_turn(made.pk, turn.given_on)
    matter = Matter.objects.get(rhythm=made)
    assert matter.title == f"Báo cáo công tác ({turn.period})"
    task = Task.objects.get(source_kind="matter", source_id=matter.pk)
    assert (task.unit, task.due_on, task.given_by) == (world.unit("P1"), turn.due_on, world.person("head"))
    rhythms.stop(made.pk, by=world.actor("head"))
    assert rhythms.due_now(turn.given_on) == []


def test_the_job_finds_what_is_due(world: World) -> None:
    rhythms.start(beat(world, day=today().day, ahead=5, shift=Shift.AFTER), by=world.actor("head"))
    jobs.give_periodic()
    run_jobs()
    assert Matter.objects.filter(rhythm__isnull=False).count() == 1


def test_work_of_who_left_comes_back_to_who_set_it(world: World) -> None:
    made = rhythms.start(
        beat(world, lead=person(world, "specialist"), day=today().day, shift=Shift.AFTER, ahead=0),
        by=world.actor("head_of_unit"),
    )
    post = world.post("specialist")
    post.valid_to_on = today() - timedelta(days=1)
    post.save(update_fields=["valid_to_on"])
    rhythms.give_turn(made.pk, next(rhythms.turns(made, today(), count=1)).given_on)
    assert Task.objects.get(source_kind="matter").person == world.person("head_of_unit")


def test_reminders_go_by_working_days() -> None:
    monday = date(2026, 3, 9)
    told = reminders.days_to_remind(monday)
    assert {day for day, kind in told.items() if kind == "soon"} == {
        monday, date(2026, 3, 10), date(2026, 3, 12),
    }  # fmt: skip
    assert told[date(2026, 3, 6)] == "late"  # Friday: this is the first working day after it
    assert told[date(2026, 3, 8)] == "late"  # Sunday
    assert date(2026, 3, 5) not in told
    assert told[date(2026, 2, 27)] == "late"  # six working days ago
    assert reminders.days_to_remind(date(2026, 3, 8)) == {}  # nobody is told on a Sunday
    friday = reminders.days_to_remind(date(2026, 3, 13))
    assert friday[date(2026, 3, 14)] == "soon"  # a deadline on a Saturday is told before it


def test_each_is_told_once_a_day_and_only_while_it_is_open(world: World) -> None:
    entry = make_assigned(world)
    day = working_days_after(today(), 1)
    Task.objects.filter(source_id=entry.pk).update(due_on=day)
    assert reminders.remind(day) == 2  # the unit's task and the specialist's
    kinds = [one.kind for one in notices.unseen(world.actor("specialist"))]
    assert "soon" in kinds
    text = Notice.objects.filter(kind="soon", person=world.person("specialist")).get().text
    assert text.startswith(f"Hạn hôm nay: văn bản đến số {entry.arrival_number}")
    Task.objects.filter(source_id=entry.pk).update(state="done")
    assert reminders.remind(day) == 0
    assert notices.unseen(world.actor("specialist")) == []
