"""REST of a provincial hub that knows a system by two headers, as Lạng Sơn's does; packets go up as multipart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlencode
from uuid import uuid4

from vanthu.exchange.transports.answers import fetched, refuse, sent_path, taken
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, Wire
from vanthu.exchange.transports.calling import Caller, Parts, rows_of
from vanthu.exchange.transports.inside_json import write_either
from vanthu.exchange.transports.vxp_lists import agency_rows, days, listed_rows, sent_rows


class HeaderTransport:
    """A connection whose id and secret go along with every call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._caller = Caller(wire)
        self._headers = {
            "X-SystemId": wire.system_id,
            "X-SecretKey": wire.secret,
            "Accept": "application/json",
        }

    def received(self, kind: str, since: datetime | None) -> Iterator[Listed]:
        return listed_rows(self._rows("/v1/syncReceivedEdocList", {"messageType": kind, **days(since)}), kind)

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        path = f"/v1/getEdoc?{urlencode({'docId': doc_id})}"
        with self._caller.stream("GET", path, self._headers) as chunks:
            answer = write_either(chunks, "data", target, most=most)
        fetched(answer)

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        border = uuid4().hex
        head = (
            f'--{border}\r\nContent-Disposition: form-data; name="messageType"\r\n\r\n{kind}\r\n'
            f'--{border}\r\nContent-Disposition: form-data; name="edocFile"; filename="{uuid4()}.edxml"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        with packet.open("rb") as stream:
            body = Parts(head.encode(), stream, f"\r\n--{border}--\r\n".encode())
            headers = self._headers | {"Content-Type": f"multipart/form-data; boundary={border}"}
            answer = self._caller.hand_over("/v1/sendEdoc", headers, body)
        return taken(answer)

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        body = json.dumps(
            {"docId": doc_id, "status": status} | ({"description": note} if note else {})
        ).encode()
        headers = self._headers | {"Content-Type": "application/json"}
        refuse(self._caller.ask("POST", "/v1/updateStatus", headers, body))

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        """Where the hub has such a list; else nobody can tell."""
        asked = {**({"docId": doc_id} if doc_id else {}), **days(since)}
        return sent_rows(self._rows(sent_path(self._wire.options), asked), doc_id)

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        rows = self._rows(str(self._wire.options.get("agencies_path") or "/v1/getAgenciesList"), {})
        return agency_rows(rows, rows, rows, since_version)

    def _rows(self, path: str, asked: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        answer = self._caller.ask("GET", f"{path}?{urlencode(asked)}" if asked else path, self._headers)
        refuse(answer)
        return rows_of(answer, "data")
