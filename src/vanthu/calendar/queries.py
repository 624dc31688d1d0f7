"""Schedules as far as the actor sees them: lines of days, one appointment, weeks and their versions, rooms and cars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from vanthu.calendar.lines import Line, marked, monday_of, span_of
from vanthu.calendar.models import Appointment, Attendee, Resource, Week, WeekVersion
from vanthu.calendar.states import AppointmentState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Counts
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import queries as organisations

LAST = 6  # days from Monday to Sunday


@dataclass(frozen=True, slots=True)
class Schedule:
    """Lines of some days, by time, and the leaders of the office (ids of people)."""

    lines: list[Line]
    leader_ids: frozenset[int]

    def of_office(self) -> list[Line]:
        """What stands in the weeks of the office."""
        return [one for one in self.lines if one.in_week]

    def of_leaders(self) -> list[Line]:
        """Where the head or a deputy takes part."""
        return [one for one in self.lines if not one.person_ids.isdisjoint(self.leader_ids)]

    def of(self, by: Actor) -> list[Line]:
        """Where the actor takes part, alone or with their unit."""
        return [one for one in self.lines if one.involves(by)]


@dataclass(frozen=True, slots=True)
class Found:
    """An appointment that the actor may open: its row (for verbs) and the line that they may read."""

    row: Appointment
    line: Line


def draws_up(by: Actor) -> bool:
    """Whether the actor sees weeks while they are drawn up: who schedules, and who approves."""
    return by.may("schedule") or by.may("approve_schedule")


def schedule(by: Actor, first: date, last: date) -> Schedule:
    """What the actor sees of their office's days. Four queries, however much stands there."""
    live = [Line.of(row) for row in planned(by.office, first, last)]
    published = _published(by.office, monday_of(first), last)
    own = [one for one in live if not one.in_week and (one.involves(by) or by.may("schedule"))]
    week = _week_lines([one for one in live if one.in_week], published, by)
    leaders = frozenset(post.person_id for post in organisations.leaders(by.office))
    found = {one.id: one for one in own + week if one.touches(first, last)}
    shown = [one.for_reader(by, leaders) for one in found.values()]
    return Schedule(sorted(shown, key=lambda one: (one.starts_at, one.id)), leaders)


def _week_lines(live: Sequence[Line], published: dict[date, list[Line]], by: Actor) -> list[Line]:
    """Lines of weeks: as drawn up, marked against what was published; for others as published.

    Of a week that was never published, who takes part sees their lines as tentative.
    """
    before = [one for lines in published.values() for one in lines]
    fresh = [replace(one, tentative=True) for one in live if monday_of(one.first_day) not in published]
    if draws_up(by):
        known = [one for one in live if monday_of(one.first_day) in published]
        marks = {one.id: one.mark for one in before}
        drawn = marked(known, before)
        return [*(one if one.mark else replace(one, mark=marks[one.id]) for one in drawn), *fresh]
    return [*before, *(one for one in fresh if one.involves(by))]


def planned(office_id: int, first: date, last: date) -> QuerySet[Appointment]:
    """The planned appointments of an office that touch these days, whoever may see them. Two queries."""
    begin, end = span_of(first, last)
    rows = Appointment.objects.filter(
        office=office_id, state=AppointmentState.PLANNED, starts_at__lt=end, ends_at__gt=begin
    )
    return with_people(rows).order_by("starts_at", "id")


