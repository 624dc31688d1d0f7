"""Reading in the background: first pages at once, other pages after all first ones, searchable copies last of all.

Every page is kept when it is read, so a job that is killed goes on where it was; one that got lost is asked for again.
"""

import os
import zlib
from datetime import timedelta

from django.utils import timezone

from vanthu.kernel.files.models import StoredFile
from vanthu.kernel.jobs import enqueue, job
from vanthu.reading import copies, keeping

_SLICE = 6.0  # seconds that one job goes on with the later pages of a file
_LOST = timedelta(minutes=5)  # a page takes a minute and a half at most
_AGAIN = timedelta(hours=20)
_MANY = 1_000
_LANES = max(1, (os.cpu_count() or 2) - 1)  # one core is left for first pages


@job(queue="ocr", retries=4)
def read_file(sha256: str) -> None:
    """Read the first page of a file that is still unread; the others follow."""
    if keeping.read(sha256, most_pages=1, seconds=0):
        _read_on(sha256)


@job(queue="ocr", retries=4)
def read_files_of(owner_kind: str, owner_id: int) -> None:
    """Read what one owner holds and nobody asked for yet."""
    for file in keeping.never_wanted(owner_kind, _MANY, owner_id=owner_id):
        start(file)
    for file in keeping.held(owner_kind, owner_id):
        copy_soon(file.sha256)


@job(queue="ocr-copies", retries=2)
def make_copy(sha256: str) -> None:
    """Make the searchable copy of a scan."""
    copies.make(sha256)


@job(queue="ocr-rest", retries=4)
def read_rest(sha256: str) -> None:
    """Read the next pages of a file for some seconds, then let others go on."""
    if keeping.read(sha256, most_pages=_MANY, seconds=_SLICE):
        _read_on(sha256)


@job(queue="ocr-rest", retries=2, cron="*/5 * * * *")
def take_up(timestamp: int = 0) -> None:
    """Every five minutes: files whose reading stands still are read on."""
    for sha256 in keeping.standing_still(timezone.now() - _LOST, _MANY):
        _read_on(sha256)
    for sha256 in copies.waiting(timezone.now() - _LOST, _MANY):
        _copy(sha256)


@job(queue="ocr-rest", retries=2, cron="40 * * * *")
def read_missed(timestamp: int = 0) -> None:
    """Every hour: documents whose files nobody had read, and, a day later, files that could not be read."""
    for file in keeping.never_wanted("document", _MANY):
        if keeping.want(file):
            _read_on(file.sha256)
    for sha256 in keeping.failed(timezone.now() - _AGAIN, _MANY):
        if keeping.again(sha256):
            _read_on(sha256)


def start(file: StoredFile) -> None:
    """Have a file read soon, in the caller's transaction; one that was read, or cannot have text, is left alone."""
    if keeping.want(file):
        enqueue(read_file, once=f"read:{file.sha256}", sha256=file.sha256)


def copy_soon(sha256: str) -> None:
    """Have the searchable copy of a scan made, if it is read and a document holds it; one copy at a time is made."""
    if copies.want(sha256):
        _copy(sha256)


def _copy(sha256: str) -> None:
    enqueue(make_copy, lock="reading.copies", once=f"read.copy:{sha256}", sha256=sha256)


def _read_on(sha256: str) -> None:
    lane = zlib.crc32(sha256.encode()) % _LANES
    enqueue(read_rest, lock=f"reading.lane.{lane}", once=f"read.rest:{sha256}", sha256=sha256)
