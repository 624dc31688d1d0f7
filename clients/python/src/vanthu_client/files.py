"""Files: sent in a stream, fetched in a stream, taken up where the connection broke off."""

import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import httpx

from vanthu_client.calls import Calls, fresh_key
from vanthu_client.problems import Damaged, Problem
from vanthu_client.shapes import Upload


class Files:
    """`client.files`."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def upload(self, source: Path | str | BinaryIO, name: str = "", *, key: str = "") -> Upload:
        """Bring a file in: a path, or an open file that can be read from its beginning again, then with its `name`."""
        with _opened(source) as stream:
            name = name or Path(getattr(stream, "name", "")).name
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            start = stream.tell()
            answer = self._calls.send(
                "POST",
                "/uploads",
                rewind=lambda: stream.seek(start),
                files={"file": (name, stream, media_type)},
                headers={"Idempotency-Key": key or fresh_key()},
            )
        return cast("Upload", answer.json())

    def download(self, file_id: str, target: Path | str) -> Path:
        """Fetch a file into `target`, which is there only when it is whole. What came lies in `target`.part meanwhile,
        and is gone on with, also by a later call. Raises `Damaged` when the bytes are not those of the server."""
        target = Path(target)
        part = target.with_name(f"{target.name}.part")
        tag = self._fetched(file_id, part)
        if not _is_whole(part, tag):
            part.unlink()
            tag = self._fetched(file_id, part)  # an older part may have been that of another file
            if not _is_whole(part, tag):
                part.unlink()
                raise Damaged(f"{file_id} came damaged twice")
        part.replace(target)
        return target

    def _fetched(self, file_id: str, part: Path) -> str:
        """Fill `part` to the end; returns the entity tag of the file, its SHA-256."""
        attempt = 0
        while True:
            have = part.stat().st_size if part.exists() else 0
            attempt += 1
            try:
                with self._calls.stream(f"/files/{file_id}", _from(have)) as answer:
                    if answer.status_code == 416:
                        part.unlink()  # longer than the file: not a part of it
                        continue
                    if not answer.is_success:
                        answer.read()
                        self._calls.wait_after(Problem.of(answer), attempt, answer)
                        continue
                    _append(answer, part)
                    return str(answer.headers.get("ETag", "")).strip('"')
            except httpx.TransportError as error:
                if part.exists() and part.stat().st_size > have:
                    attempt = 1  # it goes forward
                self._calls.wait_after(error, attempt)


def _from(place: int) -> dict[str, str]:
    plain = {"Accept-Encoding": "identity"}
    return {**plain, "Range": f"bytes={place}-"} if place else plain


def _append(answer: httpx.Response, part: Path) -> None:
    with part.open("ab" if answer.status_code == 206 else "wb") as target:
        for chunk in answer.iter_raw():
            target.write(chunk)


def _is_whole(part: Path, tag: str) -> bool:
    with part.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == tag


@contextmanager
def _opened(source: Path | str | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, Path | str):
        with Path(source).open("rb") as stream:
            yield stream
    else:
        yield source
