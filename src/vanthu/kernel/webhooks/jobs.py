"""Sending what is in the outbox: at once, every minute what is tried again, every night the old ones go."""

from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.kernel.webhooks import outbox


@job(queue="webhooks", retries=3)
def send_due(hook_id: int) -> None:
    """Send what one webhook is owed; the next round follows while more waits."""
    if outbox.send_due(hook_id):
        send_soon(hook_id)


@job(queue="webhooks", retries=1, cron="* * * * *")
def send_late(timestamp: int = 0) -> None:
    """Every minute: what is tried again, and what an act wrote while the job before it was just ending."""
    for hook_id in outbox.due(now()):
        send_soon(hook_id)


@job(queue="webhooks", retries=3, cron="41 18 * * *")  # UTC: 01:41 in Hà Nội
def drop_old(timestamp: int = 0) -> None:
    """Every night: deliveries are kept for 30 days."""
    outbox.drop_old()


def on_act(event: Event) -> None:
    """Something happened that programs are told of."""
    for hook_id in outbox.write(event):
        send_soon(hook_id)


def on_ready(event: Event) -> None:
    """Somebody asked that a webhook be told now: resumed, tested, replayed."""
    send_soon(event.item_id)


def send_soon(hook_id: int) -> None:
    """One job per webhook waits, one runs."""
    enqueue(send_due, lock=f"webhook:{hook_id}", once=f"webhook:{hook_id}", hook_id=hook_id)
