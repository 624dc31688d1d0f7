"""What the sender of a document was told of its receipt (article 21.2.c: on the same day)."""

from django.utils import timezone

from vanthu.exchange.models import Receipt
from vanthu.exchange.states import DeliveryState

_TOLD = (DeliveryState.RECEIVED, DeliveryState.REGISTERED, DeliveryState.RETURNED)


def told(entry_id: int) -> list[str]:
    """Sentences such as "Đã nhận 08:12 ngày 22/11/2026" of a receiver's own entry, oldest first. One query."""
    rows = Receipt.objects.filter(delivery__entry=entry_id, state__in=_TOLD).order_by("at", "id")
    return [f"{one.get_state_display()} {timezone.localtime(one.at):%H:%M ngày %d/%m/%Y}" for one in rows]
