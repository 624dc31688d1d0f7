"""The life of a task: progress, result, acceptance, sending back, returning, giving again (Decree 30/2020, article 24).

A task ends by its result: a document that was issued, files, or a note. Where its giver wants to accept the result,
it ends when they did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as file_actions
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.tasks import ending, matters, notices, sources
from vanthu.tasks.models import Matter, Progress, Task
from vanthu.tasks.states import TASKS, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.tasks.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a task: a note, the number of an outgoing entry of ours, ids of uploads; one at least."""

    text: str = ""
    outgoing_id: int | None = None
    uploads: Sequence[UUID | str] = ()


@transaction.atomic
def note_progress(pk: int, text: str, percent: int | None = None, *, by: Actor) -> Progress:
    """Say how one's own task stands; who gave it reads it at the task."""
    task, source = sources.held(pk, by)
    _require_doer(task, by)
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    if len(text.strip()) < 5:
        raise Invalid(fields={"text": "Ghi việc đang đến đâu, ví dụ “Đã có số liệu của 5 đơn vị”."})
    made = Progress.objects.create(
        task=task, author_id=by.person, text=text.strip()[:1000], percent=percent, written_at=now()
    )
    share = f" ({percent}%)" if percent is not None else ""
    ledger.record("tasks.progressed", source, by=by, note=f"báo tiến độ{share}: {made.text}")
    return made


@transaction.atomic
def hand_in(pk: int, result: Result, *, by: Actor) -> Task:
    """Hand in the result of one's own task; it is done, or waits for its giver to accept it."""
    task, source = sources.held(pk, by)
    _require_doer(task, by)
    if task.role == TaskRole.INFORM:
        raise Conflict("Việc này chỉ để biết, không phải báo cáo kết quả.")
    parts = Task.objects.filter(parent=task, state__in=(TaskState.OPEN, TaskState.REPORTED)).count()
    if parts and isinstance(source, Matter):
        raise Conflict(f"Còn {parts} việc con chưa xong. Duyệt hoặc thu hồi việc con rồi báo cáo.")
    text = _check(task, result, by)
    if task.to_accept:
        ending.report(task, source, text, by)
        Task.objects.filter(pk=task.pk).update(result_out_id=result.outgoing_id)
        note = f"báo cáo kết quả, chờ {task.given_by.full_name} duyệt: {text}"
        ledger.record("tasks.reported", source, by=by, note=note)
    else:
        Task.objects.filter(pk=task.pk).update(result_out_id=result.outgoing_id)
        ledger.record("tasks.finished", source, by=by, note=f"hoàn thành: {text}")
        ending.done(task, source, text, by)
    return task


def _require_doer(task: Task, by: Actor) -> None:
    if not sources.does(task, by):
        raise NotAllowed("Việc này không giao cho anh/chị.")


def _check(task: Task, result: Result, by: Actor) -> str:
    """Attach the files; what the result says in one text."""
    text = result.text.strip()
    if result.outgoing_id is not None:
        symbol = documents.outgoing(result.outgoing_id, by).entry.document.symbol
        text = f"{text} (văn bản {symbol})" if text else f"bằng văn bản {symbol}"
    for upload in result.uploads:
        file_actions.attach_upload(upload, owner_kind="task", owner_id=task.pk, role="result", by=by)
    if result.uploads and not text:
        text = f"bằng {len(result.uploads)} tệp kèm theo"
    if len(text) < 5:
        raise Invalid(fields={"text": "Ghi kết quả, hoặc chọn văn bản đã phát hành, hoặc kèm tệp."})
    return text[:1000]


@transaction.atomic
def accept(pk: int, remark: str = "", *, by: Actor) -> Task:
    """Accept the result of a task that one gave: it is done."""
    task, source = _reported(pk, by)
    said = f": {remark.strip()}" if remark.strip() else ""
    ledger.record(
        "tasks.accepted",
        source,
        by=by,
        note=f"duyệt kết quả của {sources.who(task)}{said}",
        power="direct",
    )
    ending.done(task, source, task.result, by, arrow="accept")
    return task


@transaction.atomic
def send_back(pk: int, reason: str, *, by: Actor) -> Task:
    """Not accept the result: the task is open again, with what is missing."""
    if len(reason.strip()) < 5:
        raise Invalid(fields={"reason": "Ghi rõ còn thiếu gì để người làm bổ sung."})
    task, source = _reported(pk, by)
    moves.make(TASKS, "send_back", task, by=by, also={"reported_at": None})
    participants.move(sources.item_of(task), sources.owner_of(task), state="to_do", pending=True)
    notices.forget([task.pk])
    notices.tell(
        task,
        "sent_back",
        f"Kết quả chưa được duyệt: {sources.named(source)}. {reason.strip()}",
        notices.doers(task),
    )
    note = f"yêu cầu {sources.who(task)} làm lại: {reason.strip()}"
    ledger.record("tasks.sent_back", source, by=by, note=note, power="direct")
    return task


