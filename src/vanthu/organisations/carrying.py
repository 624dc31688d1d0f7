"""After a change took effect its open work is brought over, a portion at a time; each portion stands for itself."""

from django.db import transaction

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item
from vanthu.organisations import moving
from vanthu.organisations.change_models import Change, Passage
from vanthu.organisations.change_states import CHANGES, ChangeState
from vanthu.organisations.taking_effect import route_of

PORTION = 100  # items of one transaction


@transaction.atomic
def carry(change_id: int) -> int:
    """Bring one portion over; returns how many items, 0 when nothing is left and the change is finished.

    Two workers never carry for the same change at once; a portion that was interrupted is taken again as a whole.
    """
    change = Change.objects.select_for_update().get(pk=change_id)
    if change.state != ChangeState.RUNNING:
        return 0
    waiting = Passage.objects.filter(change=change, ended_at=None).select_related("to_office").order_by("pk")
    for passage in waiting:
        passage.change = change
        if taken := _portion(passage):
            Change.objects.filter(pk=change.pk).update(moved=change.moved + len(taken))
            return len(taken)
        Passage.objects.filter(pk=passage.pk).update(ended_at=now())
    _finish(change)
    return 0


def _portion(passage: Passage) -> dict[Item, int]:
    """What the first room that still has something takes, and what follows it in the others."""
    route, by = route_of(passage), Actor.for_system(passage.office_id)
    for room in moving.rooms():
        taken = dict(room.take(route, PORTION, by))
        if taken:
            for other in moving.rooms():
                other.follow(route, taken, by)
            return taken
    return {}


def _finish(change: Change) -> None:
    by = Actor.for_system(change.office_id)
    moves.make(CHANGES, "finish", change, by=by, also={"ended_at": now()})
    ledger.record(
        "organisations.change_finished",
        change,
        by=by,
        office_id=change.office_id,
        changes={"moved": (0, change.moved)},
        note=f"chuyển xong {change.moved} việc đang giải quyết sang cơ quan, đơn vị kế thừa",
    )
