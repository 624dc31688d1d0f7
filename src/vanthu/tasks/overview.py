"""Everything open of an office by unit and person, late first, and how often they were chased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, Min, Q
from django.utils import timezone

from vanthu.kernel.calendar import today
from vanthu.organisations import queries as organisations
from vanthu.tasks import lists
from vanthu.tasks.models import Chase
from vanthu.tasks.states import Grade, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor


@dataclass(slots=True)
class Row:
    """A person or a unit: live tasks, late, due within seven days, to be accepted, since when the oldest is late."""

    pk: int
    name: str
    title: str = ""
    open: int = 0
    late: int = 0
    soon: int = 0
    reported: int = 0
    late_since: date | None = None
    people: list[Row] = field(default_factory=list)

    def add(self, counted: Mapping[str, Any], which: str) -> None:
        """Add the figures of this name ("all" or "top") to the row."""
        for name in _COUNTED:
            setattr(self, name, getattr(self, name) + counted[f"{which}_{name}"])
        since: date | None = counted[f"{which}_since"]
        if since is not None:
            self.late_since = min(self.late_since or since, since)

    @property
    def late_days(self) -> int:
        """Days since the oldest late deadline."""
        return (today() - self.late_since).days if self.late_since else 0


_COUNTED = ("open", "late", "soon", "reported")


def overview(by: Actor) -> list[Row]:
    """The units that the actor follows with their people, late first; a unit counts what was given to it or, by name,
    to its people from outside. Three statements however much there is.
    """
    units = {one.pk: Row(one.pk, one.name) for one in organisations.units_of(by.office)}
    posts = {post.person_id: post for post in organisations.valid_posts(office_id=by.office)}
    nobody = Row(0, "Lãnh đạo, người không thuộc đơn vị")
    rows = lists.within(lists.scope(by)).values("unit_id", "person_id")
    for counted in rows.annotate(**_figures("all", Q()), **_figures("top", Q(parent=None))).order_by():
        unit = units.get(counted["unit_id"] or 0, nobody)
        unit.add(counted, "top")
        if (person_id := counted["person_id"]) is None:
            continue
        post = posts.get(person_id)
        name = post.person.full_name if post else "Người đã chuyển đi"
        person = Row(person_id, name, post.title if post else "")
        person.add(counted, "all")
        unit.people.append(person)
    shown = [one for one in (*units.values(), nobody) if one.open or one.people]
    for one in shown:
        one.people.sort(key=_late_first)
    return sorted(shown, key=_late_first)


def _figures(name: str, which: Q) -> dict[str, Aggregate]:
    day = today()
    late = which & Q(state=TaskState.OPEN, due_on__lt=day)
    soon = which & Q(state=TaskState.OPEN, due_on__gte=day, due_on__lte=day + timedelta(days=7))
    return {
        f"{name}_open": Count("pk", filter=which),
        f"{name}_late": Count("pk", filter=late),
        f"{name}_soon": Count("pk", filter=soon),
        f"{name}_reported": Count("pk", filter=which & Q(state=TaskState.REPORTED)),
        f"{name}_since": Min("due_on", filter=late),
    }


def _late_first(row: Row) -> tuple[int, int, int]:
    return -row.late, -row.late_days, -row.open


def chased(by: Actor, start: date, end: date) -> dict[int, dict[int, int]]:
    """{unit id (0: none): {grade: how often}} of the period, as far as the actor follows. One statement."""
    found = lists.scope(by)
    rows = Chase.objects.filter(
        office_id=by.office, chased_at__gte=_midnight(start), chased_at__lt=_midnight(end + timedelta(days=1))
    )
    if found.units is not None:
        rows = rows.filter(unit__in=found.units)
    sums: dict[int, dict[int, int]] = {}
    for unit_id, grade, number in rows.values_list("unit_id", "grade").annotate(Count("pk")).order_by():
        sums.setdefault(unit_id or 0, dict.fromkeys(Grade.values, 0))[grade] = number
    return sums


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
