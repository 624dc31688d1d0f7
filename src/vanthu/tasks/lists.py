"""Lists of live tasks: mine, those I gave, those of the office that I follow; what waits for me among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from vanthu.documents import queries as documents
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.kernel.models import Participant
from vanthu.kernel.refusals import NotAllowed
from vanthu.tasks.models import Extension, Matter, Notice, Task
from vanthu.tasks.states import LIVE, ExtensionState, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

PAGE = 50
_NEVER = date(9999, 12, 31)  # sorts behind every deadline


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list: what it is about, and whether a request for more time waits (`asked_until`)."""

    task: Task
    title: str
    source: str
    urgency: int
    asked_until: date | None

    @property
    def late(self) -> bool:
        return (
            self.task.state == TaskState.OPEN and self.task.due_on is not None and self.task.due_on < today()
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Which live tasks of the office the actor follows: all, or those of these units (ids)."""

    office_id: int
    units: tuple[int, ...] | None
    restricted: bool  # whether restricted ones count too


def scope(by: Actor) -> Scope:
    """What of the office's work the actor follows; raises `NotAllowed` for who follows none."""
    reached = {(one.owner_kind, one.owner_id): one.restricted for one in by.open_reaches}
    whole = reached.get(("o", by.office))
    if whole is not None and (by.may("direct") or by.may("chase")):
        return Scope(by.office, None, whole == "full")
    units = tuple(number for kind, number in reached if kind == "u")
    if units and (by.may("direct") or by.may("assign")):
        return Scope(by.office, units, restricted=False)
    raise NotAllowed("Chỉ lãnh đạo và người theo dõi, đôn đốc xem việc của đơn vị, của người khác.")


def within(found: Scope) -> QuerySet[Task]:
    """The live tasks of a scope that are more than for information."""
    rows = Task.objects.filter(office_id=found.office_id, state__in=LIVE).exclude(role=TaskRole.INFORM)
    if found.units is not None:
        rows = rows.filter(unit__in=found.units)
    return rows if found.restricted else rows.filter(~Exists(_restricted()))


def _restricted() -> QuerySet[Participant]:
    return Participant.objects.filter(
        item_kind=OuterRef("source_kind"),
        item_id=OuterRef("source_id"),
        owner_kind="o",
        owner_id=OuterRef("office_id"),
        restricted=True,
    )


def mine(by: Actor) -> QuerySet[Task]:
    """What the actor has in hand: their own open tasks, and those of units that they lead."""
    own = Q(person_id=by.person_id) | Q(person=None, unit__in=by.led_unit_ids)
    rows = Task.objects.filter(own, office_id=by.office, state=TaskState.OPEN)
    return rows.exclude(role=TaskRole.INFORM)


def given(by: Actor) -> QuerySet[Task]:
    """What the actor gave and is not over."""
    rows = Task.objects.filter(given_by_id=by.person_id, office_id=by.office, state__in=LIVE)
    return rows.exclude(role=TaskRole.INFORM)


def answers(by: Actor) -> QuerySet[Task]:
    """What the actor gave that waits for them: a result, a return, a request for more time."""
    asked = Extension.objects.filter(task=OuterRef("pk"), state=ExtensionState.ASKED)
    waits = Q(state__in=(TaskState.REPORTED, TaskState.RETURNED)) | Q(Exists(asked))
    return given(by).filter(waits)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the followed tasks: of a unit, of a person, only late ones."""

    unit_id: int | None = None
    person_id: int | None = None
    late: bool = False


def followed(by: Actor, choice: Choice) -> QuerySet[Task]:
    """The live tasks that the actor follows, narrowed; raises `NotAllowed` as `scope` does."""
    rows = within(scope(by))
    if choice.unit_id is not None:
        rows = rows.filter(unit_id=choice.unit_id)
    if choice.person_id is not None:
        rows = rows.filter(person_id=choice.person_id)
    return rows.filter(state=TaskState.OPEN, due_on__lt=today()) if choice.late else rows


def page(
    rows: QuerySet[Task], by: Actor, *, after: tuple[date, int] | None = None, limit: int = PAGE
) -> list[Line]:
    """A page of tasks with what they are about, by deadline, those without one last. At most five statements."""
    ordered = rows.annotate(by_due=Coalesce("due_on", Value(_NEVER)))
    if after is not None:
        ordered = ordered.filter(Q(by_due__gt=after[0]) | Q(by_due=after[0], pk__gt=after[1]))
    asked = Extension.objects.filter(task=OuterRef("pk"), state=ExtensionState.ASKED).values("until_on")
    found = ordered.annotate(asked_until=asked[:1]).select_related("unit", "person", "given_by")
    return lines(list(found.order_by("by_due", "pk")[:limit]), by)


def place(line: Line) -> str:
    """Where the next page begins."""
    return f"{line.task.due_on or _NEVER}_{line.task.pk}"


def lines(tasks: Sequence[Task], by: Actor) -> list[Line]:
    """Tasks with the titles of what brought them; those of which the actor sees nothing are left out."""
    entries = documents.incoming_lines([one.source_id for one in tasks if one.source_kind == "in"], by)
    ids = [one.source_id for one in tasks if one.source_kind == "matter"]
    seen = participants.sights(by, "matter", ids) if ids else {}
    known = Matter.objects.in_bulk([pk for pk, sight in seen.items() if not sight.masked]) if seen else {}
    found = []
    for task in tasks:
        until = getattr(task, "asked_until", None)
        if task.source_kind == "in" and (entry := entries.get(task.source_id)):
            found.append(Line(task, entry.subject, f"{entry.symbol} · {entry.author}".strip(" ·"), 0, until))
        elif task.source_kind == "matter" and (matter := known.get(task.source_id)):
            whole = f"{task.title} · {matter.title}" if task.title else matter.title
            found.append(Line(task, whole, _origin(matter), matter.urgency, until))
    return found


def _origin(matter: Matter) -> str:
    return matter.origin_name or matter.get_origin_display()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits for the actor on their desk: to do (`answer` empty), or to answer, with what was said."""

    task: Task
    title: str
    urgency: int
    answer: str
    restricted: bool


_ANSWERED = ("reported", "returned", "extension")  # kinds of notices that an answer takes away


def waiting(by: Actor, *, limit: int = 40) -> list[Waiting]:
    """What the desk shows of tasks: matters in the actor's hand, and what others wait for them to answer.

    What incoming documents brought stands there with the documents. One query.
    """
    own = Q(person_id=by.person_id) | Q(person=None, unit__in=by.led_unit_ids, accepted_at=None)
    to_do = own & Q(source_kind="matter", state=TaskState.OPEN)
    asked = Extension.objects.filter(task=OuterRef("pk"), state=ExtensionState.ASKED)
    to_answer = Q(given_by_id=by.person_id) & (
        Q(state__in=(TaskState.REPORTED, TaskState.RETURNED)) | Q(Exists(asked))
    )
    said = Notice.objects.filter(task=OuterRef("pk"), person_id=by.person, kind__in=_ANSWERED)
    matter = Matter.objects.filter(pk=OuterRef("source_id"))
    rows = (
        Task.objects.filter(to_do | to_answer, office_id=by.office, state__in=LIVE)
        .exclude(role=TaskRole.INFORM)
        .annotate(
            said=Subquery(said.order_by("-pk").values("text")[:1]),
            matter_title=Subquery(matter.values("title")[:1]),
            matter_urgency=Subquery(matter.values("urgency")[:1]),
            matter_restricted=Subquery(matter.values("restricted")[:1]),
        )
        .select_related("given_by")
        .order_by("due_on", "pk")[:limit]
    )
    found = []
    for one in rows:
        answer = (one.said or "") if one.given_by_id == by.person_id else ""
        title = answer or one.title or one.matter_title or ""
        found.append(Waiting(one, title, one.matter_urgency or 0, answer, bool(one.matter_restricted)))
    return found
