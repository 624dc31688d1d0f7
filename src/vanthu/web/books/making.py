"""The registers from entries, tasks and deliveries: columns of Decree 30/2020, Phụ lục IV."""

from __future__ import annotations

from heapq import merge
from itertools import batched
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from vanthu.documents import book_lines, closing, kinds, reserving
from vanthu.documents.books import (
    INCOMING,
    OUTGOING,
    BookCover,
    Certificate,
    IncomingRow,
    OutgoingRow,
    write_pdf,
    write_xlsx,
)
from vanthu.documents.series_models import HeldNumber
from vanthu.documents.states import IncomingState, OutgoingState
from vanthu.exchange import queries as exchange
from vanthu.organisations import change_queries
from vanthu.organisations import queries as organisations
from vanthu.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import BinaryIO

    from vanthu.documents.closing import Shelved
    from vanthu.documents.models import IncomingEntry, OutgoingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.web.books.orders import Order

_AT_ONCE = 500  # rows whose tasks or deliveries are read together


def rows_of(order: Order, by: Actor) -> Iterator[IncomingRow | OutgoingRow]:
    """The lines of a register, read as they are asked for. Raises `NotAllowed` as `documents.book_lines` does."""
    if order.book == "incoming":
        book = book_lines.incoming_book(by, order.start, order.end, series_id=order.series)
        for entries in batched(book, _AT_ONCE):
            yield from _incoming_rows(entries)
    else:
        for issued in batched(_outgoing_lines(order, by), _AT_ONCE):
            yield from _outgoing_rows(issued)


def _outgoing_lines(order: Order, by: Actor) -> Iterator[OutgoingEntry | HeldNumber]:
    """Documents, and numbers held or voided without one, in the order of the book."""
    entries = book_lines.outgoing_book(by, order.start, order.end, series_id=order.series)
    held = reserving.lines(by, order.start, order.end, series_id=order.series)
    return merge(entries, held, key=_by_number if order.series else _by_day)


def _by_number(line: OutgoingEntry | HeldNumber) -> tuple[int, str]:
    return line.number, getattr(line, "letter", "")


def _by_day(line: OutgoingEntry | HeldNumber) -> date:
    day = localtime(line.held_at).date() if isinstance(line, HeldNumber) else line.document.issued_on
    assert day is not None  # noqa: S101 - a document has its day with its number
    return day


def write(order: Order, rows: Iterable[IncomingRow | OutgoingRow], target: BinaryIO, *, by: Actor) -> None:
    """Write the register in its format."""
    kind = INCOMING if order.book == "incoming" else OUTGOING
    writer = write_pdf if order.format == "pdf" else write_xlsx
    writer(kind, _cover(order, by), rows, target)


def _cover(order: Order, by: Actor) -> BookCover:
    shelved = closing.shelved(order.series, by) if order.series else None
    office = organisations.office(shelved.series.office_id if shelved else by.office)
    span_of = book_lines.incoming_span if order.book == "incoming" else book_lines.outgoing_span
    first, last = span_of(by, order.start, order.end) or (None, None)
    if shelved is not None:
        first, last = shelved.span
    return BookCover(
        office=change_queries.name_on(office, order.end),
        superior=office.parent.name if office.parent else "",
        year=order.end.year,
        from_on=order.start,
        to_on=order.end,
        from_number=first,
        to_number=last,
        part=shelved.part if shelved else "",
        certificate=_certificate(shelved) if shelved else None,
    )


def _certificate(shelved: Shelved) -> Certificate | None:
    made = shelved.closing
    if made is None:
        return None
    return Certificate(
        first=made.first,
        last=made.last,
        documents=made.documents,
        voided=made.voided,
        supplementary=made.supplementary,
        closed_on=localtime(made.closed_at).date(),
        closed_by=made.closed_by,
        reason=made.reason,
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


def _held_row(held: HeldNumber) -> OutgoingRow:
    """A number without a document: what it was held for, and that it is held, expired or voided."""
    asked = f" cho {held.held_for}" if held.held_for else ""
    note = "" if held.voided_reason else f"{held.get_state_display()}{asked} đến {held.expires_on:%d/%m/%Y}"
    return OutgoingRow(
        symbol=held.symbol,
        dated_on=localtime(held.held_at).date(),
        kind=kinds.by_code(held.kind).name,
        subject=held.purpose,
        signer="",
        note=note,
        voided=held.voided_reason,
    )


def _outgoing_rows(lines: Iterable[OutgoingEntry | HeldNumber]) -> Iterator[OutgoingRow]:
    rows = list(lines)
    progress = exchange.progress([row.pk for row in rows if not isinstance(row, HeldNumber)])
    for row in rows:
        if isinstance(row, HeldNumber):
            yield _held_row(row)
            continue
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
