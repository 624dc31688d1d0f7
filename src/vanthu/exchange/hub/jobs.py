"""What the hub forgets."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from vanthu.exchange.hub import replays
from vanthu.exchange.hub.models import HubCall, HubItem, HubPacket
from vanthu.exchange.hub.states import WAITING
from vanthu.kernel.calendar import now
from vanthu.kernel.files import written
from vanthu.kernel.jobs import job

KEPT = timedelta(days=90)
_AT_ONCE = 1000


@job(cron="25 * * * *")
def forget(timestamp: int = 0) -> None:
    """Every hour: calls older than 90 days, signed messages whose time is over, bytes that nobody needs any more."""
    HubCall.objects.filter(at__lt=now() - KEPT).delete()
    replays.forget()
    _erase_bytes()


def _erase_bytes() -> None:
    """Bytes that wait for no receiver and moved nowhere for 90 days; that the packet went through stays known."""
    before = now() - KEPT
    needed = HubItem.objects.filter(Q(state__in=WAITING) | Q(changed_at__gte=before), packet=OuterRef("pk"))
    old = HubPacket.objects.filter(~Exists(needed), erased_at=None, sent_at__lt=before)
    for pk in list(old.order_by("sent_at").values_list("pk", flat=True)[:_AT_ONCE]):
        with transaction.atomic():
            written.destroy(HubPacket.item_kind, pk)
            HubPacket.objects.filter(pk=pk).update(erased_at=now())
