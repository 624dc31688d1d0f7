"""What the signing room does by itself."""

from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import job
from vanthu.signing import actions
from vanthu.signing.verify import OWN


@job(queue="files", retries=5)
def check_signatures(sha256: str, policy: str = OWN.name) -> None:
    """Make the report on a file's signatures, for whoever shows it."""
    actions.verify_file(StoredFile.objects.get(pk=sha256), policy=policy)


@job(queue="files", cron="*/10 * * * *")
def tidy(timestamp: int) -> None:
    """End sessions that nobody answered and give up files of old ones."""
    actions.expire_sessions()
    actions.release_files()
