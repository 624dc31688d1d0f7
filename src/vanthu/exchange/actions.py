"""Send issued documents to offices of the sector, and take note of what comes back. Decree 30/2020, articles 18, 21.

Statuses come back as reactions to the receiver's acts, in the receiver's transaction: they change the delivery and
write receipts, and never touch the sender's chain, so that two offices that answer each other cannot lock each
other out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.recalling import refuse_recalled
from vanthu.documents.states import IncomingState, Medium
from vanthu.exchange import again, moving, queries, routing
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.routing import To
from vanthu.exchange.states import DELIVERIES, DeliveryChannel, DeliveryState
from vanthu.issuing import queries as issuing
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.ledger import Event
from vanthu.kernel.refusals import Conflict

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry, OutgoingEntry

CHANNEL = "internal"
DIGITISED = "Bản quét của văn bản giấy ký tay (sao y), do cơ quan gửi ký số."


@transaction.atomic
def send(
    outgoing: OutgoingEntry, recipients: Sequence[To | tuple[int | None, str]], *, by: Actor
) -> list[Delivery]:
    """Queue an issued document for its recipients in order: offices, bodies that a connection reaches, others on paper.

    One row on the sender's chain; what reaches the receivers follows in jobs. Idempotent: who has it already is left
    out. Returns what is new.
    """
    by.require("number")
    refuse_recalled(outgoing.pk)
    known = Delivery.objects.filter(outgoing=outgoing).values_list("to_office_id", "to_name", "agency_id")
    had = {routing.key(*one) for one in known}
    wanted = routing.resolved((To(*one) for one in recipients), by=by, office_id=outgoing.office_id)
    new = [one for one in wanted if routing.key(*one) not in had]
    if not new:
        return []
    ways = routing.ways_to(outgoing, new)
    fresh = Delivery.objects.bulk_create(routing.lines(outgoing, new, ways, start=len(had)))
    routing.hand_over(outgoing, fresh, ways, by=by)
    ledger.record(
        "exchange.sent",
        outgoing,
        by=by,
        office_id=outgoing.office_id,
        changes={"recipients": (len(had), len(had) + len(fresh))},
        note=f"gửi tới {len(fresh)} nơi nhận",
    )
    return fresh


def on_issued(event: Event) -> None:
    """An issued document goes to the recipients that its draft names."""
    draft = issuing.of_outgoing(event.item_id)
    if draft is not None and draft.outgoing is not None:
        named = [To(one.office_id, one.name, one.agency_id) for one in issuing.recipients(draft.pk)]
        send(draft.outgoing, named, by=event.by)


@transaction.atomic
def deliver(delivery_ids: Sequence[int]) -> int:
    """Put a batch of queued deliveries into the inboxes of their offices; returns how many there were.

    Offices are taken in the order of their ids, so that two batches never wait for each other. Idempotent.
    """
    rows = list(
        Delivery.objects.select_for_update(of=("self",))
        .filter(pk__in=delivery_ids, state=DeliveryState.QUEUED, to_office__isnull=False)
        .select_related("document", "outgoing")
        .order_by("to_office")
    )
    rows = sorted(moving.redirect(rows), key=lambda row: row.to_office_id or 0)
    of_document: dict[int, list[Delivery]] = {}
    for row in rows:
        of_document.setdefault(row.document_id, []).append(row)
    reports = queries.signature_reports(of_document)
    moment = now()
    for document_id, several in of_document.items():
        entries = documents.deliver(
            several[0].document,
            channel=CHANNEL,
            office_ids=[row.to_office_id or 0 for row in several],
            verdict=_told(reports.get(document_id, {}), by_hand=several[0].outgoing.medium == Medium.PAPER),
        )
        for row in several:
            row.entry_id = entries[row.to_office_id or 0].pk
    for row in rows:  # locked above in the state that this arrow leaves
        row.state, row.changed_at = DELIVERIES["send"].target, moment
    Delivery.objects.bulk_update(rows, ["state", "changed_at", "entry"])
    Receipt.objects.bulk_create(Receipt(delivery=row, state=row.state, at=moment) for row in rows)
    return len(rows)


def _told(report: dict[str, Any], *, by_hand: bool) -> dict[str, Any]:
    """What receivers read of the signatures; of a scan, that only the office signed it and the original is on paper."""
    if not by_hand or not report:
        return report
    return report | {"digitised": True, "summary": f"{DIGITISED} {report.get('summary', '')}".strip()}


@transaction.atomic
def resend(delivery_id: int, *, by: Actor) -> Delivery:
    """Send a document to the same recipient once more; by the clerk or whoever drafted it.

    Inside the system only what was returned: the receiver gets a new entry, the returned one stays as it is. Over the
    axis what did not arrive, too. Raises `Conflict` for everything else.
    """
    delivery, seen = queries.delivery(delivery_id, by)
    again.require(seen, by)
    if delivery.channel == DeliveryChannel.AXIS:
        again.resend([delivery.pk], by=by)
        return queries.delivery(delivery_id, by)[0]
    if delivery.state != DeliveryState.RETURNED:
        raise Conflict(
            f"Chỉ gửi lại được văn bản bị trả lại. Trạng thái hiện nay: {delivery.get_state_display()}."
        )
    moment = now()
    blank = {"entry_id": None, "reason": "", "queued_at": moment, "changed_at": moment}
    moves.make(DELIVERIES, "resend", delivery, by=by, also=blank)
    Receipt.objects.create(delivery=delivery, state=DeliveryState.QUEUED, note="gửi lại", at=moment)
    ledger.record(
        "exchange.resent",
        seen.entry,
        by=by,
        office_id=seen.entry.office_id,
        changes={"recipient": (None, delivery.to_office_id)},
        note=f"gửi lại {delivery.to_name}",
    )
    return delivery


def mark_received(entry_id: int, *, by: Actor) -> None:
    """The clerk of the receiver has opened the entry for the first time; for everybody else nothing happens."""
    if (
        not by.may("register")
        or not Delivery.objects.filter(entry=entry_id, state=DeliveryState.SENT).exists()
    ):
        return
    document_queries.incoming(entry_id, by)
    _come_back(entry_id, "receive")


def on_registered(event: Event) -> None:
    """The receiver gave the document its arrival number; what did not come through us has no sender who waits."""
    if cast("IncomingEntry", event.subject).channel != CHANNEL:
        return
    number = event.changes["arrival_number"][1]
    _come_back(event.item_id, "register", note=f"số đến {number}", arrival_number=number)


def on_returned(event: Event) -> None:
    """The receiver returned the document, and says why."""
    reason = event.changes["returned_reason"][1]
    _come_back(event.item_id, "return", note=reason, reason=reason)


def on_closed(event: Event) -> None:
    """The receiver is done with the document."""
    _come_back(event.item_id, "finish")


@transaction.atomic
def mark_handling(entry_id: int) -> None:
    """The receiver is handling the document, if its direction still stands."""
    if document_queries.hold_incoming(entry_id).state == IncomingState.DIRECTED:
        _come_back(entry_id, "handle")


@transaction.atomic(savepoint=False)
def _come_back(entry_id: int, name: str, *, note: str = "", **fields: Any) -> None:
    """Move the delivery behind a receiver's entry, if there is one and the arrow leaves its state."""
    move, moment = DELIVERIES[name], now()
    found = Delivery.objects.filter(entry=entry_id).values_list("pk", flat=True).first()
    if found is None:
        return
    waiting = Delivery.objects.filter(pk=found, entry=entry_id, state__in=move.sources)
    if waiting.update(state=move.target, changed_at=moment, **fields):
        Receipt.objects.create(delivery_id=found, state=move.target, note=note[:500], at=moment)
