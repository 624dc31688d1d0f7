"""Direct, assign, instruct, finish. Decree 30/2020/NĐ-CP, articles 23 and 24."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.states import IN_HAND, IN_THE_BOOK, IncomingState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.tasks import ending, notices, queries, sources
from vanthu.tasks.deadlines import refuse_late
from vanthu.tasks.models import Instruction, Task
from vanthu.tasks.notices import Told
from vanthu.tasks.states import TASKS, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.documents.models import Document, IncomingEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What a leader decides about an entry: the text and who does what until when.

    Owners are ("u", unit id) or ("p", person id) of the office. Without a lead the entry is closed as
    "để biết" or "lưu".
    """

    text: str = ""
    lead: Owner | None = None
    support: Sequence[Owner] = ()
    inform: Sequence[Owner] = ()
    due_on: date | None = None
    to_accept: bool = False  # whoever gives the tasks wants to accept their results

    def assignees(self) -> list[tuple[Owner, str]]:
        """(owner, role) of everybody, lead first; nobody twice."""
        found: dict[Owner, str] = {}
        for owner, role in (
            ([(self.lead, TaskRole.LEAD)] if self.lead else [])
            + [(one, TaskRole.SUPPORT) for one in self.support]
            + [(one, TaskRole.INFORM) for one in self.inform]
        ):
            found.setdefault(owner, role)
        return list(found.items())


@transaction.atomic
def direct(pk: int, direction: Direction, *, by: Actor) -> Instruction:
    """Write the direction on an incoming entry and give the tasks (bút phê, phân công).

    For leaders (`direct`) and, before any leader, the head of administration (`distribute`). Raises
    `Conflict` when another leader was first, `Invalid` when nobody and nothing is named.
    """
    if not by.may("direct"):
        by.require("distribute", "Chỉ lãnh đạo hoặc Chánh Văn phòng phân công văn bản đến.")
    _check(direction)
    entry = document_queries.incoming(pk, by, lock=True).entry
    if entry.state not in (IncomingState.REGISTERED, IncomingState.PRESENTED):
        raise Conflict(moves.who_was_first(entry))
    _check_owners(entry, direction, by, power="direct" if by.may("direct") else "distribute")
    names = _give(entry, direction, by, parent=None)
    receivers = "; ".join(name for name, _ in names)
    documents.mark_directed(entry, receivers=receivers, due_on=direction.due_on, by=by)
    _leaders_done(entry, by)
    instruction = _write(entry, direction.text, by, power="direct")
    Task.objects.filter(source_kind="in", source_id=pk, instruction=None, parent=None).update(
        instruction=instruction
    )
    ledger.record(
        "tasks.directed",
        entry,
        by=by,
        changes={"text": ("", direction.text), "due_on": (None, direction.due_on)},
        note=_sentence(direction, names),
        power="direct" if by.may("direct") else "distribute",
    )
    if direction.lead is None:
        ending.end(entry, "kết thúc: để biết, lưu", by=by)
    return instruction


def _check(direction: Direction) -> None:
    if direction.lead is None and not direction.inform and not direction.text.strip():
        raise Invalid(fields={"lead": "Chọn đơn vị hoặc người chủ trì, hoặc ghi ý kiến."})
    if direction.lead is None and direction.support:
        raise Invalid(fields={"lead": "Có đơn vị phối hợp thì phải có đơn vị chủ trì."})
    if direction.due_on is not None and direction.due_on < today():
        raise Invalid(fields={"due_on": f"Hạn giải quyết phải từ hôm nay ({today():%d/%m/%Y}) trở đi."})


def _check_owners(entry: IncomingEntry, direction: Direction, by: Actor, *, power: str) -> None:
    """A delegated power is never used in one's own favour; what is restricted goes to people by name."""
    by.require_within(power, kind=entry.kind)
    owners = {owner for owner, _ in direction.assignees()}
    if by.behalf_of(power) and Owner("p", by.person) in owners:
        raise NotAllowed(
            f"Anh/chị đang làm thay {by.behalf_of(power)} nên không giao việc cho chính mình. Chọn người khác."
        )
    if entry.restricted and any(owner.kind == "u" for owner in owners):
        raise Invalid(
            fields={"lead": "Văn bản hạn chế tiếp cận chỉ giao đích danh. Chọn người thay cho đơn vị."}
        )


