"""The daily e-mail of everybody who wants one: a job per person, each sent once a day."""

from datetime import date

from vanthu.kernel.calendar import is_working_day, today
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Refusal
from vanthu.organisations import mail
from vanthu.organisations import queries as organisations
from vanthu.tasks import digests
from vanthu.web.desk import digest


@job(retries=3, cron="0 23 * * *")  # UTC: 06:00 in Hà Nội
def send_digests(timestamp: int = 0) -> None:
    """Every morning of a working day."""
    day = today()
    if not is_working_day(day):
        return
    for account_id, _ in mail.wanted():
        enqueue(send_digest, once=f"digest:{account_id}", account_id=account_id, day=day.isoformat())


@job(queue="mail", retries=5, wait=30)
def send_digest(account_id: int, day: str) -> None:
    """One mail, unless it was sent, nothing waits, or the person wants none any more."""
    address = mail.address_of(account_id)
    on = date.fromisoformat(day)
    if not address or on != today():
        return
    try:
        by = organisations.actor_of(account_id, None)
    except Refusal:  # no post any more
        return
    message = digest.message_for(by, address)
    if message is not None:
        digests.send_once(account_id, on, message.send)