def with_people(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """The rows with all that a line says."""
    people = Prefetch("attendees", Attendee.objects.select_related("person", "unit").order_by("id"))
    return rows.select_related("room", "car", "chair").prefetch_related(people)


def my_day(by: Actor, day: date) -> list[Appointment]:
    """Where the actor (or whom they stand in for) is expected on a day, alone or with their unit. One query."""
    begin, end = span_of(day, day)
    people = [by.person, *by.delegator_ids]
    mine = Q(chair__in=people) | Q(attendees__person__in=people) | Q(attendees__unit__in=by.unit_ids)
    rows = Appointment.objects.filter(
        mine, office=by.office, state=AppointmentState.PLANNED, starts_at__lt=end, ends_at__gt=begin
    )
    return list(rows.select_related("room").distinct().order_by("starts_at", "id"))


def _published(office_id: int, first: date, last: date) -> dict[date, list[Line]]:
    """{Monday: lines of the newest published version} of the weeks between two days. One query."""
    newest = WeekVersion.objects.filter(week=OuterRef("week")).order_by("-ordinal").values("ordinal")[:1]
    rows = WeekVersion.objects.filter(
        week__office=office_id, week__monday_on__range=(first, last), ordinal=Subquery(newest)
    )
    found = rows.values_list("week__monday_on", "lines")
    return {monday: [Line.kept(values) for values in lines] for monday, lines in found}


def appointment(pk: int, by: Actor) -> Found:
    """One appointment of the actor's office; raises `NotFound` for whoever does not find it in a schedule."""
    row = with_people(Appointment.objects.filter(pk=pk, office=by.office)).select_related("source").first()
    if row is None:
        raise NotFound
    line = Line.of(row)
    if not line.involves(by):
        line = _line_for_others(row, line, by)
    leaders = frozenset(post.person_id for post in organisations.leaders(by.office))
    return Found(row, line.for_reader(by, leaders))


def _line_for_others(row: Appointment, line: Line, by: Actor) -> Line:
    if by.may("schedule") or (row.in_week and draws_up(by)):
        return line
    monday = monday_of(line.first_day)
    lines = _published(by.office, monday, monday + timedelta(days=LAST)).get(monday, [])
    found = next((one for one in lines if one.id == row.pk), None)
    if found is None:
        raise NotFound
    return found


def may_change(found: Found, by: Actor) -> bool:
    """Whether the actor may change or cancel it: who made it, and whoever draws up the schedule of the office."""
    ours = by.acts_for(found.row.creator_id) or by.may("schedule")
    return found.row.state == AppointmentState.PLANNED and ours and not found.line.hidden


def from_entry(entry_id: int, by: Actor) -> Found | None:
    """The appointment that was made from an incoming entry, if there is one that the actor may open."""
    rows = Appointment.objects.filter(source=entry_id, office=by.office, state=AppointmentState.PLANNED)
    for pk in rows.order_by("-in_week", "id").values_list("pk", flat=True):
        try:
            return appointment(pk, by)
        except NotFound:
            continue
    return None


def week(monday: date, by: Actor) -> Week:
    """The week of the actor's office that begins on this day; one not saved yet where nothing was done to it."""
    found = Week.objects.select_related("approved_by").filter(office=by.office, monday_on=monday).first()
    return found or Week(office_id=by.office, monday_on=monday)


def versions(monday: date, by: Actor) -> list[WeekVersion]:
    """The published versions of a week, newest first."""
    rows = WeekVersion.objects.filter(week__office=by.office, week__monday_on=monday)
    return list(rows.select_related("week").order_by("-ordinal"))


def lines_of(version: WeekVersion, by: Actor) -> Schedule:
    """The lines of a published version as the actor may read them."""
    leaders = frozenset(post.person_id for post in organisations.leaders(by.office))
    lines = [Line.kept(values).for_reader(by, leaders) for values in version.lines]
    return Schedule(lines, leaders)


def resources(by: Actor, *, in_use: bool = True) -> list[Resource]:
    """Rooms and cars of the office by name; with `in_use=False` also those that are not lent any more."""
    rows = Resource.objects.filter(office=by.office).order_by("-in_use", "-kind", "name")
    return list(rows.filter(in_use=True) if in_use else rows)


def resource(pk: int, by: Actor) -> Resource:
    """One room or car of the office; raises `NotFound`."""
    found = Resource.objects.filter(pk=pk, office=by.office).first()
    if found is None:
        raise NotFound("Không tìm thấy phòng họp hoặc xe này. Mở lại danh sách.")
    return found


def told(by: Actor) -> list[Week]:
    """Weeks whose newest version the actor was told of and has not said to have seen, oldest first."""
    return _weeks(by, "told")


def told_appointments(by: Actor) -> list[Appointment]:
    """Appointments outside of weeks that somebody made, changed or cancelled for the actor and they have not seen."""
    rows = participants.window(by, "appt", states=("told",), owner_kinds=("p",), limit=10)
    found = Appointment.objects.filter(pk__in=[row.item_id for row in rows], office=by.office)
    return list(found.order_by("starts_at", "id"))


def to_approve(by: Actor) -> list[Week]:
    """Weeks that wait for the actor's approval, oldest first."""
    return _weeks(by, "to_approve")


def _weeks(by: Actor, state: str) -> list[Week]:
    rows = participants.window(by, "week", states=(state,), owner_kinds=("p",), limit=10)
    found = Week.objects.filter(pk__in=[row.item_id for row in rows], office=by.office)
    return list(found.order_by("monday_on"))


def waiting(counts: Counts) -> int:
    """How many weeks wait for the actor's approval, from counters that were read already."""
    return counts.get(("p", "week", "to_approve"), 0)


def people_of(lines: Iterable[Line]) -> frozenset[int]:
    """Everybody who takes part in these lines by name."""
    return frozenset().union(*(one.person_ids for one in lines))