def _give(
    entry: IncomingEntry, direction: Direction, by: Actor, *, parent: Task | None
) -> list[tuple[str, str]]:
    """Make the tasks and the participants' rows, tell who has to do them; returns (name, role) of the assignees."""
    names, told = [], []
    for owner, role in direction.assignees():
        task, name = _assign_one(entry, owner, role, direction, by=by, parent=parent)
        names.append((name, role))
        if role != TaskRole.INFORM:
            until = f", hạn {task.due_on:%d/%m/%Y}" if task.due_on else ""
            text = f"Việc mới: {sources.named(entry)}{until}. Mở để làm."
            told.append(Told(task, "given", text, notices.doers(task)))
    notices.tell_all(told)
    return names


def _assign_one(
    entry: IncomingEntry, owner: Owner, role: str, direction: Direction, *, by: Actor, parent: Task | None
) -> tuple[Task, str]:
    unit_id, person_id = (owner.id, None) if owner.kind == "u" else (None, owner.id)
    if unit_id is not None:
        unit = organisations.unit(unit_id, office_id=by.office)
        if not unit.valid_on(today()):
            raise Invalid(fields={"lead": f"{unit.name} không còn hoạt động. Chọn đơn vị khác."})
        name = unit.short_name
    else:
        post = organisations.post_of_person(owner.id, office_id=by.office)
        name, unit_id = post.person.full_name, post.unit_id
    due_on = direction.due_on or (parent.due_on if parent else None) or entry.due_on
    accepted = direction.to_accept or (parent is not None and parent.to_accept)
    task = Task.objects.create(
        office_id=entry.office_id,
        source_kind="in",
        source_id=entry.pk,
        parent=parent,
        given_by_id=by.person,
        unit_id=unit_id,
        person_id=person_id,
        role=role,
        text=direction.text,
        due_on=due_on,
        to_accept=accepted and role != TaskRole.INFORM,
        given_at=now(),
    )
    _show(entry, owner, role, due_on)
    if person_id is not None and unit_id is not None and parent is None:
        _show_unit_of_person(entry, unit_id, role)
    return task, name


def _show(entry: IncomingEntry, owner: Owner, role: str, due_on: date | None) -> None:
    state = "to_read" if role == TaskRole.INFORM else ("to_assign" if owner.kind == "u" else "to_do")
    participants.include(
        Item("in", entry.pk),
        owner,
        office_id=entry.office_id,
        role=role,
        state=state,
        pending=True,
        at=now(),
        due_on=due_on or entry.due_on,
        urgency=entry.urgency,
        restricted=entry.restricted,
    )


def _show_unit_of_person(entry: IncomingEntry, unit_id: int, role: str) -> None:
    """The head of the unit sees what a leader gave to one of their people directly."""
    known = [row for row in participants.owners(Item("in", entry.pk)) if row.owner_kind == "u"]
    if any(row.owner_id == unit_id for row in known):
        return
    participants.include(
        Item("in", entry.pk),
        Owner("u", unit_id),
        office_id=entry.office_id,
        role=role,
        state="assigned",
        at=now(),
        due_on=entry.due_on,
        urgency=entry.urgency,
        restricted=entry.restricted,
    )


def _leaders_done(entry: IncomingEntry, by: Actor) -> None:
    for row in participants.owners(Item("in", entry.pk)):
        if row.owner_kind == "p" and row.state == "to_direct":
            participants.move(Item("in", entry.pk), Owner("p", row.owner_id), state="directed")


def _write(entry: IncomingEntry, text: str, by: Actor, *, power: str) -> Instruction:
    return Instruction.objects.create(
        office_id=entry.office_id,
        item_kind_of="in",
        item_id_of=entry.pk,
        author_id=by.person,
        author_title=by.title,
        behalf_of=by.behalf_of(power),
        text=text.strip(),
        written_at=now(),
    )


