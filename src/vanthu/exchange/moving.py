"""What is sent to an office that is no more reaches its successor, however and from wherever it was addressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from vanthu.exchange import addressing
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import DELIVERIES, DeliveryState
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item
from vanthu.organisations import inheriting
from vanthu.organisations import queries as organisations
from vanthu.organisations.moving import Count, Extent, Room, Route


def counts(extent: Extent) -> Sequence[Count]:
    """What is on its way to the office."""
    rows = Delivery.objects.filter(to_office__in=extent.offices, state=DeliveryState.QUEUED)
    return (("Văn bản đang gửi đến", rows.count()),)


@transaction.atomic(savepoint=False)
def redirect(rows: Iterable[Delivery]) -> list[Delivery]:
    """Address queued deliveries to the successors of offices that are no more; returns those that are still to be made.

    Where the successor has the document already, or sent it itself, the delivery stops and says so.
    """
    rows = list(rows)
    heirs = inheriting.heirs(row.to_office_id for row in rows if row.to_office_id)
    gone = [row for row in rows if row.to_office_id in heirs]
    if not gone:
        return rows
    names = {pk: one.name for pk, one in organisations.offices_by_ids(heirs.values()).items()}
    stopped: set[int] = set()
    moment = now()
    for row in sorted(gone, key=lambda one: one.pk):
        heir = heirs[row.to_office_id or 0]
        known = Delivery.objects.filter(document=row.document_id, to_office=heir).exists()
        if known or row.from_office_id == heir:
            row.state = DELIVERIES["stop"].target
            row.reason = f"{row.to_name} đã kết thúc; {names[heir]} kế thừa và đã có văn bản này"[:500]
            stopped.add(row.pk)
        else:
            row.reason = f"gửi đến {names[heir]}, kế thừa {row.to_name}"[:500]
            row.to_office_id, row.to_name = heir, names[heir][:200]
        row.changed_at = moment
        row.save(update_fields=["to_office", "to_name", "state", "reason", "changed_at"])
        Receipt.objects.create(delivery=row, state=row.state, note=row.reason, at=moment)
    return [row for row in rows if row.pk not in stopped]


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Address what is on its way to the office to its successor."""
    if not route.whole:
        return {}
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(
        to_office=route.office, state=DeliveryState.QUEUED
    )
    rows = list(waiting.order_by("pk")[:limit])
    redirect(rows)
    return {Item("delivery", row.pk): route.to_office for row in rows}


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """The successor has the addresses on the axis from the first moment, so that no packet finds nobody."""
    if route.whole:
        addressing.inherit(route.office, organisations.office(route.to_office), by=by)


MOVING = Room("exchange", counts=counts, begin=begin, take=take)
