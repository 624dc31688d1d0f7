"""What the sender sees when a receiver passes a misdirected document on."""

from django.db import transaction

from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.states import DELIVERIES
from vanthu.kernel.calendar import now
from vanthu.kernel.ledger import Event


@transaction.atomic(savepoint=False)
def on_passed_on(event: Event) -> None:
    """The delivery follows the document to where it belongs; outside, or there twice, it counts as returned."""
    found = Delivery.objects.select_for_update(of=("self",)).filter(entry=event.item_id).first()
    if found is None:
        return
    name, fresh = event.changes["passed_to"][1], event.changes["entry_id"][1]
    note = f"chuyển tiếp đến {name} vì gửi nhầm"
    follows = fresh is not None and not Delivery.objects.filter(entry=fresh).exists()
    move, moment = DELIVERIES["pass_on" if follows else "return"], now()
    fields = {"entry_id": fresh} if follows else {"reason": f"đã {note}"[:500]}
    waiting = Delivery.objects.filter(pk=found.pk, state__in=move.sources)
    if waiting.update(state=move.target, changed_at=moment, **fields):
        Receipt.objects.create(delivery=found, state=move.target, note=note[:500], at=moment)
