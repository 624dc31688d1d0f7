"""What waits for a person, from whatever room, as lines under headings: late first, then urgent, then by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from vanthu.documents.queries import Seen
from vanthu.issuing.queries import SeenDraft
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.tasks import queries as tasks
from vanthu.tasks.lists import Waiting
from vanthu.web.desk.piles import Piles, works
from vanthu.web.incoming import rows as incoming_rows
from vanthu.web.incoming.rows import Act
from vanthu.web.incoming.tabs import Tab as IncomingTab
from vanthu.web.issuing import rows as issuing_rows
from vanthu.web.issuing.tabs import Tab as IssuingTab
from vanthu.web.shell.navigation import address, page_address
from vanthu.web.shell.templatetags.vanthu import moment_vn

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry

LATE, BACK, URGENT, CHASE, TO_KNOW = "Quá hạn", "Bị trả lại", "Khẩn", "Đôn đốc", "Để biết"
TO_ANSWER = "Chờ tôi trả lời"
THIS_WEEK, LATER, UNDATED, AT_WORK = "Trong 7 ngày tới", "Sau đó", "Chưa đặt hạn", "Đang soạn"
_FIRST = (LATE, BACK, URGENT, TO_ANSWER)
_SYMBOLS = {"approval": "sign", "signed": "seal", "to_scan": "scan", "numbered": "seal"}
_LAST = (THIS_WEEK, LATER, UNDATED, AT_WORK, TO_KNOW)


class Mark(NamedTuple):
    """A badge: its words and tone."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the desk with its one next action; a batch carries the ids that its button sends (`picked`)."""

    key: str
    symbol: str
    title: str
    small: str
    url: str
    heading: str
    tab: str
    urgency: int = 0
    due_on: date | None = None
    marks: tuple[Mark, ...] = ()
    act: Act | None = None
    issuer: str = ""
    number: int | None = None
    picked: tuple[int, ...] = ()
    restricted: bool = False

    @property
    def late(self) -> bool:
        return self.due_on is not None and self.due_on < today()

    @property
    def hurry(self) -> bool:
        """Whether its button stands out: late, thượng khẩn, hỏa tốc."""
        return self.late or self.urgency > 1


class Tally(NamedTuple):
    """The lines read of one tab, and the page and key of the tab."""

    page: str
    tab: IncomingTab | IssuingTab
    lines: list[Todo]


def tallies(
    by: Actor, piles: Piles, incoming: Iterable[IncomingTab], outgoing: Iterable[IssuingTab]
) -> list[Tally]:
    """The lines of the tabs that count what this actor must do, newest first."""
    found = [
        *(Tally("incoming", tab, []) for tab in works(incoming)),
        *(Tally("outgoing", tab, []) for tab in works(outgoing)),
    ]
    place: dict[tuple[str, str, str], Tally] = {
        (tally.page, kind, state): tally
        for tally in found
        for kind in tally.tab.owner_kinds
        for state in tally.tab.states
    }
    for entry in piles.into:
        row = entry.participant
        if tally := place.get(("incoming", row.owner_kind, row.state)):
            tally.lines.append(_entry(entry, tally.tab, by))
    for draft in piles.out:
        row = draft.participant
        if tally := place.get(("outgoing", row.owner_kind, row.state)):
            tally.lines.append(_draft(draft, tally.tab, by))
    return found


def _entry(seen: Seen[IncomingEntry], tab: IncomingTab | IssuingTab, by: Actor) -> Todo:
    row = incoming_rows.row_of(seen, "", by)
    arrived = row.day if isinstance(row.day, datetime) and not row.number else None
    facts = [
        f"Số đến {row.number}" if row.number else "",
        row.symbol,
        row.issuer,
        f"gửi đến {moment_vn(arrived)}" if arrived else "",
        f"thay {seen.sight.via}" if seen.sight.via else "",
    ]
    verdicts = {"valid": Mark("Chữ ký hợp lệ", "ok"), "invalid": Mark("Chữ ký không hợp lệ", "danger")}
    mark = verdicts.get(row.verdict) if tab.key == "waiting" else None
    line = Todo(
        key=f"in-{row.pk}",
        symbol="info" if tab.key == "to_read" else "people" if tab.key == "to_assign" else "in",
        title=row.subject,
        small=" · ".join(filter(None, facts)),
        url=row.url,
        heading=tab.label,
        tab=f"{reverse('incoming')}?tab={tab.key}",
        urgency=row.urgency,
        due_on=row.due_on if tab.key != "to_read" else None,
        marks=(mark,) if mark else (),
        act=row.act,
        issuer="" if row.verdict == "invalid" or row.looked_at else row.issuer,
        number=row.number,
        restricted=seen.entry.restricted,
    )
    return replace(line, heading=_heading(line, tab.key))


