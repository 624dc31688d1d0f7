"""Who may see an item and why: include, move, look. Lists, badges and permissions all read these rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import Q, QuerySet

from vanthu.kernel.actor import Actor, OwnerKind, Reach
from vanthu.kernel.models import Participant
from vanthu.kernel.windows import (
    NEVER_MASKED,
    Ask,
    Cursor,
    first_of,
    ids_of_kinds,
    level_of,
    overdue,
    tell_kinds,
    window,
    windows,
)

__all__ = [
    "Ask",
    "Counts",
    "Cursor",
    "Item",
    "Owner",
    "Sight",
    "Standing",
    "counts",
    "exclude",
    "fold_counters",
    "include",
    "include_all",
    "move",
    "move_all",
    "move_many",
    "overdue",
    "owners",
    "set_due",
    "sight",
    "sight_of_rows",
    "sights",
    "standing",
    "tell_kinds",
    "visible",
    "window",
    "windows",
]


class Owner(NamedTuple):
    """Whose row it is: ("o", office), ("u", unit), ("p", person) or ("a", office whose archive)."""

    kind: OwnerKind
    id: int


class Item(NamedTuple):
    """What the row is about: ("in" | "out" | "draft" | "dossier", id)."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What an actor sees of one item: all metadata or the masked few, and whether the files."""

    masked: bool
    files: bool
    via: str
    rows: tuple[Participant, ...]

    def state_for(self, owner: Owner) -> str:
        """The owner's own state of the item, or ""."""
        return next((row.state for row in self.rows if (row.owner_kind, row.owner_id) == owner), "")


def include(
    item: Item,
    owner: Owner,
    *,
    office_id: int,
    role: str,
    state: str,
    at: datetime,
    pending: bool = False,
    due_on: date | None = None,
    urgency: int = 0,
    restricted: bool = False,
) -> None:
    """Give the owner a row for the item, or bring the row up to date."""
    row = Participant(
        item_kind=item.kind,
        item_id=item.id,
        owner_kind=owner.kind,
        owner_id=owner.id,
        office_id=office_id,
        role=role,
        state=state,
        pending=pending,
        at=at,
        due_on=due_on,
        urgency=urgency,
        restricted=restricted,
    )
    include_all([row])


_COLUMNS = ("item_kind", "item_id", "owner_kind", "owner_id", "office_id", "role", "state", "pending", "at", "due_on",
            "urgency", "restricted")  # fmt: skip
_IDENTITY = attrgetter(*_COLUMNS[:4])
_ROW = attrgetter(*_COLUMNS)
_UPSERT = (  # constant text
    f"INSERT INTO kernel_participant ({', '.join(_COLUMNS)}) VALUES %s"  # noqa: S608
    f" ON CONFLICT ({', '.join(_COLUMNS[:4])}) DO UPDATE SET"
    f" {', '.join(f'{name} = EXCLUDED.{name}' for name in _COLUMNS[4:])}"
)


def include_all(rows: Iterable[Participant]) -> None:
    """The same for many rows in one statement; of two for one item and owner the later counts."""
    latest = {_IDENTITY(row): row for row in rows}
    if not latest:
        return
    values = ", ".join([f"({', '.join(['%s'] * len(_COLUMNS))})"] * len(latest))
    columns = [column for key in sorted(latest) for column in _ROW(latest[key])]  # one order of locks for all
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT % values, columns)


def move(
    item: Item, owner: Owner, *, state: str, pending: bool = False, only_from: str = "", **changes: Any
) -> bool:
    """Set the owner's state; False when the owner has no row (or, given `only_from`, not in that state)."""
    rows = Participant.objects.filter(
        item_kind=item.kind, item_id=item.id, owner_kind=owner.kind, owner_id=owner.id
    )
    if only_from:
        rows = rows.filter(state=only_from)
    return bool(rows.update(state=state, pending=pending, **changes))


def move_all(item: Item, *, state: str, pending: bool = False, owner_kind: OwnerKind | None = None) -> None:
    """Set the state of every owner's row (of one kind)."""
    rows = Participant.objects.filter(item_kind=item.kind, item_id=item.id)
    if owner_kind:
        rows = rows.filter(owner_kind=owner_kind)
    rows.update(state=state, pending=pending)


def move_many(
    kind: str,
    ids: Sequence[int],
    *,
    owner_kinds: Sequence[OwnerKind],
    state: str,
    pending: bool = False,
    **changes: Any,
) -> None:
    """Set the state of these kinds of owners in many items of one kind, in one statement."""
    rows = Participant.objects.filter(item_kind=kind, item_id__in=ids, owner_kind__in=owner_kinds)
    rows.update(state=state, pending=pending, **changes)


