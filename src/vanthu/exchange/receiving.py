"""One packet for us on its way: fetched, kept raw, applied, told to the connection. Killed anywhere, it goes on there.

The connection learns `done` only after what the packet brought is committed; when it cannot be told, it is told again,
and nothing is taken back. A packet that fails again and again ends in a clerk's box and stops nobody else.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.db.models import F

from vanthu.exchange import arriving, connections, receiving_raw
from vanthu.exchange.arriving_places import in_trouble, move
from vanthu.exchange.axis_models import OwnAddress, ReceivedPacket
from vanthu.exchange.axis_states import PacketState, Transport
from vanthu.exchange.dialects.packets import Packet
from vanthu.exchange.dialects.reading import read
from vanthu.exchange.transports.base import Transport as Wire
from vanthu.exchange.transports.base import TransportError
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.files.written import Writing, Written
from vanthu.kernel.refusals import Invalid, Unavailable

if TYPE_CHECKING:
    from typing import BinaryIO

log = logging.getLogger("vanthu.axis")

_MOST_TRIES = 12
_ROOM = 4 << 20  # bytes of a packet beside its attachments
GIVE_UP = timedelta(days=90)  # what matches nothing until then will not
UNREADABLE = "Khong doc duoc goi tin"  # for the connection: ASCII, other letters break its signature
_FAILED = (PacketState.TROUBLE, PacketState.SETTLED)


def go_on(packet_id: int) -> None:
    """Take a packet as far as it goes now; idempotent. Jobs of one packet never run side by side."""
    packet = ReceivedPacket.objects.select_related("connection").get(pk=packet_id)
    if packet.state in (PacketState.LISTED, PacketState.STORED, PacketState.UNMATCHED):
        _try(packet)
    if packet.state not in (PacketState.LISTED, PacketState.STORED):
        _tell(packet)


def pause(attempts: int) -> timedelta:
    """How long until the next try: half a minute, doubled each time, a day at most."""
    return min(timedelta(seconds=30 << min(attempts, 12)), timedelta(days=1))


def _try(packet: ReceivedPacket) -> None:
    """Fetch, keep and apply. What is interrupted without a word counts as a try as well.

    The first try of a packet has its time from the list; whatever comes later is counted and comes less and less often.
    """
    if packet.attempts or packet.next_at is None or packet.next_at <= now():
        wait = pause(packet.attempts)
        ReceivedPacket.objects.filter(pk=packet.pk).update(attempts=F("attempts") + 1, next_at=now() + wait)
        packet.attempts += 1
    if packet.state != PacketState.UNMATCHED and packet.attempts > _MOST_TRIES:
        in_trouble(
            packet, "Đã thử nhiều lần mà không xử lý xong. Tải gói tin gốc để xem, báo quản trị hệ thống."
        )
        return
    if packet.state == PacketState.UNMATCHED and packet.listed_at < now() - GIVE_UP:
        move(packet, "settle", settled_note=f"hệ thống thôi thử khớp sau {GIVE_UP.days} ngày", next_at=None)
        return
    try:
        with written.workplace() as folder:
            if packet.state == PacketState.LISTED:
                _fetch_and_apply(packet, folder)
            else:
                with receiving_raw.stored(packet) as path:
                    apply(packet, path, folder)
    except TransportError as error:
        _not_fetched(packet, error)
    except (Unavailable, Locked) as error:
        ReceivedPacket.objects.filter(pk=packet.pk).update(problem=error.message[:500])


def apply(
    packet: ReceivedPacket,
    path: Path,
    folder: Path,
    *,
    offices: dict[int, OwnAddress] | None = None,
    raw: Written | None = None,
) -> None:
    """Read the packet that lies at `path` and do what it says, for whom it names or for these offices.

    What cannot be read goes to a clerk's box. `raw` is kept with it, where it is not kept yet.
    """
    _do(packet, _read(path, folder), offices, raw)


def _read(path: Path, folder: Path) -> tuple[Packet, tuple[str, ...]] | Invalid:
    """What the packet says and what had to be mended, or why it cannot be read."""
    try:
        with path.open("rb") as stream:
            return read(stream, folder)
    except Invalid as refusal:
        return refusal


def _do(
    packet: ReceivedPacket,
    found: tuple[Packet, tuple[str, ...]] | Invalid,
    offices: dict[int, OwnAddress] | None,
    raw: Written | None,
) -> None:
    if isinstance(found, Invalid):
        with transaction.atomic():
            receiving_raw.keep(packet.pk, raw)
            in_trouble(packet, found.message)
    else:
        arriving.apply(packet, *found, offices, raw)


def _fetch_and_apply(packet: ReceivedPacket, folder: Path) -> None:
    """The whole way of a packet; the first try commits once, a later one keeps the packet before it is applied.

    What cannot be read is fetched once more: only the same bytes again are the sender's fault, not the line's.
    """
    raw = _fetched(packet, folder / "packet")
    found = _read(raw.path, folder)
    if isinstance(found, Invalid):
        again = _fetched(packet, folder / "again")
        if again.sha256 != raw.sha256:
            raw, found = again, _read(again.path, folder)
            if isinstance(found, Invalid):
                raise TransportError("Gói tin tải về không trọn vẹn. Hệ thống tự tải lại sau ít phút.")
    kept = packet.attempts > 1
    if kept:
        with transaction.atomic():
            receiving_raw.keep(packet.pk, raw)
            move(packet, "store")
    _do(packet, found, None, None if kept else raw)


def _fetched(packet: ReceivedPacket, path: Path) -> Written:
    connection = packet.connection
    transport = connections.transport_of(connection)
    _say(transport, packet, Transport.PROCESSING)
    most = connection.packet_limit * 4 // 3 + _ROOM
    with path.open("wb") as target:
        writing = Writing(target)
        transport.fetch(packet.doc_id, cast("BinaryIO", writing), most=most)
    return Written(path, writing.size, writing.sha256, receiving_raw.MEDIA_TYPE)


def _not_fetched(packet: ReceivedPacket, error: TransportError) -> None:
    """It will be fetched later, unless that would fail again."""
    if error.permanent:
        in_trouble(packet, error.sentence)
    else:
        log.warning("packet %s: %s", packet.pk, error.sentence)
        later = now() + pause(max(packet.attempts - 1, 0))
        ReceivedPacket.objects.filter(pk=packet.pk).update(problem=error.sentence[:500], next_at=later)


def _tell(packet: ReceivedPacket) -> None:
    """Tell the connection what became of the packet, once; a failure is repeated later."""
    wanted = Transport.FAIL if packet.state in _FAILED and packet.problem else Transport.DONE
    rows = ReceivedPacket.objects.filter(pk=packet.pk)
    if packet.told != wanted:
        try:
            transport = connections.transport_of(packet.connection)
        except Unavailable:
            return
        if not _say(transport, packet, wanted, UNREADABLE if wanted == Transport.FAIL else ""):
            rows.update(next_at=now() + pause(packet.attempts), attempts=F("attempts") + 1)
            return
        packet.told = wanted
    waits = packet.state == PacketState.UNMATCHED
    rows.update(told=wanted, **({} if waits else {"next_at": None}))


def _say(transport: Wire, packet: ReceivedPacket, status: str, note: str = "") -> bool:
    """Whether the connection has heard it."""
    try:
        transport.tell(packet.doc_id, status, note)
    except TransportError as error:
        log.warning(
            "packet %s is %s, but the connection did not hear it: %s", packet.pk, status, error.sentence
        )
        return False
    return True