def _draft(seen: SeenDraft, tab: IncomingTab | IssuingTab, by: Actor) -> Todo:
    row = issuing_rows.draft_row(seen, by)
    signed = row.state in ("signed", "to_scan", "numbered")
    facts = [row.kind, row.drafter if not signed else f"{row.signer} đã ký", row.unit]
    line = Todo(
        key=f"draft-{row.pk}",
        symbol=_SYMBOLS.get(row.state, "check-double"),
        title=row.subject,
        small=" · ".join(filter(None, [*facts, f"thay {seen.sight.via}" if seen.sight.via else ""])),
        url=row.url,
        heading=tab.label,
        tab=f"{reverse('outgoing')}?tab={tab.key}",
        urgency=row.urgency,
        due_on=row.due_on,
        marks=(Mark("Đang gián đoạn", "warn"),) if row.trouble else (),
        act=row.act,
        number=row.pk if row.state == "signed" else None,
        restricted=seen.draft.restricted,
    )
    if tab.key == "mine":
        line = replace(line, symbol="return" if row.returned else "pen")
        return replace(line, heading=BACK if row.returned else LATE if line.late else AT_WORK)
    return replace(line, heading=_heading(line, tab.key))


def _heading(line: Todo, key: str) -> str:
    """Late before urgent before the rest; a person's own work lies under the week in which it is due."""
    if key == "to_read":
        return TO_KNOW
    if line.late:
        return LATE
    if line.urgency:
        return URGENT
    if key != "to_do":
        return line.heading
    if line.due_on is None:
        return UNDATED
    return THIS_WEEK if line.due_on <= today() + timedelta(days=7) else LATER


def chased(by: Actor, others: Sequence[Seen[IncomingEntry]]) -> list[Todo]:
    """Overdue work of others, for whoever follows it up: the longest overdue first, with who has it. One query."""
    if not others:
        return []
    leads = tasks.leads_of("in", [one.entry.pk for one in others])
    found = []
    for one in others:
        row = incoming_rows.row_of(one, leads.get(one.entry.pk, ""), by)
        facts = [row.given_to, f"số đến {row.number}" if row.number else "", row.issuer]
        found.append(
            Todo(
                key=f"late-{row.pk}",
                symbol="clock",
                title=row.subject,
                small=" · ".join(filter(None, facts)),
                url=row.url,
                heading=CHASE,
                tab=f"{reverse('incoming')}?tab=overdue",
                due_on=row.due_on,
                act=Act("Xem", row.url, primary=False),
                restricted=one.entry.restricted,
            )
        )
    return found


_ANSWERS = {"reported": "Duyệt", "returned": "Giao lại", "open": "Trả lời"}


def of_tasks(found: Sequence[Waiting]) -> list[Todo]:
    """Work without documents that the actor does, and what others wait for them to answer."""
    return [_answer(one) if one.answer else _work(one) for one in found]


def _work(one: Waiting) -> Todo:
    task = one.task
    label = "Giao, làm" if task.person_id is None else "Làm"
    line = Todo(
        key=f"task-{task.pk}",
        symbol="check",
        title=one.title,
        small=f"{task.given_by.full_name} giao · {task.get_role_display().lower()}",
        url=page_address("task", task.pk),
        heading=UNDATED,
        tab=f"{address('tasks')}?tab=mine",
        urgency=one.urgency,
        due_on=task.due_on,
        act=Act(label, page_address("task", task.pk), primary=False),
        restricted=one.restricted,
    )
    return replace(line, heading=_heading(line, "to_do"))


def _answer(one: Waiting) -> Todo:
    task = one.task
    return Todo(
        key=f"task-{task.pk}",
        symbol="return" if task.state == "returned" else "check-double",
        title=one.title,
        small=task.get_state_display() if task.state != "open" else "Xin gia hạn",
        url=page_address("task", task.pk),
        heading=TO_ANSWER,
        tab=f"{address('tasks')}?tab=answers",
        urgency=one.urgency,
        act=Act(_ANSWERS[task.state], page_address("task", task.pk)),
        restricted=one.restricted,
    )


def in_order(headings: Iterable[str]) -> list[str]:
    """The headings as they stand on the desk: late, returned, urgent; then by kind; then by week; chasing last."""
    found = list(dict.fromkeys(headings))
    middle = [one for one in found if one not in (*_FIRST, *_LAST, CHASE)]
    return [one for one in (*_FIRST, *middle, *_LAST, CHASE) if one in found]
