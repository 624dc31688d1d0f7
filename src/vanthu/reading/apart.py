"""What strangers sent is parsed in a process of its own: a file that breaks its reader is refused, the server lives.

A small helper process (`apart_worker`) has the parsers loaded, no network and no settings of ours. Its forks read the
files, with limits of time, memory and open files; they write no file. A fork ends with the first file that it refuses
or that breaks it, and after fifty at the latest: so a file costs a fraction of a millisecond more, and nothing of one
that had something wrong is there when the next one is read.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import confined

SECONDS = 60
MEMORY = 3 << 30  # address space; a scan of 150 million pixels in full colour takes a fifth of it
_LONGEST_ANSWER = 64 << 20
_CHUNK = 1 << 16
_LENGTH = struct.Struct("!I")

log = logging.getLogger("vanthu.reading")

_BROKE = "Tệp này làm chương trình đọc tệp dừng đột ngột nên không nhận. Mở tệp, lưu hoặc in lại thành PDF rồi tải lại."
_SLOW = "Tệp này đọc quá {seconds} giây chưa xong nên không nhận. In lại thành PDF, tách nhỏ tệp rồi tải lại."
_HEAVY = "Tệp này cần quá nhiều bộ nhớ để đọc nên không nhận. Giảm cỡ ảnh, tách nhỏ tệp rồi tải lại."


class Apart:
    """A helper process that answers what the functions `OPERATIONS` of a module return. Any thread may ask."""

    def __init__(self, module: str, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._module, self._seconds, self._memory = module, seconds, memory
        self._lock = threading.Lock()
        self._helper: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._owner = 0

    def ask(self, operation: str, *arguments: str | int) -> Any:
        """What the operation returns: what JSON can hold, or bytes.

        Raises `Invalid` as the operation does, or when it crashes, takes too long or too much memory; `Unavailable`
        when there is no helper.
        """
        began = time.monotonic()
        mine, theirs = socket.socketpair()
        with mine:
            with theirs:
                self._send(json.dumps([operation, *arguments]).encode(), theirs)
            answer = _read(mine, began + self._seconds + 5)
        head, _, data = answer.partition(b"\n")
        if not head:
            slow = time.monotonic() - began >= self._seconds
            raise self._refused(operation, arguments, "too slow" if slow else "crashed")
        told = json.loads(head)
        if "refusal" in told:
            message, code = told["refusal"]
            raise Invalid(str(message), code=str(code))
        if "failed" in told:
            raise self._refused(operation, arguments, str(told["failed"]))
        return data if told.get("bytes") else told["value"]

    def start(self) -> None:
        """Start the helper ahead of the first file, without waiting for it."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the helper."""
        with self._lock:
            self._end()

    def _refused(self, operation: str, arguments: tuple[str | int, ...], why: str) -> Invalid:
        log.warning("%s of %s: %s", operation, arguments, why)
        if why == "too slow":
            return Invalid(_SLOW.format(seconds=round(self._seconds)), code="file_too_slow")
        if why == "MemoryError":
            return Invalid(_HEAVY, code="file_too_heavy")
        return Invalid(_BROKE, code="file_breaks_reader")

    def _send(self, request: bytes, answer_here: socket.socket) -> None:
        """Hand the request to the helper; one that has died is started anew, once."""
        with self._lock:
            for last in (False, True):
                try:
                    line = self._running()
                    socket.send_fds(line, [_LENGTH.pack(len(request))], [answer_here.fileno()])
                    line.sendall(request)
                except OSError as error:
                    self._end()
                    if last:
                        raise Unavailable(code="reader_away") from error
                else:
                    return

    def _running(self) -> socket.socket:
        """The line to the helper of this process; a fork of it starts its own."""
        if self._line is not None and self._owner == os.getpid():
            return self._line
        if self._line is not None:
            self._line.close()
        self._line, theirs = socket.socketpair()
        with theirs:
            self._helper = subprocess.Popen(
                [
                    *confined.without_network(),
                    *(sys.executable, "-m", "vanthu.reading.apart_worker", self._module),
                    *(str(theirs.fileno()), str(self._seconds), str(self._memory)),
                ],
                cwd="/",
                env=confined.environment("/") | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._owner = os.getpid()
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._helper is not None and self._owner == os.getpid():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._helper.wait(2)
        self._line = self._helper = None


def _read(line: socket.socket, until: float) -> bytes:
    """Everything until the other end closes; empty when that takes longer than `until` or is more than an answer."""
    parts: list[bytes] = []
    size = 0
    while size <= _LONGEST_ANSWER:
        line.settimeout(max(until - time.monotonic(), 0.01))
        try:
            chunk = line.recv(_CHUNK)
        except (TimeoutError, ConnectionResetError):
            return b""
        if not chunk:
            return b"".join(parts)
        parts.append(chunk)
        size += len(chunk)
    return b""


_parsers = Apart("vanthu.reading.parsers")
atexit.register(_parsers.close)


def start() -> None:
    """Have the helper ready before the first file comes; a server calls it when it starts."""
    _parsers.start()


def check(path: Path, name: str) -> int | None:
    """`gate.inspect` and `secrecy.check` of a file from outside; returns the pages of a PDF.

    Raises `Invalid` as they do, and when the file breaks them.
    """
    pages = _parsers.ask("check", str(path), name)
    return None if pages is None else int(pages)


def page_count(pdf_path: Path) -> int:
    """`pages.page_count`, apart."""
    return int(_parsers.ask("page_count", str(pdf_path)))


def render(pdf_path: Path, page: int, width: int) -> bytes:
    """`pages.render`, apart: drawing a page touches every decoder there is."""
    return bytes(_parsers.ask("render", str(pdf_path), page, width))


def form(path: Path, name: str, kind: str, pdf_path: Path | None = None) -> dict[str, Any]:
    """`form.check` as rows to keep, apart; of a DOCX with the places on the pages of the PDF made of it."""
    found: dict[str, Any] = _parsers.ask("form", str(path), name, kind, str(pdf_path or ""))
    return found


def form_fixed(path: Path, name: str, kind: str, keys: Collection[str]) -> bytes:
    """`form.fix`, apart: the DOCX with the findings of these keys mended."""
    return bytes(_parsers.ask("form_fixed", str(path), name, kind, *keys))


def count_to_read(path: Path, ending: str) -> int:
    """`texts.count`, apart."""
    return int(_parsers.ask("count_to_read", str(path), ending))


def parsed_page(path: Path, ending: str, number: int) -> bytes:
    """`texts.parsed`, apart."""
    return bytes(_parsers.ask("parsed_page", str(path), ending, number))


def picture(path: Path, number: int) -> bytes:
    """`quick.picture`, apart; `pictures.received` opens it."""
    return bytes(_parsers.ask("picture", str(path), number))
