"""Rooms are made ahead: at night as many as are announced or were wanted lately, by day a few more than are taken."""

from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.ledger import Event
from vanthu.organisations import practice, practice_days
from vanthu.practice import actions, papers

LEAST, MOST_BY_DAY, MOST = 4, 40, 500  # spare rooms


@job(retries=3, cron="2 17 * * *")  # UTC: 00:02 in Hà Nội, when the rooms of yesterday have ended
def make_tonight(timestamp: int = 0) -> None:
    """Every night: as many rooms as are announced or as on the busiest day of the last week, and never none."""
    papers.give_up_before(today())
    _begin(min(max(practice_days.announced(today()), practice.busiest(), LEAST), MOST))


@job(queue="files", retries=3)
def make_one(day: str, wanted: int) -> None:
    """One more spare room, then the next, until so many are spare; nothing once the day is over."""
    if day == today().isoformat() and actions.missing(wanted):
        actions.furnish(actions.make_room(today()).pk)
        _begin(wanted)


@job(queue="files", retries=3)
def furnish(room_id: int) -> None:
    """What stands at later steps in a room that somebody entered while it was made."""
    actions.furnish(room_id)


def on_entered(event: Event) -> None:
    """Somebody came to practise: what is missing in their room is laid ready; the more came, the more may follow."""
    enqueue(furnish, room_id=event.item_id)
    _begin(min(max(practice.busiest(), LEAST), MOST_BY_DAY))


def on_announced(event: Event) -> None:
    """An office trains its people today: what is missing is made now."""
    _begin(min(max(practice_days.announced(today()) - practice.taken_rooms(today()), 0), MOST))


def _begin(wanted: int) -> None:
    if actions.missing(wanted):
        day = today().isoformat()
        enqueue(make_one, lock="practice", once=f"practice:{day}", day=day, wanted=wanted)
