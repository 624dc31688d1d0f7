"""Tasks of a person who leaves, and those that they gave and must still accept, go to another."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from vanthu.documents import queries as documents
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.organisations.leaving import Change, Work, pass_row
from vanthu.tasks.models import Matter, Rhythm, Task
from vanthu.tasks.states import LIVE, MatterState


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Live tasks of this person, then those they gave, then what comes again. Three queries."""
    tasks = _tasks(person_id, office_id).order_by("due_on", "pk")
    own = [Work(one.pk, _name(one, person_id), one.due_on) for one in tasks]
    given = _matters(person_id, office_id).values_list("pk", "due_on").order_by("pk")
    again = _rhythms(person_id, office_id).values_list("pk", flat=True).order_by("pk")
    return [
        *own,
        *(Work(pk, f"Theo dõi việc đã giao #{pk}", due_on) for pk, due_on in given),
        *(Work(pk, f"Việc định kỳ #{pk}") for pk in again),
    ]


def _name(task: Task, person_id: int) -> str:
    done = "Việc đã giao, theo dõi kết quả" if task.person_id != person_id else task.get_role_display()
    source = "văn bản đến" if task.source_kind == "in" else "việc"
    return f"{done}: {source} #{task.source_id}"


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Give the live tasks, matters and periodic work of the leaver to the successor; returns how many."""
    by.require("administer")
    tasks = list(_tasks(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    matters = list(_matters(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    items = {Item(one.source_kind, one.source_id) for one in tasks} | {
        Item("matter", one.pk) for one in matters
    }
    for item in sorted(items):
        pass_row(item, given)
        ledger.record("tasks.reassigned", _source(item), by=by, note=given.note)
    to, unit = given.to.person_id, given.to.unit_id
    Task.objects.filter(pk__in=_ids(tasks), person=given.leaver).update(person=to, unit=unit)
    Task.objects.filter(pk__in=_ids(tasks), given_by=given.leaver).update(given_by=to)
    Matter.objects.filter(pk__in=_ids(matters)).update(given_by=to)
    rhythms = _rhythms(given.leaver, by.office)
    again = rhythms.count()
    rhythms.filter(person=given.leaver).update(person=to, unit=unit)
    rhythms.filter(given_by=given.leaver).update(given_by=to, given_title=given.to.title)
    return len(tasks) + len(matters) + again


def _ids(rows: Iterable[Task] | Iterable[Matter]) -> list[int]:
    return [row.pk for row in rows]


def _source(item: Item) -> Model:
    """The thing whose history says it."""
    return documents.hold_incoming(item.id) if item.kind == "in" else Matter.objects.get(pk=item.id)


def _tasks(person_id: int, office_id: int) -> QuerySet[Task]:
    mine = Q(person=person_id) | Q(given_by=person_id)
    return Task.objects.filter(mine, office=office_id, state__in=LIVE)


def _matters(person_id: int, office_id: int) -> QuerySet[Matter]:
    return Matter.objects.filter(given_by=person_id, office=office_id, state=MatterState.OPEN)


def _rhythms(person_id: int, office_id: int) -> QuerySet[Rhythm]:
    mine = Q(person=person_id) | Q(given_by=person_id)
    return Rhythm.objects.filter(mine, office=office_id, stopped_on=None)
