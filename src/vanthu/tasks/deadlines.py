"""Deadlines: a lower one never after the higher one; asking for more time, and the answer of who set it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import deadlines as entries
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.tasks import notices, sources
from vanthu.tasks.models import Extension, Matter, Task
from vanthu.tasks.states import ExtensionState, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.tasks.sources import Source


def refuse_late(due_on: date | None, above: Task) -> None:
    """Raise `Invalid` when a deadline lies after that of the task above it."""
    if above.due_on is not None and (due_on is None or due_on > above.due_on):
        raise Invalid(
            fields={
                "due_on": (
                    f"Hạn của việc cấp trên là {above.due_on:%d/%m/%Y}; hạn giao tiếp không được muộn hơn."
                    " Cần thêm thời gian thì xin gia hạn việc cấp trên trước."
                )
            }
        )


@transaction.atomic
def ask_extension(pk: int, until_on: date, reason: str, *, by: Actor) -> Extension:
    """Ask who set the deadline of one's task for a later one; one request at a time."""
    task, source = sources.held(pk, by)
    if not sources.does(task, by):
        raise NotAllowed("Chỉ người đang giữ việc xin gia hạn việc đó.")
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    if task.due_on is None:
        raise Invalid("Việc này không đặt hạn nên không cần gia hạn.")
    if until_on <= max(task.due_on, today()):
        raise Invalid(
            fields={"until_on": f"Hạn mới phải sau hạn cũ ({task.due_on:%d/%m/%Y}) và sau hôm nay."}
        )
    if len(reason.strip()) < 10:
        raise Invalid(fields={"reason": "Ghi rõ vì sao cần thêm thời gian."})
    if Extension.objects.filter(task=task, state=ExtensionState.ASKED).exists():
        raise Conflict("Đã có một đề nghị gia hạn đang chờ trả lời.")
    asked = Extension.objects.create(
        task=task,
        asked_by_id=by.person,
        asked_at=now(),
        from_on=task.due_on,
        until_on=until_on,
        reason=reason.strip()[:500],
    )
    notices.tell(
        task,
        "extension",
        f"{by.name} xin gia hạn đến {until_on:%d/%m/%Y}: {sources.named(source)}. Mở để trả lời.",
        [task.given_by_id],
    )
    ledger.record(
        "tasks.extension_asked",
        source,
        by=by,
        note=f"xin gia hạn đến {until_on:%d/%m/%Y}: {reason.strip()}",
    )
    return asked


@transaction.atomic
def grant_extension(pk: int, until_on: date, answer: str = "", *, by: Actor) -> None:
    """Grant the request that waits at a task, until the day asked for or an earlier one.

    Only who set the deadline; never after the deadline of the task above. Lower deadlines stay as they are.
    """
    task, source, asked = _waiting(pk, by)
    if until_on <= asked.from_on:
        raise Invalid(fields={"until_on": f"Hạn mới phải sau hạn cũ ({asked.from_on:%d/%m/%Y})."})
    if task.parent is not None:
        refuse_late(until_on, task.parent)
    _answer(asked, ExtensionState.GRANTED, answer, by=by, granted_on=until_on)
    Task.objects.filter(pk=task.pk).update(due_on=until_on, extended=task.extended + 1)
    task.due_on = until_on
    _carry(task, source, by)
    notices.tell(
        task,
        "answered",
        f"Được gia hạn đến {until_on:%d/%m/%Y}: {sources.named(source)}.",
        [asked.asked_by_id],
    )
    ledger.record(
        "tasks.extended",
        source,
        by=by,
        changes={"due_on": (asked.from_on, until_on)},
        note=f"gia hạn cho {sources.who(task)} đến {until_on:%d/%m/%Y}" + _with(answer),
        power="direct",
    )


@transaction.atomic
def refuse_extension(pk: int, answer: str, *, by: Actor) -> None:
    """Refuse the request that waits at a task, with a reason; the deadline stays."""
    if len(answer.strip()) < 5:
        raise Invalid(fields={"answer": "Ghi lý do không gia hạn."})
    task, source, asked = _waiting(pk, by)
    _answer(asked, ExtensionState.REFUSED, answer, by=by)
    notices.tell(
        task,
        "answered",
        f"Không được gia hạn, giữ hạn {asked.from_on:%d/%m/%Y}: {sources.named(source)}.",
        [asked.asked_by_id],
    )
    ledger.record(
        "tasks.extension_refused",
        source,
        by=by,
        note=f"không gia hạn cho {sources.who(task)}" + _with(answer),
        power="direct",
    )


def _waiting(pk: int, by: Actor) -> tuple[Task, Source, Extension]:
    task, source = sources.held(pk, by)
    if not sources.gave(task, by):
        raise NotAllowed(f"Chỉ người đặt hạn ({task.given_by.full_name}) trả lời đề nghị gia hạn.")
    asked = Extension.objects.filter(task=task, state=ExtensionState.ASKED).first()
    if asked is None:
        raise NotFound("Đề nghị gia hạn này đã được trả lời. Tải lại trang để xem.")
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    return task, source, asked


def _answer(
    asked: Extension, state: ExtensionState, answer: str, *, by: Actor, granted_on: date | None = None
) -> None:
    Extension.objects.filter(pk=asked.pk).update(
        state=state,
        answered_by_id=by.person,
        answered_at=now(),
        granted_on=granted_on,
        answer=answer.strip()[:500],
    )
    notices.forget([asked.task_id], ["extension", "late", "soon"])


def _carry(task: Task, source: Source, by: Actor) -> None:
    """The rows of lists follow the new deadline; that of the lead task is the deadline of the whole."""
    participants.set_due(sources.item_of(task), task.due_on, owner=sources.owner_of(task))
    if task.parent_id is not None or task.role != TaskRole.LEAD:
        return
    if isinstance(source, Matter):
        Matter.objects.filter(pk=source.pk).update(due_on=task.due_on)
        participants.set_due(sources.item_of(task), task.due_on)
    else:
        entries.extend(source, task.due_on, by=by)


def _with(answer: str) -> str:
    return f": {answer.strip()}" if answer.strip() else ""
