"""What the pages of incoming documents show of an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from vanthu.documents.queries import Seen
from vanthu.documents.states import NOT_HELD, Channel, IncomingState
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Cursor
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell.navigation import address, page_address

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Act:
    """The one next action of a row: a link, or (with `post`) a button that does it at once."""

    label: str
    url: str
    post: bool = False
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `looked_at`: it is never received unread, together with others."""

    pk: int
    url: str
    preview_url: str
    number: int | None
    day: date | datetime
    subject: str
    symbol: str
    issuer: str
    urgency: int
    due_on: date | None
    done: bool
    unread: bool
    state: str
    state_label: str
    state_tone: str
    given_to: str
    verdict: str
    channel: str
    not_told: bool
    looked_at: bool
    act: Act | None


_LABELS = dict(IncomingState.choices)
TONES = {"directed": "info", "done": "ok", "returned": "danger", "recalled": "danger"}


def row_of(seen: Seen[IncomingEntry], lead: str, by: Actor) -> Row:
    """The line of an entry with who has the lead, and what the actor would do with it next."""
    entry, mine = seen.entry, seen.participant
    return Row(
        pk=entry.pk,
        url=page_address("entry", entry.pk),
        preview_url=page_address("entry_preview", entry.pk),
        number=entry.arrival_number,
        day=entry.arrived_on or entry.arrived_at,
        subject=entry.subject,
        symbol=entry.symbol,
        issuer=entry.issuer_name,
        urgency=entry.urgency,
        due_on=mine.due_on or entry.due_on,
        done=entry.state in (IncomingState.DONE, *NOT_HELD),
        unread=mine.pending and mine.state not in ("directed", "assigned"),
        state=entry.state,
        state_label="Đã chuyển tiếp" if entry.passed_to else _LABELS[entry.state],
        state_tone=TONES.get(entry.state, "warn"),
        given_to=lead,
        verdict=entry.signature_verdict,
        channel=CHANNELS[entry.channel] if entry.state == IncomingState.WAITING else "",
        not_told=entry.state == IncomingState.WAITING and localtime(entry.arrived_at).date() < today(),
        looked_at=entry.channel == Channel.EMAIL,
        act=next_act(seen, by),
    )


def given_to(tasks: Sequence[Task]) -> str:
    """Who has the lead: the person if there is one, else the unit."""
    leads = [task for task in tasks if task.role == "lead"]
    people = [task for task in leads if task.person is not None]
    last = (people or leads)[-1:]
    return "".join(
        (task.person.full_name if task.person else task.unit.short_name if task.unit else "") for task in last
    )


def next_act(seen: Seen[IncomingEntry], by: Actor) -> Act | None:
    """The next action of this actor on an entry, or None."""
    entry, pk = seen.entry, seen.entry.pk
    states = {(row.owner_kind, row.state) for row in seen.sight.rows}
    mailed = (
        entry.channel == Channel.EMAIL
    )  # what a mail says of itself is looked at before it enters the book
    opened = entry.sealed and entry.state == IncomingState.REGISTERED
    to_read = bool({("p", "to_read"), ("u", "to_read")} & states)
    offers = (
        (entry.state == IncomingState.WAITING and by.may("register"), "Tiếp nhận", "receive", not mailed),
        (("p", "to_open") in states, "Mở bì", "entry", False),
        (opened and by.may("register"), "Đăng ký đủ", "complete", False),
        (("p", "to_direct") in states, "Phân công", "direct", False),
        (("u", "to_assign") in states and by.may("assign"), "Giao việc", "assign", False),
        (("p", "to_do") in states, "Soạn trả lời", "start_draft", False),
        (entry.state == IncomingState.REGISTERED and by.may("present"), "Trình", "present", False),
        (("o", "recalled") in states and by.may("register"), "Ghi nhận thu hồi", "note_recall", False),
        (to_read, "Đã xem", "mark_read", True),
    )
    found = next((offer for offer in offers if offer[0]), None)
    if found is None:
        return None
    _, label, page, post = found
    url = f"{address(page)}?reply={pk}" if page == "start_draft" else page_address(page, pk)
    return Act(label, url, post=post, primary=not to_read)


CHANNELS = dict(Channel.choices)


def cursor_of(row: Seen[IncomingEntry]) -> str:
    """Where the page after this row begins, as an address carries it."""
    return written_cursor(Cursor(row.participant.at, row.participant.item_id))


def written_cursor(cursor: Cursor) -> str:
    """A place in a list as an address carries it."""
    return f"{cursor.at.isoformat()}_{cursor.item_id}"


def read_cursor(text: str) -> Cursor | None:
    """The cursor of an address; raises `Invalid` for one that no page of ours made."""
    if not text:
        return None
    moment, _, number = text.rpartition("_")
    try:
        return Cursor(datetime.fromisoformat(moment), int(number))
    except ValueError as error:
        raise Invalid("Đường dẫn trang sau đã hỏng. Mở lại danh sách từ đầu.") from error


@dataclass(frozen=True, slots=True)
class Node:
    """A task with the tasks that were given out of it."""

    task: Task
    name: str
    parts: tuple[Node, ...]


def tree_of(tasks: Sequence[Task], parent: int | None = None) -> list[Node]:
    """The tasks of an entry as they were passed on."""
    return [
        Node(
            task=task,
            name=task.person.full_name if task.person else task.unit.short_name if task.unit else "",
            parts=tuple(tree_of(tasks, task.pk)),
        )
        for task in tasks
        if task.parent_id == parent
    ]
