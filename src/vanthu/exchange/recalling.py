"""Recall at the receivers, in batches, and what they do about it. Decree 30/2020, article 18.4; Phụ lục VI, III.8."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched
from typing import TYPE_CHECKING, NamedTuple, cast

from django.db import transaction

from vanthu.documents import recalling as documents
from vanthu.exchange.calling_back import call_back
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import DELIVERIES, DeliveryState
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.tasks import recalling as tasks

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from vanthu.documents.models import IncomingEntry, RecallNote
    from vanthu.kernel.ledger import Event

BATCH = 50  # receivers in one transaction


def on_recalled(event: Event) -> None:
    """A document was recalled: jobs stop what has not left, and empty what its receivers have."""
    enqueue(dispatch_recall, outgoing_id=event.item_id)


@job(queue="exchange", retries=10)
def dispatch_recall(outgoing_id: int) -> None:
    """Stop what has not left, then put the offices that have the document into batches, in the order of their ids."""
    _move("stop", Delivery.objects.filter(outgoing=outgoing_id, to_office__isnull=False))
    enqueue(call_back, outgoing_id=outgoing_id)
    for batch in batched(documents.holders(outgoing_id), BATCH):
        enqueue(empty_batch, outgoing_id=outgoing_id, office_ids=list(batch))


@job(queue="exchange", retries=10)
def empty_batch(outgoing_id: int, office_ids: list[int]) -> None:
    """Empty the entries of one batch of receivers, in one transaction."""
    empty(outgoing_id, office_ids)


@transaction.atomic
def empty(outgoing_id: int, office_ids: Sequence[int]) -> int:
    """Make tombstones at these offices, close what is open on them, tell the sender; returns how many there were.

    Idempotent.
    """
    emptied = documents.empty(outgoing_id, office_ids)
    tasks.close_recalled([one.pk for one in emptied], documents.TOMBSTONE)
    _move("recall", Delivery.objects.filter(outgoing=outgoing_id, to_office__in=office_ids))
    return len(emptied)


@transaction.atomic
def _move(name: str, deliveries: QuerySet[Delivery], note: str = "") -> None:
    """Move those of the deliveries that this arrow leaves from, with a receipt each; locked in order of offices.

    After entries and heads of the ledger, as when a receiver acts on its entry.
    """
    move, moment = DELIVERIES[name], now()
    held = deliveries.filter(state__in=move.sources).select_for_update(of=("self",)).order_by("to_office")
    ids = list(held.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(state=move.target, changed_at=moment)
    Receipt.objects.bulk_create(
        Receipt(delivery_id=pk, state=move.target, note=note[:500], at=moment) for pk in ids
    )


def on_noted(event: Event) -> None:
    """A receiver's clerk took note of the recall."""
    entry = cast("IncomingEntry", event.subject)
    note = documents.note_of(entry.pk)
    sent = Delivery.objects.filter(document=entry.document_id, to_office=entry.office_id)
    _move("note_recall", sent, note.get_paper_display() if note else "")


class Standing(NamedTuple):
    """Receivers of a document by how far they are, for who is about to recall it."""

    not_sent: int
    unopened: int
    in_book: int
    done: int
    outside: int


def standing(outgoing_id: int) -> Standing:
    """What a recall would meet; the caller has checked the sight of the entry. One query."""
    states = list(Delivery.objects.filter(outgoing=outgoing_id).values_list("state", flat=True))

    def number(*wanted: str) -> int:
        return sum(state in wanted for state in states)

    return Standing(
        not_sent=number(DeliveryState.QUEUED, DeliveryState.FAILED),
        unopened=number(
            DeliveryState.SENT, DeliveryState.ARRIVED, DeliveryState.RECEIVED, DeliveryState.RETURNED
        ),
        in_book=number(DeliveryState.REGISTERED, DeliveryState.HANDLING),
        done=number(DeliveryState.DONE),
        outside=number(DeliveryState.OUTSIDE),
    )


def noted(document_id: int) -> dict[int, RecallNote]:
    """{office: who took note of the recall, when, and of its paper copy}. One query."""
    return documents.notes_of(document_id)
