"""Calls over HTTP for transports: verified TLS, time-outs, bodies streamed both ways, no redirect; secrets in no log.

A reading call is repeated with growing pauses. A call that hands something over is made once: when nobody can know
whether it was taken, `UnknownOutcomeError` says so.
"""

from __future__ import annotations

import base64
import io
import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError
from urllib3.response import BaseHTTPResponse

from vanthu.exchange.transports.base import TransportError, UnknownOutcomeError, Wire

# Headers of a call; a function where each try must sign anew, because the other side refuses what it has seen.
type Headers = Mapping[str, str] | Callable[[], Mapping[str, str]]

LIST_SECONDS = 30
LONG_SECONDS = 60
CHUNK = 3 << 16  # a multiple of three: base64 of a piece has no padding
_CONNECT_SECONDS = 10
_WHOLE_SECONDS = 900  # for one answer, however slowly it drips
_MOST = 64 << 20  # bytes of an answer that is not a packet: the list of 120,000 bodies takes 30 MB
_PAUSES = (0.5, 2.0)  # seconds between the tries of a reading call
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_DENIED = (401,)
_LATER = (408, 425, 429)
VERDICTS = frozenset({"status", "success", "ErrorCode", "errorCode", "code"})
"""Fields one of which says whether a call went well."""
_KEY = "Nơi nhận không chấp nhận mã hệ thống hoặc khóa bí mật. Kiểm tra lại trong phần Liên thông."
_GARBAGE = "Nơi nhận trả lời sai định dạng. Hệ thống sẽ thử lại."

# The system's roots; `SSL_CERT_FILE` names others.
_pool = urllib3.PoolManager(maxsize=8, retries=False, ssl_context=ssl.create_default_context())


class InBase64:
    """A file as base64, encoded while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.length = -(-_left(stream) // 3) * 4

    def read(self, _: int = -1) -> bytes:
        return base64.b64encode(self._stream.read(CHUNK))


class Parts(io.RawIOBase):
    """Bytes and open files one after the other, as one body of a known length that says when it was read whole."""

    def __init__(self, *parts: bytes | BinaryIO | InBase64) -> None:
        self._parts = [io.BytesIO(one) if isinstance(one, bytes) else one for one in parts]
        self.length = sum(one.length if isinstance(one, InBase64) else _left(one) for one in self._parts)
        self.gone = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, about `size`; b"" at the end."""
        for part in self._parts:
            if data := part.read(size if size >= 0 else CHUNK):
                self.gone += len(data)
                return data
        return b""

    @property
    def whole(self) -> bool:
        return self.gone >= self.length


def _left(stream: BinaryIO) -> int:
    here = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return end - here


class Caller:
    """Calls to the service of one connection."""

    def __init__(self, wire: Wire) -> None:
        self._base = wire.endpoint.rstrip("/")
        parts = urlsplit(self._base)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise TransportError(
                "Địa chỉ của kết nối phải bắt đầu bằng https://. Sửa trong phần Liên thông.", permanent=True
            )
        open_line = not settings.PRODUCTION or wire.options.get("plain_http") is True
        if parts.scheme != "https" and not open_line and parts.hostname not in _LOOPBACK:
            raise TransportError(
                "Địa chỉ của kết nối phải là https. Sửa trong phần Liên thông.", permanent=True
            )
        self.host = parts.netloc.rpartition("@")[2]

    def ask(
        self,
        method: str,
        path: str,
        headers: Headers,
        body: bytes = b"",
        *,
        seconds: int = 0,
    ) -> Any:
        """The JSON that a call answers, which may be made again: reading, or what has the same effect twice."""
        seconds = seconds or LIST_SECONDS
        for pause in _PAUSES:
            try:
                return self._once(method, path, headers, body, seconds)
            except TransportError as error:
                if error.permanent:
                    raise
                time.sleep(pause)
        return self._once(method, path, headers, body, seconds)

    def _once(self, method: str, path: str, headers: Headers, body: bytes | Parts, seconds: int) -> Any:
        with self._request(method, path, headers, body, seconds) as response:
            return answered(response)

    def hand_over(self, path: str, headers: Headers, body: Parts, *, method: str = "POST") -> Any:
        """The JSON that a call answers which must not be made twice; raises `UnknownOutcomeError`."""
        try:
            return self._once(method, path, headers, body, LONG_SECONDS)
        except TransportError as error:
            said_no = error.code and (error.permanent or int(error.code) in _LATER)
            if body.whole and not said_no:
                raise UnknownOutcomeError(
                    "Đã chuyển gói tin nhưng chưa nhận được trả lời. Hệ thống hỏi lại trước khi gửi lần nữa.",
                    code=error.code,
                ) from error
            raise

    @contextmanager
    def stream(
        self, method: str, path: str, headers: Headers, body: bytes = b""
    ) -> Iterator[Iterator[bytes]]:
        """The body of an answer in chunks; asked again only as long as none has come."""
        with self._answering(method, path, headers, body) as response:
            yield _chunks(response)

    def _answering(self, method: str, path: str, headers: Headers, body: bytes) -> BaseHTTPResponse:
        for pause in (*_PAUSES, None):
            try:
                response = self._request(method, path, headers, body, LONG_SECONDS)
                if not _tells(response) and not 200 <= response.status < 300:
                    with response:
                        refuse_status(response)
            except TransportError as error:
                if error.permanent or pause is None:
                    raise
                time.sleep(pause)
            else:
                return response
        raise AssertionError  # the last try returns or raises

    def _request(
        self, method: str, path: str, headers: Headers, body: bytes | Parts, seconds: int
    ) -> BaseHTTPResponse:
        sent = dict(headers() if callable(headers) else headers)
        if method != "GET":
            size = body.length if isinstance(body, Parts) else len(body)
            sent.setdefault("Content-Length", str(size))
        if not all(value.isascii() and value.isprintable() for value in sent.values()):
            raise TransportError(
                "Mã định danh hoặc mã hệ thống có ký tự lạ. Sửa trong phần Liên thông.", permanent=True
            )
        try:
            return _pool.request(
                method,
                self._base + path,
                body=body or None,
                headers=sent,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=seconds),
            )
        except SSLError as error:
            raise TransportError(
                f"Không lập được kết nối an toàn (TLS) tới {self.host}. Báo quản trị hệ thống kiểm tra chứng thư."
            ) from error
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise TransportError(f"Chưa kết nối được {self.host}. Hệ thống sẽ thử lại.") from error
        except (HTTPError, OSError) as error:
            raise _broken() from error


