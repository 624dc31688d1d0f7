"""Everything that the desk reads of participants, in one statement, and the things themselves in one per room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanthu.documents import queries as documents
from vanthu.documents.queries import Seen
from vanthu.dossiers import queries as dossiers
from vanthu.issuing import queries as issuing
from vanthu.issuing.queries import SeenDraft
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Ask
from vanthu.web.incoming.tabs import Tab as IncomingTab
from vanthu.web.issuing.tabs import Tab as IssuingTab

if TYPE_CHECKING:
    from datetime import date

    from vanthu.documents.models import IncomingEntry, OutgoingEntry
    from vanthu.dossiers.models import Dossier
    from vanthu.kernel.models import Participant

READ = 40  # lines read per tab
CHASED = 5  # overdue work of others that is shown
FEW = 5  # lines of a card beside the work
_NAMES = ("into", "out", "late", "way", "sent", "dossiers")


@dataclass(frozen=True, slots=True)
class Piles:
    """What waits (`into`, `out`), what is late at others, since when the oldest is late, and the cards beside."""

    into: list[Seen[IncomingEntry]]
    out: list[SeenDraft]
    late: list[Seen[IncomingEntry]]
    late_since: date | None
    way: list[SeenDraft]
    sent: list[Seen[OutgoingEntry]]
    dossiers: list[Dossier]


def works(tabs: Iterable[IncomingTab] | Iterable[IssuingTab]) -> list[IncomingTab] | list[IssuingTab]:
    """The tabs whose lines the desk shows: what the actor must do, and what they are to read."""
    return [tab for tab in tabs if (tab.mine or tab.key == "to_read") and tab.count]  # type: ignore[return-value]


def read(by: Actor, incoming: Iterable[IncomingTab], outgoing: Iterable[IssuingTab], *, aside: bool) -> Piles:
    """The piles of an actor; `aside` reads the cards beside the work too. Five statements at most."""
    asks = {
        "into": _of_tabs("in", works(incoming)),
        "out": _of_tabs("draft", works(outgoing)),
        "late": Ask("in", owner_kinds=("o", "u", "p"), limit=100, overdue_on=today()),
        **(_beside(by) if aside else {}),
    }
    wanted = {name: ask for name, ask in asks.items() if ask is not None}
    rows: dict[str, list[Participant]] = {name: [] for name in _NAMES}
    rows |= dict(zip(wanted, participants.windows(by, list(wanted.values())), strict=True))
    own = {row.item_id for row in rows["into"]}
    late = [row for row in rows["late"] if row.item_id not in own][:CHASED] if by.may("chase") else []
    entries = documents.incoming_of(by, [*rows["into"], *late])
    drafts = issuing.drafts_of(by, [*rows["out"], *rows["way"]]) if rows["out"] or rows["way"] else []
    others = {id(row) for row in late}
    submitted = {id(row) for row in rows["way"]}
    return Piles(
        into=[one for one in entries if id(one.participant) not in others],
        out=[one for one in drafts if id(one.participant) not in submitted],
        late=[one for one in entries if id(one.participant) in others],
        late_since=rows["late"][0].due_on if rows["late"] else None,
        way=[one for one in drafts if id(one.participant) in submitted],
        sent=documents.outgoing_of(by, rows["sent"]) if rows["sent"] else [],
        dossiers=dossiers.dossiers_of(rows["dossiers"]) if rows["dossiers"] else [],
    )


def _of_tabs(kind: str, tabs: list[IncomingTab] | list[IssuingTab]) -> Ask | None:
    if not tabs:
        return None
    states = dict.fromkeys(state for tab in tabs for state in tab.states)
    kinds = dict.fromkeys(owner for tab in tabs for owner in tab.owner_kinds)
    return Ask(kind, tuple(states), tuple(kinds), limit=READ * len(tabs))


def _beside(by: Actor) -> dict[str, Ask | None]:
    """Drafts that the actor submitted and others now have; what the office issued last; dossiers that they keep."""
    clerk = by.may("number")
    kept = Ask("dossier", ("open",), ("p",), limit=FEW)
    handed_over = Ask("dossier", ("handed_over",), ("a",), limit=FEW * 2)
    return {
        "way": Ask("draft", ("submitted",), ("p",), limit=FEW) if by.may("draft") and not clerk else None,
        "sent": Ask("out", ("issued",), limit=FEW) if clerk else None,
        "dossiers": (handed_over if by.may("take_over") else kept)
        if by.may("keep_dossier") and not clerk
        else None,
    }
