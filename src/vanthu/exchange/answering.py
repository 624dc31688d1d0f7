"""What a sender outside hears by itself of what we do with its document: 02 to 06, each once. Decision 28/2018/QĐ-TTg.

Told from what really happens to the entry; a direction that may still be taken back is told when it cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import transaction

from vanthu.documents import queries as documents
from vanthu.documents.states import Channel, IncomingState
from vanthu.exchange import parcels
from vanthu.exchange.arriving_matching import BRINGS
from vanthu.exchange.axis_models import Arrival
from vanthu.exchange.dialects.packets import StatusCode
from vanthu.exchange.jobs import UNDO_SECONDS
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.jobs import enqueue, job

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry
    from vanthu.documents.queries import Seen
    from vanthu.kernel.ledger import Event

_HANDLES = (("p", "to_do"), ("u", "to_assign"))


def on_registered(event: Event) -> None:
    """The clerk gave the document its arrival number (03)."""
    _tell(event, StatusCode.RECEIVED, f"Số đến {event.changes['arrival_number'][1]}")


def on_returned(event: Event) -> None:
    """The clerk returned it, and says why (02)."""
    _tell(event, StatusCode.REFUSED, event.changes["returned_reason"][1])


def on_closed(event: Event) -> None:
    """The office is done with it (06)."""
    _tell(event, StatusCode.DONE)


def on_finished(event: Event) -> None:
    """Somebody has done their part: it was handled (05)."""
    if event.item_kind == "in":
        _tell(event, StatusCode.HANDLING)


def on_assigned(event: Event) -> None:
    """A leader directed it or a unit gave it to somebody: told (04) unless it is taken back in time."""
    if event.item_kind == "in" and _came_so(event):
        enqueue(tell_assigned, schedule_in=UNDO_SECONDS, entry_id=event.item_id)


def on_passed_on(event: Event) -> None:
    """It was not for us: inside the sector its sender follows it there, outside it is refused (02)."""
    if not _came_so(event):
        return
    fresh = event.changes["entry_id"][1]
    if fresh is not None:
        Arrival.objects.filter(entry=event.item_id).update(entry=fresh)
    else:
        _tell(event, StatusCode.REFUSED, f"Gửi nhầm nơi nhận; nơi nhận đúng: {event.changes['passed_to'][1]}")


@job(queue="exchange", retries=5)
def tell_assigned(entry_id: int) -> None:
    """Tell the sender that the document was assigned, if the direction still stands."""
    with transaction.atomic():
        if documents.hold_incoming(entry_id).state in (IncomingState.DIRECTED, IncomingState.DONE):
            _say(entry_id, StatusCode.ASSIGNED, "", SYSTEM)


def mark_opened(seen: Seen[IncomingEntry], *, by: Actor) -> None:
    """Whoever has to handle the document opened it (05); for everybody else nothing happens."""
    mine = {(row.owner_kind, row.state) for row in seen.sight.rows}
    if seen.entry.channel != Channel.AXIS or mine.isdisjoint(_HANDLES):
        return
    if ("p", "to_do") in mine or by.may("assign"):
        _say(seen.entry.pk, StatusCode.HANDLING, "", by)


def _tell(event: Event, code: str, reason: str = "") -> None:
    if _came_so(event):
        _say(event.item_id, code, reason, event.by)


def _came_so(event: Event) -> bool:
    """Whether the entry of an act came over a connection."""
    return cast("IncomingEntry", event.subject).channel == Channel.AXIS


@transaction.atomic(savepoint=False)
def _say(entry_id: int, code: str, reason: str, by: Actor) -> None:
    """Queue a status for the packet that brought the entry; not one that lies behind what was told already."""
    rows = Arrival.objects.filter(entry=entry_id, code__in=BRINGS).select_related("packet", "address")
    arrival = rows.order_by("pk").first()
    if arrival is None or (code in _FORWARD and arrival.reported in _FORWARD and arrival.reported >= code):
        return
    parcels.queue_status(arrival, code, reason=reason, by=by)
    Arrival.objects.filter(pk=arrival.pk).update(reported=code)


_FORWARD = (StatusCode.RECEIVED, StatusCode.ASSIGNED, StatusCode.HANDLING, StatusCode.DONE)
