"""Where bytes lie before they are checked, and copies while a program reads them: always erased at the end."""

import hashlib
import os
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.conf import settings

from vanthu.kernel.files import store
from vanthu.kernel.files.contract import CHUNK
from vanthu.kernel.refusals import Invalid

_COUNTED = 10  # how many times the limit is still counted, so that the sentence can name the true size

_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".rtf": "application/rtf",
    ".xml": "application/xml",
    ".zip": "application/zip",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}


class Readable(Protocol):
    """Anything with `read(size)`: an uploaded file, an open file, a response."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes in the staging folder. Above the limit `size` is true, but the bytes are cut."""

    path: Path
    size: int
    sha256: str


@contextmanager
def received(stream: Readable) -> Iterator[Received]:
    """Write a stream into the staging folder, hashed on the way, at most the limit; erased at the end in any case."""
    digest, size, limit = hashlib.sha256(), 0, settings.UPLOAD_LIMIT
    handle, name = tempfile.mkstemp(dir=folder())
    try:
        with os.fdopen(handle, "wb") as target:
            while size <= limit * _COUNTED and (chunk := stream.read(CHUNK)):
                size += len(chunk)
                if size <= limit:
                    digest.update(chunk)
                    target.write(chunk)
        yield Received(Path(name), size, digest.hexdigest())
    finally:
        os.unlink(name)


@contextmanager
def copied(sha256: str, suffix: str = "") -> Iterator[Path]:
    """A private copy of a stored file (checked), for programs that need a path; erased at the end."""
    handle, name = tempfile.mkstemp(dir=folder(), suffix=suffix)
    try:
        with os.fdopen(handle, "wb") as target, store.open(sha256) as reading:
            for chunk in reading:
                target.write(chunk)
        yield Path(name)
    finally:
        os.unlink(name)


def erase_forgotten(seconds: float) -> int:
    """Erase what killed processes left in the staging folder longer ago than this; returns how many files."""
    erased = 0
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime <= seconds:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        erased += 1
    return erased


def require_size(size: int) -> None:
    """Raise `Invalid` for an empty file or one above `settings.UPLOAD_LIMIT` (bytes)."""
    if size == 0:
        raise Invalid("Tệp rỗng, không có nội dung. Kiểm tra tệp trên máy rồi chọn lại.", code="file_empty")
    limit = settings.UPLOAD_LIMIT
    if size > limit:
        many = f"hơn {_megabytes(limit * _COUNTED)}" if size > limit * _COUNTED else _megabytes(size)
        raise Invalid(
            f"Tệp quá {_megabytes(limit)} (đang là {many})."
            " Quét lại 200 dpi, đen trắng, hoặc tách thành hai tệp.",
            code="file_too_large",
        )


def tidy_name(name: str) -> str:
    """The file's own name without folders and invisible characters, NFC, at most 200 letters; raises `Invalid`."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C")).strip()
    if not name.strip("."):
        raise Invalid("Tệp không có tên. Đặt tên cho tệp rồi chọn lại.", code="file_without_name")
    suffix = PurePosixPath(name).suffix[:16]
    return name if len(name) <= 200 else name[: 200 - len(suffix)] + suffix


def media_type(name: str) -> str:
    """The media type of a file that passed the checks, by its extension."""
    return _MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def _megabytes(size: int) -> str:
    whole = size / (1024 * 1024)
    return f"{whole:.0f} MB" if whole >= 10 or whole == int(whole) else f"{whole:.1f} MB".replace(".", ",")


def folder() -> Path:
    """Where bytes lie before they are checked."""
    place: Path = settings.VAR_DIR / "staging"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
