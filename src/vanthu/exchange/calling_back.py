"""Recall over the axis: what has not left stops here, what has is asked for (status 13, or a packet of business 1).

Nobody on the axis can be made to give a document back: the line says that it was asked for, and waits for 15 or 16.
"""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from vanthu.documents.recalling import recall_of_entry
from vanthu.exchange import parcels
from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.axis_states import SENDINGS, SendState
from vanthu.exchange.lines import move_all
from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DELIVERIES, DeliveryChannel, DeliveryState
from vanthu.kernel import moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job

LOOK_AGAIN = 60  # seconds, while a packet is on its way that nobody can stop
AS_PACKET = "packet"  # `options["recall"]` of a connection whose receivers know business 1 only


@job(queue="exchange", retries=10)
def call_back(outgoing_id: int) -> None:
    """Stop what has not left, ask for what has, and come again while a packet is under way. Idempotent."""
    recall = recall_of_entry(outgoing_id)
    if recall is None:
        return
    by = Actor.for_system(recall.outgoing.office_id)
    stop(outgoing_id, by)
    ask_for(outgoing_id, recall.reason, by)
    under_way = Delivery.objects.filter(
        outgoing=outgoing_id, channel=DeliveryChannel.AXIS, state=DeliveryState.QUEUED
    )
    if under_way.exists():
        enqueue(call_back, schedule_in=LOOK_AGAIN, outgoing_id=outgoing_id)


@transaction.atomic
def stop(outgoing_id: int, by: Actor) -> None:
    """Packets that have not left do not leave; nobody outside learns of the document."""
    rows = SentPacket.objects.select_for_update().filter(
        outgoing=outgoing_id, kind="edoc", state__in=(SendState.WAITING, SendState.REFUSED)
    )
    for packet in rows.exclude(code="1").order_by("pk"):
        moves.make(SENDINGS, "stop", packet, by=by, also={"next_at": None, "changed_at": now()})
        move_all(DELIVERIES["stop"], Delivery.objects.filter(packet=packet), "chưa rời cơ quan")
    lost = Delivery.objects.filter(
        outgoing=outgoing_id, channel=DeliveryChannel.AXIS, state=DeliveryState.FAILED
    )
    move_all(DELIVERIES["stop"], lost, "chưa đến nơi nhận")


@transaction.atomic
def ask_for(outgoing_id: int, reason: str, by: Actor) -> None:
    """Ask every receiver that may have the document, once."""
    on_axis = Delivery.objects.filter(outgoing=outgoing_id, channel=DeliveryChannel.AXIS)
    asked = move_all(DELIVERIES["recall"], on_axis, "đã gửi yêu cầu lấy lại, chờ nơi nhận trả lời", reason="")
    rows = Delivery.objects.filter(pk__in=asked).select_related("packet__connection", "packet__address")
    together: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if row.packet is not None and row.packet.connection.options.get("recall") == AS_PACKET:
            together[row.packet.connection_id].append(row)
        else:
            parcels.queue_call_back(row, reason, by=by)
    for several in together.values():
        carried = several[0].packet
        if carried is not None:
            parcels.queue_document(
                several[0].outgoing,
                carried.connection,
                carried.address,
                several,
                code="1",
                content={"reason": reason},
                by=by,
            )
