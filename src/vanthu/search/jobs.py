"""Index after the act, in the background; what is not indexed yet is not found yet, and lists show it all the same."""

from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import enqueue, job
from vanthu.search import actions, frequencies, partitions


@job(queue="search", retries=5)
def index(item_kind: str, item_id: int) -> None:
    """Bring the row of one item up to date, or remove it."""
    actions.index(item_kind, item_id)


@job(queue="search", retries=5)
def index_body(source_kind: str, source_id: int) -> None:
    """Read and index the text of a document's or draft's files."""
    actions.index_body(source_kind, source_id)


def index_soon(item_kind: str, item_id: int) -> None:
    """Index an item when the caller's transaction has committed; acts on one item in their order."""
    lock = f"search.{item_kind}.{item_id}"
    enqueue(index, lock=lock, once=lock, item_kind=item_kind, item_id=item_id)


def index_body_soon(source_kind: str, source_id: int) -> None:
    """Index the text of a document ("document") or draft ("draft") whose files have changed.

    Hundreds of receivers of one document ask for it at once; it is done once.
    """
    lock = f"search.{source_kind}.{source_id}"
    enqueue(index_body, lock=lock, once=lock, source_kind=source_kind, source_id=source_id)


@job(queue="search", retries=3, cron="30 18 * * *")  # UTC: 01:30 in Hà Nội
def refresh_frequencies(timestamp: int = 0) -> None:
    """Every night: count words again."""
    frequencies.refresh()


@job(queue="search", retries=3, cron="0 19 1 * *")
def make_partitions(timestamp: int = 0) -> None:
    """Every month: see to it that the next two years have their partitions."""
    partitions.make(today().year + 1, today().year + 2)
