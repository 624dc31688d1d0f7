"""Counters are small additions: every few minutes they are added up."""

from vanthu.kernel import participants
from vanthu.kernel.jobs import job


@job(retries=1, cron="*/5 * * * *")
def fold_counters(timestamp: int = 0) -> None:
    """Every five minutes: reading what waits for somebody stays short, however much was written."""
    participants.fold_counters()
