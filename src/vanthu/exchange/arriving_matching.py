"""Which entry of ours a packet means: one that came before, or a document that we sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from vanthu.documents import from_outside
from vanthu.documents.states import IncomingState
from vanthu.exchange.axis_models import Arrival, SentPacket

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.exchange.dialects.packets import About

BRINGS = ("0", "2", "3")  # codes of arrivals that made an entry


def hold_key(key: str) -> None:
    """Of two packets with one document the later waits until the first is applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 6))", [key])


def had(key: str, office_ids: Iterable[int]) -> set[int]:
    """Offices that have had this very packet; one that sent the document back may be sent it again."""
    rows = Arrival.objects.filter(packet__document_key=key, office__in=list(office_ids))
    returned = Q(entry__state=IncomingState.RETURNED)
    return set(rows.exclude(returned).values_list("office", flat=True))


def opening(
    office_id: int, sender_id: int, document_ids: Iterable[str], symbol: str, day: date | None
) -> Arrival | None:
    """How a document of this sender came to an office: by DocumentId, else by symbol and date; the newest.

    Only its own sender changes a document. What was returned is not there any more.
    """
    rows = (
        Arrival.objects.filter(office=office_id, agency=sender_id, code__in=BRINGS, entry__isnull=False)
        .exclude(entry__state=IncomingState.RETURNED)
        .exclude(state="asks", code="2")
        .select_related("entry")
        .order_by("-pk")
    )
    for document_id in document_ids:
        if document_id and (found := rows.filter(packet__document_id__iexact=document_id).first()):
            return found
    if not symbol or day is None:
        return None
    return rows.filter(packet__symbol__iexact=symbol, packet__issued_on=day).first()


def answered(about: About, office_id: int) -> OutgoingEntry | None:
    """The document of ours that a packet says it answers, None when we know of none."""
    if about.document_id:
        sent = SentPacket.objects.filter(
            document_id__iexact=about.document_id, outgoing__office=office_id, code__in=BRINGS
        )
        found = sent.select_related("outgoing").order_by("pk").first()
        if found is not None:
            return found.outgoing
    return from_outside.issued(office_id, about.code, about.issued_on) if about.code else None