def set_due(item: Item, due_on: date | None, *, owner: Owner | None = None) -> None:
    """Set the deadline that lists show, of everybody or of one owner."""
    rows = Participant.objects.filter(item_kind=item.kind, item_id=item.id)
    if owner is not None:
        rows = rows.filter(owner_kind=owner.kind, owner_id=owner.id)
    rows.update(due_on=due_on)


def exclude(item: Item, owner: Owner) -> None:
    """Take the owner's row away."""
    Participant.objects.filter(
        item_kind=item.kind, item_id=item.id, owner_kind=owner.kind, owner_id=owner.id
    ).delete()


def owners(item: Item) -> list[Participant]:
    """Every row of an item."""
    return list(Participant.objects.filter(item_kind=item.kind, item_id=item.id).order_by("id"))


def sight(by: Actor, item: Item) -> Sight | None:
    """What the actor sees of the item, or None when it does not exist for them. One query."""
    rows = list(Participant.objects.filter(item_kind=item.kind, item_id=item.id).filter(_owned(by.reaches)))
    return sight_of_rows(by, rows)


def sights(by: Actor, kind: str, ids: Iterable[int]) -> dict[int, Sight]:
    """The same for many items of one kind; items that do not exist for the actor are absent. One query."""
    found: dict[int, list[Participant]] = {}
    for row in Participant.objects.filter(item_kind=kind, item_id__in=list(ids)).filter(_owned(by.reaches)):
        found.setdefault(row.item_id, []).append(row)
    seen = {number: sight_of_rows(by, rows) for number, rows in found.items()}
    return {number: one for number, one in seen.items() if one is not None}


def visible(by: Actor, kind: str, *, files: bool = False) -> QuerySet[Participant, int]:
    """The ids of the items of a kind that exist for the actor (with `files`: whose files they may open).

    For `pk__in` of a query that finds few things by other means.
    """
    open_ = [reach for reach in by.reaches if reach.files or not files]
    enough = ("full",) if files else ("full", "masked")
    whole = [reach for reach in open_ if level_of(reach, kind) in enough]
    seen = _owned(whole) | _owned(open_) & Q(restricted=False)
    return Participant.objects.filter(seen, item_kind=kind).values_list("item_id", flat=True)


def sight_of_rows(by: Actor, rows: Sequence[Participant]) -> Sight | None:
    """What these rows, all owned by one of the actor's reaches, let the actor see."""
    best: tuple[bool, bool, str] | None = None
    for row in rows:
        for reach in by.reaches:
            if (reach.owner_kind, reach.owner_id) != (row.owner_kind, row.owner_id):
                continue
            if reach.offices and row.office_id not in reach.offices:
                continue
            if reach.item_kinds and row.item_kind not in reach.item_kinds:
                continue
            view = _through(reach, row)
            if view is not None and (best is None or view < best):
                best = view
    if best is None:
        return None
    masked, no_files, via = best
    return Sight(masked=masked, files=not no_files, via=via, rows=tuple(rows))


def _through(reach: Reach, row: Participant) -> tuple[bool, bool, str] | None:
    """(masked, without files, via), smaller is more; None when hidden."""
    level = level_of(reach, row.item_kind) if row.restricted else "full"
    if level == "hidden":
        return None
    masked = level == "masked"
    return masked, masked or not reach.files, reach.via


def _owned(reaches: Iterable[Reach]) -> Q:
    """The rows (or counters) of these owners, within the offices of each reach."""
    grouped: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    owned = Q(pk__in=[])
    for reach in reaches:
        if reach.confined:
            owned |= _lent(reach)
        else:
            grouped.setdefault((reach.owner_kind, reach.offices), []).append(reach.owner_id)
    for (kind, offices), ids in grouped.items():
        own = Q(owner_kind=kind, owner_id__in=ids)
        owned |= own & Q(office_id__in=offices) if offices else own
    return owned


def _lent(reach: Reach) -> Q:
    """The rows of an owner that a delegation for one book or for some kinds of documents shows."""
    own = Q(owner_kind=reach.owner_kind, owner_id=reach.owner_id)
    if reach.offices:
        own &= Q(office_id__in=reach.offices)
    if not reach.kinds:
        return own & Q(item_kind__in=reach.item_kinds)
    of_kinds = Q(pk__in=[])
    for item_kind in reach.item_kinds:
        of_kinds |= Q(item_kind=item_kind, item_id__in=ids_of_kinds(item_kind, reach.kinds))
    return own & of_kinds


