"""When certificates are watched."""

from vanthu.kernel.jobs import job
from vanthu.signing import watching


@job(queue="files", retries=2, cron="30 18 * * *")  # UTC: 01:30 in Hà Nội
def ask_issuers(timestamp: int = 0) -> None:
    """Every night: which certificates were revoked."""
    watching.ask_issuers()


@job(retries=2, cron="0 23 * * *")  # UTC: 06:00 in Hà Nội
def warn(timestamp: int = 0) -> None:
    """Every morning: which certificates end within 60, 30 or 7 days."""
    watching.warn()
