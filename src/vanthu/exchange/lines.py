"""Several deliveries take an arrow together, each with its receipt."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vanthu.exchange.models import Delivery, Receipt
from vanthu.kernel.calendar import now
from vanthu.kernel.moves import Move

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def move_all(
    move: Move, deliveries: QuerySet[Delivery], note: str = "", *, at: datetime | None = None, **fields: Any
) -> list[int]:
    """Move those of the deliveries that this arrow leaves from; returns their ids. Locked in the order of their ids."""
    moment = now()
    held = deliveries.filter(state__in=move.sources).select_for_update(of=("self",)).order_by("pk")
    ids = list(held.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=ids).update(state=move.target, changed_at=moment, **fields)
    Receipt.objects.bulk_create(
        Receipt(delivery_id=pk, state=move.target, note=note[:500], at=at or moment) for pk in ids
    )
    return ids


def note(delivery: Delivery, words: str, *, code: str = "", at: datetime | None = None) -> None:
    """Something is known of a delivery that changes no state."""
    Receipt.objects.create(
        delivery=delivery, state=delivery.state, code=code, note=words[:500], at=at or now()
    )
