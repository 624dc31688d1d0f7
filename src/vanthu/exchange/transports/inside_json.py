"""A file in base64 inside an answer of JSON, decoded while it arrives: the packet is never whole in memory."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any, BinaryIO

from vanthu.exchange.transports.base import TransportError

_HEAD = 64 * 1024  # the field must begin within as many bytes
_TAIL = 64 * 1024  # and so many may follow it
_UNICODE = re.compile(rb"\\u00([0-9a-fA-F]{2})")
_BLANK = bytes(range(33))


def write_field(chunks: Iterable[bytes], name: str, target: BinaryIO, *, most: int) -> dict[str, Any]:
    """Decode the text of a field into `target`; returns the object with that field empty (null or absent: as it came).

    Raises `TransportError` when the answer is cut off or is no JSON; permanent above `most` bytes.
    """
    writer = _Field(name, target, most)
    for chunk in chunks:
        writer.feed(chunk)
    return writer.finish()


def write_plain(chunks: Iterable[bytes], target: BinaryIO, *, most: int) -> None:
    """Write a packet that comes as it is. More than `most` bytes is a permanent `TransportError`."""
    written = 0
    for chunk in chunks:
        written += len(chunk)
        _refuse_above(written, most)
        target.write(chunk)


def write_either(chunks: Iterable[bytes], name: str, target: BinaryIO, *, most: int) -> dict[str, Any]:
    """A packet as it is, or in base64 in a field of JSON; returns the object, {name: ""} for a plain one."""
    coming = iter(chunks)
    first = next(coming, b"")
    while not first.strip() and (more := next(coming, b"")):
        first += more
    if first.lstrip().startswith(b"{"):
        return write_field(chain([first], coming), name, target, most=most)
    write_plain(chain([first], coming), target, most=most)
    return {name: ""}


def _refuse_above(written: int, most: int) -> None:
    if written > most:
        raise TransportError(
            f"Gói tin lớn hơn {most >> 20} MB nên không tải về. Tăng giới hạn trong phần Liên thông.",
            permanent=True,
        )


class _Field:
    def __init__(self, name: str, target: BinaryIO, most: int) -> None:
        self._begin = re.compile(rb'"' + re.escape(name.encode()) + rb'"\s*:\s*"')
        self._target, self._most = target, most
        self._head, self._text, self._tail = b"", b"", b""
        self._state = "head"
        self._written = 0

    def feed(self, data: bytes) -> None:
        if self._state == "head":
            self._head += data
            found = self._begin.search(self._head)
            if found is None:
                if len(self._head) > _HEAD:
                    raise TransportError("Nơi nhận trả lời sai định dạng. Hệ thống sẽ thử lại.")
                return
            data, self._head = self._head[found.end() :], self._head[: found.end()]
            self._state = "text"
        if self._state == "text":
            text, quote, data = data.partition(b'"')
            self._decode(text, last=bool(quote))
            if not quote:
                return
            self._state = "tail"
        self._tail += data
        if len(self._tail) > _TAIL:
            raise TransportError("Nơi nhận trả lời sai định dạng. Hệ thống sẽ thử lại.")

    def _decode(self, text: bytes, *, last: bool) -> None:
        text = self._text + text
        self._text = b""
        if b"\\" in text:
            text = self._unescaped(text, last=last)
        text = text.translate(None, _BLANK)
        ready = len(text) if last else len(text) - len(text) % 4
        self._text = text[ready:] + self._text
        try:
            content = base64.b64decode(text[:ready], validate=True)
        except binascii.Error as error:
            raise TransportError("Gói tin tải về bị hỏng (base64). Hệ thống sẽ tải lại.") from error
        self._written += len(content)
        _refuse_above(self._written, self._most)
        self._target.write(content)

    def _unescaped(self, text: bytes, *, last: bool) -> bytes:
        """JSON's escapes undone; one that is cut in two waits for the next piece."""
        cut = text.rfind(b"\\")
        if not last and len(text) - cut < len(rb"\u003d"):
            self._text, text = text[cut:], text[:cut]
        text = text.replace(rb"\/", b"/").replace(rb"\n", b"").replace(rb"\r", b"")
        return _UNICODE.sub(lambda found: bytes([int(found[1], 16)]), text)

    def finish(self) -> dict[str, Any]:
        if self._state == "text":
            raise TransportError("Gói tin tải về bị cắt giữa chừng. Hệ thống sẽ tải lại.")
        closing = b'"' if self._state == "tail" else b""
        try:
            found = json.loads(self._head + closing + self._tail)
        except ValueError as error:
            raise TransportError("Nơi nhận trả lời sai định dạng. Hệ thống sẽ thử lại.") from error
        if not isinstance(found, dict):
            raise TransportError("Nơi nhận trả lời sai định dạng. Hệ thống sẽ thử lại.")
        return found
