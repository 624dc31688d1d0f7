"""One row per act: the audit trail is also the outbox.

Rows are chained per office by a trigger (SHA-256 over the row and the hash before it); update and delete are
refused by the database. Values before and after, the actor's name and the sentence lie beside the row, where
a lawful deletion may remove them without breaking the chain.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone

from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import together
from vanthu.kernel.models import LedgerEntry, LedgerHead, LedgerValues
from vanthu.kernel.refusals import Conflict, NotFound

INSTALLATION = 0  # the chain of acts that belong to no office


@dataclass(frozen=True, slots=True)
class Event:
    """What a reaction learns of an act; `subject` is the object as the verb has it, already written."""

    verb: str
    item_kind: str
    item_id: int
    office_id: int
    by: Actor
    changes: Mapping[str, Any]
    entry_id: int
    at: datetime
    subject: Model


@dataclass(frozen=True, slots=True)
class Act:
    """One row of a history: who, when, what (a Vietnamese predicate)."""

    id: int
    at: datetime
    actor_name: str
    actor_title: str
    behalf_of: str
    verb: str
    note: str
    changes: Mapping[str, Any]

    @property
    def at_local(self) -> datetime:
        return timezone.localtime(self.at)


type Reaction = Callable[[Event], None]

_reactions: defaultdict[str, list[Reaction]] = defaultdict(list)


def when(verb: str, reaction: Reaction) -> None:
    """Run `reaction` in the same transaction after every act of this verb; called only by `config.wiring`."""
    if reaction not in _reactions[verb]:
        _reactions[verb].append(reaction)


@transaction.atomic(savepoint=False)
def record(
    verb: str,
    subject: Model,
    *,
    by: Actor,
    office_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
    note: str = "",
    power: str = "",
    at: datetime | None = None,
) -> LedgerEntry:
    """Write one act into the chain of `office_id` (default: the actor's office) and run the reactions.

    Part of the verb's transaction, all or nothing with it.

    `note` is the predicate that the history shows ("vào sổ, số đến 2318"); `power` names the power used, so
    that a delegated act is shown as such.
    """
    row, text = _made(verb, subject, by, office_id, changes or {}, note, power, at or timezone.now())
    _write([(row, text)])
    _react(row, by, changes or {}, subject)
    return row


@transaction.atomic(savepoint=False)
def record_all(verb: str, acts: Sequence[tuple[Model, Actor]], *, note: str) -> None:
    """One act on each of several items of one kind, into the chains of their actors' offices, in one statement.

    Heads are locked in the order of the offices, as everywhere.
    """
    if not acts:
        return
    moment = timezone.now()
    made = [_made(verb, subject, by, None, {}, note, "", moment) for subject, by in acts]
    _write(made)
    for (row, _), (subject, by) in zip(made, acts, strict=True):
        _react(row, by, {}, subject)


_COLUMNS = attrgetter(
    "office_id", "at", "account_id", "person_id", "verb", "item_kind", "item_id", "values_hash"
)
_WRITE = """
WITH given AS (
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[], %s::bigint[], %s::text[], %s::text[],
        %s::bigint[], %s::bytea[], %s::text[], %s::text[])
        AS one (office_id, at, account_id, person_id, verb, item_kind, item_id, values_hash, fields, written)
), act AS (
    INSERT INTO kernel_ledgerentry (office_id, seq, at, account_id, person_id, verb, item_kind, item_id, fields,
        values_hash, hash)
    SELECT office_id, 0, at, account_id, person_id, verb, item_kind, item_id, fields::jsonb, values_hash, ''::bytea
    FROM given ORDER BY office_id, item_id RETURNING id, item_id
), kept AS (
    INSERT INTO kernel_ledgervalues (entry_id, "values")
    SELECT act.id, given.written::jsonb FROM act JOIN given USING (item_id)
)
SELECT item_id, id FROM act
"""


def _write(made: Sequence[tuple[LedgerEntry, str]]) -> None:
    """Write rows on different items, with the values beside them, in one statement; gives them their ids."""
    columns = [(*_COLUMNS(row), json.dumps(row.fields), text) for row, text in made]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*columns, strict=True)])
        ids = dict(cursor.fetchall())
    for row, _ in made:
        row.pk = ids[row.item_id]


def _made(
    verb: str,
    subject: Model,
    by: Actor,
    office_id: int | None,
    changes: Mapping[str, Any],
    note: str,
    power: str,
    at: datetime,
) -> tuple[LedgerEntry, str]:
    """The row of an act, not written yet, and the values beside it as JSON."""
    kind, number = identity(subject)
    values = {
        "name": by.name,
        "title": by.title,
        "behalf_of": by.behalf_of(power) if power else "",
        "note": note,
        "changes": plain(changes),
    }
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    chain = office_id if office_id is not None else by.office_id
    row = LedgerEntry(
        office_id=chain if chain is not None else INSTALLATION,
        at=at,
        account_id=by.account_id,
        person_id=by.person_id,
        verb=verb,
        item_kind=kind,
        item_id=number,
        fields=sorted(changes),
        values_hash=hashlib.sha256(text.encode()).digest(),
    )
    return row, text


def _react(row: LedgerEntry, by: Actor, changes: Mapping[str, Any], subject: Model) -> None:
    event = Event(row.verb, row.item_kind, row.item_id, row.office_id, by, changes, row.pk, row.at, subject)
    with together():
        for reaction in _reactions[row.verb]:
            reaction(event)


def history(subject: Model, *, limit: int = 200) -> list[Act]:
    """The acts on one item, oldest first."""
    kind, number = identity(subject)
    rows = (
        LedgerEntry.objects.filter(item_kind=kind, item_id=number)
        .select_related("written")
        .order_by("-id")[:limit]
    )
    return [_act(row) for row in reversed(rows)]


def acts_of(office_id: int, *, before: int | None = None, limit: int = 50) -> list[tuple[LedgerEntry, Act]]:
    """The acts in the chain of an office, newest first, from before this place (`seq`) on; needs `read_ledger`."""
    rows = LedgerEntry.objects.filter(office_id=office_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [(row, _act(row)) for row in rows.select_related("written").order_by("-seq")[:limit]]


def last_act(subject: Model) -> Act | None:
    """The newest act on an item, or None."""
    kind, number = identity(subject)
    row = (
        LedgerEntry.objects.filter(item_kind=kind, item_id=number)
        .select_related("written")
        .order_by("-id")
        .first()
    )
    return _act(row) if row else None


def own_act(pk: int, *, by: Actor, within: timedelta) -> tuple[str, int]:
    """(verb, item_id) of the actor's own recent act.

    Raises `NotFound` for others' acts, `Conflict` when it is too old.
    """
    row = LedgerEntry.objects.filter(pk=pk, account_id=by.account_id).first()
    if row is None or by.account_id is None:
        raise NotFound()
    if row.at < timezone.now() - within:
        raise Conflict("Đã quá thời gian hoàn tác. Mở lại mục đó để sửa.", code="too_late")
    return row.verb, row.item_id


def forget_values(subject: Model) -> None:
    """Remove names, sentences and values of what was done with an item, as the law wants; that it was done stays."""
    kind, number = identity(subject)
    LedgerValues.objects.filter(entry__item_kind=kind, entry__item_id=number).delete()


def identity(subject: Model) -> tuple[str, int]:
    """(item_kind, id) under which the ledger knows an object."""
    return getattr(subject, "item_kind", subject._meta.label_lower), int(subject.pk)


def plain(value: Any) -> Any:
    """The value as JSON can hold it: dates as ISO text, models by id."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Model):
        return value.pk
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _act(row: LedgerEntry) -> Act:
    written = getattr(row, "written", None)
    values = written.values if written else {}
    return Act(
        id=row.pk,
        at=row.at,
        actor_name=values.get("name", "(đã xóa theo quy định)"),
        actor_title=values.get("title", ""),
        behalf_of=values.get("behalf_of", ""),
        verb=row.verb,
        note=values.get("note", ""),
        changes=values.get("changes", {}),
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of a chain that is not as it was written. `seq` is its place in the chain of the office."""

    office_id: int
    seq: int
    what: str


def check(office_id: int | None = None) -> Iterator[Problem]:
    """Recompute the chains (one office, or all): yields changed rows, missing rows, changed values, cut tails."""
    only = "WHERE office_id = %s" if office_id is not None else ""
    arguments = [office_id] if office_id is not None else []
    yield from _broken_rows(only, arguments)
    yield from _cut_tails(office_id)
    yield from _changed_values(office_id)


def _broken_rows(only: str, arguments: list[int]) -> Iterator[Problem]:
    sql = f"""
        SELECT office_id, seq, seq = before + 1, hash = expected FROM (
            SELECT office_id, seq, hash, coalesce(lag(seq) OVER chain, 0) AS before,
                   kernel_ledger_hash(coalesce(lag(hash) OVER chain, ''::bytea), l) AS expected
            FROM kernel_ledgerentry l {only} WINDOW chain AS (PARTITION BY office_id ORDER BY seq)
        ) checked WHERE seq <> before + 1 OR hash <> expected ORDER BY office_id, seq"""  # noqa: S608 - constant text
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        for office, seq, in_order, intact in cursor:
            if not in_order:
                yield Problem(office, seq, "dòng ngay trước bị thiếu")
            elif not intact:
                yield Problem(office, seq, "dòng bị sửa hoặc không nối với dòng trước")


def _cut_tails(office_id: int | None) -> Iterator[Problem]:
    one = {} if office_id is None else {"office_id": office_id}
    headless = LedgerEntry.objects.filter(**one).exclude(office_id__in=LedgerHead.objects.values("office_id"))
    for office, seq in headless.values_list("office_id").annotate(Max("seq")).order_by():
        yield Problem(office, seq, "mất dấu dòng cuối của chuỗi")
    for head in LedgerHead.objects.filter(**one).iterator():
        last = LedgerEntry.objects.filter(office_id=head.office_id).order_by("-seq").first()
        if last is None or last.seq != head.seq or bytes(last.hash) != bytes(head.hash):
            yield Problem(head.office_id, head.seq, "các dòng cuối bị thiếu")


def _changed_values(office_id: int | None) -> Iterator[Problem]:
    rows = LedgerValues.objects.select_related("entry").order_by("pk")
    if office_id is not None:
        rows = rows.filter(entry__office_id=office_id)
    for row in rows.iterator(chunk_size=2000):
        text = json.dumps(row.values, ensure_ascii=False, sort_keys=True)
        if hashlib.sha256(text.encode()).digest() != bytes(row.entry.values_hash):
            yield Problem(row.entry.office_id, row.entry.seq, "giá trị đi kèm bị sửa")
