"""What waits for a person, from whatever room, as lines of one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vanthu.documents import queries as documents
from vanthu.issuing import queries as issuing
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.tasks import queries as tasks
from vanthu.web.incoming import rows as incoming_rows
from vanthu.web.incoming.rows import Act
from vanthu.web.incoming.tabs import Tab as IncomingTab
from vanthu.web.issuing import rows as issuing_rows
from vanthu.web.issuing.tabs import Tab as IssuingTab

SHOWN = 12  # lines read per tab


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the desk with its one next action."""

    symbol: str
    title: str
    small: str
    url: str
    urgency: int
    due_on: date | None
    mark: str
    act: Act | None

    @property
    def late(self) -> bool:
        return self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    heading: str
    lines: tuple[Todo, ...]


def groups(by: Actor, incoming: Iterable[IncomingTab], issuing: Iterable[IssuingTab]) -> list[Group]:
    """What the actor must do: late first, then urgent, then the rest; read from the tabs that count as theirs."""
    lines = [
        *_incoming(by, [tab for tab in incoming if tab.mine and tab.count]),
        *_drafts(by, [tab for tab in issuing if tab.mine and tab.count]),
    ]
    late = [line for line in lines if line.late]
    urgent = [line for line in lines if line.urgency and not line.late]
    rest = [line for line in lines if not line.urgency and not line.late]
    named = (("Quá hạn", late), ("Khẩn", urgent), ("Cần làm", rest))
    return [Group(heading, tuple(_by_date(found))) for heading, found in named if found]


def _by_date(lines: Sequence[Todo]) -> list[Todo]:
    return sorted(lines, key=lambda line: (-line.urgency, line.due_on or date.max))


def _incoming(by: Actor, tabs: Sequence[IncomingTab]) -> list[Todo]:
    seen = {
        one.entry.pk: one
        for tab in tabs
        for one in documents.incoming_list(by, states=tab.states, owner_kinds=tab.owner_kinds, limit=SHOWN)
    }
    given = tasks.tasks_by_items("in", seen) if seen else {}
    shown = []
    for one in seen.values():
        row = incoming_rows.row_of(one, given.get(one.entry.pk, []), by)
        number = f"Số đến {row.number} · " if row.number else ""
        shown.append(
            Todo(
                symbol="in",
                title=row.subject,
                small=f"{number}{row.symbol} · {row.issuer}",
                url=row.url,
                urgency=row.urgency,
                due_on=row.due_on,
                mark="" if row.number else "Mới gửi đến",
                act=row.act,
            )
        )
    return shown


def _drafts(by: Actor, tabs: Sequence[IssuingTab]) -> list[Todo]:
    seen = {
        one.draft.pk: one
        for tab in tabs
        for one in issuing.drafts(by, states=tab.states, owner_kinds=tab.owner_kinds, limit=SHOWN)
    }
    shown = []
    for one in seen.values():
        row = issuing_rows.draft_row(one, by)
        shown.append(
            Todo(
                symbol="sign" if row.state == "approval" else "seal" if row.state == "signed" else "pen",
                title=row.subject,
                small=" · ".join(filter(None, [row.kind, row.drafter, row.unit])),
                url=row.url,
                urgency=row.urgency,
                due_on=row.due_on,
                mark="Bị trả lại" if row.returned else "",
                act=row.act,
            )
        )
    return shown
