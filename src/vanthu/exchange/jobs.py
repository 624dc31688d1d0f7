"""The way of an issued document into the inboxes of its receivers, and of what they do back to the sender."""

from datetime import timedelta
from itertools import batched

from vanthu.documents import signatures
from vanthu.exchange import actions, queries, reconciling, signature, uploading, watching  # noqa: F401 - their jobs
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event

BATCH = 50  # receivers in one transaction
UNDO_SECONDS = 10  # as long as a leader may take a direction back, the sender learns nothing of it
_PATIENCE = timedelta(minutes=10)


@job(queue="exchange", retries=10)
def dispatch(outgoing_id: int) -> None:
    """Check the signature once, then put the receivers that still wait into batches, in the order of their ids."""
    document_id = queries.document_of(outgoing_id)
    waiting = queries.waiting(outgoing_id)
    if document_id is None or not waiting:
        return
    signature.check(document_id)
    for batch in batched(waiting, BATCH):
        enqueue(deliver_batch, delivery_ids=list(batch))


@job(queue="exchange", retries=10)
def deliver_batch(delivery_ids: list[int]) -> None:
    """Deliver to one batch of receivers, in one transaction."""
    actions.deliver(delivery_ids)


@job(queue="exchange", retries=5)
def tell_handling(entry_id: int) -> None:
    """Tell the sender that the receiver handles the document, unless the direction was taken back."""
    actions.mark_handling(entry_id)


@job(queue="files", retries=5)
def check_arrival(entry_id: int) -> None:
    """Verify the signatures of a document that came from elsewhere; its arrival does not wait for this."""
    document_id = signatures.document_of(entry_id)
    if document_id is not None and not queries.was_sent(document_id):
        signature.check_arrival(document_id)


@job(queue="files", cron="*/20 * * * *")
def check_again(timestamp: int = 0) -> None:
    """Every twenty minutes: ask again about signatures of which too little was known."""
    for document_id in signatures.to_check_again():
        signature.check_again(document_id, sent=queries.was_sent(document_id))


@job(queue="exchange", cron="*/10 * * * *")
def send_what_waits(timestamp: int = 0) -> None:
    """Every ten minutes: begin again with what should long have been delivered."""
    for outgoing_id in queries.left_behind(now() - _PATIENCE):
        enqueue(dispatch, once=f"dispatch:{outgoing_id}", outgoing_id=outgoing_id)


def on_arrived(event: Event) -> None:
    """A document was registered or completed: its signatures are verified if it did not come through us."""
    enqueue(check_arrival, entry_id=event.item_id)


def on_sent(event: Event) -> None:
    """Deliveries were queued: begin."""
    enqueue(dispatch, outgoing_id=event.item_id)


def on_directed(event: Event) -> None:
    """A leader of the receiver directed a document that came through us."""
    if queries.came_through_us(event.item_id):
        enqueue(tell_handling, schedule_in=UNDO_SECONDS, entry_id=event.item_id)
