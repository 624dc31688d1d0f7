"""Work that no incoming document brought: free-standing, of a meeting's conclusion, of a document, periodic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.calendar import now, today
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations import queries as organisations
from vanthu.tasks import notices, sources
from vanthu.tasks.deadlines import refuse_late
from vanthu.tasks.models import Matter, Task
from vanthu.tasks.states import LIVE, MATTERS, TASKS, MatterState, Origin, TaskRole, TaskState

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

_STATES = {TaskRole.LEAD: "to_do", TaskRole.SUPPORT: "to_do", TaskRole.INFORM: "to_read"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A piece of work as it is given: what, to whom, until when. Owners are ("u", unit) or ("p", person).

    `origin_name` and `origin_on` name the meeting; `about` the document it comes from, if any.
    """

    title: str
    text: str = ""
    lead: Owner
    support: Sequence[Owner] = ()
    inform: Sequence[Owner] = ()
    due_on: date | None = None
    urgency: int = 0
    restricted: bool = False
    to_accept: bool = True
    origin: str = Origin.OWN
    origin_name: str = ""
    origin_on: date | None = None
    about: Item | None = None

    def roles(self) -> list[tuple[Owner, str]]:
        """(owner, role), lead first; nobody twice."""
        found = {self.lead: TaskRole.LEAD}
        for owner in self.support:
            found.setdefault(owner, TaskRole.SUPPORT)
        for owner in self.inform:
            found.setdefault(owner, TaskRole.INFORM)
        return [(owner, role.value) for owner, role in found.items()]


def may_give(by: Actor) -> bool:
    """Whether the actor gives work."""
    return by.may("direct") or by.may("distribute") or by.may("assign")


@transaction.atomic
def give(order: Order, *, by: Actor) -> Matter:
    """Give a piece of work; leaders to anybody of the office, heads of units to their own people.

    Raises `NotAllowed`, or `Invalid` with a sentence per field.
    """
    _check(order, by)
    moment = now()
    matter = Matter.objects.create(
        office_id=by.office,
        title=order.title.strip(),
        origin=order.origin,
        origin_name=order.origin_name.strip(),
        origin_on=order.origin_on,
        about_kind=order.about.kind if order.about else "",
        about_id=order.about.id if order.about else None,
        given_by_id=by.person,
        due_on=order.due_on,
        urgency=order.urgency,
        restricted=order.restricted,
        given_at=moment,
    )
    show(matter, order.roles())
    tasks = [_task(matter, order, owner, role, by.person) for owner, role in order.roles()]
    until = f", hạn {order.due_on:%d/%m/%Y}" if order.due_on else ""
    whom = "; ".join(f"{sources.who(one)} {one.get_role_display().lower()}" for one in tasks)
    ledger.record(
        "tasks.matter_given",
        matter,
        by=by,
        changes={"title": ("", matter.title), "due_on": (None, matter.due_on)},
        note=f"giao việc cho {whom}{until}",
        power="direct" if by.may("direct") else "assign",
    )
    return matter


def _check(order: Order, by: Actor) -> None:
    owners = [owner for owner, _ in order.roles()]
    if len(order.title.strip()) < 5:
        raise Invalid(fields={"title": "Ghi rõ việc cần làm, ít nhất một câu ngắn."})
    if order.due_on is not None and order.due_on < today():
        raise Invalid(fields={"due_on": f"Hạn phải từ hôm nay ({today():%d/%m/%Y}) trở đi."})
    if order.origin == Origin.MEETING and not order.origin_name.strip():
        raise Invalid(fields={"origin_name": "Ghi tên cuộc họp, ví dụ “Giao ban tháng 11/2026”."})
    if order.restricted and any(owner.kind == "u" for owner in owners):
        raise Invalid(
            fields={"lead": "Việc hạn chế người xem chỉ giao đích danh. Chọn người thay cho đơn vị."}
        )
    check_reach(owners, by)
    if order.about is not None:
        look = documents.incoming if order.about.kind == "in" else documents.outgoing
        look(order.about.id, by)


