"""The clerk's box of packets: what could not be read or matched, what waits for consent; what came with an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from vanthu.exchange import receiving, receiving_raw
from vanthu.exchange.arriving_places import BOX, count_out, move
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket, SentPacket
from vanthu.exchange.axis_states import ArrivalState, PacketState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.files import written
from vanthu.kernel.refusals import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vanthu.documents.models import IncomingEntry
    from vanthu.kernel.files.models import Attachment

_LEAST = 5  # letters of a note
_OPEN = (PacketState.TROUBLE, PacketState.UNMATCHED)


@dataclass(frozen=True, slots=True)
class Boxed:
    """A packet in the box with its raw file, which is not there when it could not be fetched or was erased."""

    packet: ReceivedPacket
    raw: Attachment | None

    @property
    def is_document(self) -> bool:
        return self.packet.kind == "edoc"

    @property
    def readable(self) -> bool:
        """Whether its header was read: then it can be taken in as it is."""
        return bool(self.raw and self.packet.code and self.packet.symbol and self.is_document)


@dataclass(frozen=True, slots=True)
class Box:
    """What lies in it: to be settled now, tried again by itself, to be consented to, settled lately."""

    trouble: Sequence[Boxed]
    unmatched: Sequence[Boxed]
    asks: Sequence[Arrival]
    settled: Sequence[Boxed]


def counted(counts: Mapping[tuple[Any, str, str], int]) -> int:
    """How much of the box waits for the clerk, out of counters that were read already."""
    return counts.get(("o", BOX, "trouble"), 0) + counts.get(("o", Arrival.item_kind, "asks"), 0)


def box(by: Actor, *, limit: int = 100) -> Box:
    """The box of the actor's office, newest first; needs `register`. Four queries with any number in it."""
    by.require("register", "Hộp gói tin do văn thư của cơ quan xem.")
    rows = ReceivedPacket.objects.filter(office__in=by.own_offices).select_related("connection")
    lately = now() - timedelta(days=30)
    open_ = list(rows.filter(state__in=_OPEN).order_by("-listed_at")[:limit])
    done = list(rows.filter(state=PacketState.SETTLED, changed_at__gt=lately).order_by("-changed_at")[:20])
    held = files.attachments(ReceivedPacket.item_kind, [one.pk for one in (*open_, *done)])
    boxed = [Boxed(one, next(iter(held[one.pk]), None)) for one in (*open_, *done)]
    asks = Arrival.objects.filter(entry__office__in=by.own_offices, state=ArrivalState.ASKS)
    return Box(
        trouble=[one for one in boxed if one.packet.state == PacketState.TROUBLE],
        unmatched=[one for one in boxed if one.packet.state == PacketState.UNMATCHED],
        asks=list(asks.select_related("entry", "agency", "packet").order_by("-at")[:limit]),
        settled=[one for one in boxed if one.packet.state == PacketState.SETTLED],
    )


def packet(pk: int, by: Actor) -> ReceivedPacket:
    """A packet in the box of the actor's office; needs `register`, raises `NotFound`."""
    by.require("register", "Hộp gói tin do văn thư của cơ quan xem.")
    found = (
        ReceivedPacket.objects.filter(pk=pk, office__in=by.own_offices).select_related("connection").first()
    )
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def settle(pk: int, note: str, *, by: Actor) -> ReceivedPacket:
    """The clerk is done with a packet and says what became of it; `Conflict` when a colleague was first."""
    if len(note.strip()) < _LEAST:
        raise Invalid(fields={"note": "Ghi đã xử lý thế nào, ví dụ “đã vào sổ bằng tay, số đến 123”."})
    found = packet(pk, by)
    move(found, "settle", by=by, settled_note=note.strip()[:500])
    count_out(found)
    ledger.record(
        "exchange.packet_settled",
        found,
        by=by,
        changes={"settled_note": ("", found.settled_note)},
        note=f"xử lý gói tin {found.symbol or found.pk}: {found.settled_note}",
        power="register",
    )
    return found


