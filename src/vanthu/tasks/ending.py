"""How tasks end: the result waits for its giver or stands, goes up to the unit, and closes what brought the task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents import actions as documents
from vanthu.documents.states import IncomingState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.calendar import now
from vanthu.tasks import matters, notices, sources
from vanthu.tasks.models import Extension, Matter, Task
from vanthu.tasks.states import LIVE, TASKS, ExtensionState, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.documents.models import Document, IncomingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.tasks.sources import Source


def report(task: Task, source: Source, text: str, by: Actor) -> None:
    """The result waits for who gave the task; the caller writes the ledger."""
    moves.make(TASKS, "report", task, by=by, also={"reported_at": now(), "result": text})
    participants.move(sources.item_of(task), sources.owner_of(task), state="reported")
    drop_request(task)
    notices.forget([task.pk])
    notices.tell(
        task,
        "reported",
        f"{sources.who(task)} báo cáo kết quả: {sources.named(source)}. Mở để duyệt.",
        [task.given_by_id],
    )


def drop_request(task: Task) -> None:
    """A request for more time is over with the task."""
    Extension.objects.filter(task=task, state=ExtensionState.ASKED).update(
        state=ExtensionState.REFUSED, answered_at=now(), answer="Việc đã có kết quả."
    )


def done(task: Task, source: Source, text: str, by: Actor, *, arrow: str = "finish") -> None:
    """A task is done; the unit's task above it goes on with its result, the whole ends with its lead task."""
    moves.make(TASKS, arrow, task, by=by, also={"done_at": now(), "result": text[:1000]})
    drop_request(task)
    notices.forget([task.pk])
    participants.move(sources.item_of(task), sources.owner_of(task), state="done")
    for part in Task.objects.filter(
        parent=task, state=TaskState.OPEN
    ):  # with a unit's task what lies under it
        done(part, source, text, by)
    above = task.parent
    if above is not None:
        if _goes_up(task, above):
            _go_on(above, source, text, by)
    elif task.role == TaskRole.LEAD:
        _end(source, text, by)


def _goes_up(task: Task, above: Task) -> bool:
    """Whether the result is that of the unit too: its lead did it, and no other lead part is left."""
    if task.role != TaskRole.LEAD or above.person_id is not None or above.state != TaskState.OPEN:
        return False
    left = Task.objects.filter(parent=above, role=TaskRole.LEAD).exclude(
        state__in=(TaskState.DONE, TaskState.CANCELLED)
    )
    return not left.exists()


def _go_on(above: Task, source: Source, text: str, by: Actor) -> None:
    if not above.to_accept:
        done(above, source, text, by)
        return
    report(above, source, text, by)
    note = f"báo cáo kết quả của {sources.who(above)}, chờ {above.given_by.full_name} duyệt: {text}"
    ledger.record("tasks.reported", source, by=by, note=note)


def _end(source: Source, text: str, by: Actor) -> None:
    if isinstance(source, Matter):
        rest = Task.objects.filter(source_kind="matter", source_id=source.pk, state=TaskState.OPEN)
        left = rest.exclude(role=TaskRole.INFORM)
        notices.forget(left.values_list("pk", flat=True))
        rest.update(state=TaskState.DONE, done_at=now(), result="Kết thúc cùng việc chủ trì.")
        matters.close(source, by=by)
    elif source.state == IncomingState.DIRECTED:
        end(source, f"kết thúc giải quyết: {text}", by=by)


def end(entry: IncomingEntry, note: str, *, by: Actor, replied_by: Document | None = None) -> None:
    """Close an entry with whatever tasks are still live on it."""
    live = Task.objects.filter(source_kind="in", source_id=entry.pk, state__in=LIVE)
    notices.forget(live.values_list("pk", flat=True))
    live.update(state=TaskState.DONE, done_at=now(), result=note[:1000])
    documents.close(entry, note, by=by, replied_by=replied_by)
