"""Index after the act, in the background; what is not indexed yet is not found yet, and lists show it all the same."""

from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import enqueue, job
from vanthu.search import actions, frequencies, partitions, sources


@job(queue="search", retries=5)
def index(item_kind: str, item_id: int, text: bool = False) -> None:
    """Bring the row of one item up to date, or remove it; with `text`, the text of its files follows."""
    actions.index(item_kind, item_id)
    if text:
        index_text_soon(item_kind, item_id)


@job(queue="search", retries=5)
def index_body(source_kind: str, source_id: int) -> None:
    """Read and index the text of a document's or draft's files."""
    actions.index_body(source_kind, source_id)


def index_soon(item_kind: str, item_id: int, *, text: bool = False) -> None:
    """Index an item, and with `text` its files, when the caller's transaction has committed; acts in their order.

    Every act gets its own job: one that waits already may start before this transaction commits, and miss it.
    """
    enqueue(index, lock=f"search.{item_kind}.{item_id}", item_kind=item_kind, item_id=item_id, text=text)


def index_body_soon(source_kind: str, source_id: int) -> None:
    """Index the text of a document ("document") or draft ("draft") whose files have changed."""
    lock = f"search.body.{source_kind}.{source_id}"
    enqueue(index_body, lock=lock, source_kind=source_kind, source_id=source_id)


def index_text_soon(item_kind: str, item_id: int) -> None:
    """Index the text of an item's files, unless it is a document's whose text is there: issued ones never change."""
    source_kind, source_id = sources.source_of(item_kind, item_id)
    if source_kind != "document" or not actions.has_body(source_kind, source_id):
        index_body_soon(source_kind, source_id)


@job(queue="search", retries=3, cron="30 18 * * *")  # UTC: 01:30 in Hà Nội
def refresh_frequencies(timestamp: int = 0) -> None:
    """Every night: count words again."""
    frequencies.refresh()


@job(queue="search", retries=3, cron="0 19 1 * *")
def make_partitions(timestamp: int = 0) -> None:
    """Every month: see to it that the next two years have their partitions."""
    partitions.make(today().year + 1, today().year + 2)
