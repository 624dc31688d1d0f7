"""Bytes that a room has written and hashed itself, as they came over a wire: kept without another copy.

A packet of the axis and the files inside it are large: they are hashed while they are written, their files are linked
into the store, and rows of several are written together.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import RawIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.utils import timezone

from vanthu.kernel.files import actions, checks, scanning, staging, store
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.kernel.files.scanning import Verdict


@dataclass(frozen=True, slots=True)
class Written:
    """A file on the disk of which size and hash are known.

    `pages` where somebody has counted them, `verdict` where it was scanned for viruses.
    """

    path: Path
    size: int
    sha256: str
    media_type: str
    pages: int | None = None
    verdict: Verdict | None = None


class Passed(NamedTuple):
    """What was seen of a file that may be kept: its pages if they were counted, what the scanner said."""

    pages: int | None
    verdict: Verdict | None


class Named(NamedTuple):
    """A kept file as an owner will have it."""

    file: StoredFile
    role: str
    name: str


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for bytes on their way, erased at the end; what a killed process leaves there the sweep erases."""
    with TemporaryDirectory(dir=staging.folder()) as name:
        yield Path(name)


class Writing(RawIOBase):
    """A file that is being written: `size` and `sha256` grow with it."""

    def __init__(self, target: BinaryIO) -> None:
        super().__init__()
        self._target, self._digest, self.size = target, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._digest.update(data)
        self.size += len(data)
        return self._target.write(data)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def media_type(name: str) -> str:
    """The media type that the extension of a name promises."""
    return staging.media_type(name)


def check(path: Path, name: str) -> Passed:
    """What every file from outside must pass; raises `Invalid`."""
    staging.require_size(path.stat().st_size)
    return Passed(checks.run(path, name), scanning.scan(path))


def keep(items: Sequence[Written]) -> list[StoredFile]:
    """Store these files, durably; attach them within the grace time. One statement for their rows.

    What was known of bytes that are here already stays.
    """
    rows = {one.sha256: _row(one) for one in items}
    if rows:  # a fresh `stored_at` keeps the sweep away, see `actions._keep`
        StoredFile.objects.bulk_create(
            [rows[sha256] for sha256 in sorted(rows)],
            update_conflicts=True,
            unique_fields=["sha256"],
            update_fields=["stored_at"],
        )
    for one in items:
        store.take_over(one.sha256, one.path)
    return [rows[one.sha256] for one in items]


def _row(one: Written) -> StoredFile:
    row = StoredFile(
        sha256=one.sha256,
        size=one.size,
        media_type=one.media_type,
        page_count=one.pages or None,
        stored_at=timezone.now(),
    )
    if one.verdict is not None:
        row.scan_state, row.signatures_on = one.verdict.state, one.verdict.signatures_on
        row.scanned_at = row.stored_at
    return row


def attach_all(owner_kind: str, owner_id: int, files: Sequence[Named]) -> None:
    """Let an item own files that were just kept, in this order. One statement."""
    Attachment.objects.bulk_create(
        Attachment(
            file_id=one.file.pk,
            owner_kind=owner_kind,
            owner_id=owner_id,
            role=one.role,
            name=staging.tidy_name(one.name),
            position=place,
        )
        for place, one in enumerate(files, start=1)
    )


def hand_over(owner_kind: str, owner_id: int, to_kind: str, to_id: int, *, role: str) -> int:
    """Give the files of one item to another, in this role; returns how many."""
    rows = Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    return rows.update(owner_kind=to_kind, owner_id=to_id, role=role)


@transaction.atomic
def destroy(owner_kind: str, owner_id: int) -> int:
    """Take an item's files away, and erase at once the bytes that nobody else holds; returns how many it had."""
    held = Attachment.objects.filter(owner_kind=owner_kind, owner_id=owner_id)
    names = sorted(set(held.values_list("file_id", flat=True)))
    removed, _ = held.delete()
    for sha256 in names:
        transaction.on_commit(partial(actions.erase, sha256))
    return removed
