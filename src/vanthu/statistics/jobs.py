"""What is counted at night."""

from vanthu.kernel.jobs import job
from vanthu.statistics import stock


@job(retries=2, cron="10 19 * * *")  # UTC: 02:10 in Hà Nội
def count_stock(timestamp: int = 0) -> None:
    """Every night: documents, dossiers, files, and how often they were used."""
    stock.count()
