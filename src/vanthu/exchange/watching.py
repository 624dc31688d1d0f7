"""Where packets that were taken are: asked with growing pauses until every receiver has taken or refused them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from vanthu.exchange import connections
from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.axis_states import SendState, Transport
from vanthu.exchange.lines import move_all, note
from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DELIVERIES, DeliveryState
from vanthu.exchange.transports.base import SentTo, TransportError
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Unavailable
from vanthu.organisations.agency_codes import forms

PAUSES = (60, 120, 300, 900, 3600, 4 * 3600, 12 * 3600, *([24 * 3600] * 29))  # seconds; about a month in all
_AT_ONCE = 200  # packets that are asked about in one minute
_ENDS = (Transport.DONE, Transport.FAIL)
_WAITS = (DeliveryState.QUEUED, DeliveryState.SENT)


@job(queue="exchange", cron="* * * * *")
def look_after(timestamp: int = 0) -> None:
    """Every minute: ask about the packets whose time has come."""
    due = SentPacket.objects.filter(state=SendState.ACCEPTED, next_at__isnull=False, next_at__lte=now())
    for pk in due.order_by("next_at").values_list("pk", flat=True)[:_AT_ONCE]:
        enqueue(ask, once=f"ask about packet {pk}", packet_id=pk)


@job(queue="exchange", retries=3)
def ask(packet_id: int) -> None:
    """Ask where one packet is for each of its receivers; idempotent."""
    packet = (
        SentPacket.objects.select_related("connection").filter(pk=packet_id, next_at__isnull=False).first()
    )
    if packet is None or packet.state != SendState.ACCEPTED:
        return
    try:
        told = connections.transport_of(packet.connection).sent(packet.doc_id)
    except (TransportError, Unavailable):
        told = ()  # the connection shows its trouble; here only the next time is set
    for row in told:
        _take(packet, row)
    _set_next(packet)


@transaction.atomic
def _take(packet: SentPacket, row: SentTo) -> None:
    """What the other side says of one receiver."""
    codes = set(forms(row.to_code))
    held = Delivery.objects.select_for_update(of=("self",)).filter(packet=packet).order_by("pk")
    line = next((one for one in held if codes & set(forms(one.to_code))), None)
    if line is None or not row.status or (line.transport, line.doc_id) == (row.status, row.receiver_doc_id):
        return
    changed = line.transport != row.status
    line.transport, line.doc_id = row.status, row.receiver_doc_id
    line.save(update_fields=["transport", "doc_id"])
    if changed and row.status == Transport.FAIL:
        why = f"nơi nhận không đọc được gói tin{f': {row.note}' if row.note else ''}"
        move_all(DELIVERIES["fail"], Delivery.objects.filter(pk=line.pk), why, reason=why[:500])
    elif changed and row.status == Transport.DONE and line.state == DeliveryState.SENT:
        note(line, "phần mềm nơi nhận đã lấy gói tin về", at=row.received_at)


@transaction.atomic
def _set_next(packet: SentPacket) -> None:
    """When it is asked again: never, when everybody took it or said something, or after a month."""
    open_ = Delivery.objects.filter(packet=packet, state__in=_WAITS).exclude(transport__in=_ENDS)
    over = packet.asked >= len(PAUSES) or not open_.exists()
    later = None if over else now() + timedelta(seconds=PAUSES[packet.asked])
    SentPacket.objects.filter(pk=packet.pk).update(asked=packet.asked + (not over), next_at=later)