type Counts = dict[tuple[OwnerKind, str, str], int]


class Standing(NamedTuple):
    """How much waits: the counters as `counts` gives them, and how many items are overdue."""

    counts: Counts
    overdue: int


def counts(by: Actor) -> Counts:
    """{(owner_kind, item_kind, state): how many} of what the actor sees through each kind of owner.

    One query on counters.
    """
    return _counted(*_counters(by))[0]


def standing(by: Actor, kind: str, *, on: date, most: int = 100) -> Standing:
    """The counters, and how many items of this kind are overdue as `overdue` lists them, at most `most`. One query."""
    sql, values = _counters(by)
    late, late_values = first_of(by, Ask(kind, owner_kinds=("o", "u", "p"), limit=most, overdue_on=on))
    if late:
        sql += f" UNION ALL SELECT '', '', '', count(*) FROM ({late}) late"  # noqa: S608 - constant text
        values += late_values
    return _counted(sql, values)


def _counters(by: Actor) -> tuple[str, list[Any]]:
    """The statement that adds up what each kind of owner has; `("", [])` without a reach.

    The counters do not know kinds of documents: what was lent for some of them is counted in the rows themselves, and
    of these only what waits or may be late.
    """
    parts, values = [], []
    owned, owned_values = _any_of([reach for reach in by.reaches if not reach.kinds])
    if owned:
        parts.append(f"SELECT owner_kind, item_kind, state, n FROM kernel_counter WHERE {owned}")  # noqa: S608 - constant text
        values += owned_values
    for reach in by.reaches:
        for item_kind in reach.item_kinds if reach.kinds else ():
            own, own_values = _any_of([reach])
            of_kinds, kinds = ids_of_kinds(item_kind, reach.kinds).query.sql_with_params()
            parts.append(
                "SELECT owner_kind, item_kind, state, 1 AS n FROM kernel_participant"  # noqa: S608 - constant text
                f" WHERE {own} AND pending AND item_kind = %s AND item_id IN ({of_kinds})"
            )
            values += [*own_values, item_kind, *kinds]
    if not parts:
        return "", []
    every = " UNION ALL ".join(parts)
    sums = (
        f"SELECT owner_kind, item_kind, state, sum(n) FROM ({every}) every"  # noqa: S608 - constant text
        " GROUP BY 1, 2, 3 HAVING sum(n) <> 0"
    )
    return sums, values


def _any_of(reaches: Sequence[Reach]) -> tuple[str, list[Any]]:
    """The condition that a row or counter belongs to one of these, and is not hidden from it."""
    owned: list[str] = []
    values: list[Any] = []
    for reach in reaches:
        sql = "owner_kind = %s AND owner_id = %s"
        values += [reach.owner_kind, reach.owner_id]
        if reach.offices:
            sql += " AND office_id = ANY(%s)"
            values.append(list(reach.offices))
        if reach.item_kinds:
            sql += " AND item_kind = ANY(%s)"
            values.append(list(reach.item_kinds))
        if reach.restricted == "hidden":
            sql += " AND NOT restricted"
        elif reach.restricted == "masked":
            sql += f" AND (NOT restricted OR item_kind <> '{NEVER_MASKED}')"
        owned.append(f"({sql})")
    return (f"({' OR '.join(owned)})", values) if owned else ("", [])


def _counted(sql: str, values: Sequence[Any]) -> Standing:
    found: Counts = {}
    late = 0
    if not values:  # no reach
        return Standing(found, late)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for owner_kind, item_kind, state, number in cursor:
            if owner_kind:
                found[cast("OwnerKind", owner_kind), item_kind, state] = int(number)
            else:
                late = number
    return Standing(found, late)


_FOLD = """
WITH crowded AS (
    SELECT office_id, owner_kind, owner_id, item_kind, state, restricted FROM kernel_counter
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(*) > 1
), held AS (
    SELECT c.id FROM kernel_counter c
    JOIN crowded USING (office_id, owner_kind, owner_id, item_kind, state, restricted)
    ORDER BY c.id LIMIT 100000 FOR UPDATE OF c SKIP LOCKED
), gone AS (
    DELETE FROM kernel_counter WHERE id IN (SELECT id FROM held)
    RETURNING office_id, owner_kind, owner_id, item_kind, state, restricted, n
)
INSERT INTO kernel_counter (office_id, owner_kind, owner_id, item_kind, state, restricted, n)
SELECT office_id, owner_kind, owner_id, item_kind, state, restricted, sum(n) FROM gone
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(n) <> 0
"""


def fold_counters() -> None:
    """Add the small additions up, so that reading stays short; safe beside writers. What is one row stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
