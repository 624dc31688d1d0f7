"""What happens to files when nobody looks."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from vanthu.kernel.files import actions, previews, scanning
from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import enqueue, job

log = logging.getLogger("vanthu.files")

NIGHT = timedelta(hours=5)  # how long the scrub may go on
AGAIN = timedelta(hours=20)  # a file read whole within this time is not read again
RECENT = timedelta(days=14)  # how long a clean file is scanned again with every newer database


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
    _say(scanning.scan_waiting())


@job(queue="files", retries=3, cron="0 19 * * *")  # UTC: 02:00 in Hà Nội
def scan_again(timestamp: int = 0) -> None:
    """Every night: begin to scan what came in of late with signatures that came since, slice by slice."""
    now = timezone.now()
    enqueue(
        scan_again_slice,
        lock="files.scan_again",
        since=(now - RECENT).isoformat(),
        before=now.isoformat(),
        until=(now + NIGHT).isoformat(),
    )


@job(queue="files", retries=5)
def scan_again_slice(since: str, before: str, until: str) -> None:
    """Scan one slice; the next follows until everything is scanned or the night is over (times as ISO text)."""
    done = scanning.scan_again(datetime.fromisoformat(since), datetime.fromisoformat(before))
    _say(done.infected)
    if done.before is not None and timezone.now() < datetime.fromisoformat(until):
        enqueue(
            scan_again_slice,
            lock="files.scan_again",
            since=since,
            before=done.before.isoformat(),
            until=until,
        )


def _say(infected: Iterable[StoredFile]) -> None:
    for file in infected:
        log.critical("virus %s found in the kept file %s, which is locked now", file.virus, file.sha256)


@job(queue="files", retries=3)
def render(sha256: str, width: int = 800, pages: int = 20) -> None:
    """Make the first page images of a file that was just attached."""
    file = StoredFile.objects.filter(pk=sha256).first()
    if file is not None:
        previews.prepare(file, width, pages=pages)
