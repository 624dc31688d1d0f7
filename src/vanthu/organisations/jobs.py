"""Changes of the organisation on their day, and the portions of their open work."""

from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.kernel.refusals import Conflict
from vanthu.organisations import carrying, changing, taking_effect


@job(
    retries=3, cron="*/10 * * * *"
)  # 00:00 in Hà Nội too; what stood in the way may be settled by the next time
def begin_changes(timestamp: int = 0) -> None:
    """What has come to its day takes effect, each change for itself; what is under way goes on."""
    for pk in changing.due():
        enqueue(begin_change, once=f"change:{pk}", change_id=pk)


@job(retries=3)
def begin_change(change_id: int) -> None:
    """Take effect, or keep the sentence that says what stands in the way."""
    try:
        taking_effect.take_effect(change_id, by=Actor.for_system())
    except Conflict as refusal:
        changing.note_trouble(change_id, refusal.message)
    enqueue(carry_on, lock=f"carry:{change_id}", once=f"carry:{change_id}", change_id=change_id)


@job(retries=8)
def carry_on(change_id: int) -> None:
    """One portion, and the next after it."""
    if carrying.carry(change_id):
        enqueue(carry_on, lock=f"carry:{change_id}", once=f"carry:{change_id}", change_id=change_id)


def on_began(event: Event) -> None:
    """A change took effect by button: bring the work over."""
    enqueue(carry_on, lock=f"carry:{event.item_id}", once=f"carry:{event.item_id}", change_id=event.item_id)
