"""Background work of drafts: PDF of a version, the way from number to issue, its recovery."""

from datetime import timedelta
from typing import Any

from vanthu.issuing import conversion, form_check, opinions, queries, saga, sealing
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import is_working_day, now, today
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Refusal

_PATIENCE = timedelta(seconds=45)


@job(queue="files")
def convert(version_id: int) -> None:
    """Make the PDF of a version, then check its form: the places of findings are those on its pages."""
    conversion.convert_version(version_id)
    form_check.check_version(version_id)


@job(queue="files")
def check_form(version_id: int) -> None:
    """Check the form of a version that is submitted, where that was not done yet."""
    form_check.check_version(version_id)


@job(queue="issue", retries=3)
def seal(draft_id: int, clerk: dict[str, Any]) -> None:
    """Fill, seal and issue a numbered draft; what goes wrong is shown to the clerk and tried again."""
    try:
        sealing.seal(draft_id, by=Actor.going_on(clerk))
    except Refusal as refusal:
        saga.note_trouble(draft_id, refusal.message)
        raise


@job(cron="0 0 * * *")
def remind_opinions(timestamp: int = 0) -> None:
    """Seven in the morning in Hanoi, working days: remind those whose opinion is due next or just became late."""
    if is_working_day(today()):
        for consultation_id in opinions.to_remind(today()):
            opinions.remind_of(consultation_id)


@job(queue="issue", cron="* * * * *")
def resume(timestamp: int = 0) -> None:
    """Every minute: go on with issues that were interrupted after their number."""
    for draft_id, office_id in queries.interrupted(now() - _PATIENCE):
        clerk = Actor.for_system(office_id).remembered()
        enqueue(seal, lock=f"issue:{draft_id}", once=f"resume:{draft_id}", draft_id=draft_id, clerk=clerk)
