"""Reading what came in: stacks of scans, mails of the drop folders. And what the night does with books."""

from typing import Any

from vanthu.documents import learning, mails, near, proof, reserving, stacks
from vanthu.documents.states import Channel
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.reading import lessons


@job(queue="reading", retries=4)
def read_stack(stack_id: int) -> None:
    """Cut the files of a stack into rows."""
    stacks.read(stack_id)


def on_stack(event: Event) -> None:
    """A clerk brought a stack: read it."""
    enqueue(read_stack, lock=f"stack:{event.item_id}", stack_id=event.item_id)


@job(queue="reading", retries=4)
def keep_print(entry_id: int) -> None:
    """Note the text of what was registered, so that nearly the same is known again."""
    near.keep([entry_id])


@job(queue="reading", retries=2)
def learn(entry_id: int) -> None:
    """Learn who writes how and who signs, from what the clerk saved."""
    learning.learn(entry_id)


def on_registered(event: Event) -> None:
    """A document with files is in the book; what the sector delivered itself is known by its number."""
    entry: Any = event.subject
    if entry.pages and entry.channel != Channel.INTERNAL:
        enqueue(keep_print, once=f"print:{event.item_id}", entry_id=event.item_id)
        enqueue(learn, once=f"learn:{event.item_id}", entry_id=event.item_id)


@job(queue="reading", retries=2, cron="* * * * *")
def read_mails(timestamp: int = 0) -> None:
    """Every minute: take in the mails that were dropped."""
    mails.read_folders()


@job(retries=2, cron="50 17 * * *")  # UTC: 00:50 in Hà Nội
def forget_lessons(timestamp: int) -> None:
    """What registrations taught and nothing confirmed for two years is forgotten."""
    lessons.forget_old()


@job(retries=3, cron="5 17 * * *")  # UTC: 00:05 in Hà Nội, when the day of the office is over
def let_numbers_go(timestamp: int) -> None:
    """Numbers held until yesterday are free again."""
    reserving.expire()


@job(retries=3, cron="25 17 * * *")  # UTC: 00:25 in Hà Nội
def prove_books(timestamp: int) -> None:
    """Every number of every book stands in it exactly once, or administrators are told."""
    proof.prove()
