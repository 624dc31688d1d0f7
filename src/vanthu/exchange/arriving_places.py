"""Where a packet goes: the moves of its row, in whose box it lies, and the clerk's counter of that box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.axis_states import PACKETS
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.participants import Item, Owner
from vanthu.organisations import inheriting

if TYPE_CHECKING:
    from vanthu.organisations.models import Office

BOX = "packet"  # kind of the rows that count what lies in a box


def move(packet: ReceivedPacket, name: str, *, by: Actor = SYSTEM, **fields: Any) -> None:
    """Move a packet along an arrow of `PACKETS`; raises `Conflict` when another was first."""
    moves.make(PACKETS, name, packet, by=by, also={"changed_at": now(), **fields})


@transaction.atomic
def in_trouble(
    packet: ReceivedPacket, sentence: str, *, verb: str = "exchange.packet_in_trouble", note: str = ""
) -> None:
    """Put a packet into the box of the clerk whom it concerns; one that is there already keeps the newer reason."""
    office_id = packet.office_id or home(packet)
    if packet.state == "trouble":
        ReceivedPacket.objects.filter(pk=packet.pk).update(problem=sentence[:500])
        packet.problem = sentence[:500]
        return
    move(packet, "trouble", problem=sentence[:500], office_id=office_id)
    if office_id is not None:
        count_in(packet, office_id, "trouble")
    ledger.record(
        verb,
        packet,
        by=Actor.for_system(office_id),
        note=note or f"để gói tin vào hộp chờ văn thư xem: {sentence}"[:500],
    )


def home(packet: ReceivedPacket) -> int | None:
    """The office in whose box a packet lies: the first of ours that it names, else the one that runs the connection."""
    named = connections.own_addresses(packet.connection, [*packet.to_codes, packet.to_code])
    if not named:
        named = connections.own_addresses(packet.connection, [packet.connection.system_id])
    found = min(named.values(), key=lambda one: one.pk, default=None)
    if found is None:
        rows = OwnAddress.objects.filter(connection=packet.connection, active=True)
        found = rows.select_related("office").order_by("pk").first()
    return today_of(found.office) if found else None


def today_of(office: Office) -> int:
    """The office, or who took over from it."""
    if office.valid_to_on is None or office.valid_to_on >= today():
        return office.pk
    return inheriting.heirs([office.pk]).get(office.pk, office.pk)


def count_in(item: ReceivedPacket | Arrival, office_id: int, state: str) -> None:
    """Let the box of an office show the item, and its counter count it."""
    participants.include(
        _item(item),
        Owner("o", office_id),
        office_id=office_id,
        role="clerk",
        state=state,
        pending=True,
        at=now(),
    )


def count_out(item: ReceivedPacket | Arrival) -> None:
    """The clerk is done with it."""
    for row in participants.owners(_item(item)):
        participants.exclude(_item(item), Owner("o", row.owner_id))


def _item(item: ReceivedPacket | Arrival) -> Item:
    return Item(BOX if isinstance(item, ReceivedPacket) else Arrival.item_kind, item.pk)
