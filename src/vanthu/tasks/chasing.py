"""Chasing (đôn đốc) in grades, for whoever follows up the work of the office. Decree 30/2020, article 24.3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.kernel import ledger, moves
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.tasks import notices, sources
from vanthu.tasks.models import Chase, Task
from vanthu.tasks.states import Grade, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How somebody is chased: the grade, what is said, and of a written one its number and symbol."""

    grade: Grade
    text: str = ""
    letter: str = ""


def grades_for(task: Task, by: Actor) -> list[Grade]:
    """The grades that the actor may use on a task now, the mildest first; none when they do not follow it up.

    Who gave the task may remind; whoever holds `chase` may do all but censure, which is the leaders'. Before the
    deadline one reminds; the second time follows the first, a letter or censure comes after that.
    """
    if task.state != TaskState.OPEN or task.role == TaskRole.INFORM:
        return []
    if not by.may("chase"):
        return [Grade.REMINDER] if sources.gave(task, by) and task.chased <= Grade.REMINDER else []
    late = task.due_on is None or task.due_on < today()
    if not late:
        return [Grade.REMINDER] if task.chased <= Grade.REMINDER else []
    found = [grade for grade in Grade if task.chased <= grade <= max(task.chased + 1, Grade.FIRST)]
    if task.chased >= Grade.SECOND:
        found = [grade for grade in Grade if grade >= task.chased]
    repeats = (Grade.FIRST, Grade.SECOND)
    found = [grade for grade in found if not (grade in repeats and grade == task.chased)]
    return [grade for grade in found if grade != Grade.CENSURE or by.may("direct")]


@transaction.atomic
def chase(pk: int, words: Words, *, by: Actor) -> Chase:
    """Chase who has a task in hand; counted per task, unit and person, and told to them and the head of their unit."""
    task, source = sources.held(pk, by)
    allowed = grades_for(task, by)
    if not allowed:
        _refuse(task, source, by)
    if words.grade not in allowed:
        names = ", ".join(f"“{grade.label}”" for grade in allowed)
        raise Invalid(fields={"grade": f"Mức này chưa dùng được ở việc này. Có thể chọn: {names}."})
    if words.grade == Grade.WRITTEN and not words.letter.strip():
        raise Invalid(fields={"letter": "Ghi số, ký hiệu văn bản đôn đốc."})
    made = Chase.objects.create(
        task=task,
        office_id=task.office_id,
        unit_id=task.unit_id,
        person_id=task.person_id,
        grade=words.grade,
        by_id=by.person,
        text=words.text.strip()[:1000],
        letter=words.letter.strip()[:80],
        chased_at=now(),
    )
    Task.objects.filter(pk=task.pk).update(chased=words.grade)
    said = f": {made.text}" if made.text else ""
    letter = f" số {made.letter}" if made.letter else ""
    label = words.grade.label.lower()
    notices.tell(
        task,
        "chased",
        f"{words.grade.label}{letter} ({by.name}): {sources.named(source)}{said}",
        [*notices.doers(task), *_heads_of(task)],
    )
    ledger.record(
        "tasks.chased", source, by=by, note=f"{label}{letter} {sources.who(task)}{said}", power="chase"
    )
    return made


def _refuse(task: Task, source: sources.Source, by: Actor) -> None:
    if not by.may("chase") and not sources.gave(task, by):
        raise NotAllowed("Chỉ người giao việc và người theo dõi, đôn đốc của cơ quan đôn đốc việc này.")
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    raise Invalid("Việc này không còn mức đôn đốc nào dùng được lúc này.")


def _heads_of(task: Task) -> list[int]:
    """The heads of the unit of a person who is chased (ids): they answer for the work of the unit."""
    if task.unit_id is None or task.person_id is None:
        return []
    return [post.person_id for post in organisations.heads_of(task.unit_id)]