def _broken() -> TransportError:
    return TransportError("Nơi nhận không trả lời hết. Hệ thống sẽ thử lại.")


def refuse_status(response: BaseHTTPResponse) -> None:
    """Raise what a status of HTTP means when it is not a good one."""
    code = str(response.status)
    if response.status in _DENIED:
        raise TransportError(_KEY, code=code, permanent=True)
    if response.status >= 500 or response.status in _LATER:
        raise TransportError(f"Nơi nhận đang gặp sự cố ({code}). Hệ thống sẽ thử lại.", code=code)
    if not 200 <= response.status < 300:
        raise TransportError(
            f"Nơi nhận từ chối lời gọi ({code}). Báo quản trị hệ thống kiểm tra địa chỉ kết nối.",
            code=code,
            permanent=True,
        )


def _tells(response: BaseHTTPResponse) -> bool:
    """Whether a refusal says why in JSON; where the key is wrong, that is all there is to say."""
    return (
        response.status not in _DENIED
        and 400 <= response.status < 500
        and "json" in response.headers.get("Content-Type", "")
    )


def answered(response: BaseHTTPResponse) -> Any:
    """The JSON of an answer, a refusal that says why too. Raises `TransportError`; garbage is worth another try."""
    if not _tells(response):
        refuse_status(response)
    content = bytearray()
    for chunk in _chunks(response):
        content += chunk
        if len(content) > _MOST:
            raise TransportError("Nơi nhận trả lời quá dài. Báo quản trị hệ thống.", permanent=True)
    try:
        found = json.loads(content)
    except ValueError as error:
        refuse_status(response)
        if content.strip() == b"Unauthorized":  # in plain text where the key is wrong
            raise TransportError(_KEY, code="401", permanent=True) from error
        raise TransportError(_GARBAGE) from error
    if not isinstance(found, dict) or not found.keys() & VERDICTS:
        refuse_status(response)
    return found


def _chunks(response: BaseHTTPResponse) -> Iterator[bytes]:
    """What comes, as it comes. A body that is cut off or drips for too long raises `TransportError`."""
    until = time.monotonic() + _WHOLE_SECONDS
    while True:
        try:
            chunk = response.read1(CHUNK, decode_content=True)
        except (HTTPError, OSError) as error:
            raise _broken() from error
        if not chunk:
            return
        if time.monotonic() > until:
            raise _broken()
        yield chunk


def rows_of(answer: Any, *names: str) -> Sequence[Mapping[str, Any]]:
    """The list of objects in an answer under one of the names ("data"…); [] where there is none."""
    for name in names:
        found = answer.get(name) if isinstance(answer, dict) else None
        if isinstance(found, list):
            return [one for one in found if isinstance(one, dict)]
    return []
