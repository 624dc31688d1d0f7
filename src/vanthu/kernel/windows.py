"""Pages of lists over the participants' rows: one index range per reach and state, never more than a page of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django.db.models import QuerySet

from vanthu.kernel.actor import Actor, OwnerKind, Reach, Restricted
from vanthu.kernel.models import Participant


class Cursor(NamedTuple):
    """Where a page of a list begins: rows older than this (newest first)."""

    at: datetime
    item_id: int


# A draft has neither number nor date yet: with its subject masked nothing of it would be left to show.
NEVER_MASKED = "draft"


def level_of(reach: Reach, kind: str) -> Restricted:
    """What is seen of restricted items of this kind."""
    return "hidden" if reach.restricted == "masked" and kind == NEVER_MASKED else reach.restricted


type OfKinds = Callable[[Sequence[str]], QuerySet[Any, Any]]

_of_kinds: dict[str, OfKinds] = {}


def tell_kinds(item_kind: str, of_kinds: OfKinds) -> None:
    """Connect how items that are documents of some kinds are found; for reaches that are confined to them."""
    _of_kinds[item_kind] = of_kinds


def ids_of_kinds(item_kind: str, kinds: Sequence[str]) -> QuerySet[Any, Any]:
    """The ids of the items of a kind that are documents of these kinds."""
    return _of_kinds[item_kind](kinds)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a list asks for: rows of one kind, newest first, or (with `overdue_on`) open ones past their date.

    `states` are the owners' own states (none = all); `owner_kinds` narrows whose rows are read; `urgent` leaves out
    what is not (for states in which little waits: the range is read to its end).
    """

    kind: str
    states: tuple[str, ...] = ()
    owner_kinds: tuple[OwnerKind, ...] = ("o", "u", "p", "a")
    before: Cursor | None = None
    limit: int = 50
    overdue_on: date | None = None
    urgent: bool = False


def window(
    by: Actor,
    kind: str,
    *,
    states: Sequence[str] = (),
    owner_kinds: Sequence[OwnerKind] = ("o", "u", "p", "a"),
    before: Cursor | None = None,
    limit: int = 50,
) -> list[Participant]:
    """One page of a list, newest first, one row per item: keyset, one index range per reach and state."""
    return windows(by, [Ask(kind, tuple(states), tuple(owner_kinds), before, limit)])[0]


def overdue(
    by: Actor, kind: str, *, on: date, owner_kinds: Sequence[OwnerKind] = ("o", "u", "p"), limit: int = 100
) -> list[Participant]:
    """Open rows whose date has passed, the longest overdue first, one per item, at most `limit`."""
    return windows(by, [Ask(kind, owner_kinds=tuple(owner_kinds), limit=limit, overdue_on=on)])[0]


def windows(by: Actor, asks: Sequence[Ask]) -> list[list[Participant]]:
    """What several lists ask for, each as `window` and `overdue` give it; one statement for all of them."""
    parts: list[str] = []
    arguments: list[Any] = []
    for number, ask in enumerate(asks):
        sql, values = first_of(by, ask)
        if sql:
            parts.append(f"(SELECT part.*, {number} AS asked FROM ({sql}) part)")  # noqa: S608 - constant text
            arguments += values
    found: list[list[Participant]] = [[] for _ in asks]
    if parts:
        for row in Participant.objects.raw(" UNION ALL ".join(parts), arguments):
            found[cast("Any", row).asked].append(row)
    for ask, rows in zip(asks, found, strict=True):
        if ask.overdue_on is None:
            rows.sort(key=lambda row: (row.at, row.item_id), reverse=True)
        else:
            rows.sort(key=lambda row: (row.due_on, row.item_id))
    return found


_NEWEST = "at DESC, item_id DESC"
_LONGEST = "due_on, item_id"


def first_of(by: Actor, ask: Ask) -> tuple[str, list[Any]]:
    """The rows of one list, one per item: the first `limit` of every index range, then the first of them all."""
    reaches = [
        reach
        for reach in by.reaches
        if reach.owner_kind in ask.owner_kinds and (not reach.item_kinds or ask.kind in reach.item_kinds)
    ]
    order = _NEWEST if ask.overdue_on is None else _LONGEST
    whole = [reach for reach in reaches if not reach.kinds]
    newer, newer_values = _on_earlier_pages(whole, ask.kind, ask.states, ask.before)
    parts: list[str] = []
    arguments: list[Any] = []
    for reach in reaches:
        for state in ask.states or (None,):
            sql, values = _range(reach, ask, state)
            parts.append(f"({sql}{newer} ORDER BY {order} LIMIT %s)")
            arguments += [*values, *newer_values, ask.limit]
    if not parts:
        return "", []
    if len(parts) == 1:
        return parts[0], arguments
    # An owner has one row of an item, so that states alone never give the same item twice.
    union = " UNION ALL ".join(parts)
    if len(reaches) > 1:
        union = f"SELECT DISTINCT ON (item_id) * FROM ({union}) every ORDER BY item_id, {order}"  # noqa: S608
    return f"SELECT * FROM ({union}) one ORDER BY {order} LIMIT %s", [*arguments, ask.limit]  # noqa: S608


def _range(reach: Reach, ask: Ask, state: str | None) -> tuple[str, list[Any]]:
    sql = "SELECT * FROM kernel_participant w WHERE owner_kind = %s AND owner_id = %s AND item_kind = %s"
    values: list[Any] = [reach.owner_kind, reach.owner_id, ask.kind]
    if state is not None:
        sql += " AND state = %s"
        values.append(state)
    if reach.offices:
        sql += " AND office_id = ANY(%s)"
        values.append(list(reach.offices))
    if level_of(reach, ask.kind) == "hidden":
        sql += " AND NOT restricted"
    if reach.kinds:
        of_kinds, kinds = ids_of_kinds(ask.kind, reach.kinds).query.sql_with_params()
        sql += f" AND item_id IN ({of_kinds})"
        values += kinds
    if ask.before is not None:
        sql += " AND (at, item_id) < (%s, %s)"
        values += [ask.before.at, ask.before.item_id]
    if ask.urgent:
        sql += " AND urgency > 0"
    if ask.overdue_on is not None:
        sql += " AND pending AND due_on < %s"
        values.append(ask.overdue_on)
    return sql, values


def _on_earlier_pages(
    reaches: Sequence[Reach], kind: str, states: Sequence[str], before: Cursor | None
) -> tuple[str, list[Any]]:
    """Leave out items that an earlier page showed through a newer row of another owner.

    `OFFSET 0` keeps it a look at the few rows of each item: joined, it would read everything newer than the page.
    """
    if before is None or len(reaches) < 2:
        return "", []
    owners = [(reach.owner_kind, reach.owner_id, level_of(reach, kind) != "hidden") for reach in reaches]
    listed = ", ".join(["(%s, %s, %s)"] * len(owners))
    sql = (
        f" AND NOT EXISTS (SELECT 1 FROM kernel_participant n JOIN (VALUES {listed}) o (kind, id, whole)"  # noqa: S608
        " ON n.owner_kind = o.kind AND n.owner_id = o.id WHERE n.item_kind = w.item_kind"
        " AND n.item_id = w.item_id AND (n.at, n.item_id) >= (%s, %s) AND (o.whole OR NOT n.restricted)"
    )
    values = [*(part for owner in owners for part in owner), before.at, before.item_id]
    if states:
        return f"{sql} AND n.state = ANY(%s) OFFSET 0)", [*values, list(states)]
    return f"{sql} OFFSET 0)", values
