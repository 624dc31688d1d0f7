"""Shares end, and open dossiers are measured again."""

from datetime import timedelta
from itertools import batched

from vanthu.dossiers import queries, readiness, sharing
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event

_AT_ONCE = 100  # dossiers measured with the same few queries
_STALE = timedelta(days=7)


@job(retries=3)
def measure(dossier_ids: list[int]) -> None:
    """Measure these dossiers again."""
    readiness.measure(dossier_ids)


def measure_holders(event: Event) -> None:
    """Something happened to a document or draft: the open dossiers in which it lies are measured again soon."""
    held = queries.holders(event.item_kind, event.item_id)
    if held:
        enqueue(measure, lock=f"measure:{event.item_kind}:{event.item_id}", dossier_ids=held)


@job(retries=3, cron="40 17 * * *")  # UTC: 00:40 in Hà Nội
def measure_stale(timestamp: int = 0) -> None:
    """Every night: open dossiers that were never measured, or not for a week."""
    for ids in batched(queries.unmeasured(now() - _STALE), _AT_ONCE):
        readiness.measure(ids)


@job(retries=3, cron="5 * * * *")
def end_shares(timestamp: int = 0) -> None:
    """Every hour: what was shared until a day is shared no more after it."""
    sharing.end_due()
