"""A stand-in of the national document axis (*trục liên thông văn bản quốc gia, mô phỏng*): its REST interface.

It checks what the axis is known to check, and what it may: the signature, the hash of the file, a time never used
before. Behind other addresses it is a provincial hub with keys in headers, and one with OAuth (`axis_facades`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from vanthu_tools.simulators.axis_faults import Faults
from vanthu_tools.simulators.axis_store import Item, RefusalError, Store, System

PREFIX = "xroadvnpt-"
_CHUNK = 192 * 1024  # a multiple of three
_FORM = "%Y-%m-%d %H:%M:%S"
_STRAY = """<?xml version="1.0" encoding="utf-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLEnvelope
 xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader><edXML:From>
<edXML:OrganId>H99</edXML:OrganId></edXML:From><edXML:ResponseFor><edXML:OrganId>{code}</edXML:OrganId>
<edXML:Code>{number}/KHONG-CO</edXML:Code><edXML:PromulgationDate>2026/01/02</edXML:PromulgationDate>
<edXML:DocumentId>{code},2026/01/02,{number}/KHONG-CO</edXML:DocumentId></edXML:ResponseFor>
<edXML:StatusCode>03</edXML:StatusCode><edXML:Timestamp>2026/01/03 04:05:06</edXML:Timestamp>
</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope></edXML>"""


@dataclass
class Call:
    """A request: its path without the slash, headers by their names in small letters, its body as a file."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: Path
    size: int

    def value(self, name: str) -> str:
        """A parameter of the axis."""
        return self.headers.get(PREFIX + name.lower(), "")

    @property
    def kind(self) -> str:
        return self.value("messagetype") or self.query.get("messageType", "")