def _sentence(direction: Direction, names: Sequence[tuple[str, str]]) -> str:
    labels = {TaskRole.LEAD: "chủ trì", TaskRole.SUPPORT: "phối hợp", TaskRole.INFORM: "để biết"}
    given = ", ".join(f"{name} {labels[TaskRole(role)]}" for name, role in names)
    until = f", hạn {direction.due_on:%d/%m/%Y}" if direction.due_on else ""
    text = f": “{direction.text.strip()}”" if direction.text.strip() else ""
    return f"giao {given}{until}{text}" if given else f"cho ý kiến{text}"


@transaction.atomic
def undo_direct(pk: int, *, by: Actor) -> None:
    """Take a direction back while nobody has acted on it; only by whoever gave it."""
    entry = document_queries.incoming(pk, by, lock=True).entry
    given = [one for one in queries.tasks_of("in", pk) if one.parent_id is None]
    if entry.state != IncomingState.DIRECTED or any(one.given_by_id != by.person_id for one in given):
        raise Conflict("Không còn gì để hoàn tác; văn bản đã sang bước khác.")
    if any(one.state == TaskState.DONE for one in given):
        raise Conflict("Đã có nơi làm xong việc được giao nên không hoàn tác được. Hãy ghi ý kiến bổ sung.")
    if Task.objects.filter(parent__in=given).exclude(state=TaskState.CANCELLED).exists():
        raise Conflict("Đơn vị đã giao tiếp cho cán bộ nên không hoàn tác được. Hãy ghi ý kiến bổ sung.")
    rows = participants.owners(Item("in", pk))
    leaders = [row for row in rows if row.owner_kind == "p" and row.state == "directed"]
    for row in rows:
        if row.owner_kind in ("u", "p") and row.role in TaskRole.values:
            participants.exclude(Item("in", pk), Owner(row.owner_kind, row.owner_id))  # type: ignore[arg-type]
    for task in given:
        moves.make(TASKS, "cancel", task, by=by)
    notices.forget(task.pk for task in given)
    for row in leaders:
        participants.move(Item("in", pk), Owner("p", row.owner_id), state="to_direct", pending=True)
    documents.mark_undirected(entry, presented=bool(leaders), by=by)
    Instruction.objects.filter(pk__in=[one.instruction_id for one in given]).update(undone_at=now())
    ledger.record("tasks.undirected", entry, by=by, note="hoàn tác việc phân công")


@transaction.atomic
def instruct(pk: int, text: str, *, by: Actor) -> Instruction:
    """Add an opinion to an entry without giving tasks."""
    if not by.may("direct"):
        by.require("assign")
    if not text.strip():
        raise Invalid(fields={"text": "Nhập ý kiến."})
    entry = document_queries.incoming(pk, by, lock=True).entry
    if entry.state not in IN_THE_BOOK:
        raise Conflict("Văn bản chưa vào sổ. Đề nghị văn thư tiếp nhận, vào sổ trước.")
    instruction = _write(entry, text, by, power="direct")
    ledger.record("tasks.instructed", entry, by=by, note=f"cho ý kiến: “{text.strip()}”", power="direct")
    return instruction


@transaction.atomic
def assign(pk: int, direction: Direction, *, by: Actor) -> Task:
    """The head of a unit passes the unit's task on to people of the unit (lead, support).

    Raises `NotAllowed` when the actor leads no unit with an open task here, `Conflict` when it is given already.
    """
    by.require("assign")
    _check(direction)
    entry = document_queries.incoming(pk, by, lock=True).entry
    task = queries.open_task_for_unit("in", pk, by)
    if task is None or task.unit_id is None:
        raise NotAllowed("Văn bản này không (còn) chờ đơn vị của anh/chị giao việc.")
    if direction.lead is None or direction.lead.kind != "p":
        raise Invalid(fields={"lead": "Chọn người chủ trì trong đơn vị."})
    colleagues = {post.person_id for post in organisations.members(task.unit_id)}
    if any(owner.id not in colleagues for owner, _ in direction.assignees()):
        raise Invalid(fields={"lead": "Chỉ giao cho người trong đơn vị. Cần đơn vị khác thì báo lãnh đạo."})
    if direction.due_on is not None:
        refuse_late(direction.due_on, task)
    _check_owners(entry, direction, by, power="assign")
    unit = Owner("u", task.unit_id)
    if not participants.move(Item("in", pk), unit, state="assigned", pending=True, only_from="to_assign"):
        raise Conflict(moves.who_was_first(entry))
    names = _give(entry, direction, by, parent=task)
    if direction.text.strip():
        _write(entry, direction.text, by, power="assign")
    Task.objects.filter(pk=task.pk, accepted_at=None).update(accepted_at=now())
    ledger.record(
        "tasks.assigned",
        entry,
        by=by,
        changes={"unit": (None, unit.id), "text": ("", direction.text)},
        note=_sentence(direction, names),
        power="assign",
    )
    return task


