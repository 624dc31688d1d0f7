"""A secret mark was found on what came or went over a connection: the packets that carried it go too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents.secret_scans import TOMBSTONE
from vanthu.exchange import calling_back
from vanthu.exchange.axis_models import Arrival, ReceivedPacket, SentPacket
from vanthu.exchange.hub.models import HubItem, HubPacket
from vanthu.exchange.hub.states import QUEUED
from vanthu.exchange.lines import move_all
from vanthu.exchange.models import Delivery, SignatureCheck
from vanthu.exchange.states import DELIVERIES
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written

if TYPE_CHECKING:
    from vanthu.kernel.ledger import Event

_WHY = "Văn bản có dấu mật đã xóa khỏi trục. Liên hệ nơi gửi."


def on_secret_found(event: Event) -> None:
    """The bytes of the packets that brought the entry, or carried it away; what is known of them (who, when) stays."""
    if event.item_kind == "out":
        _stop(event)
        return
    for packet_id in set(Arrival.objects.filter(entry=event.item_id).values_list("packet_id", flat=True)):
        written.destroy(ReceivedPacket.item_kind, packet_id)
        ReceivedPacket.objects.filter(pk=packet_id).update(subject=TOMBSTONE)


def _stop(event: Event) -> None:
    """Of a document of ours nothing more leaves, inside the sector or over a connection."""
    move_all(DELIVERIES["stop"], Delivery.objects.filter(outgoing=event.item_id, to_office__isnull=False))
    calling_back.stop(event.item_id, event.by)
    SignatureCheck.objects.filter(document=event.subject.document_id).delete()  # type: ignore[attr-defined]  # of an entry
    packets = SentPacket.objects.filter(outgoing=event.item_id, kind="edoc")
    for pk, document_id in packets.values_list("pk", "document_id"):
        written.destroy(SentPacket.item_kind, pk)
        _empty_hub(document_id)


def _empty_hub(document_id: str) -> None:
    """Our hub has the packet as it was sent, in the queues of its receivers."""
    for packet in HubPacket.objects.filter(system=None, document_id=document_id, kind="edoc"):
        written.destroy(HubPacket.item_kind, packet.pk)
        HubPacket.objects.filter(pk=packet.pk).update(title=TOMBSTONE, erased_at=packet.erased_at or now())
        move = QUEUED["fail"]
        waiting = HubItem.objects.filter(packet=packet, state__in=move.sources)
        waiting.update(state=move.target, note=_WHY, changed_at=now())