def read_again(pk: int, *, by: Actor) -> ReceivedPacket:
    """Read a packet once more, fetched anew where its bytes are not here; the state says what came of it."""
    found = packet(pk, by)
    if found.state not in _OPEN:
        raise Conflict("Gói tin này đã được xử lý. Tải lại trang để xem.")
    held = files.attachments(ReceivedPacket.item_kind, [found.pk])[found.pk]
    with transaction.atomic():
        ledger.record("exchange.packet_read_again", found, by=by, note="đọc lại gói tin", power="register")
        if not held:
            count_out(found)
            move(found, "fetch_again", by=by, attempts=0, told="", next_at=now())
    if not held:
        receiving.go_on(found.pk)
        found.refresh_from_db()
    else:
        _apply(found)
    return found


def may_open_packet(pk: int, by: Actor) -> bool:
    """Whether the actor may open the raw packet: the clerk in whose box it lies, or whose office alone it came to."""
    if not by.may("register") or not by.office_id:
        return False
    mine = by.own_offices
    if ReceivedPacket.objects.filter(pk=pk, office__in=mine).exists():
        return True
    brought = Arrival.objects.filter(packet=pk, entry__office__in=mine, entry__restricted=False)
    return brought.exists() and not Arrival.objects.filter(packet=pk).exclude(office__in=mine).exists()


def may_open_before(pk: int, by: Actor) -> bool:
    """Whether the actor may open the files that an update replaced: the clerk of the office."""
    own = Arrival.objects.filter(pk=pk, entry__office__in=by.own_offices, entry__restricted=False)
    return by.may("register") and own.exists()


@dataclass(frozen=True, slots=True)
class Way:
    """How an entry came over a connection: from whom, what was told to them, what they asked for since."""

    arrival: Arrival
    connection_name: str
    staff: Mapping[str, str]
    sent_at: datetime | None
    told: Sequence[SentPacket]
    asked: Sequence[Arrival]
    before: Sequence[Attachment]
    raw: Attachment | None

    @property
    def asks(self) -> Sequence[Arrival]:
        """Requests that wait for the clerk."""
        return [one for one in self.asked if one.state == ArrivalState.ASKS]


def way_of(entry: IncomingEntry, by: Actor) -> Way | None:
    """How an entry came, None when it came another way; the caller has checked its sight. Three or four queries."""
    rows = Arrival.objects.filter(entry=entry.pk).select_related(
        "packet__connection", "agency", "address", "entry"
    )
    arrivals = list(rows.order_by("pk"))
    if not arrivals:
        return None
    first = arrivals[0]
    told = SentPacket.objects.filter(arrival__in=arrivals, kind="status").order_by("pk")
    said = first.packet.said
    clerk = by.may("register")
    held = files.attachments(Arrival.item_kind, [one.pk for one in arrivals]) if clerk else {}
    raw = files.attachments(ReceivedPacket.item_kind, [first.packet_id])[first.packet_id] if clerk else []
    return Way(
        arrival=first,
        connection_name=first.packet.connection.name,
        staff=said.get("staff", {}),
        sent_at=parse_datetime(said["sent_at"]) if said.get("sent_at") else None,
        told=list(told),
        asked=[one for one in arrivals if one.word and not (one.code == "2" and one.pk == first.pk)],
        before=[file for one in arrivals for file in held.get(one.pk, [])],
        raw=next(iter(raw), None),
    )


def take_here(pk: int, *, by: Actor) -> ReceivedPacket:
    """Take a packet that names nobody of ours into the inbox of the actor's office.

    Raises `Conflict` when the office has no address on that connection, or the packet is done with.
    """
    found = packet(pk, by)
    if found.state != PacketState.TROUBLE:
        raise Conflict("Gói tin này đã được xử lý. Tải lại trang để xem.")
    address = OwnAddress.objects.filter(
        connection=found.connection, office=by.office_id, active=True, preferred=True
    ).first()
    if address is None:
        raise Conflict(
            "Cơ quan chưa có mã định danh trên kết nối này. Vào sổ bằng tay rồi đánh dấu đã xử lý gói tin."
        )
    ledger.record("exchange.packet_taken", found, by=by, note="nhận gói tin cho cơ quan", power="register")
    _apply(found, {by.office: address})
    return found


def _apply(found: ReceivedPacket, offices: dict[int, OwnAddress] | None = None) -> None:
    with written.workplace() as folder, receiving_raw.stored(found) as path:
        receiving.apply(found, path, folder, offices=offices)
    if found.state != PacketState.TROUBLE:
        count_out(found)
