"""What the hub forgets."""

from datetime import timedelta

from vanthu.exchange.hub import replays
from vanthu.exchange.hub.models import HubCall
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import job

KEPT = timedelta(days=90)


@job(cron="25 * * * *")
def forget(timestamp: int = 0) -> None:
    """Every hour: calls older than 90 days, and signed messages whose time is over."""
    HubCall.objects.filter(at__lt=now() - KEPT).delete()
    replays.forget()