def check_reach(owners: Sequence[Owner], by: Actor) -> None:
    """Whom the actor may give work to: leaders (and distributors) the office, heads of units their own people."""
    if not (by.may("direct") or by.may("distribute") or by.may("assign")):
        raise NotAllowed("Chỉ lãnh đạo Viện, Chánh Văn phòng và lãnh đạo đơn vị giao việc.")
    if by.behalf_of("direct") and Owner("p", by.person) in owners:
        raise NotAllowed(
            "Anh/chị đang làm thay lãnh đạo nên không giao việc cho chính mình. Chọn người khác."
        )
    if by.may("direct") or by.may("distribute"):
        return
    own = {post.person_id for unit in by.led_unit_ids for post in organisations.members(unit)}
    if any(owner.kind != "p" or owner.id not in own for owner in owners):
        raise Invalid(fields={"lead": "Chỉ giao cho người trong đơn vị. Cần đơn vị khác thì báo lãnh đạo."})


def _task(matter: Matter, order: Order, owner: Owner, role: str, giver: int) -> Task:
    return make_task(
        matter,
        owner,
        role,
        Task(
            given_by_id=giver,
            text=order.text.strip(),
            due_on=order.due_on,
            to_accept=order.to_accept and role != TaskRole.INFORM,
        ),
    )


def make_task(matter: Matter, owner: Owner, role: str, task: Task) -> Task:
    """Fill in and keep a task of a matter: `task` says by whom, what, until when and under which other task."""
    task.office_id, task.source_kind, task.source_id = matter.office_id, "matter", matter.pk
    task.role, task.given_at = role, now()
    name_assignee(task, owner)
    task.save()
    if role != TaskRole.INFORM:
        until = f", hạn {task.due_on:%d/%m/%Y}" if task.due_on else ""
        notices.tell(
            task, "given", f"Việc mới: {sources.named(matter)}{until}. Mở để làm.", notices.doers(task)
        )
    return task


def name_assignee(task: Task, owner: Owner) -> None:
    """Set unit and person of a task from its owner; raises `Invalid` or `NotFound` for who is not there."""
    if owner.kind == "u":
        task.unit = organisations.unit(owner.id, office_id=task.office_id)
        task.person = None
        if not task.unit.valid_on(today()):
            raise Invalid(fields={"lead": f"{task.unit.name} không còn hoạt động. Chọn đơn vị khác."})
        return
    post = organisations.post_of_person(owner.id, office_id=task.office_id)
    task.person, task.unit = post.person, post.unit


def show(matter: Matter, roles: Sequence[tuple[Owner, str]]) -> None:
    """Who sees the matter: the office, who gave it, who was given it and the units of these."""
    rows = [
        _row(matter, Owner("o", matter.office_id), "office", matter.state),
        _row(matter, Owner("p", matter.given_by_id), "giver", "given"),
    ]
    for owner, role in roles:
        if owner.kind == "p":
            post = organisations.post_of_person(owner.id, office_id=matter.office_id)
            if post.unit_id and not matter.restricted:
                rows.insert(2, _row(matter, Owner("u", post.unit_id), role, "assigned"))
        state = "to_assign" if owner.kind == "u" and role != TaskRole.INFORM else _STATES[TaskRole(role)]
        rows.append(_row(matter, owner, role, state))
    participants.include_all(rows)


