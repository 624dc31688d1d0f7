"""The store on a disk: one read-only file per content, written beside its place and linked into it."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from vanthu.kernel.files.contract import CHUNK, ByteRange, Hashed, Reading, key, missing


class FolderStore:
    """Bytes under `<folder>/sha256/ab/cd/<hex>`, mode 0440; half-written ones lie in `<folder>/incoming`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put_if_absent(self, sha256: str, stream: BinaryIO) -> bool:
        """As the contract says; durable (fsync) when it returns."""
        place = self.folder / key(sha256)
        incoming = self.folder / "incoming"
        for made in (incoming, place.parent):
            made.mkdir(mode=0o750, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(handle, "wb") as target:
                shutil.copyfileobj(Hashed(stream, sha256), target, CHUNK)
                target.flush()
                os.fchmod(target.fileno(), 0o440)
                os.fsync(target.fileno())
            return _link(Path(name), place)
        finally:
            os.unlink(name)

    def take_over(self, sha256: str, path: Path) -> bool:
        """Store a file whose hash was taken while it was written: linked, not copied, where the disk is the same."""
        place = self.folder / key(sha256)
        if place.exists():
            return False
        place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with path.open("rb") as written:
            os.fchmod(written.fileno(), 0o440)
            os.fsync(written.fileno())
            try:
                return _link(path, place)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
            return self.put_if_absent(sha256, written)

    def open(self, sha256: str, range: ByteRange | None = None) -> Reading:  # noqa: A002
        """As the contract says."""
        try:
            file = (self.folder / key(sha256)).open("rb", buffering=0)
        except FileNotFoundError:
            raise missing(sha256) from None
        size = os.fstat(file.fileno()).st_size
        try:
            start, stop = range.within(size) if range else (0, size)
        except ValueError:
            file.close()
            raise
        return Reading(
            sha256, _chunks(file, start, stop), size=size, start=start, stop=stop, close=file.close
        )

    def delete(self, sha256: str) -> None:
        """As the contract says."""
        place = self.folder / key(sha256)
        place.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            _sync(place.parent)


def _link(written: Path, place: Path) -> bool:
    try:
        os.link(written, place)  # atomic, and fails where rename would overwrite
    except FileExistsError:
        return False
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _sync(folder)
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _chunks(file: FileIO, start: int, stop: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while start < stop and (chunk := file.read(min(CHUNK, stop - start))):
            start += len(chunk)
            yield chunk
