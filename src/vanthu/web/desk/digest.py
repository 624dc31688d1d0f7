"""The daily e-mail: what waits for a person, by number and subject; of what is restricted only that it waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.tasks import lists
from vanthu.web.desk import piles, todo
from vanthu.web.desk.groups import Group, gathered
from vanthu.web.desk.todo import TO_ANSWER
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as issuing_tabs

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor
    from vanthu.web.desk.todo import Todo

HIDDEN = "Nội dung hạn chế tiếp cận, mở hệ thống để xem"


def message_for(by: Actor, address: str) -> EmailMessage | None:
    """The mail of today for an actor, or None when nothing waits for them."""
    groups = _groups(by)
    if not groups:
        return None
    count = sum(len(group.lines) for group in groups)
    context = {
        "name": by.name,
        "today": today(),
        "groups": [
            (group.heading, [_sentence(line, group.heading) for line in group.lines]) for group in groups
        ],
        "more": any(group.more_url for group in groups),
        "site": settings.SITE,
    }
    body = render_to_string("desk/digest.txt", context)
    return EmailMessage(f"Văn thư {today():%d/%m}: {count} việc chờ anh/chị", body, to=[address])


def _groups(by: Actor) -> Sequence[Group]:
    standing = participants.standing(by, "in", on=today())
    incoming = incoming_tabs.tabs_for(by, standing.counts, standing.overdue)
    outgoing = issuing_tabs.tabs_for(by, standing.counts)
    read = piles.read(by, incoming, outgoing, aside=False)
    return gathered(
        todo.tallies(by, read, incoming, outgoing),
        [*todo.of_tasks(lists.waiting(by)), *todo.chased(by, read.late)],
    )


def _sentence(line: Todo, heading: str) -> str:
    """Number, subject and deadline; of what people wrote to each other nothing."""
    if line.restricted:
        what = HIDDEN
    elif heading == TO_ANSWER:
        what = line.small
    else:
        what = line.title
    number = f"Số đến {line.number}: " if line.number and line.key.startswith("in-") else ""
    until = f" (hạn {line.due_on:%d/%m/%Y})" if line.due_on else ""
    return f"{number}{what}{until}"