def _row(matter: Matter, owner: Owner, role: str, state: str) -> Participant:
    return Participant(
        item_kind="matter",
        item_id=matter.pk,
        owner_kind=owner.kind,
        owner_id=owner.id,
        office_id=matter.office_id,
        role=role,
        state=state,
        pending=state in ("to_assign", "to_do", "to_read"),
        at=matter.given_at,
        due_on=matter.due_on,
        urgency=matter.urgency,
        restricted=matter.restricted,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a task, given on: what, to whom, in which role, until when."""

    title: str
    owner: Owner
    role: str = TaskRole.LEAD
    due_on: date | None = None


@transaction.atomic
def divide(pk: int, part: Part, *, by: Actor) -> Task:
    """Give a part of one's task on (việc con); its deadline never lies after the task's own.

    Raises `NotAllowed` for whoever does not do the task, `Conflict` when it is over.
    """
    task, source = sources.held(pk, by)
    if not isinstance(source, Matter):
        raise Conflict("Việc của văn bản đến được giao tiếp ở trang của văn bản. Mở văn bản rồi chọn “Giao”.")
    if not sources.does(task, by):
        raise NotAllowed("Chỉ người đang giữ việc này giao tiếp việc con.")
    if task.state != TaskState.OPEN:
        raise Conflict(moves.who_was_first(source))
    if len(part.title.strip()) < 5:
        raise Invalid(fields={"title": "Ghi rõ phần việc giao."})
    check_reach([part.owner], by)
    due_on = part.due_on or task.due_on
    refuse_late(due_on, task)
    show_more(source, part.owner, part.role)
    made = make_task(
        source,
        part.owner,
        part.role,
        Task(
            parent=task,
            given_by_id=by.person,
            title=part.title.strip()[:300],
            due_on=due_on,
            to_accept=part.role != TaskRole.INFORM,
        ),
    )
    if task.person_id is None:
        participants.move(sources.item_of(task), sources.owner_of(task), state="assigned")
        Task.objects.filter(pk=task.pk, accepted_at=None).update(accepted_at=now())
    until = f", hạn {due_on:%d/%m/%Y}" if due_on else ""
    note = f"giao {sources.who(made)} {made.get_role_display().lower()} phần việc “{made.title}”{until}"
    ledger.record("tasks.divided", source, by=by, note=note, power="assign")
    return made


def show_more(matter: Matter, owner: Owner, role: str) -> None:
    """The same for one more owner; whoever stands there already keeps their row's place."""
    known = {(row.owner_kind, row.owner_id): row for row in participants.owners(Item("matter", matter.pk))}
    row = known.get((owner.kind, owner.id))
    state = "to_assign" if owner.kind == "u" else _STATES[TaskRole(role)]
    if row is None:
        participants.include_all([_row(matter, owner, role, state)])
    elif row.state not in ("to_assign", "to_do"):
        participants.move(Item("matter", matter.pk), owner, state=state, pending=True)


@transaction.atomic
def withdraw(pk: int, reason: str, *, by: Actor) -> None:
    """Take a task of a matter back, with the parts under it; the whole matter, when it was its lead task."""
    if len(reason.strip()) < 5:
        raise Invalid(fields={"reason": "Ghi lý do thu hồi việc."})
    task, source = sources.held(pk, by)
    if not isinstance(source, Matter):
        raise Conflict("Việc của văn bản đến chỉ hoàn tác được ở trang của văn bản, khi chưa ai làm.")
    if not sources.gave(task, by):
        raise NotAllowed("Chỉ người giao thu hồi việc này.")
    whole = task.parent_id is None and task.role == TaskRole.LEAD
    rows = Task.objects.filter(source_kind="matter", source_id=source.pk, state__in=LIVE)
    gone = list(rows) if whole else _below(task)
    if task.state not in LIVE:
        raise Conflict(moves.who_was_first(source))
    for one in gone:
        moves.make(TASKS, "cancel", one, by=by)
    notices.forget([one.pk for one in gone])
    if whole:
        moves.make(MATTERS, "cancel", source, by=by, also={"closed_at": now()})
        participants.move_all(Item("matter", source.pk), state="cancelled")
    else:
        settle_rows(source, gone)
    what = "cả việc" if whole else f"phần giao {sources.who(task)}"
    ledger.record("tasks.withdrawn", source, by=by, note=f"thu hồi {what}: {reason.strip()}")


def _below(task: Task) -> list[Task]:
    """The task and every live part under it."""
    found, level = [task], [task]
    while level:
        level = list(Task.objects.filter(parent__in=level, state__in=LIVE))
        found += level
    return found


def settle_rows(matter: Matter, gone: Sequence[Task]) -> None:
    """Whoever has no other live task of the matter has nothing to do there any more."""
    live = list(Task.objects.filter(source_kind="matter", source_id=matter.pk, state=TaskState.OPEN))
    busy = {sources.owner_of(one) for one in live}
    for owner in {sources.owner_of(one) for one in gone} - busy:
        participants.move(Item("matter", matter.pk), owner, state="done")


def close(matter: Matter, *, by: Actor) -> None:
    """The lead task is done: so is the matter."""
    if matter.state != MatterState.OPEN:
        return
    moves.make(MATTERS, "close", matter, by=by, also={"closed_at": now()})
    participants.move_all(Item("matter", matter.pk), state="done")
