"""Tasks, matters and periodic work when organisations change: they follow the document, or go to the successor."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, of_units, transfer
from vanthu.organisations.moving import Count, Extent, Room
from vanthu.tasks.models import Matter, Notice, Rhythm, Task
from vanthu.tasks.states import LIVE, TASKS, MatterState, TaskRole

_MOVED = ("office", "unit", "person", "state", "result", "done_at")


def counts(extent: Extent) -> Sequence[Count]:
    """Live tasks, and work that comes again."""
    mine = Q(unit__in=extent.units) if extent.units else Q(office__in=extent.offices)
    return (
        ("Việc chưa xong", Task.objects.filter(mine, state__in=LIVE).count()),
        ("Việc định kỳ", Rhythm.objects.filter(mine, stopped_on=None).count()),
    )


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Periodic work is few: it goes at once, to the unit or person who has it."""
    mine = Q(office=route.office) if route.whole else Q(unit__in=list(route.units))
    for rhythm in Rhythm.objects.filter(mine, stopped_on=None).order_by("pk"):
        rhythm.office_id, rhythm.unit_id = route.place(rhythm.unit_id)
        if rhythm.unit_id is None and rhythm.person_id is None:
            rhythm.person_id = rhythm.given_by_id
        rhythm.save(update_fields=["office", "unit", "person"])


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring open matters over; who leads one decides where it goes. Then what nobody has seen yet."""
    mine = Q(office=route.office)
    if not route.whole:
        mine &= of_units("matter", route) | Q(pk__in=_live(route).values("source_id"))
    rows = list(
        Matter.objects.select_for_update().filter(mine, state=MatterState.OPEN).order_by("pk")[:limit]
    )
    led = _led([row.pk for row in rows])
    for row in rows:
        row.office_id = route.place(led.get(row.pk))[0]
    Matter.objects.bulk_update(rows, ["office"])
    taken = {Item("matter", row.pk): row.office_id for row in rows}
    transfer(taken, route)
    if rows:
        acts = [(row, Actor.for_system(row.office_id)) for row in rows]
        ledger.record_all("tasks.moved", acts, note=route.note)
    return taken or (_notices(route, limit) if route.whole else {}) or _left(route, limit)


def _live(route: Route) -> QuerySet[Task]:
    """Live tasks of matters that the units have; of restricted ones, given by name, units themselves see nothing."""
    return Task.objects.filter(source_kind="matter", unit__in=list(route.units), state__in=LIVE)


def _led(ids: list[int]) -> dict[int, int]:
    """{matter: the unit that leads it, or of whom it was given to by name}. One query."""
    rows = Task.objects.filter(
        source_kind="matter", source_id__in=ids, role=TaskRole.LEAD, parent=None, unit__isnull=False
    )
    live = rows.exclude(state=TASKS["cancel"].target).values_list("source_id", "unit_id")
    return {matter: unit for matter, unit in live if unit is not None}


def _notices(route: Route, limit: int) -> dict[Item, int]:
    """Sentences for people who now work elsewhere; of live tasks only, the others are over."""
    rows = list(Notice.objects.filter(office=route.office, task__state__in=LIVE).order_by("pk")[:limit])
    for row in rows:
        row.office_id = route.people.get(row.person_id, route.to_office)
    Notice.objects.bulk_update(rows, ["office"])
    taken = {Item("notice", row.pk): row.office_id for row in rows}
    transfer(taken, route)
    return taken


def _left(route: Route, limit: int) -> dict[Item, int]:
    """Live tasks of units whose document or matter is no longer open itself, or shows no unit."""
    mine = Q(office=route.office) if route.whole else Q(unit__in=list(route.units))
    rows = list(
        Task.objects.select_for_update(of=("self",)).filter(mine, state__in=LIVE).order_by("pk")[:limit]
    )
    for row in rows:
        row.office_id = route.place(row.unit_id)[0]
        _go_on(row, route)
    Task.objects.bulk_update(rows, _MOVED)
    return {Item("task", row.pk): row.office_id for row in rows}


def follow(route: Route, taken: Mapping[Item, int], by: Actor) -> None:
    """The tasks of documents and matters go with them; what is for somebody who went elsewhere ends."""
    sources = Q(pk=None)
    for kind in ("in", "matter"):
        sources |= Q(source_kind=kind, source_id__in=[item.id for item in taken if item.kind == kind])
    tasks = list(
        Task.objects.select_for_update(of=("self",)).filter(sources, office=route.office).order_by("pk")
    )
    for task in tasks:
        task.office_id = taken[Item(task.source_kind, task.source_id)]
        if task.state in LIVE:
            _go_on(task, route)
    Task.objects.bulk_update(tasks, _MOVED)


def _go_on(task: Task, route: Route) -> None:
    """The successor of its unit has it, with the person if they came along."""
    place, unit_id = route.place(task.unit_id) if task.unit_id else (task.office_id, None)
    away = task.person_id is not None and route.people.get(task.person_id, task.office_id) != task.office_id
    if place == task.office_id:
        task.unit_id = unit_id
        if away and unit_id is not None:
            task.person_id = None
        if unit_id is not None or task.person_id is not None:
            return
        task.person_id = task.given_by_id
    elif task.role == TaskRole.LEAD and not away:
        task.unit_id = None
    else:
        task.state, task.done_at = TASKS["cancel"].target, now()
        task.result = "Đơn vị được giao đã chuyển sang cơ quan khác."


MOVING = Room("tasks", counts=counts, begin=begin, take=take, follow=follow)
