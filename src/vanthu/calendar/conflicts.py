"""Who and what is taken at a time: shown while typing, and looked at again before saving."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q
from django.utils import timezone

from vanthu.calendar.lines import BUSY, Line
from vanthu.calendar.models import Appointment
from vanthu.calendar.queries import with_people
from vanthu.calendar.states import AppointmentState
from vanthu.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants for a time; `but` is the appointment that is being changed."""

    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    car_id: int | None = None
    people: Collection[int] = ()
    but: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that is taken: a room or car (never given twice) or a person (a warning).

    `line` is the other appointment as the actor may read it.
    """

    kind: Literal["room", "car", "person"]
    name: str
    line: Line

    @property
    def sentence(self) -> str:
        start, end = timezone.localtime(self.line.starts_at), timezone.localtime(self.line.ends_at)
        until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%H:%M %d/%m}"
        what = "" if self.line.subject == BUSY else f": {self.line.subject}"
        return f"{self.name} đã có lịch {start:%H:%M}–{until} ngày {start:%d/%m}{what}"


def clashes(asked: Asked, by: Actor) -> list[Clash]:
    """What of it is taken in the actor's office at that time; rooms and cars first. Two queries."""
    if asked.ends_at <= asked.starts_at:
        return []
    people = list(asked.people)
    taken = Q(chair__in=people) | Q(attendees__person__in=people)
    taken |= Q(room__isnull=False, room=asked.room_id) | Q(car__isnull=False, car=asked.car_id)
    rows = with_people(
        Appointment.objects.filter(
            taken,
            office=by.office,
            state=AppointmentState.PLANNED,
            starts_at__lt=asked.ends_at,
            ends_at__gt=asked.starts_at,
        )
    )
    found = [
        clash
        for row in rows.exclude(pk=asked.but or 0).distinct().order_by("starts_at")
        for clash in _of(row, asked, by)
    ]
    return sorted(found, key=lambda one: one.kind == "person")


def _of(row: Appointment, asked: Asked, by: Actor) -> list[Clash]:
    line = Line.of(row)
    shown = line if line.involves(by) or (row.in_week and not row.restricted) else _busy(line)
    found = []
    if row.room and row.room_id == asked.room_id:
        found.append(Clash("room", row.room.name, shown))
    if row.car and row.car_id == asked.car_id:
        found.append(Clash("car", row.car.name, shown))
    names = dict([*line.people, *([line.chair] if line.chair else [])])
    found += [Clash("person", name, shown) for number, name in names.items() if number in asked.people]
    return found


def _busy(line: Line) -> Line:
    return Line(id=line.id, starts_at=line.starts_at, ends_at=line.ends_at, subject=BUSY, hidden=True)
