"""Telling people of something to do; what was told stands in their list until they saw it or the work is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from vanthu.kernel import participants
from vanthu.kernel.calendar import now
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Cursor, Item
from vanthu.organisations import queries as organisations
from vanthu.tasks.models import Notice, Task
from vanthu.tasks.states import LIVE

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from vanthu.kernel.actor import Actor

UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about a task, and the persons (ids) who are told it."""

    task: Task
    kind: str
    text: str
    people: Sequence[int]


def tell(task: Task, kind: str, text: str, people: Sequence[int]) -> None:
    """Tell these persons (ids) something about a task, once each; `text` is a sentence that says what to do."""
    tell_all([Told(task, kind, text, people)])


def tell_all(told: Iterable[Told]) -> None:
    """The same of several tasks, in two statements."""
    moment = now()
    made = [
        Notice(
            office_id=one.task.office_id,
            person_id=person,
            task=one.task,
            kind=one.kind,
            text=one.text[:400],
            told_at=moment,
        )
        for one in told
        for person in dict.fromkeys(one.people)
    ]
    _keep(made)


def tell_about(about_id: int, kind: str, text: str, people: Sequence[int], *, office_id: int) -> None:
    """Tell these persons (ids) something that is about no task; `kind` names what it is about, `about_id` which."""
    moment = now()
    _keep(
        [
            Notice(
                office_id=office_id,
                person_id=person,
                about_id=about_id,
                kind=kind,
                text=text[:400],
                told_at=moment,
            )
            for person in dict.fromkeys(people)
        ]
    )


def _keep(made: list[Notice]) -> None:
    Notice.objects.bulk_create(made)
    participants.include_all(map(_row, made))


def _row(notice: Notice) -> Participant:
    return Participant(
        item_kind="notice",
        item_id=notice.pk,
        owner_kind="p",
        owner_id=notice.person_id,
        office_id=notice.office_id,
        role="told",
        state=UNSEEN,
        at=notice.told_at,
    )


def doers(task: Task) -> list[int]:
    """The persons who have a task in hand: who was named, else the heads of the unit (ids)."""
    if task.person_id:
        return [task.person_id]
    return [post.person_id for post in organisations.heads_of(task.unit_id or 0)]


def holders(item: Item) -> set[int]:
    """The persons who have an item in their lists, and the heads of the units that have (ids)."""
    rows = participants.owners(item)
    heads = [post for row in rows if row.owner_kind == "u" for post in organisations.heads_of(row.owner_id)]
    return {row.owner_id for row in rows if row.owner_kind == "p"} | {post.person_id for post in heads}


def forget(task_ids: Iterable[int], kinds: Iterable[str] = ()) -> None:
    """Take away what was told about these tasks (of some kinds): nothing of it waits any more."""
    rows = Notice.objects.filter(task__in=list(task_ids))
    if wanted := tuple(kinds):
        rows = rows.filter(kind__in=wanted)
    _forget(rows)


def _forget(rows: QuerySet[Notice]) -> None:
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Participant.objects.filter(item_kind="notice", item_id__in=ids).delete()
        rows.delete()


def forget_about(about_ids: Iterable[int], kinds: Iterable[str], *, office_id: int | None = None) -> None:
    """Take away what was told (in one office) about these things of other rooms: it is settled."""
    rows = Notice.objects.filter(about_id__in=list(about_ids), kind__in=tuple(kinds))
    _forget(rows if office_id is None else rows.filter(office=office_id))


def unseen(by: Actor, *, before: Cursor | None = None, limit: int = 30) -> list[Notice]:
    """What the actor, or whom they stand in for, was told and has not seen; of work that is over nothing.

    Newest first. Two queries.
    """
    rows = participants.window(by, "notice", states=(UNSEEN,), owner_kinds=("p",), before=before, limit=limit)
    if not rows:
        return []
    open_ = Q(task__state__in=LIVE) | Q(task=None)
    found = Notice.objects.filter(open_, pk__in=[row.item_id for row in rows])
    return list(found.select_related("task", "person").order_by("-told_at", "-pk"))


@transaction.atomic
def mark_seen(*, by: Actor, task_id: int | None = None, kind: str = "") -> None:
    """The actor has seen what they were told so far (of one task, of one kind)."""
    rows = Participant.objects.filter(item_kind="notice", owner_kind="p", owner_id=by.person)
    if kind:
        told = Notice.objects.filter(kind=kind, person=by.person, office=by.office)
        rows.filter(item_id__in=told.values("pk")).delete()
    elif task_id is None:
        rows.filter(office_id=by.office).delete()
    else:
        told = Notice.objects.filter(task=task_id, person=by.person)
        rows.filter(item_id__in=told.values("pk")).delete()
