"""Whether a packet of which nobody knows is in the other side's list of sent packets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DeliveryState
from vanthu.exchange.transports.base import SentTo
from vanthu.organisations.agency_codes import forms

MARGIN = timedelta(hours=1)  # how far the clocks of both sides may be apart


def find(packet: SentPacket, listed: Sequence[SentTo]) -> str | None:
    """Its id on the other side: from this office to these receivers, of that time, about this document, not known yet.

    What the list tells neither the symbol nor the title of is none: a packet that comes twice is known by its receivers
    as the same document, one that never left is lost. For the same reason a status is never asked about, but repeated.
    """
    since = (packet.begun_at or packet.made_at) - MARGIN
    by_id: dict[str, list[SentTo]] = {}
    for row in listed:
        if row.sent_at is None or row.sent_at >= since:
            by_id.setdefault(row.doc_id, []).append(row)
    known = SentPacket.objects.filter(connection=packet.connection_id, doc_id__in=by_id)
    for doc_id in known.values_list("doc_id", flat=True):
        by_id.pop(doc_id, None)
    wanted = {frozenset(forms(code)) for code in packet.to_codes}
    fitting = [doc_id for doc_id, rows in by_id.items() if _fits(packet, rows, wanted)]
    return fitting[0] if fitting else None


def _fits(packet: SentPacket, rows: Iterable[SentTo], wanted: set[frozenset[str]]) -> bool:
    symbol, title = about(packet)
    sender = set(forms(packet.address.code))
    for row in rows:
        if row.kind and row.kind != packet.kind:
            return False  # what we reported of a document of theirs with the same symbol
        if row.from_code and sender.isdisjoint(forms(row.from_code)):
            return False  # another office of ours
        if not any(set(forms(row.to_code)) & one for one in wanted):
            return False
        told, own = (row.symbol, symbol) if row.symbol else (row.title, title)
        if not told or _plain(told) != _plain(own):
            return False
    return True


def about(packet: SentPacket) -> tuple[str, str]:
    """Symbol and subject of the document that a packet carries or speaks of."""
    if packet.outgoing is not None:
        return (
            packet.outgoing.document.symbol,
            packet.outgoing.document.subject if packet.kind == "edoc" else "",
        )
    return (packet.arrival.packet.symbol, "") if packet.arrival is not None else ("", "")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def receivers_have(packet: SentPacket) -> bool:
    """Whether a receiver said something about it already: then it arrived."""
    lines = Delivery.objects.filter(packet=packet).exclude(state=DeliveryState.QUEUED)
    return packet.kind == "edoc" and lines.exclude(state=DeliveryState.STOPPED).exists()
