"""What the signing room does by itself."""

from vanthu.kernel.jobs import job
from vanthu.signing import actions


@job(queue="files", cron="*/10 * * * *")
def tidy(timestamp: int) -> None:
    """End sessions that nobody answered and give up files of old ones."""
    actions.expire_sessions()
    actions.release_files()
