"""Documents that come over a connection to other systems: taken in, changed or emptied at their sender's request.

Each of our offices has its own row of such a document: a change that one of them refuses leaves the others alone.
Decree 30/2020/NĐ-CP, articles 18.4 and 21; what a sender may ask for: Decision 28/2018/QĐ-TTg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from vanthu.documents import actions, queries, symbols
from vanthu.documents.fields import Description
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry, Relation
from vanthu.documents.recalling import BLANK
from vanthu.documents.states import INCOMING, Channel, IncomingState, Medium, OutgoingState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.kernel.participants import Item, Owner

if TYPE_CHECKING:
    from vanthu.kernel.files.written import Named

_NUMBER = 11  # letters of a number that the book has room for
_MOST_PAGES = 32_767
_NAMES = ("kind", "number", "notation", "issued_on", "issuer_name", "subject", "signer_name", "signer_title", "urgency",
          "pages")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought(Description):
    """A document as its sender's system describes it, with the files that passed the checks."""

    pages: int | None = None
    reply_due_on: date | None = None
    on_paper_too: bool = False
    files: Sequence[Named] = ()

    def columns(self) -> dict[str, Any]:
        """The columns of `Described`: nothing is refused for its length, a number without room stays in the symbol."""
        number, notation = self.number, self.notation
        if len(number) > _NUMBER:
            number, notation = "", symbols.join(number, notation)
        fitted = replace(
            self, number=number, notation=notation, pages=min(self.pages or 0, _MOST_PAGES) or None
        )
        values = {name: getattr(fitted, name) for name in _NAMES}
        return {
            name: value[: getattr(Document._meta.get_field(name), "max_length", None)]
            if isinstance(value, str)
            else value
            for name, value in values.items()
        }


@transaction.atomic(savepoint=False)
def take_in(brought: Brought, *, office_id: int) -> IncomingEntry:
    """Put a document into the inbox of an office ("chờ tiếp nhận")."""
    described = brought.columns()
    document = Document.objects.create(
        **described, entered_by_office_id=office_id, reply_due_on=brought.reply_due_on
    )
    written.attach_all("document", document.pk, brought.files)
    entry = IncomingEntry.objects.create(
        **described,
        office_id=office_id,
        document=document,
        arrived_at=now(),
        state=IncomingState.WAITING,
        channel=Channel.AXIS,
        medium=Medium.PARALLEL if brought.on_paper_too else Medium.ELECTRONIC,
        due_on=brought.reply_due_on,
        duplicate_key=symbols.duplicate_key(
            described["issuer_name"], described["number"], described["notation"]
        ),
    )
    actions.show_office(entry)
    ledger.record(
        "documents.delivered",
        entry,
        by=Actor.for_system(office_id),
        note=f"nhận qua trục liên thông từ {entry.issuer_name}, chờ tiếp nhận",
    )
    return entry


@transaction.atomic
def renew(pk: int, brought: Brought, *, kept_at: tuple[str, int], reason: str, by: Actor) -> IncomingEntry:
    """Replace what a document says and its files by what its sender sent anew; the arrival number stays.

    The files before go to the item `kept_at`, the values before into the ledger. Raises `Conflict` for a frozen one.
    """
    entry = queries.hold_incoming(pk)
    entry.refuse_frozen()
    document = entry.document
    described = brought.columns()
    changes = {
        name: (getattr(entry, name), value)
        for name, value in described.items()
        if getattr(entry, name) != value and (value or name != "pages")
    }
    for name in changes:
        setattr(entry, name, described[name])
        setattr(document, name, described[name])
    document.reply_due_on = brought.reply_due_on
    entry.duplicate_key = symbols.duplicate_key(entry.issuer_name, entry.number, entry.notation)
    entry.signature_verdict, entry.signature_report = "", {}
    entry.save(update_fields=[*changes, "duplicate_key", "signature_verdict", "signature_report"])
    document.save(update_fields=[*changes, "reply_due_on"])
    if brought.files:
        before = written.hand_over("document", document.pk, *kept_at, role="before")
        written.attach_all("document", document.pk, brought.files)
        changes["files"] = (before, len(brought.files))
    ledger.record(
        "documents.renewed",
        entry,
        by=by,
        office_id=entry.office_id,
        changes=changes,
        note=f"cập nhật theo bản nơi gửi gửi lại: {reason or 'không ghi lý do'}",
    )
    return entry


@transaction.atomic
def empty(pk: int, reason: str, *, by: Actor) -> IncomingEntry:
    """Make a tombstone of what its sender took back; its bytes go at once. Again changes nothing.

    Raises `Conflict` for a frozen one. The caller closes what is open on it.
    """
    entry = queries.hold_incoming(pk)
    if entry.state == IncomingState.RECALLED:
        return entry
    before = entry.symbol
    moves.make(INCOMING, "recall", entry, by=by, also=BLANK)
    blank = {
        name: value for name, value in BLANK.items() if name in ("subject", "signer_name", "signer_title")
    }
    Document.objects.filter(pk=entry.document_id).update(**blank)
    written.destroy("document", entry.document_id)
    participants.move(Item("in", pk), Owner("o", entry.office_id), state="recall_noted", due_on=None)
    participants.move_many("in", [pk], owner_kinds=("u", "p"), state="to_read", pending=True, due_on=None)
    ledger.record(
        "documents.emptied",
        entry,
        by=by,
        office_id=entry.office_id,
        note=f"hủy {before} theo yêu cầu lấy lại của {entry.issuer_name}: {reason or 'không ghi lý do'}",
    )
    return entry


def relate(source: IncomingEntry, target_document_id: int, kind: str, *, by: Actor) -> None:
    """Note that what came in answers or replaces another document; the history of the entry says so. Idempotent."""
    relation, new = Relation.objects.get_or_create(
        source_id=source.document_id, target_id=target_document_id, kind=kind
    )
    if new:
        target = Document.objects.get(pk=target_document_id)
        ledger.record(
            "documents.related",
            source,
            by=by,
            office_id=source.office_id,
            changes={"kind": ("", kind)},
            note=f"{relation.get_kind_display()} {target.symbol}",
        )


def issued(office_id: int, symbol: str, day: date | None) -> OutgoingEntry | None:
    """The document that an office issued under this number and symbol (on this day, where one is named)."""
    number, notation = symbols.split(symbol)
    figures = number.lstrip("0").rstrip("abcdefghijklmnopqrstuvwxyz")
    if not figures.isdigit():
        return None
    rows = OutgoingEntry.objects.filter(
        series__office=office_id,
        series__direction="out",
        number=int(figures),
        document__notation__iexact=notation,
        state__in=[OutgoingState.ISSUED, OutgoingState.RECALLED],
    )
    if day is not None:
        start = timezone.make_aware(datetime.combine(day, time.min))
        rows = rows.filter(
            document__issued_on=day, numbered_at__range=(start - timedelta(days=1), start + timedelta(days=2))
        )
    return rows.order_by("-pk").first()
