"""The REST interface of the national axis (VXP, SDK 2.0.1): every parameter is a header, signed by HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from urllib3.util.request import SKIP_HEADER

from vanthu.exchange.transports.answers import refuse, taken
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError, Wire
from vanthu.exchange.transports.calling import Caller, Parts, rows_of
from vanthu.exchange.transports.inside_json import write_field, write_plain
from vanthu.exchange.transports.vxp_lists import agency_rows, days, listed_rows, sent_rows
from vanthu.kernel.vietnamese import unmarked

PREFIX = "XroadVnpt-"
TAIL = b"\r\n"  # the kit ends the body of a packet with it; it is not part of the packet
_AGENT = {"User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP", f"{PREFIX}version": "3.0.201608"}
_JSON = "application/json"
_OCTETS = "application/octet-stream"
_PAGES = 1000


def signed(parameters: Mapping[str, str], secret: str) -> dict[str, str]:
    """The headers of a call: parameters, their names, the text that is signed and its HMAC, in the order of the kit.

    >>> signed({"systemid": "X"}, "s")["XroadVnpt-sign-header"]
    '{"XroadVnpt-systemid":"X"}'
    """
    named = {PREFIX + name: value for name, value in parameters.items()}
    message = json.dumps(named, ensure_ascii=False, separators=(",", ":"))
    headers = {}
    for name, value in named.items():
        if name == f"{PREFIX}Content-Type":
            headers["Content-Type"] = value
        headers[name] = value
    return headers | {
        f"{PREFIX}sign-header-key": ";".join(parameters),
        f"{PREFIX}sign-header": message,
        f"{PREFIX}hash-header": hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest(),
    }


def stamp(now: datetime) -> str:
    """Local time as the kit writes it, milliseconds after the plus: 22112026T050847+0045."""
    return f"{timezone.localtime(now):%d%m%YT%H%M%S}+{now.microsecond // 1000:04d}"


class _Clock:
    """The time, in milliseconds of which this process says none twice: two equal calls would look like a replay."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        with self._lock:
            self._last = max(timezone.now(), self._last + timedelta(milliseconds=1))
            return self._last


_now = _Clock()


def hash_file(path: Path) -> str:
    """SHA-256 as the kit writes it: each byte without a leading zero."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
    return "".join(f"{byte:x}" for byte in digest)


class VxpTransport:
    """A connection to the axis, or to any hub that serves its interface."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._caller = Caller(wire)

    def received(self, kind: str, since: datetime | None) -> Iterator[Listed]:
        asked = {"servicetype": "eDoc", "messagetype": kind, **days(since)}
        for page in self._pages("/getReceivedEdocList", asked):
            yield from listed_rows(page, kind)

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        if self._wire.options.get("download"):
            self._download(doc_id, target, most)
            return
        asked = {"docId": doc_id, "filePath": "store"}
        with self._caller.stream("POST", "/getEdoc", lambda: self._headers(asked, size=2), b"{}") as chunks:
            answer = write_field(chunks, "data", target, most=most)
        refuse(answer)
        if answer.get("data") != "":
            raise TransportError("Trục trả lời không có gói tin. Hệ thống sẽ tải lại.")

    def _download(self, doc_id: str, target: BinaryIO, most: int) -> None:
        asked = {"docId": doc_id, "filePath": "store"}
        with self._caller.stream("GET", "/downloadEdoc", lambda: self._headers(asked)) as chunks:
            write_plain(chunks, target, most=most)

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        asked = {"systemid": self._wire.system_id, "servicetype": "eDoc", "messagetype": kind}
        asked |= {"hash-file": hash_file(packet), "from": from_code}
        if to_codes:
            asked["to"] = json.dumps(list(to_codes), separators=(",", ":"))
        signs = signed(asked | {"timestamp": stamp(_now()), "Content-Type": _OCTETS}, self._wire.secret)
        with packet.open("rb") as stream:
            body = Parts(stream, TAIL)
            headers = {
                "Content-Type": signs.pop("Content-Type"), **signs, **_AGENT, "Cache-Control": "no-cache",
                "Pragma": "no-cache", "Host": self._caller.host,
                "Accept": "text/html, image/gif, image/jpeg, */*; q=0.2", "Connection": "keep-alive",
                "Content-Length": str(body.length), "Accept-Encoding": SKIP_HEADER,
            }  # fmt: skip
            answer = self._caller.hand_over("/sendEdoc", headers, body)
        return taken(answer)

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        asked = {"docId": doc_id}
        if note:
            asked["description"] = unmarked(note).encode("ascii", "replace").decode()[:200]
        refuse(self._call("/updateStatus", asked, b"{}", after={"status": status}))

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        asked = {**({"docId": doc_id} if doc_id else {}), **days(since)}
        return sent_rows(self._rows("/getSentEdocList", asked), doc_id)

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        """What changed after a version where the axis keeps versions, else the whole list."""
        units = self._rows("/getSynchronizeUnit", {})
        old = self._rows("/getAgenciesList", {})
        new = self._rows("/getAgenciesListQD20", {"level": str(self._wire.options.get("level", 1))})
        return agency_rows(units, old, new, since_version)

    def register(self, rows: Iterable[AgencyRow]) -> None:
        for row in rows:
            above = row.parent_code or self._wire.system_id
            said = {"id": row.code, "pcode": above, "code": row.code, "name": row.name, "mail": row.email}
            body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
            refuse(self._call("/registerAgency", {}, body))

    def unregister(self, code: str) -> None:
        refuse(self._call("/deleteAgency", {"AgencyCode": code}, b"{}"))

    def _pages(self, path: str, asked: Mapping[str, str]) -> Iterator[Sequence[Mapping[str, Any]]]:
        """One answer, or page after page where the connection says how large one is (`page_size`)."""
        size = self._wire.options.get("page_size")
        if not isinstance(size, int) or size <= 0:
            yield self._rows(path, asked)
            return
        for index in range(1, _PAGES):
            page = self._rows(path, {**asked, "pageSize": str(size), "pageIndex": str(index)})
            yield page
            if len(page) < size:
                return

    def _rows(self, path: str, asked: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        answer = self._call(path, asked)
        refuse(answer)
        return rows_of(answer, "data")

    def _call(
        self, path: str, asked: Mapping[str, str], body: bytes = b"", after: Mapping[str, str] | None = None
    ) -> Any:
        def headers() -> Mapping[str, str]:
            return self._headers(asked, size=len(body), after=after)

        return self._caller.ask("POST", path, headers, body)

    def _headers(
        self, asked: Mapping[str, str], *, size: int = 0, after: Mapping[str, str] | None = None
    ) -> dict[str, str]:
        """Headers of a call without a packet; each call has a time-stamp of its own."""
        parameters = {"systemid": self._wire.system_id, **asked}
        parameters |= {"timestamp": stamp(_now()), "Content-Type": _JSON, **(after or {})}
        expect = {"Expect": "100-continue"} if size else {}
        return {
            **signed(parameters, self._wire.secret), **_AGENT, "Content-Length": str(size), "Host": self._caller.host,
            "Connection": "Keep-Alive", **expect, "Accept-Encoding": "gzip,deflate",
        }  # fmt: skip
