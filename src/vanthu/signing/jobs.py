"""What the signing room does by itself."""

from collections.abc import Collection

from vanthu.kernel.jobs import enqueue, job
from vanthu.signing import actions, augmenting, tickets

_SECONDS = 30  # of raising at a time; page images wait behind it


@job(queue="files", cron="*/10 * * * *")
def tidy(timestamp: int) -> None:
    """End sessions that nobody answered, give up files of old ones, forget tickets that ended."""
    actions.expire_sessions()
    actions.release_files()
    tickets.forget_old()


def keep(sha256s: Collection[str], *, office_id: int | None) -> None:
    """Signed files are to be kept for decades: begin soon. Part of the caller's transaction."""
    for sha256 in augmenting.want(sha256s, office_id=office_id):
        enqueue(raise_file, once=f"raise:{sha256}", sha256=sha256)


@job(queue="files", retries=3)
def raise_file(sha256: str) -> None:
    """Raise one file to B-LTA; what authorities did not answer for is left to `raise_due`."""
    augmenting.raise_file(sha256)


@job(queue="files", retries=3, cron="*/5 * * * *")
def raise_due(timestamp: int = 0) -> None:
    """Every five minutes: raise what could not be raised, or was interrupted; renew time stamps that are due."""
    augmenting.raise_due(_SECONDS)


@job(queue="files", retries=3, cron="20 18 * * *")  # UTC: 01:20 in Hà Nội
def prune(timestamp: int = 0) -> None:
    """Every night: what was appended to files that are gone goes too."""
    augmenting.prune()
