"""The store that the settings name: a bucket when `FILES_S3_BUCKET` is set, else the folder `FILES_DIR`."""

import functools
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from vanthu.kernel.files.contract import ByteRange, FileDamaged, FileMissing, OutsideFile, Reading, Store
from vanthu.kernel.files.folder import FolderStore

__all__ = [
    "ByteRange",
    "FileDamaged",
    "FileMissing",
    "OutsideFile",
    "Reading",
    "Store",
    "current",
    "delete",
    "open",
    "put_if_absent",
    "take_over",
]


def current() -> Store:
    """The store of this installation; one client per process."""
    if settings.FILES_S3_BUCKET:
        return _bucket(
            settings.FILES_S3_BUCKET,
            settings.FILES_S3_ENDPOINT,
            settings.FILES_S3_KEY,
            settings.FILES_S3_SECRET,
        )
    return FolderStore(Path(settings.FILES_DIR))


def put_if_absent(sha256: str, stream: BinaryIO) -> bool:
    """Store the stream unless the name is taken; True if it is new. Raises `FileDamaged` on a wrong hash."""
    return current().put_if_absent(sha256, stream)


def take_over(sha256: str, path: Path) -> bool:
    """Store a file that was hashed while it was written, without a copy where that can be; True if it is new."""
    kept = current()
    if isinstance(kept, FolderStore):
        return kept.take_over(sha256, path)
    with path.open("rb") as stream:
        return kept.put_if_absent(sha256, stream)


def open(sha256: str, range: ByteRange | None = None) -> Reading:  # noqa: A001, A002
    """The bytes, whole (checked on the way) or a range. Raises `FileDamaged`, `FileMissing`, `OutsideFile`."""
    return current().open(sha256, range)


def delete(sha256: str) -> None:
    """Remove the bytes; no error when there are none. Only the sweep calls this."""
    current().delete(sha256)


@functools.lru_cache(maxsize=4)
def _bucket(bucket: str, endpoint: str, access_key: str, secret_key: str) -> Store:
    from vanthu.kernel.files.s3 import S3Store  # noqa: PLC0415 - boto3 costs 0.3 s of every start, few use it

    return S3Store(bucket, endpoint=endpoint, access_key=access_key, secret_key=secret_key)
