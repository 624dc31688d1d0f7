"""Work that comes again each month, quarter or year, and the days on which it is given and due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import is_working_day, now, today, working_day_from
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations
from vanthu.tasks import matters
from vanthu.tasks.models import Matter, Rhythm, Task
from vanthu.tasks.states import Every, Origin, Shift, TaskRole

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """Periodic work as a leader sets it. `month` is the month of the quarter or year, `ahead` is in working days."""

    title: str
    text: str = ""
    every: Every
    day: int
    month: int = 1
    shift: Shift = Shift.BEFORE
    ahead: int = 7
    lead: Owner


@transaction.atomic
def start(beat: Beat, *, by: Actor) -> Rhythm:
    """Set work that comes again; leaders for anybody of the office, heads of units for their own people."""
    matters.check_reach([beat.lead], by)
    _check(beat)
    made = Rhythm(
        office_id=by.office,
        title=beat.title.strip(),
        text=beat.text.strip(),
        every=beat.every,
        month=beat.month,
        day=beat.day,
        shift=beat.shift,
        ahead=beat.ahead,
        given_by_id=by.person,
        given_title=by.title,
        from_on=today(),
    )
    if beat.lead.kind == "u":
        made.unit = organisations.unit(beat.lead.id, office_id=by.office)
    else:
        made.person = organisations.post_of_person(beat.lead.id, office_id=by.office).person
    made.save()
    note = f"đặt việc định kỳ {made.get_every_display().lower()}: “{made.title}”"
    ledger.record("tasks.rhythm_started", made, by=by, note=note, power="direct")
    return made


def _check(beat: Beat) -> None:
    if len(beat.title.strip()) < 5:
        raise Invalid(fields={"title": "Ghi rõ việc định kỳ, ví dụ “Báo cáo công tác tháng”."})
    if not 1 <= beat.day <= 31:
        raise Invalid(fields={"day": "Chọn ngày từ 1 đến 31; tháng thiếu ngày thì lấy ngày cuối tháng."})
    if not 1 <= beat.month <= _MONTHS[beat.every]:
        raise Invalid(fields={"month": f"Chọn tháng từ 1 đến {_MONTHS[beat.every]} của kỳ."})
    if not 0 <= beat.ahead <= 60:
        raise Invalid(fields={"ahead": "Giao trước nhiều nhất 60 ngày làm việc."})


def rhythms_of(by: Actor) -> list[Rhythm]:
    """The periodic work of the office that goes on; for whoever gives work. One query."""
    if not (by.may("direct") or by.may("distribute") or by.may("assign") or by.may("chase")):
        raise NotAllowed("Chỉ người giao việc xem danh sách việc định kỳ.")
    rows = Rhythm.objects.filter(office_id=by.office, stopped_on=None)
    return list(rows.select_related("unit", "person", "given_by").order_by("title", "id"))


@transaction.atomic
def stop(pk: int, *, by: Actor) -> Rhythm:
    """End periodic work; what was given already goes on. Its setter and the leaders."""
    found = Rhythm.objects.filter(pk=pk, office_id=by.office, stopped_on=None).first()
    if found is None:
        raise NotFound("Việc định kỳ này đã dừng hoặc không có.")
    if not (by.acts_for(found.given_by_id) or by.may("direct")):
        raise NotAllowed("Chỉ người đặt việc định kỳ hoặc lãnh đạo Viện dừng việc đó.")
    Rhythm.objects.filter(pk=pk).update(stopped_on=today())
    ledger.record("tasks.rhythm_stopped", found, by=by, note=f"dừng việc định kỳ “{found.title}”")
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that periodic work comes: its period, the day it is given and the day it is due."""

    period: str
    given_on: date
    due_on: date


def turns(rhythm: Rhythm, day: date, *, count: int = 3) -> Iterator[Turn]:
    """The next turns whose deadline has not passed on `day`; periods that are skipped are absent."""
    year, month = day.year, day.month
    found = 0
    for step in range(-1, 12 * (count + 2)):
        at = month - 1 + step
        place = date(year + at // 12, at % 12 + 1, 1)
        if not _falls_in(rhythm, place.month):
            continue
        turn = _turn(rhythm, place)
        if turn is None or turn.due_on < day:
            continue
        yield turn
        found += 1
        if found == count:
            return


def _falls_in(rhythm: Rhythm, month: int) -> bool:
    length = _MONTHS[Every(rhythm.every)]
    return (month - 1) % length == (rhythm.month - 1) % length


def _turn(rhythm: Rhythm, place: date) -> Turn | None:
    due_on = place.replace(day=min(rhythm.day, monthrange(place.year, place.month)[1]))
    if not is_working_day(due_on):
        if rhythm.shift == Shift.SKIP:
            return None
        due_on = working_day_from(due_on) if rhythm.shift == Shift.AFTER else _working_day_until(due_on)
    return Turn(_period(rhythm, place), _before(due_on, rhythm.ahead), due_on)


def _period(rhythm: Rhythm, place: date) -> str:
    if rhythm.every == Every.MONTH:
        return f"{place:%Y-%m}"
    if rhythm.every == Every.QUARTER:
        return f"{place.year}-Q{(place.month - 1) // 3 + 1}"
    return str(place.year)


def _working_day_until(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _before(day: date, count: int) -> date:
    """The working day that lies `count` working days before `day`."""
    while count > 0:
        day = _working_day_until(day - timedelta(days=1))
        count -= 1
    return day


def due_now(day: date) -> list[int]:
    """Ids of the periodic work of which a turn is to be given on this day or was missed before it; none of practice."""
    rows = Rhythm.objects.filter(stopped_on=None, from_on__lte=day, office__room=None)
    return [row.pk for row in rows if any(turn.given_on <= day for turn in turns(row, day, count=1))]


@transaction.atomic
def give_turn(pk: int, day: date) -> Matter | None:
    """Give the turn of periodic work whose day has come; None when it was given before or the work stopped."""
    rhythm = Rhythm.objects.select_for_update().filter(pk=pk, stopped_on=None).first()
    turn = next(turns(rhythm, day, count=1), None) if rhythm else None
    if rhythm is None or turn is None or turn.given_on > day:
        return None
    if Matter.objects.filter(rhythm=rhythm, period=turn.period).exists():
        return None
    by = Actor.for_system(rhythm.office_id)
    matter = Matter.objects.create(
        office_id=rhythm.office_id,
        title=f"{rhythm.title} ({turn.period})",
        origin=Origin.RHYTHM,
        rhythm=rhythm,
        period=turn.period,
        given_by_id=rhythm.given_by_id,
        due_on=turn.due_on,
        given_at=now(),
    )
    owner = _owner(rhythm)
    matters.show(matter, [(owner, TaskRole.LEAD)])
    task = Task(given_by_id=rhythm.given_by_id, text=rhythm.text, due_on=turn.due_on, to_accept=True)
    matters.make_task(matter, owner, TaskRole.LEAD, task)
    note = f"giao việc định kỳ kỳ {turn.period}, hạn {turn.due_on:%d/%m/%Y}"
    ledger.record("tasks.matter_given", matter, by=by, note=note)
    return matter


def _owner(rhythm: Rhythm) -> Owner:
    """The unit or the person; for who left the office whoever set the work."""
    if rhythm.person_id is None:
        return Owner("u", rhythm.unit_id or 0)
    there = organisations.valid_posts(person_id=rhythm.person_id, office_id=rhythm.office_id)
    return Owner("p", rhythm.person_id if there else rhythm.given_by_id)
