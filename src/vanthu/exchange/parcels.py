"""The outbox: what is to go over a connection, once however often it is asked for, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vanthu.exchange import making, uploading
from vanthu.exchange.axis_models import Arrival, Connection, OwnAddress, SentPacket
from vanthu.exchange.models import Delivery
from vanthu.kernel.calendar import now

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.kernel.actor import Actor


def queue_status(arrival: Arrival, code: str, *, reason: str = "", by: Actor) -> SentPacket:
    """Have the sender of an arrival told a status ("01" to "06", "15", "16"), once per arrival and code.

    `reason` goes with 02 and 16. A second call gives the first packet.
    """
    return _put(
        SentPacket(
            key=f"status:{arrival.pk}:{code}",
            connection_id=arrival.packet.connection_id,
            address_id=arrival.address_id,
            kind="status",
            code=code,
            arrival=arrival,
            document_id=arrival.packet.document_id,
            to_codes=[arrival.packet.from_code],
            content=_content(by, {"reason": reason}),
        )
    )


def queue_document(
    entry: OutgoingEntry,
    connection: Connection,
    address: OwnAddress,
    lines: Iterable[Delivery],
    *,
    code: str = "0",
    content: Mapping[str, Any] | None = None,
    by: Actor,
) -> SentPacket:
    """One packet for all these receivers of one connection; `code` is its business, `content` its reason.

    The identity of the document stays what it was in its first packet.
    """
    rows = sorted(lines, key=lambda one: one.pk)
    first = SentPacket.objects.filter(outgoing=entry, kind="edoc").order_by("pk").first()
    packet = _put(
        SentPacket(
            key=f"edoc:{entry.pk}:{code}:{rows[0].pk}:{rows[0].resends}",
            connection=connection,
            address=address,
            kind="edoc",
            code=code,
            outgoing=entry,
            document_id=first.document_id if first else making.document_id(address.code, entry),
            to_codes=[one.to_code for one in rows],
            content=_content(by, content or {}),
        )
    )
    if code != "1":
        Delivery.objects.filter(pk__in=[one.pk for one in rows]).update(
            packet=packet, transport="", doc_id="", reason=""
        )
    return packet


def queue_call_back(line: Delivery, reason: str, *, by: Actor) -> SentPacket | None:
    """Ask one receiver to give a document back (status 13); None for what never went out."""
    carried = line.packet
    if carried is None:
        return None
    return _put(
        SentPacket(
            key=f"recall:{line.pk}",
            connection_id=carried.connection_id,
            address_id=carried.address_id,
            kind="status",
            code="13",
            outgoing_id=line.outgoing_id,
            document_id=carried.document_id,
            to_codes=[line.to_code],
            content=_content(by, {"reason": reason}),
        )
    )


def _content(by: Actor, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"staff": "" if by.system else by.name} | dict(content)


def _put(packet: SentPacket) -> SentPacket:
    """Write the packet, or find the one that is there, in one statement; whichever it is goes on its way."""
    packet.made_at = packet.changed_at = packet.next_at = now()
    rows = SentPacket.objects.bulk_create(
        [packet], update_conflicts=True, unique_fields=["key"], update_fields=["key"]
    )
    uploading.soon(rows[0])
    return rows[0]
