"""What came of the documents that an office sent: state per recipient and arrival number, no names of handlers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q

from vanthu.documents import queries as documents
from vanthu.exchange.models import Delivery, Receipt, SignatureCheck
from vanthu.exchange.states import IN_THEIR_BOOK, DeliveryState
from vanthu.kernel.refusals import NotFound

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry, OutgoingEntry
    from vanthu.documents.queries import Seen
    from vanthu.kernel.actor import Actor
    from vanthu.organisations.models import Office


class Progress(NamedTuple):
    """How far a document has come: recipients inside the system, and how many registered or returned it."""

    registered: int
    total: int
    returned: int


def deliveries(outgoing_id: int, by: Actor) -> list[Delivery]:
    """The recipients of an outgoing entry in their order; raises `NotFound` for whoever does not see the entry.

    Whoever sees only its number, date and issuer sees no recipients.
    """
    return deliveries_of(documents.outgoing(outgoing_id, by))


def deliveries_of(seen: Seen[OutgoingEntry]) -> list[Delivery]:
    """The same of an entry as the actor sees it. One query."""
    if seen.sight.masked:
        return []
    rows = Delivery.objects.filter(outgoing=seen.entry).select_related("to_office", "packet")
    return list(rows.order_by("position", "id"))


def delivery(pk: int, by: Actor) -> tuple[Delivery, Seen[OutgoingEntry]]:
    """One delivery and its outgoing entry as the actor sees it; raises `NotFound` as `deliveries` does."""
    found = Delivery.objects.select_related("to_office", "packet__connection").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    seen = documents.outgoing(found.outgoing_id, by)
    if seen.sight.masked:
        raise NotFound()
    return found, seen


def receipts(outgoing_id: int, by: Actor) -> dict[int, list[Receipt]]:
    """{delivery id: every status that came back, oldest first} of one outgoing entry. Raises `NotFound`."""
    found: dict[int, list[Receipt]] = {one.pk: [] for one in deliveries(outgoing_id, by)}
    for row in Receipt.objects.filter(delivery__in=found).order_by("at", "id"):
        found[row.delivery_id].append(row)
    return found


def progress(outgoing_ids: Iterable[int]) -> dict[int, Progress]:
    """{outgoing id: its progress} for the rows of one page, whose sight the caller has checked. One query."""
    rows = (
        Delivery.objects.filter(outgoing__in=list(outgoing_ids))
        .exclude(state=DeliveryState.OUTSIDE)
        .values_list("outgoing")
        .annotate(
            registered=Count("pk", filter=Q(state__in=IN_THEIR_BOOK)),
            total=Count("pk"),
            returned=Count("pk", filter=Q(state=DeliveryState.RETURNED)),
        )
        .order_by()
    )
    return {outgoing: Progress(*numbers) for outgoing, *numbers in rows}


def sender_of(entry: IncomingEntry) -> Office | None:
    """The office that sent this entry through the system, or None when it came another way."""
    found = Delivery.objects.select_related("from_office").filter(entry=entry.pk).first()
    return found.from_office if found else None


def waiting(outgoing_id: int) -> list[int]:
    """Deliveries to offices that are still to be made of an outgoing entry, in the order of their offices."""
    rows = Delivery.objects.filter(outgoing=outgoing_id, state=DeliveryState.QUEUED, to_office__isnull=False)
    return list(rows.order_by("to_office").values_list("pk", flat=True))


def left_behind(before: datetime, *, limit: int = 100) -> list[int]:
    """Outgoing entries with deliveries to offices that have waited since before this moment, oldest first."""
    rows = Delivery.objects.filter(state=DeliveryState.QUEUED, queued_at__lt=before, to_office__isnull=False)
    ids = rows.order_by("queued_at").values_list("outgoing", flat=True)[: limit * 10]
    return list(dict.fromkeys(ids))[:limit]


def document_of(outgoing_id: int) -> int | None:
    """The document of an outgoing entry that has deliveries."""
    return Delivery.objects.filter(outgoing=outgoing_id).values_list("document", flat=True).first()


def was_sent(document_id: int) -> bool:
    """Whether the system delivered the document, so that its signatures were checked when it went out."""
    return Delivery.objects.filter(document=document_id).exists()


def signature_reports(document_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{document id: what was found about its signatures}; documents that were not checked yet are absent."""
    rows = SignatureCheck.objects.filter(pk__in=list(document_ids))
    return {row.document_id: row.report for row in rows}


def came_through_us(entry_id: int) -> bool:
    """Whether an incoming entry was delivered by the system, so that a sender waits for its status."""
    return Delivery.objects.filter(entry=entry_id).exists()
