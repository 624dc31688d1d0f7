"""A mail of a day goes out once, however often its job runs."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from vanthu.tasks.models import Digest


@transaction.atomic
def send_once(account_id: int, on: date, send: Callable[[], object]) -> bool:
    """Send unless it was sent; what cannot be sent is tried again. Returns whether it was sent now."""
    _, new = Digest.objects.get_or_create(account_id=account_id, sent_on=on)
    if new:
        send()
    return new
