"""What every store of bytes promises: three methods, a hash checked on the way in and on the way out."""

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import BinaryIO, NamedTuple, Protocol, Self

from vanthu.kernel.refusals import Unavailable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CHUNK = 1 << 18  # bytes per step of every stream

log = logging.getLogger("vanthu.files")

_NAME = re.compile(r"[0-9a-f]{64}")


class FileDamaged(Unavailable):
    """The bytes are not those of their name. Raised before the last byte is given, and logged as critical."""

    code = "file_damaged"
    default = (
        "Tệp này bị hỏng trong kho lưu trữ nên không mở được. Báo quản trị hệ thống khôi phục từ bản sao lưu."
    )


class FileMissing(FileDamaged):
    """The store has no bytes of this name although a row says so."""

    code = "file_missing"


class OutsideFile(ValueError):
    """A range that begins behind the end of the file (HTTP 416)."""


class ByteRange(NamedTuple):
    """Bytes `start` up to but not including `stop`; `stop` None means to the end."""

    start: int
    stop: int | None = None

    def within(self, size: int) -> tuple[int, int]:
        """(start, stop) cut to a file of `size` bytes; raises `OutsideFile`."""
        stop = size if self.stop is None else min(self.stop, size)
        if not 0 <= self.start < stop:
            raise OutsideFile(f"{self.start}-{self.stop} of {size}")
        return self.start, stop


class Store(Protocol):
    """Bytes under their SHA-256 (64 lower-case hex digits)."""

    def put_if_absent(self, sha256: str, stream: BinaryIO) -> bool:
        """Store the stream unless the name is taken; True if it is new.

        Raises `FileDamaged` when the bytes do not match their name; then nothing is stored.
        """

    def open(self, sha256: str, range: ByteRange | None = None) -> "Reading":  # noqa: A002
        """The bytes, whole (checked) or a range (not checked). Raises `FileMissing`, `OutsideFile`."""

    def delete(self, sha256: str) -> None:
        """Remove the bytes; no error when there are none."""


class Reading:
    """An open file: iterate over its chunks, close it. `size` is that of the whole file, `length` what will come.

    A whole reading checks the hash and raises `FileDamaged` instead of giving the last chunk, so that a damaged file
    never arrives complete.
    """

    def __init__(
        self,
        sha256: str,
        chunks: Iterator[bytes],
        *,
        size: int,
        start: int,
        stop: int,
        close: Callable[[], None],
    ) -> None:
        self.sha256, self.size, self.start, self.stop = sha256, size, start, stop
        self.length = stop - start
        self._close = close
        self._chunks = self._checked(chunks) if self.length == size else chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def __next__(self) -> bytes:
        return next(self._chunks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the file or connection; may be called twice."""
        self._close()

    def read(self) -> bytes:
        """All of it at once, closed after; for small files."""
        with self:
            return b"".join(self)

    def _checked(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        held = b""
        for chunk in chunks:
            digest.update(chunk)
            if held:
                yield held
            held = chunk
        if digest.hexdigest() != self.sha256:
            raise damaged(self.sha256)
        if held:
            yield held


class Hashed:
    """A stream that hashes what passes and, at its end, refuses bytes that are not those of `sha256`."""

    def __init__(self, stream: BinaryIO, sha256: str) -> None:
        self._stream, self._sha256 = stream, sha256
        self._digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, `b""` at the end; raises `FileDamaged` there."""
        chunk = self._stream.read(size)
        self._digest.update(chunk)
        if (not chunk or size < 0) and self._digest.hexdigest() != self._sha256:
            log.error("bytes that should be %s are %s: not stored", self._sha256, self._digest.hexdigest())
            raise FileDamaged("Tệp đến không nguyên vẹn nên không được lưu. Gửi lại tệp.")
        return chunk


def key(sha256: str) -> str:
    """`sha256/ab/cd/<hex>`; raises ValueError for anything that is not a SHA-256, so no name walks out of the store."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def damaged(sha256: str) -> FileDamaged:
    """The alarm for bytes that do not match their name."""
    log.critical("FileDamaged: the bytes of %s do not match their name", sha256)
    return FileDamaged()


def missing(sha256: str) -> FileMissing:
    """The alarm for a name without bytes."""
    log.critical("FileDamaged: the store has no bytes for %s", sha256)
    return FileMissing()
