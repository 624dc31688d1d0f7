"""A line of a schedule as it is shown, printed and kept in published versions; who sees what of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from django.utils import timezone

from vanthu.calendar.models import Appointment
from vanthu.kernel.actor import Actor

type Mark = Literal["", "new", "changed", "gone"]

BUSY = "Bận"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One appointment as plain values. `people` and `units` are (id, name); `mark` is against the published version;
    `tentative` when its week was never published; `hidden` when the reader learns only that people are busy."""

    id: int
    starts_at: datetime
    ends_at: datetime
    subject: str
    place: str = ""
    room: str = ""
    car: str = ""
    chair: tuple[int, str] | None = None
    people: tuple[tuple[int, str], ...] = ()
    units: tuple[tuple[int, str], ...] = ()
    guests: str = ""
    preparation: str = ""
    in_week: bool = True
    restricted: bool = False
    creator_id: int = 0
    source_id: int | None = None
    sequence: int = 0
    mark: Mark = ""
    tentative: bool = False
    hidden: bool = False

    @classmethod
    def of(cls, row: Appointment) -> "Line":
        """The line of a row whose room, car, chair and attendees were read with it."""
        attendees = list(row.attendees.all())
        return cls(
            id=row.pk,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            subject=row.subject,
            place=row.place,
            room=row.room.name if row.room else "",
            car=row.car.name if row.car else "",
            chair=(row.chair.pk, row.chair.full_name) if row.chair else None,
            people=tuple((one.person.pk, one.person.full_name) for one in attendees if one.person),
            units=tuple((one.unit.pk, one.unit.short_name) for one in attendees if one.unit),
            guests=row.guests,
            preparation=row.preparation,
            in_week=row.in_week,
            restricted=row.restricted,
            creator_id=row.creator_id,
            source_id=row.source_id,
            sequence=row.sequence,
        )

    @classmethod
    def kept(cls, values: Mapping[str, Any]) -> "Line":
        """The line of a published version."""
        return cls(
            **{
                **values,
                "starts_at": datetime.fromisoformat(values["starts_at"]),
                "ends_at": datetime.fromisoformat(values["ends_at"]),
                "chair": tuple(values["chair"]) if values["chair"] else None,
                "people": tuple(map(tuple, values["people"])),
                "units": tuple(map(tuple, values["units"])),
            }
        )

    def values(self) -> dict[str, Any]:
        """The line as JSON can hold it; `kept` reads it."""
        moments = {name: getattr(self, name).astimezone(UTC).isoformat() for name in ("starts_at", "ends_at")}
        return {**asdict(self), **moments}

    @property
    def where(self) -> str:
        """Room and place in words."""
        return ", ".join(filter(None, [self.room, self.place]))

    @property
    def who(self) -> str:
        """Who takes part, in words."""
        names = [name for _, name in (*self.people, *self.units)]
        return "; ".join([*names, *filter(None, [self.guests])])

    @property
    def person_ids(self) -> frozenset[int]:
        """Chair and people."""
        return frozenset([number for number, _ in self.people] + ([self.chair[0]] if self.chair else []))

    def touches(self, first: date, last: date) -> bool:
        """Whether some of it lies on these days of the office."""
        return self.first_day <= last and first <= self.last_day

    @property
    def first_day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def last_day(self) -> date:
        """The day of its end; an end at midnight belongs to the evening before."""
        return timezone.localdate(self.ends_at - timedelta(seconds=1))

    def involves(self, by: Actor) -> bool:
        """Whether the actor (or whom they stand in for) made it, chairs it or takes part, alone or with their unit."""
        mine = any(by.acts_for(number) for number in (self.creator_id, *self.person_ids))
        return mine or not {number for number, _ in self.units}.isdisjoint(by.unit_ids)

    def for_reader(self, by: Actor, leader_ids: Collection[int]) -> "Line":
        """What the actor may read of it: of what is restricted, others learn which leaders are busy."""
        if not self.restricted or self.involves(by) or "head" in by.roles:
            return self
        return replace(
            self,
            subject=BUSY,
            place="", room="", car="", guests="", preparation="",
            chair=self.chair if self.chair and self.chair[0] in leader_ids else None,
            people=tuple(one for one in self.people if one[0] in leader_ids),
            units=(),
            source_id=None,
            hidden=True,
        )  # fmt: skip


_COMPARED = ("starts_at", "ends_at", "subject", "place", "room", "car", "chair", "people", "units", "guests",
             "preparation", "restricted")  # fmt: skip


def marked(lines: Iterable[Line], before: Iterable[Line]) -> list[Line]:
    """The lines, each with what it is against the version before; what is gone stands among them, by time."""
    known = {one.id: one for one in before if one.mark != "gone"}
    found = [replace(one, mark=_mark(one, known.pop(one.id, None))) for one in lines]
    gone = [replace(one, mark="gone") for one in known.values()]
    return sorted([*found, *gone], key=lambda one: (one.starts_at, one.id))


def _mark(line: Line, before: Line | None) -> Mark:
    if before is None:
        return "new"
    same = all(getattr(line, name) == getattr(before, name) for name in _COMPARED)
    return "" if same else "changed"


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def span_of(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last, in the office's time."""
    zone = timezone.get_default_timezone()
    begin = datetime.combine(first, time(), zone)
    return begin, datetime.combine(last + timedelta(days=1), time(), zone)


def hours_on(day: date, starts_at: datetime, ends_at: datetime) -> str:
    """The hours of something on one of its days: "08:00–10:30", "từ 14:00", "cả ngày", "đến 11:30"."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    last = (end - timedelta(seconds=1)).date()
    if start.date() == last:
        return f"{start:%H:%M}–{end:%H:%M}"
    if day == start.date():
        return f"từ {start:%H:%M}"
    return f"đến {end:%H:%M}" if day == last else "cả ngày"
