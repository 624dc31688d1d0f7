"""What happens by itself every night: periodic work is given, deadlines are told."""

from datetime import date

from vanthu.kernel.calendar import today
from vanthu.kernel.jobs import enqueue, job
from vanthu.tasks import reminders, rhythms


@job(retries=3, cron="10 17 * * *")  # UTC: 00:10 in Hà Nội
def give_periodic(timestamp: int = 0) -> None:
    """Every night: the turns of periodic work whose day has come (or was missed) are given."""
    day = today()
    for pk in rhythms.due_now(day):
        enqueue(give_turn, lock=f"rhythm:{pk}", rhythm_id=pk, day=day.isoformat())


@job(retries=5)
def give_turn(rhythm_id: int, day: str) -> None:
    """One of them; a turn that was given before is left alone."""
    rhythms.give_turn(rhythm_id, date.fromisoformat(day))


@job(retries=3, cron="30 22 * * *")  # UTC: 05:30 in Hà Nội
def remind(timestamp: int = 0) -> None:
    """Every morning of a working day: what is due soon and what is late is told to whoever has it in hand."""
    reminders.remind(today())