@dataclass
class Answer:
    """JSON, or a file: as it is, or in base64 in the field `data` of the JSON."""

    said: Any = None
    file: Path | None = None
    status: int = 200
    plain: bool = False
    raw: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        head, tail = self._ends()
        if self.file is None:
            return len(head) + len(tail)
        bytes_ = self.file.stat().st_size
        return bytes_ if self.plain else len(head) + -(-bytes_ // 3) * 4 + len(tail)

    def chunks(self) -> Iterator[bytes]:
        head, tail = self._ends()
        if self.file is None or not self.plain:
            yield head
        if self.file is not None:
            with self.file.open("rb") as stream:
                while data := stream.read(_CHUNK):
                    yield data if self.plain else b64encode(data)
        if self.file is None or not self.plain:
            yield tail

    def _ends(self) -> tuple[bytes, bytes]:
        if self.raw:
            return self.raw, b""
        if self.file is None:
            return json.dumps(self.said, ensure_ascii=False).encode(), b""
        return json.dumps({**(self.said or OK), "data": ""}).encode()[:-2], b'"}'


OK = {"status": "OK", "ErrorCode": "0", "ErrorDesc": ""}
type Route = Callable[[Call], Answer]


class Axis:
    """The service. `calls` counts requests by their path; `faults` may be changed while it runs."""

    def __init__(self, store: Store | None = None, faults: Faults | None = None) -> None:
        self.store, self.faults = store or Store(), faults or Faults()
        self.calls: dict[str, int] = {}
        self._seen: set[str] = set()
        self._server: ThreadingHTTPServer | None = None
        self.routes: dict[str, Route] = {
            "getReceivedEdocList": self._received,
            "getSentEdocList": self._sent,
            "sendEdoc": self._send,
            "getEdoc": self._fetch,
            "downloadEdoc": self._download,
            "updateStatus": self._tell,
            "countReceiveEdoc": self._count,
            "countReceiveStatus": self._count,
            "getAgenciesList": self._agencies,
            "getAgenciesListQD20": self._agencies_new,
            "getSynchronizeUnit": self._agencies,
            "registerAgency": self._register,
            "deleteAgency": self._strike,
        }

    def start(self, port: int = 0) -> str:
        """Serve in threads; returns the address."""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"axis": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self.store.close()

    def system(self, call: Call) -> System:
        """Who calls, if the signature is theirs."""
        text, names = call.value("sign-header"), call.value("sign-header-key").split(";")
        system = self.store.systems.get(call.value("systemid"))
        if system is None or not text:
            raise RefusalError("15", "SystemId hoac SecretKey khong dung")
        mac = hmac.new(system.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        said = {f"XroadVnpt-{name}": call.value(name) for name in names}
        if mac != call.value("hash-header") or json.loads(text) != said or "timestamp" not in names:
            raise RefusalError("15", "Chu ky khong dung")
        if mac in self._seen:
            raise RefusalError("15", "Yeu cau da duoc gui truoc do")
        self._seen.add(mac)
        return system

    def _received(self, call: Call) -> Answer:
        system = self.system(call)
        rows = [listed_row(one) for one in self.store.waiting(system, call.kind)]
        if size := int(call.value("pageSize") or 0):
            start = (int(call.value("pageIndex") or 1) - 1) * size
            rows = rows[start : start + size]
        return Answer({**OK, "data": rows})

    def _sent(self, call: Call) -> Answer:
        rows = self.store.sent(self.system(call), call.value("docId"))
        return Answer({**OK, "data": [sent_row(one) for one in rows]})

    def _send(self, call: Call) -> Answer:
        system = self.system(call)
        packet, digest = without_tail(call)
        if digest != call.value("hash-file"):
            raise RefusalError("21", "Ma bam cua tep khong dung")
        to = json.loads(call.value("to")) if call.value("to") else None
        return Answer({**OK, "DocId": self.store.take(system, packet, call.kind, call.value("from"), to)})

    def _fetch(self, call: Call) -> Answer:
        return Answer(file=self.store.item(self.system(call), call.value("docId")).path)

    def _download(self, call: Call) -> Answer:
        return Answer(file=self.store.item(self.system(call), call.value("docId")).path, plain=True)

    def _tell(self, call: Call) -> Answer:
        system = self.system(call)
        self.store.tell(system, call.value("docId"), call.value("status"), call.value("description"))
        return Answer(OK)

    def _count(self, call: Call) -> Answer:
        return Answer({**OK, "count": len(self.store.waiting(self.system(call), call.kind))})

    def _agencies(self, call: Call) -> Answer:
        self.system(call)
        return Answer({**OK, "data": list(self.store.agencies.values())})

    def _agencies_new(self, call: Call) -> Answer:
        self.system(call)
        rows = self.store.agencies.values()
        renamed = [{**one, "code102": one["code"], "code": one["oldCode"] or one["code"]} for one in rows]
        return Answer({**OK, "data": renamed})

    def _register(self, call: Call) -> Answer:
        system = self.system(call)
        said = json.loads(call.body.read_bytes())
        self.store.enter(said["code"], said["name"], above=said.get("pcode", ""), mail=said.get("mail", ""))
        system.codes.add(said["code"].casefold())
        return Answer(OK)

    def _strike(self, call: Call) -> Answer:
        self.system(call)
        self.store.strike(call.value("AgencyCode"))
        return Answer(OK)

    def misbehaved(self, answer: Answer, call: Call, fault: str) -> Answer:
        """A list as it is when something is wrong with it."""
        rows = answer.said.get("data") if isinstance(answer.said, dict) else None
        if not isinstance(rows, list):
            return answer
        if fault == "duplicate":
            kind = call.kind
            old = [listed_row(one) for one in list(self.store.items.values())[:3] if one.kind == kind]
            codes = {one["to"] for one in rows if "to" in one}
            rows = [*rows, *(one for one in old if one["to"] in codes), *rows]
        elif fault == "disorder":
            rows = rows[::-1]
        elif fault == "stray":
            rows = [*self._stray(call), *rows]
        return Answer({**answer.said, "data": rows})

    def _stray(self, call: Call) -> Iterable[dict[str, Any]]:
        """A status that matches nothing, kept as any other."""
        system = self.store.systems.get(call.value("systemid") or call.headers.get("x-systemid", ""))
        for code in sorted(system.codes)[:1] if system else []:
            name = uuid4().hex
            path = self.store.folder / f"{name}.edxml"
            path.write_text(_STRAY.format(code=code.upper(), number=name[:6]), "utf-8")
            item = Item(name[:24], "status", "H99", code, path)
            with self.store.lock:
                self.store.items[item.doc_id] = item
            yield listed_row(item)


def listed_row(one: Item) -> dict[str, Any]:
    """A row of the list of packets that wait."""
    return {
        "docId": one.doc_id, "serviceType": "eDoc", "messageType": one.kind, "from": one.from_code,
        "to": one.to_code, "created_time": one.at.strftime(_FORM), "updated_time": one.at.strftime(_FORM),
        "status": one.status, "status_desc": one.note,
    }  # fmt: skip


def sent_row(one: Item) -> dict[str, Any]:
    """A row of the list of sent packets."""
    taken = one.taken_at.strftime(_FORM) if one.taken_at else None
    return {
        "serviceType": "eDoc", "messageType": one.kind, "senderDocId": one.sender_id, "receiverDocId": one.doc_id,
        "fromCode": one.from_code, "toCode": one.to_code, "title": one.title, "notation": one.symbol,
        "sentTime": one.at.strftime(_FORM), "receivedTime": taken, "sendStatus": "done", "sendStatusDesc": "",
        "receiveStatus": one.status, "receiveStatusDesc": one.note,
    }  # fmt: skip


def without_tail(call: Call) -> tuple[Path, str]:
    """The packet of a call without the line end behind it, and its hash as the kit writes it."""
    with call.body.open("r+b") as stream:
        stream.seek(max(0, call.size - 2))
        if stream.read(2) != b"\r\n":
            raise RefusalError("21", "Unexpected end of Stream")
        stream.truncate(call.size - 2)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").digest()
    return call.body, "".join(f"{byte:x}" for byte in digest)


class _Handler(BaseHTTPRequestHandler):
    """One connection; what a fault does to the answer happens here."""

    protocol_version = "HTTP/1.1"
    axis: Axis

    def do_POST(self) -> None:
        place = self.axis.store.folder / f"{uuid4().hex}.coming"
        try:
            self._serve(place)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            place.unlink(missing_ok=True)

    do_GET = do_PUT = do_POST  # noqa: N815 - the library's names

    def _serve(self, place: Path) -> None:
        url = urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        left = size
        with place.open("wb") as target:
            while left and (data := self.rfile.read(min(left, _CHUNK))):
                target.write(data)
                left -= len(data)
        if left or "chunked" in self.headers.get("Transfer-Encoding", ""):
            self._answer(
                Answer({"status": "FAIL", "ErrorCode": "21", "ErrorDesc": "Unexpected end of Stream"})
            )
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, url.path.strip("/"), dict(parse_qsl(url.query)), headers, place, size)
        route, name = self._route(call.path)
        self.axis.calls[name] = self.axis.calls.get(name, 0) + 1
        self._with_fault(call, route, self.axis.faults.of(name, call.kind))

    def _route(self, path: str) -> tuple[Route | None, str]:
        """What serves a path: the longest that it begins with."""
        fitting = [one for one in self.axis.routes if path == one or path.startswith(f"{one}/")]
        name = max(fitting, key=len, default="")
        return self.axis.routes.get(name), name.rpartition("/")[2] or path

    def _with_fault(self, call: Call, route: Route | None, fault: str) -> None:
        if fault in ("before", "after"):
            time.sleep(self.axis.faults.seconds)
        if fault == "before":
            self._break()
            return
        if fault == "error":
            self._answer(Answer({"message": "Internal Server Error"}, status=500))
            return
        answer = self.axis.misbehaved(self._done(call, route), call, fault)
        if fault in ("lost", "after"):
            self._break()
        elif fault == "error_after":
            self._answer(Answer({"message": "Internal Server Error"}, status=500))
        elif fault == "garbage":
            self._answer(Answer(raw=b"<html>Bad gateway</html>"))
        else:
            self._answer(answer, cut=fault == "truncated", slow=fault == "slow")

    def _done(self, call: Call, route: Route | None) -> Answer:
        if route is None:
            return Answer({"message": "Not Found"}, status=404)
        try:
            return route(call)
        except RefusalError as refusal:
            status = {"401": 401}.get(refusal.code, 200)
            said = {"status": "FAIL", "success": False, "ErrorCode": refusal.code, "ErrorDesc": refusal.text}
            return Answer(said, status=status)

    def _answer(self, answer: Answer, *, cut: bool = False, slow: bool = False) -> None:
        size = answer.size
        self.send_response(answer.status)
        plain = answer.plain and answer.file is not None
        self.send_header(
            "Content-Type", "application/octet-stream" if plain else "application/json;charset=UTF-8"
        )
        self.send_header("Content-Length", str(size))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        left = size // 2 if cut else size
        for chunk in answer.chunks():
            if slow:
                time.sleep(self.axis.faults.seconds)
            self.wfile.write(chunk[:left])
            left -= len(chunk[:left])
        if cut:
            self._break()

    def _break(self) -> None:
        """The line breaks."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""
