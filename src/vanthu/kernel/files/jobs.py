"""What happens to files when nobody looks."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from vanthu.kernel.files import actions, previews, scanning
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import enqueue, job

log = logging.getLogger("vanthu.files")

NIGHT = timedelta(hours=5)  # how long the scrub may go on
AGAIN = timedelta(hours=20)  # a file read whole within this time is not read again


@job(queue="files", retries=3, cron="17 * * * *")
def sweep(timestamp: int = 0) -> None:
    """Every hour: erase what nobody owns."""
    actions.sweep()


@job(queue="files", retries=3, cron="0 18 * * *")  # UTC: 01:00 in Hà Nội
def scrub(timestamp: int = 0) -> None:
    """Every night: begin to read everything, slice by slice, what was not read for longest first."""
    now = timezone.now()
    enqueue(
        scrub_slice,
        lock="files.scrub",
        before=(now - AGAIN).isoformat(),
        until=(now + NIGHT).isoformat(),
    )


@job(queue="files", retries=5)
def scrub_slice(before: str, until: str) -> None:
    """Read one slice; the next follows until everything is read or the night is over (times as ISO text)."""
    done = actions.scrub(datetime.fromisoformat(before))
    if done.files and timezone.now() < datetime.fromisoformat(until):
        enqueue(scrub_slice, lock="files.scrub", before=before, until=until)


@job(queue="files", retries=3, cron="*/10 * * * *")
def scan_for_viruses(timestamp: int = 0) -> None:
    """Every ten minutes: files that were kept while the scanner was away, and those that the system made."""
    for file in scanning.scan_waiting():
        log.critical("virus %s found in the kept file %s, which is locked now", file.virus, file.sha256)


@job(queue="files", retries=3)
def render(sha256: str, width: int = 800, pages: int = 20) -> None:
    """Make the first page images of a file that was just attached."""
    file = StoredFile.objects.filter(pk=sha256).first()
    if file is not None:
        previews.prepare(file, width, pages=pages)