@transaction.atomic
def undo_assign(pk: int, *, by: Actor) -> None:
    """The head of the unit takes the assignment back while nobody has finished it."""
    entry = document_queries.incoming(pk, by, lock=True).entry
    task = queries.open_task_for_unit("in", pk, by)
    if task is None:
        raise Conflict("Không còn gì để hoàn tác; việc đã sang bước khác.")
    children = list(Task.objects.filter(parent=task).exclude(state=TaskState.CANCELLED))
    if any(child.state == TaskState.DONE for child in children):
        raise Conflict("Đã có người làm xong việc được giao nên không hoàn tác được.")
    for child in children:
        participants.exclude(Item("in", pk), Owner("p", child.person_id or 0))
        moves.make(TASKS, "cancel", child, by=by)
    notices.forget(child.pk for child in children)
    participants.move(Item("in", pk), Owner("u", task.unit_id or 0), state="to_assign", pending=True)
    ledger.record("tasks.unassigned", entry, by=by, note="hoàn tác việc giao trong đơn vị")


@transaction.atomic
def finish(pk: int, result: str, *, by: Actor) -> None:
    """The actor's own task of an incoming entry is done, with its result in a sentence.

    Whoever was given a task may finish it. When it was the lead task, the unit's task and the entry are done with it;
    where who gave the task wants to accept the result, it waits for them.
    """
    if len(result.strip()) < 5:
        raise Invalid(fields={"result": "Ghi kết quả giải quyết, ví dụ “Đã báo cáo trực tiếp Viện trưởng”."})
    entry = document_queries.incoming(pk, by, lock=True).entry
    task = queries.open_task_for_person("in", pk, by) or queries.open_task_for_unit("in", pk, by, "handle")
    if task is None:
        raise NotAllowed("Anh/chị không có việc đang làm ở văn bản này.")
    text = result.strip()
    if task.to_accept:
        ending.report(task, entry, text[:1000], by)
        note = f"báo cáo kết quả, chờ {task.given_by.full_name} duyệt: {text}"
        ledger.record("tasks.reported", entry, by=by, note=note)
        return
    ledger.record("tasks.finished", entry, by=by, note=f"hoàn thành: {text}")
    ending.done(task, entry, text, by)


@transaction.atomic
def close_by_reply(entry_id: int, document: Document, *, by: Actor) -> None:
    """An issued reply closes the incoming document that it answers, with all its open tasks; idempotent."""
    entry = document_queries.hold_incoming(entry_id)
    if entry.state == IncomingState.DONE:  # closed meanwhile: the reply still belongs to it
        documents.note_reply(entry, document, by=by)
    if entry.state not in IN_HAND:
        return
    ending.end(entry, f"kết thúc bằng văn bản trả lời {document.symbol}", by=by, replied_by=document)


@transaction.atomic
def mark_read(pk: int, *, by: Actor) -> None:
    """The actor has read what was sent to them, or to a unit that they lead, for information."""
    entry = document_queries.incoming(pk, by)
    for row in entry.sight.rows:
        own = by.acts_for(row.owner_id) if row.owner_kind == "p" else row.owner_id in by.led_unit_ids
        if row.state == "to_read" and own:
            participants.move(Item("in", pk), Owner(row.owner_kind, row.owner_id), state="read")  # type: ignore[arg-type]
