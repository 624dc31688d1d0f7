"""Packets of ours go to the other side: once each, whatever breaks.

A packet waits, is made, is uploaded, is accepted or refused. The upload begins in a transaction of its own: whoever
finds a packet in the middle of it knows nothing, and asks the other side before anything is sent again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from vanthu.exchange import connections, finding_sent, making
from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.axis_states import SENDINGS, SendState, Transport
from vanthu.exchange.lines import move_all
from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DELIVERIES, DeliveryState
from vanthu.exchange.transports import base
from vanthu.exchange.transports.base import TransportError, UnknownOutcomeError
from vanthu.kernel import moves
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.alone import alone
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Unavailable

TRIES = 5
FIRST_PAUSE = 30  # seconds; each pause is twice the one before
ASKED_ENOUGH = 3  # answers "not here" after which a packet is sent again
STATUS_TRIES = 72  # one an hour after the first five: nobody looks after a status
LEASE = timedelta(minutes=5)  # after which somebody looks whether an upload died
_CLOSED = timedelta(minutes=10)  # how long a packet waits where the connection is off
_PROBLEM = 500
_OPEN = (SendState.WAITING, SendState.SENDING, SendState.UNKNOWN)


@job(queue="exchange", retries=10)
def upload(packet_id: int) -> None:
    """The next step of one packet. Idempotent; two that come at once do nothing twice."""
    with alone(f"sent packet {packet_id}") as mine:
        packet = (
            SentPacket.objects.select_related("connection", "address__office__parent", "outgoing__document")
            .filter(pk=packet_id, state__in=_OPEN)
            .first()
        )
        if mine and packet is not None and not _older_under_way(packet):
            _step(packet)


def soon(packet: SentPacket, seconds: int = 0) -> None:
    """Have the next step done, when the transaction commits."""
    enqueue(upload, lock=f"sent packet {packet.pk}", schedule_in=seconds, packet_id=packet.pk)


def _older_under_way(packet: SentPacket) -> bool:
    """Statuses of one arrival go one after the other, so that 03 is not there before 01."""
    rows = SentPacket.objects.filter(arrival=packet.arrival_id, state__in=_OPEN, pk__lt=packet.pk)
    return packet.arrival_id is not None and rows.exists()


def _step(packet: SentPacket) -> None:
    if not packet.connection.active:
        _wait(packet, "Kết nối đang tắt; gói tin được gửi khi bật lại.")
        return
    try:
        transport = connections.transport_of(packet.connection)
    except (Unavailable, TransportError) as closed:
        _wait(packet, str(closed))
        return
    if packet.state == SendState.SENDING:  # whoever began it is dead
        moves.make(SENDINGS, "lose", packet, by=SYSTEM, also={"changed_at": now()})
    if packet.state == SendState.UNKNOWN:
        if packet.kind == "edoc":
            _ask(packet, transport)
        else:  # a status that is told twice changes nothing, and lists cannot tell one from another
            _send_again(packet)
        return
    if wrong := making.make(packet):
        _refuse(packet, _sentence(wrong))
        return
    _send(packet, transport)


def _sentence(wrong: list[str]) -> str:
    return f"Chưa gửi được: {'; '.join(wrong)}. Sửa rồi gửi lại, hoặc chuyển sang gửi bản giấy."


def _wait(packet: SentPacket, why: str) -> None:
    """Nothing was tried; look again later."""
    SentPacket.objects.filter(pk=packet.pk).update(next_at=now() + _CLOSED, problem=why[:_PROBLEM])


def _send(packet: SentPacket, transport: base.Transport) -> None:
    file = making.ready(packet)
    if file is None:
        return
    with files.copy_of(file.file, file.name) as path:
        begun = {"begun_at": now(), "asked": 0, "next_at": now() + LEASE, "changed_at": now()}
        moves.make(SENDINGS, "begin", packet, by=SYSTEM, also=begun)
        try:
            doc_id = transport.send(
                path, kind=packet.kind, from_code=packet.address.code, to_codes=packet.to_codes
            )
        except UnknownOutcomeError as lost:
            _lose(packet, lost.sentence)
        except TransportError as failure:
            _failed(packet, failure)
        else:
            accept(packet, doc_id)


@transaction.atomic
def _lose(packet: SentPacket, why: str) -> None:
    also = {"problem": why[:_PROBLEM], "next_at": _later(FIRST_PAUSE), "changed_at": now()}
    moves.make(SENDINGS, "lose", packet, by=SYSTEM, also=also)
    soon(packet, FIRST_PAUSE)


@transaction.atomic
def _failed(packet: SentPacket, failure: TransportError) -> None:
    """The other side did not take it: again after a pause, or never."""
    tries = packet.attempts + 1
    if failure.permanent or tries >= (STATUS_TRIES if packet.kind == "status" else TRIES):
        _refuse(packet, failure.sentence)
        return
    pause = FIRST_PAUSE * 2 ** min(tries - 1, TRIES + 2)  # up to an hour
    problem = failure.sentence[:_PROBLEM]
    also = {"attempts": tries, "problem": problem, "next_at": _later(pause), "changed_at": now()}
    moves.make(SENDINGS, "again", packet, by=SYSTEM, also=also)
    soon(packet, pause)


@transaction.atomic
def _refuse(packet: SentPacket, why: str) -> None:
    """It does not leave: its lines say why, and the clerk decides."""
    also = {"problem": why[:_PROBLEM], "next_at": None, "changed_at": now()}
    moves.make(SENDINGS, "refuse", packet, by=SYSTEM, also=also)
    move_all(
        DELIVERIES["fail"],
        Delivery.objects.filter(packet=packet, state=DeliveryState.QUEUED),
        why,
        reason=why[:_PROBLEM],
    )
    _next_status(packet)


@transaction.atomic
def accept(packet: SentPacket, doc_id: str) -> None:
    """The other side has it: its lines are sent, and it is asked about until every receiver took it."""
    document = packet.kind == "edoc"
    also = {"doc_id": doc_id, "problem": "", "asked": 0, "changed_at": now()}
    also["next_at"] = _later(60) if document and doc_id else None
    moves.make(SENDINGS, "accept", packet, by=SYSTEM, also=also)
    lines = Delivery.objects.filter(packet=packet, state=DeliveryState.QUEUED)
    move_all(DELIVERIES["send"], lines, "trục đã nhận gói tin", transport=Transport.INITIAL, reason="")
    making.give_up(packet)
    _next_status(packet)


def _next_status(packet: SentPacket) -> None:
    """The status that waited for this one."""
    if packet.arrival_id is None:
        return
    rows = SentPacket.objects.filter(arrival=packet.arrival_id, state=SendState.WAITING)
    following = rows.order_by("pk").first()
    if following is not None:
        soon(following)


def _ask(packet: SentPacket, transport: base.Transport) -> None:
    """Whether the other side has a packet of which nobody knows; after enough answers "no" it is sent again."""
    if finding_sent.receivers_have(packet):
        accept(packet, "")
        return
    since = (packet.begun_at or packet.made_at) - finding_sent.MARGIN
    try:
        listed = transport.sent(since=since)
    except TransportError as failure:
        pause = min(FIRST_PAUSE * 2 ** min(packet.asked + 1, 10), 1800)
        later = {"next_at": _later(pause), "problem": failure.sentence[:_PROBLEM]}
        SentPacket.objects.filter(pk=packet.pk).update(**later)
        soon(packet, pause)
        return
    doc_id = finding_sent.find(packet, listed)
    if doc_id is not None:
        accept(packet, doc_id)
    elif packet.asked + 1 < ASKED_ENOUGH:
        _ask_again(packet)
    else:
        _send_again(packet)


@transaction.atomic
def _ask_again(packet: SentPacket) -> None:
    asked = packet.asked + 1
    pause = FIRST_PAUSE * 2**asked
    SentPacket.objects.filter(pk=packet.pk).update(asked=asked, next_at=_later(pause))
    soon(packet, pause)


@transaction.atomic
def _send_again(packet: SentPacket) -> None:
    """The other side never got it, or may have a status twice."""
    tries = packet.attempts + 1
    if tries >= (TRIES if packet.kind == "edoc" else STATUS_TRIES):
        _refuse(
            packet, "Trục không nhận được gói tin sau nhiều lần gửi. Gửi lại, hoặc chuyển sang gửi bản giấy."
        )
        return
    also = {"attempts": tries, "asked": 0, "next_at": now(), "changed_at": now()}
    moves.make(SENDINGS, "again", packet, by=SYSTEM, also=also)
    soon(packet)


@job(queue="exchange", cron="* * * * *")
def send_what_lies(timestamp: int = 0) -> None:
    """Every minute: take up packets whose own job was lost."""
    rows = SentPacket.objects.filter(state__in=_OPEN, next_at__lt=now() - timedelta(minutes=2))
    for packet in rows.order_by("next_at")[:200]:
        enqueue(upload, lock=f"sent packet {packet.pk}", once=f"sent packet {packet.pk}", packet_id=packet.pk)


def _later(seconds: int) -> datetime:
    return now() + timedelta(seconds=seconds)
