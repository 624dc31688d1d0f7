"""What a sender asks to change of a document that we have: done at once, or when the clerk agrees. Facts in the packet.

Recall (nghiệp vụ 1, trạng thái 13), update (2), replacement (3): what is in the book waits for the clerk's word, what
is not follows the rule of the office (`OfficeRules.changes_unregistered`). The sender hears 15 or 16.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from vanthu.documents.states import IncomingState
from vanthu.exchange import arriving_matching as matching
from vanthu.exchange import consenting_effects as effects
from vanthu.exchange import parcels
from vanthu.exchange.arriving_coming import Coming
from vanthu.exchange.arriving_places import count_in, count_out
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.axis_states import ARRIVALS, REQUESTS, ArrivalState
from vanthu.exchange.dialects.packets import Status, StatusCode
from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.organisations import queries as organisations

if TYPE_CHECKING:
    from vanthu.organisations.agency_models import Agency

_LEAST = 5  # letters of a reason


def recalled(coming: Coming) -> Arrival | None:
    """Business 1 at one office; None while the document is not there."""
    document = coming.document
    target = _target(coming, document.document_id, document.business.document_id)
    return _asked(coming.arrival("1", entry=target.entry, state=ArrivalState.ASKS)) if target else None


def updated(coming: Coming) -> Arrival | None:
    """Business 2 at one office; None where there is nothing to update: then the packet brings a new entry."""
    document = coming.document
    target = _target(coming, document.business.document_id, document.document_id)
    return _asked(coming.arrival("2", entry=target.entry, state=ArrivalState.ASKS)) if target else None


def leaves_out(coming: Coming) -> bool:
    """Whether an update says that the document is no longer for this office."""
    return effects.drops(coming.document, coming.address)


def replaced(coming: Coming, arrival: Arrival) -> Arrival:
    """Business 3: the new entry is there; that it replaces older ones is agreed to where these are in the book."""
    older = effects.replaced_here(coming.document, coming.agency.pk, coming.office_id)
    if older:
        Arrival.objects.filter(pk=arrival.pk).update(state=ArrivalState.ASKS)
        arrival.state = ArrivalState.ASKS
        _asked(arrival, known=all(one.state == IncomingState.WAITING for one in older))
    return arrival


def called_back(
    packet: ReceivedPacket, status: Status, agency: Agency, address: OwnAddress, office_id: int
) -> Arrival | None:
    """Status 13: the sender asks to have a document back; None while we have no such document."""
    about = status.about
    target = matching.opening(office_id, agency.pk, [about.document_id], about.code, about.issued_on)
    if target is None:
        return None
    moment = now()
    arrival = Arrival.objects.create(
        packet=packet,
        office_id=office_id,
        address=address,
        agency=agency,
        entry=target.entry,
        code=StatusCode.CALLED_BACK,
        state=ArrivalState.ASKS,
        reason=status.text[:500],
        at=moment,
        changed_at=moment,
    )
    return _asked(arrival)


def _target(coming: Coming, *document_ids: str) -> Arrival | None:
    document = coming.document
    return matching.opening(
        coming.office_id, coming.agency.pk, document_ids, document.code, document.issued_on
    )


def _asked(arrival: Arrival, *, known: bool | None = None) -> Arrival:
    """Agree at once where nothing stands against it, else ask the clerk."""
    entry = arrival.entry
    if entry is None:
        raise NotFound
    by = Actor.for_system(entry.office_id)
    unregistered = entry.state == IncomingState.WAITING if known is None else known
    gone = entry.state == IncomingState.RECALLED
    alone = unregistered and organisations.rules_of(entry.office_id).changes_unregistered
    if gone or (alone and not entry.freeze_id):
        _agree(arrival, by=by)
        return arrival
    count_in(arrival, entry.office_id, "asks")
    ledger.record(
        "exchange.asked",
        entry,
        by=by,
        note=f"nhận yêu cầu {arrival.word} của nơi gửi: {arrival.reason or 'không ghi lý do'}",
    )
    return arrival


def agree(pk: int, *, by: Actor) -> Arrival:
    """The clerk agrees: the document is emptied, renewed or marked as replaced, and the sender hears 15.

    Raises `NotFound`, `Conflict` when a colleague was first or the entry is frozen.
    """
    arrival = request(pk, by)
    with written.workplace() as folder:
        brought = effects.read_again(arrival, folder)
        with transaction.atomic():
            _agree(arrival, by=by, brought=brought)
    return arrival


def _agree(arrival: Arrival, *, by: Actor, brought: effects.Again | None = None) -> None:
    moves.make(ARRIVALS, "agree", arrival, by=by, also={"changed_at": now()})
    if brought is None and arrival.code in ("2", "3"):
        with written.workplace() as folder:
            brought = effects.read_again(arrival, folder)
    effects.carry_out(arrival, brought, by=by)
    count_out(arrival)
    _say(arrival, StatusCode.AGREED, "", f"đồng ý cho nơi gửi {arrival.word}", by)
    if arrival.code in ("1", "13"):  # whatever else was asked of it has no object any more
        others = Arrival.objects.filter(entry=arrival.entry_id, state=ArrivalState.ASKS)
        for other in others.select_related("entry", "packet__connection", "agency", "address__connection"):
            _agree(other, by=by)


@transaction.atomic
def disagree(pk: int, reason: str, *, by: Actor) -> Arrival:
    """The clerk does not agree and says why; the document stays as it is, and the sender hears 16 with the reason."""
    if len(reason.strip()) < _LEAST:
        raise Invalid(fields={"reason": "Ghi lý do không đồng ý; nơi gửi sẽ đọc được."})
    arrival = request(pk, by)
    answer = reason.strip()[:500]
    moves.make(ARRIVALS, "disagree", arrival, by=by, also={"changed_at": now(), "answer": answer})
    count_out(arrival)
    _say(arrival, StatusCode.DISAGREED, answer, f"không đồng ý cho nơi gửi {arrival.word}: {answer}", by)
    return arrival


def _say(arrival: Arrival, code: str, reason: str, note: str, by: Actor) -> None:
    parcels.queue_status(arrival, code, reason=reason, by=by)
    entry = arrival.entry
    if entry is not None:
        power = "" if by.system else "register"
        ledger.record("exchange.answered", entry, by=by, office_id=entry.office_id, note=note, power=power)


def request(pk: int, by: Actor) -> Arrival:
    """A request to the actor's office; needs `register`, raises `NotFound`."""
    by.require("register")
    rows = Arrival.objects.select_related("entry", "packet__connection", "agency", "address__connection")
    found = rows.filter(pk=pk, entry__office__in=by.own_offices, code__in=REQUESTS).first()
    if found is None:
        raise NotFound
    return found
