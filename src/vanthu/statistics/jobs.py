"""What is counted at night."""

from vanthu.kernel.jobs import job
from vanthu.statistics import exchanged, signing, stock


@job(retries=2, cron="10 19 * * *")  # UTC: 02:10 in Hà Nội
def count_stock(timestamp: int = 0) -> None:
    """Every night: documents, dossiers, files, and how often they were used."""
    stock.count()


@job(retries=2, cron="40 19 * * *")  # UTC: 02:40 in Hà Nội
def count_signatures(timestamp: int = 0) -> None:
    """Every night: who signed how much, digitally or on paper."""
    signing.count()


@job(retries=2, cron="50 19 * * *")  # UTC: 02:50 in Hà Nội
def count_exchanged(timestamp: int = 0) -> None:
    """Every night: what was sent and received, answered and refused, and how soon."""
    exchanged.count()