def _reported(pk: int, by: Actor) -> tuple[Task, Source]:
    task, source = sources.held(pk, by)
    if not sources.gave(task, by):
        raise NotAllowed(f"Chỉ người giao ({task.given_by.full_name}) duyệt kết quả việc này.")
    if task.state != TaskState.REPORTED:
        raise Conflict(moves.who_was_first(source))
    return task, source


@transaction.atomic
def return_task(pk: int, reason: str, *, by: Actor) -> Task:
    """Give a task back to who gave it, with the reason; they give it again or to somebody else."""
    task, source = sources.held(pk, by)
    _require_doer(task, by)
    if len(reason.strip()) < 10:
        raise Invalid(fields={"reason": "Ghi rõ vì sao trả lại, ví dụ việc thuộc đơn vị nào."})
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    if Task.objects.filter(parent=task).exclude(state=TaskState.CANCELLED).exists():
        raise Conflict("Việc đã giao tiếp nên không trả lại được. Thu hồi việc con trước.")
    moves.make(TASKS, "return", task, by=by)
    participants.move(sources.item_of(task), sources.owner_of(task), state="returned")
    ending.drop_request(task)
    notices.forget([task.pk])
    notices.tell(
        task,
        "returned",
        f"{sources.who(task)} trả lại việc: {sources.named(source)}. {reason.strip()}",
        [task.given_by_id],
    )
    ledger.record("tasks.returned", source, by=by, note=f"trả lại việc: {reason.strip()}")
    return task


@transaction.atomic
def give_again(pk: int, owner: Owner | None, text: str = "", *, by: Actor) -> Task:
    """Give a returned task again: to the same, with more words, or (`owner`) to somebody else."""
    task, source = sources.held(pk, by)
    if not sources.gave(task, by):
        raise NotAllowed(f"Chỉ người giao ({task.given_by.full_name}) giao lại việc này.")
    if task.state != TaskState.RETURNED:
        raise Conflict(moves.who_was_first(source))
    notices.forget([task.pk])
    if owner is None or owner == sources.owner_of(task):
        moves.make(TASKS, "give_again", task, by=by)
        state = "to_assign" if task.person_id is None else "to_do"
        participants.move(sources.item_of(task), sources.owner_of(task), state=state, pending=True)
        made = task
    else:
        made = _to_another(task, source, owner, by)
    said = f": {text.strip()}" if text.strip() else ""
    notices.tell(
        made, "given", f"Giao lại việc: {sources.named(source)}{said}. Mở để làm.", notices.doers(made)
    )
    ledger.record(
        "tasks.given_again",
        source,
        by=by,
        note=f"giao lại việc cho {sources.who(made)}{said}",
        power="direct",
    )
    return made


def _to_another(task: Task, source: Source, owner: Owner, by: Actor) -> Task:
    """The returned task ends, another takes its place."""
    matters.check_reach([owner], by)
    if source.restricted and owner.kind == "u":
        raise Invalid(fields={"owner": "Văn bản, việc hạn chế người xem chỉ giao đích danh."})
    moves.make(TASKS, "cancel", task, by=by)
    made = Task(
        office_id=task.office_id,
        source_kind=task.source_kind,
        source_id=task.source_id,
        instruction_id=task.instruction_id,
        parent=task.parent,
        given_by=task.given_by,
        role=task.role,
        text=task.text,
        title=task.title,
        due_on=task.due_on,
        to_accept=task.to_accept,
        given_at=now(),
    )
    matters.name_assignee(made, owner)
    made.save()
    item = sources.item_of(task)
    participants.move(item, sources.owner_of(task), state="done")
    participants.include(
        item,
        owner,
        office_id=task.office_id,
        role=task.role,
        state="to_assign" if owner.kind == "u" else "to_do",
        pending=True,
        at=now(),
        due_on=task.due_on,
        urgency=source.urgency,
        restricted=source.restricted,
    )
    return made


@transaction.atomic
def mark_read(pk: int, *, by: Actor) -> None:
    """The actor has read what was given to them, or to a unit that they lead, for information."""
    task, _ = sources.held(pk, by)
    _require_doer(task, by)
    if task.role != TaskRole.INFORM or task.state != TaskState.OPEN:
        return
    moves.make(TASKS, "finish", task, by=by, also={"done_at": now(), "result": "Đã xem."})
    participants.move(sources.item_of(task), sources.owner_of(task), state="read")
