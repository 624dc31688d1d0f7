"""Reading what came in: stacks of scans, mails of the drop folders."""

from vanthu.documents import mails, stacks
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event


@job(queue="reading", retries=4)
def read_stack(stack_id: int) -> None:
    """Cut the files of a stack into rows."""
    stacks.read(stack_id)


def on_stack(event: Event) -> None:
    """A clerk brought a stack: read it."""
    enqueue(read_stack, lock=f"stack:{event.item_id}", stack_id=event.item_id)


@job(queue="reading", retries=2, cron="* * * * *")
def read_mails(timestamp: int = 0) -> None:
    """Every minute: take in the mails that were dropped."""
    mails.read_folders()
