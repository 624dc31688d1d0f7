"""Instructions and tasks of an item, and the direction that a leader would probably give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today, working_days_after
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import NotFound
from vanthu.organisations import queries as organisations
from vanthu.organisations.names import key_of
from vanthu.tasks.models import Instruction, Matter, Task
from vanthu.tasks.states import MatterState, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.organisations.models import Unit


def instructions(kind: str, pk: int) -> list[Instruction]:
    """What leaders and heads of unit wrote on an item, oldest first."""
    rows = Instruction.objects.filter(item_kind_of=kind, item_id_of=pk, undone_at=None)
    return list(rows.select_related("author", "recorded_by").order_by("written_at", "id"))


def tasks_of(kind: str, pk: int) -> list[Task]:
    """The tasks of an item that were not cancelled, in order of giving."""
    rows = Task.objects.filter(source_kind=kind, source_id=pk).exclude(state=TaskState.CANCELLED)
    return list(rows.select_related("unit", "person", "given_by").order_by("id"))


def given_about(item: Item, by: Actor) -> list[tuple[Matter, Task]]:
    """Free-standing work about a document as far as the actor sees it, oldest first, each with its lead task.

    One query, two when there is some.
    """
    seen = participants.visible(by, "matter")
    rows = Matter.objects.filter(about_kind=item.kind, about_id=item.id, pk__in=seen)
    found = {one.pk: one for one in rows.exclude(state=MatterState.CANCELLED).order_by("pk")}
    if not found:
        return []
    leads = Task.objects.filter(source_kind="matter", source_id__in=found, role=TaskRole.LEAD, parent=None)
    tasks = leads.exclude(state=TaskState.CANCELLED).select_related("unit", "person").order_by("pk")
    return [(found[one.source_id], one) for one in tasks]


def open_task_for_unit(kind: str, pk: int, by: Actor, power: str = "assign") -> Task | None:
    """The open task of a unit over which the actor has this power as its head or for its head, lead role first."""
    rows = [
        task
        for task in tasks_of(kind, pk)
        if by.may_for_unit(power, task.unit_id) and task.person_id is None and task.state == TaskState.OPEN
    ]
    return min(rows, key=lambda task: task.role != "lead", default=None)


def open_task_for_person(kind: str, pk: int, by: Actor) -> Task | None:
    """The actor's own open task of an item, lead role first."""
    rows = [
        task
        for task in tasks_of(kind, pk)
        if task.person_id == by.person_id and task.state == TaskState.OPEN and task.role != "inform"
    ]
    return min(rows, key=lambda task: task.role != "lead", default=None)


def task(pk: int) -> Task:
    """One task; the caller checks the sight of its source."""
    found = Task.objects.select_related("unit", "person").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def tasks_by_items(kind: str, ids: Iterable[int]) -> dict[int, list[Task]]:
    """{item id: its tasks} in one query, for lists."""
    found: dict[int, list[Task]] = {}
    rows = Task.objects.filter(source_kind=kind, source_id__in=list(ids)).exclude(state=TaskState.CANCELLED)
    for one in rows.select_related("unit", "person").order_by("id"):
        found.setdefault(one.source_id, []).append(one)
    return found


def leads_of(kind: str, ids: Iterable[int]) -> dict[int, str]:
    """{item id: who has the lead}, the person if there is one, else the unit; items without a lead are absent.

    One query, for the lines of a list.
    """
    rows = Task.objects.filter(source_kind=kind, source_id__in=list(ids), role=TaskRole.LEAD)
    last = rows.exclude(state=TaskState.CANCELLED).order_by(
        "source_id", F("person_id").asc(nulls_last=True), "-id"
    )
    return dict(
        last.distinct("source_id").values_list("source_id", Coalesce("person__full_name", "unit__short_name"))
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A direction ready to accept: units in order of likelihood, a sentence, a due date."""

    units: tuple[Unit, ...]
    text: str
    due_on: date

    @property
    def lead(self) -> Unit | None:
        return self.units[0] if self.units else None


def suggest_direction(subject: str, office_id: int, *, due_on: date | None = None) -> Suggestion:
    """Units whose field words occur most in the subject first, then the administration, then the others."""
    words = f" {key_of(subject)} "
    units = organisations.units_of(office_id)

    def rank(unit: Unit) -> tuple[int, int, int]:
        phrases = [phrase.strip() for phrase in unit.field_words.split(",") if phrase.strip()]
        hits = sum(len(phrase.split()) for phrase in phrases if f" {phrase} " in words)
        return -hits, 0 if unit.is_administration else 1, unit.position

    ranked = tuple(sorted(units, key=rank))
    until = due_on or working_days_after(today(), 5)
    lead = ranked[0] if ranked else None
    text = f"Giao {lead.short_name} chủ trì tham mưu, báo cáo trước ngày {until:%d/%m/%Y}." if lead else ""
    return Suggestion(ranked, text, until)


def load_of(unit_id: int) -> dict[int, int]:
    """{person id: open tasks} of the members of a unit, for the head who assigns (at most 500 read)."""
    people = [post.person_id for post in organisations.members(unit_id)]
    rows = Task.objects.filter(person__in=people, state=TaskState.OPEN).values_list("person", flat=True)[:500]
    load = dict.fromkeys(people, 0)
    for person in rows:
        load[person] += 1
    return load


@dataclass(frozen=True, slots=True)
class Load:
    """What a member of a unit has in hand: open tasks that are not just to be read, and how many are late."""

    name: str
    title: str
    open: int
    late: int


def loads(unit_ids: Iterable[int]) -> list[Load]:
    """The load of every member of these units, the heaviest first. Two queries for one unit."""
    posts = {post.person_id: post for unit_id in unit_ids for post in organisations.members(unit_id)}
    rows = Task.objects.filter(person__in=posts, state=TaskState.OPEN).exclude(role=TaskRole.INFORM)
    late = Count("pk", filter=Q(due_on__lt=today()))
    counted = {
        person: (number, behind)
        for person, number, behind in rows.values_list("person")
        .annotate(open=Count("pk"), late=late)
        .order_by()
    }
    found = [
        Load(post.person.full_name, post.title, *counted.get(person, (0, 0)))
        for person, post in posts.items()
    ]
    return sorted(found, key=lambda one: (-one.late, -one.open))


def unit_loads(by: Actor) -> list[Load]:
    """What units have the lead of and have not finished, as far as the actor reaches; late first. Two queries."""
    seen = {(reach.owner_kind, reach.owner_id) for reach in by.open_reaches}
    whole = ("o", by.office) in seen
    units = {one.pk: one for one in organisations.units_of(by.office) if whole or ("u", one.pk) in seen}
    rows = Task.objects.filter(
        unit__in=units, person=None, role=TaskRole.LEAD, state=TaskState.OPEN
    ).values_list("unit")
    late = Count("pk", filter=Q(due_on__lt=today()))
    found = [
        Load(units[unit].short_name, "", number, behind)
        for unit, number, behind in rows.annotate(open=Count("pk"), late=late).order_by()
    ]
    return sorted(found, key=lambda one: (-one.late, -one.open))
