"""The registers from entries, tasks and deliveries: columns of Decree 30/2020, Phụ lục IV."""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from vanthu.documents import queries
from vanthu.documents.books import (
    INCOMING,
    OUTGOING,
    BookCover,
    IncomingRow,
    OutgoingRow,
    write_pdf,
    write_xlsx,
)
from vanthu.documents.states import IncomingState, OutgoingState
from vanthu.exchange import queries as exchange
from vanthu.organisations import queries as organisations
from vanthu.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from vanthu.documents.models import IncomingEntry, OutgoingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.web.books.orders import Order

_AT_ONCE = 500  # rows whose tasks or deliveries are read together


def rows_of(order: Order, by: Actor) -> Iterator[IncomingRow | OutgoingRow]:
    """The lines of a register, read as they are asked for. Raises `NotAllowed` as `documents.queries` does."""
    if order.book == "incoming":
        for entries in batched(queries.incoming_book(by, order.start, order.end), _AT_ONCE):
            yield from _incoming_rows(entries)
    else:
        for issued in batched(queries.outgoing_book(by, order.start, order.end), _AT_ONCE):
            yield from _outgoing_rows(issued)


def write(order: Order, rows: Iterable[IncomingRow | OutgoingRow], target: BinaryIO, *, by: Actor) -> None:
    """Write the register in its format."""
    kind = INCOMING if order.book == "incoming" else OUTGOING
    writer = write_pdf if order.format == "pdf" else write_xlsx
    writer(kind, _cover(order, by), rows, target)


def _cover(order: Order, by: Actor) -> BookCover:
    office = organisations.office(by.office)
    span_of = queries.incoming_span if order.book == "incoming" else queries.outgoing_span
    first, last = span_of(by, order.start, order.end) or (None, None)
    return BookCover(
        office=office.name,
        superior=office.parent.name if office.parent else "",
        year=order.end.year,
        from_on=order.start,
        to_on=order.end,
        from_number=first,
        to_number=last,
    )


def _incoming_rows(entries: Iterable[IncomingEntry]) -> Iterator[IncomingRow]:
    rows = list(entries)
    given = tasks.tasks_by_items("in", [row.pk for row in rows])
    for row in rows:
        signed = [
            f"{task.unit.short_name if task.unit else ''} {localtime(task.accepted_at):%d/%m %H:%M}".strip()
            for task in given.get(row.pk, [])
            if task.accepted_at and task.role == "lead"
        ]
        yield IncomingRow(
            arrived_on=row.arrived_on or localtime(row.arrived_at).date(),
            arrival_number=row.arrival_number or 0,
            issuer=row.issuer_name,
            symbol=row.symbol,
            dated_on=row.issued_on,
            kind=row.kind_name,
            subject=row.subject,
            receiver=row.receivers,
            handed_on=localtime(row.handed_on_at).date() if row.handed_on_at else None,
            signed_for="; ".join(signed),
            note="Đã thu hồi" if row.state == IncomingState.RECALLED else row.remark,
        )


def _outgoing_rows(entries: Iterable[OutgoingEntry]) -> Iterator[OutgoingRow]:
    rows = list(entries)
    progress = exchange.progress([row.pk for row in rows])
    for row in rows:
        registered, total, _ = progress.get(row.pk, (0, 0, 0))
        yield OutgoingRow(
            symbol=row.document.symbol,
            dated_on=row.document.issued_on,
            kind=row.document.kind_name,
            subject=row.document.subject,
            signer=row.document.signer_name,
            recipients=row.recipients,
            kept_by=row.copy_kept_by,
            copies=row.copies,
            dispatched_on=localtime(row.issued_at).date() if row.issued_at else None,
            signed_for=f"{registered}/{total} nơi đã vào sổ" if total else "",
            note="; ".join(filter(None, (_recalled(row), row.remark))),
            voided=row.voided_reason,
        )


def _recalled(entry: OutgoingEntry) -> str:
    return "Đã thu hồi" if entry.state == OutgoingState.RECALLED else ""
