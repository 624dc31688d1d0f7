"""Two other doors to the stand-in of the axis: a provincial hub with keys in headers, and one behind OAuth 2."""

from __future__ import annotations

import base64
import json
import secrets
import time
from email.parser import BytesHeaderParser

from vanthu_tools.simulators.axis import OK, Answer, Axis, Call, listed_row, sent_row
from vanthu_tools.simulators.axis_store import RefusalError, System

_ROOT = "truclienthong/v1.0.0"


class HeaderDoor:
    """Lạng Sơn's kind: `X-SystemId` and `X-SecretKey`, multipart uploads, answers {success, count, data, errorCode}."""

    def __init__(self, axis: Axis) -> None:
        self._store = axis.store
        axis.routes |= {
            "v1/sendEdoc": self._send,
            "v1/syncReceivedEdocList": self._received,
            "v1/getEdoc": self._fetch,
            "v1/updateStatus": self._tell,
            "v1/getAgenciesList": self._agencies,
            "v1/getSentEdocList": self._sent,
        }

    def _system(self, call: Call) -> System:
        system = self._store.systems.get(call.headers.get("x-systemid", ""))
        if system is None or system.secret != call.headers.get("x-secretkey"):
            raise RefusalError("401", "Unauthorized")
        return system

    def _send(self, call: Call) -> Answer:
        system = self._system(call)
        fields = _fields(call)
        packet = call.body.with_suffix(".packet")
        packet.write_bytes(fields["edocFile"])
        kind = fields["messageType"].decode()
        try:
            doc_id = self._store.take(system, packet, kind, _sender(system), None)
        finally:
            packet.unlink(missing_ok=True)
        return _good({"docId": doc_id})

    def _received(self, call: Call) -> Answer:
        rows = self._store.waiting(self._system(call), call.kind)
        return _good([listed_row(one) for one in rows])

    def _fetch(self, call: Call) -> Answer:
        item = self._store.item(self._system(call), call.query.get("docId", ""))
        return Answer({"success": True, "errorCode": 0}, file=item.path)

    def _tell(self, call: Call) -> Answer:
        said = json.loads(call.body.read_bytes())
        self._store.tell(self._system(call), said["docId"], said["status"], said.get("description", ""))
        return _good(None)

    def _agencies(self, call: Call) -> Answer:
        self._system(call)
        return _good(list(self._store.agencies.values()))

    def _sent(self, call: Call) -> Answer:
        rows = self._store.sent(self._system(call), call.query.get("docId", ""))
        return _good([sent_row(one) for one in rows])


class OAuthDoor:
    """Quảng Nam's kind: a token of client credentials and the body's own secret; packets go in base64.

    `lasts` is how many seconds a token is good; `forget` ends all of them.
    """

    def __init__(self, axis: Axis, lasts: int = 3600) -> None:
        self._store, self.lasts = axis.store, lasts
        self._tokens: dict[str, tuple[str, float]] = {}
        self.given = 0
        axis.routes |= {
            "token": self._token,
            f"{_ROOT}/vanbans": self._papers,
            f"{_ROOT}/donvilienthongs": self._agencies,
            f"{_ROOT}/dagui": self._sent,
        }

    def forget(self) -> None:
        self._tokens.clear()

    def _token(self, call: Call) -> Answer:
        pair = base64.b64decode(call.headers.get("authorization", "").removeprefix("Basic ")).decode()
        name, _, secret = pair.partition(":")
        system = self._store.systems.get(name)
        if system is None or system.secret.partition(" ")[0] != secret:
            return Answer({"error": "invalid_client", "status": "FAIL", "code": 401}, status=401)
        token = secrets.token_hex(16)
        self._tokens[token] = (name, time.monotonic() + self.lasts)
        self.given += 1
        return Answer(
            {"status": "OK", "access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
        )

    def _system(self, call: Call) -> System:
        name, until = self._tokens.get(
            call.headers.get("authorization", "").removeprefix("Bearer "), ("", 0.0)
        )
        if not name or time.monotonic() > until:
            raise RefusalError("401", "Invalid Credentials")
        system = self._store.systems[name]
        if system.secret.partition(" ")[2] != call.headers.get("secretdonvi", ""):
            raise RefusalError("15", "Ma bi mat cua don vi khong dung")
        return system

    def _papers(self, call: Call) -> Answer:
        system = self._system(call)
        doc_id = call.path.removeprefix(f"{_ROOT}/vanbans").strip("/")
        if call.method == "POST":
            return self._send(call, system)
        if call.method == "PUT":
            self._store.tell(system, doc_id, call.query["status"].lower(), "")
            return Answer(OK)
        if doc_id:
            return Answer(file=self._store.item(system, doc_id).path)
        rows = [listed_row(one) for one in self._store.waiting(system, call.kind)]
        return Answer({**OK, "data": [{**one, "status": one["status"].upper()} for one in rows]})

    def _send(self, call: Call, system: System) -> Answer:
        packet = call.body.with_suffix(".packet")
        packet.write_bytes(base64.b64decode(call.body.read_bytes(), validate=True))
        try:
            kind = call.headers.get("messagetype", "")
            doc_id = self._store.take(system, packet, kind, _sender(system), None)
        finally:
            packet.unlink(missing_ok=True)
        return Answer({**OK, "docId": doc_id})

    def _agencies(self, call: Call) -> Answer:
        self._system(call)
        return Answer({**OK, "data": list(self._store.agencies.values())})

    def _sent(self, call: Call) -> Answer:
        rows = self._store.sent(self._system(call), call.query.get("docId", ""))
        return Answer({**OK, "data": [sent_row(one) for one in rows]})


def _good(data: object) -> Answer:
    count = len(data) if isinstance(data, list) else 1
    return Answer({"success": True, "count": count, "data": data, "errorCode": 0})


def _fields(call: Call) -> dict[str, bytes]:
    """The fields of a multipart body."""
    border = call.headers["content-type"].partition("boundary=")[2].encode()
    found = {}
    for part in call.body.read_bytes().split(b"--" + border)[1:-1]:
        head, _, content = part[2:-2].partition(b"\r\n\r\n")
        name = (
            BytesHeaderParser().parsebytes(head + b"\r\n\r\n").get_param("name", header="Content-Disposition")
        )
        found[str(name)] = content
    return found


def _sender(system: System) -> str:
    """These doors know the sender by its key only."""
    return sorted(system.codes)[0]
