"""What a sender asked for, once it is agreed to: a tombstone, new contents, a link to what replaces the entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.documents import from_outside, recalling
from vanthu.documents.states import IncomingState
from vanthu.exchange import arriving_files, connections, receiving_raw
from vanthu.exchange import arriving_matching as matching
from vanthu.exchange import jobs as exchange_jobs
from vanthu.exchange.arriving_fields import brought
from vanthu.exchange.arriving_files import Checked
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.dialects.packets import BusinessType, Document
from vanthu.exchange.dialects.reading import read
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import written
from vanthu.kernel.jobs import enqueue
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.tasks import recalling as tasks

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry


@dataclass(frozen=True, slots=True)
class Again:
    """A packet read once more, with those of its files that may be kept."""

    document: Document
    checked: Checked


def read_again(arrival: Arrival, folder: Path) -> Again | None:
    """The packet of an update or a replacement, from the store; its contents lie in `folder`. None for a recall."""
    if arrival.code not in ("2", "3"):
        return None
    with receiving_raw.stored(arrival.packet) as path, path.open("rb") as stream:
        document, _ = read(stream, folder)
    if not isinstance(document, Document):
        raise Unavailable("Gói tin gốc không còn như khi nhận. Báo quản trị hệ thống.")
    if arrival.code == "3":
        return Again(document, Checked())
    try:
        return Again(document, arriving_files.checked(document.attachments))
    except Invalid as refusal:
        raise Unavailable(f"Không cập nhật được: {refusal.message}") from refusal


def carry_out(arrival: Arrival, again: Again | None, *, by: Actor) -> None:
    """Do to the entry what was agreed to. Raises `Conflict` for a frozen one."""
    entry = arrival.entry
    if entry is None:
        return
    if again is None or drops(again.document, arrival.address):
        _empty(entry, arrival, by)
    elif arrival.code == "3":
        _link(entry, arrival, again.document, by)
    else:
        _renew(entry, arrival, again, by)


def replaced_here(document: Document, sender_id: int, office_id: int) -> list[IncomingEntry]:
    """The entries of an office that a document replaces."""
    found: dict[int, IncomingEntry] = {}
    for one in document.business.replaced:
        opening = matching.opening(office_id, sender_id, [one.document_id], "", None)
        if opening is not None and opening.entry is not None:
            found[opening.entry.pk] = opening.entry
    return list(found.values())


def drops(document: Document, address: OwnAddress) -> bool:
    """Whether an update takes our office off the list of receivers."""
    dropped = [one.organ_id for one in document.business.receivers if not one.added]
    if document.business.type != BusinessType.UPDATE or not dropped:
        return False
    found = connections.own_addresses(address.connection, dropped)
    return address.pk in {one.pk for one in found.values()}


def _empty(entry: IncomingEntry, arrival: Arrival, by: Actor) -> None:
    if entry.state == IncomingState.RECALLED:
        return
    from_outside.empty(entry.pk, arrival.reason, by=by)
    tasks.close_recalled([entry.pk], recalling.TOMBSTONE)
    _forget_raw(entry.pk)


def _forget_raw(entry_id: int) -> None:
    """Packets whose every entry is a tombstone go too: the document lies in them."""
    mine = Arrival.objects.filter(entry=entry_id).values_list("packet", flat=True)
    for packet_id in set(mine):
        whole = Arrival.objects.filter(packet=packet_id, entry__isnull=False)
        if not whole.exclude(entry__state=IncomingState.RECALLED).exists():
            written.destroy(ReceivedPacket.item_kind, packet_id)
            ReceivedPacket.objects.filter(pk=packet_id).update(subject=recalling.TOMBSTONE)
    for arrival_id in Arrival.objects.filter(entry=entry_id).values_list("pk", flat=True):
        written.destroy(Arrival.item_kind, arrival_id)


def _link(entry: IncomingEntry, arrival: Arrival, document: Document, by: Actor) -> None:
    older: Sequence[IncomingEntry] = replaced_here(document, arrival.agency_id or 0, arrival.office_id)
    for one in older:
        from_outside.relate(entry, one.document_id, "replaces", by=by)


def _renew(entry: IncomingEntry, arrival: Arrival, again: Again, by: Actor) -> None:
    name = arrival.agency.name if arrival.agency else entry.issuer_name
    given = brought(again.document, name, again.checked.files)
    from_outside.renew(entry.pk, given, kept_at=(Arrival.item_kind, arrival.pk), reason=arrival.reason, by=by)
    Arrival.objects.filter(pk=arrival.pk).update(left_out="\n".join(again.checked.left_out))
    enqueue(exchange_jobs.check_arrival, entry_id=entry.pk)
