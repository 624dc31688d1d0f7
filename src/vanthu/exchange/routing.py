"""How an issued document goes to each recipient, and what it is to them: new, a correction, or in an older one's place.

Offices of the sector get it inside the installation, bodies that a connection reaches over that, everybody else on
paper. What is issued in a room of practice goes over no connection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import TYPE_CHECKING, Any, NamedTuple

from vanthu.documents import relations
from vanthu.exchange import connections, parcels
from vanthu.exchange.axis_models import SentPacket
from vanthu.exchange.connections import Way
from vanthu.exchange.models import Delivery
from vanthu.exchange.states import DeliveryChannel, DeliveryState
from vanthu.kernel.calendar import now
from vanthu.organisations import agencies

if TYPE_CHECKING:
    from vanthu.documents.models import OutgoingEntry
    from vanthu.kernel.actor import Actor

_BUSINESS = {"replaces": ("3", "Thay thế văn bản"), "corrects": ("2", "Đính chính văn bản")}
_NEVER_HAD = (DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.STOPPED, DeliveryState.OUTSIDE)


class To(NamedTuple):
    """A recipient: an office of the sector, a body of the list of the axis, or a name only."""

    office_id: int | None
    name: str
    agency_id: int | None = None


class Older(NamedTuple):
    """An older document that the one at hand changes, as the axis knows it, and the bodies that have it."""

    code: str
    reason: str
    document_id: str
    agency_ids: frozenset[int]


def key(office_id: int | None, name: str, agency_id: int | None) -> tuple[str, int | str]:
    """A recipient is known by its office or body, one without either by its name."""
    if office_id is not None:
        return ("office", office_id)
    return ("agency", agency_id) if agency_id is not None else ("name", name)


def resolved(recipients: Iterable[To], *, by: Actor, office_id: int) -> list[To]:
    """The recipients in order, nobody twice; a body that is one of our offices goes as that office."""
    wanted = list(recipients)
    bodies = agencies.by_ids({one.agency_id for one in wanted if one.agency_id is not None})
    found: dict[tuple[str, int | str], To] = {}
    for one in wanted:
        body = bodies.get(one.agency_id or 0)
        ours = body.office_id if body is not None and by.room_id is None else None
        here = To(ours, one.name) if one.office_id is None and ours not in (None, office_id) else one
        found.setdefault(key(here.office_id, here.name, here.agency_id), here)
    return list(found.values())


def lines(
    entry: OutgoingEntry, recipients: Sequence[To], ways: dict[int, Way], *, start: int
) -> list[Delivery]:
    """The deliveries of these recipients, not saved yet, numbered from `start`."""
    moment = now()
    made = []
    for place, to in enumerate(recipients, start):
        way = ways.get(to.agency_id or 0)
        channel = _channel(to, way)
        made.append(
            Delivery(
                document_id=entry.document_id,
                outgoing=entry,
                from_office_id=entry.office_id,
                to_office_id=to.office_id,
                agency_id=to.agency_id if to.office_id is None else None,
                to_name=to.name,
                to_code=way.to_code if way else "",
                channel=channel,
                state=DeliveryState.OUTSIDE if channel == DeliveryChannel.PAPER else DeliveryState.QUEUED,
                position=place,
                queued_at=moment,
                changed_at=moment,
            )
        )
    return made


def _channel(to: To, way: Way | None) -> DeliveryChannel:
    if to.office_id is not None:
        return DeliveryChannel.INTERNAL
    return DeliveryChannel.AXIS if way else DeliveryChannel.PAPER


def ways_to(entry: OutgoingEntry, recipients: Iterable[To]) -> dict[int, Way]:
    """{body: the way to it} of recipients that are no office of ours."""
    ids = [one.agency_id for one in recipients if one.office_id is None and one.agency_id is not None]
    return connections.ways(entry.office_id, ids)


def hand_over(
    entry: OutgoingEntry, rows: Iterable[Delivery], ways: dict[int, Way], *, by: Actor
) -> list[SentPacket]:
    """One packet for all receivers of one connection; those who have the older document get a packet of their own."""
    older = _older(entry)
    groups: dict[tuple[int, str], list[Delivery]] = defaultdict(list)
    for row in rows:
        if row.channel == DeliveryChannel.AXIS and row.agency_id is not None:
            code = older.code if older and row.agency_id in older.agency_ids else "0"
            groups[ways[row.agency_id].connection.pk, code].append(row)
    packets = []
    for (_, code), several in groups.items():
        way = ways[several[0].agency_id or 0]
        content: dict[str, Any] = {}
        if older is not None and code != "0":
            content = {"reason": older.reason, "older": older.document_id}
        most = int(way.connection.options.get("receivers") or len(several))
        packets += [
            parcels.queue_document(
                entry, way.connection, way.address, part, code=code, content=content, by=by
            )
            for part in batched(several, most)
        ]
    return packets


def _older(entry: OutgoingEntry) -> Older | None:
    """What the document replaces or corrects, if that went over a connection."""
    for kind, before in relations.changed_by(entry.document_id):
        first = SentPacket.objects.filter(outgoing=before, kind="edoc").order_by("pk").first()
        if first is None:
            continue
        had = Delivery.objects.filter(outgoing=before, channel=DeliveryChannel.AXIS).exclude(
            state__in=_NEVER_HAD
        )
        ids = frozenset(pk for pk in had.values_list("agency", flat=True) if pk is not None)
        code, words = _BUSINESS[kind]
        return Older(code, f"{words} số {before.document.symbol}", first.document_id, ids)
    return None
