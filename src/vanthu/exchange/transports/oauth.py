"""REST behind OAuth 2 client credentials, as Quảng Nam's is: a token for the caller, a secret for the body.

`system_id` and `secret` are those of the consumer; the connection's options tell the secret of the body
(`unit_secret`), the header that carries it (`unit_header`) and where the calls begin (`base_path`).
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode

from vanthu.exchange.transports.answers import fetched, refuse, sent_path, taken
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError, Wire
from vanthu.exchange.transports.calling import Caller, InBase64, Parts, rows_of
from vanthu.exchange.transports.inside_json import write_either
from vanthu.exchange.transports.vxp_lists import agency_rows, days, listed_rows, sent_rows, text

ROOT = "/truclienthong/v1.0.0"
_EARLY = 30  # seconds before its end in which a token is not used any more
_tokens: dict[
    tuple[str, str, str], tuple[str, float]
] = {}  # by address, key and secret: token, end (monotonic)


class OAuthTransport:
    """A connection that calls with a token, kept until it ends and renewed once where it is not accepted."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._caller = Caller(wire)
        self._root = str(wire.options.get("base_path") or ROOT).rstrip("/")
        self._unit = str(wire.options.get("unit_secret") or "")
        self._name = (wire.endpoint, wire.system_id, wire.secret)

    def received(self, kind: str, since: datetime | None) -> Iterator[Listed]:
        rows = self._rows("/vanbans", {"messageType": kind, **days(since)})
        same = [one for one in rows if text(one, "messageType").lower() in ("", kind)]
        return listed_rows(same, kind)

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        def read() -> Mapping[str, Any]:
            path = f"{self._root}/vanbans/{quote(doc_id, safe='')}"
            with self._caller.stream("GET", path, self._headers()) as chunks:
                return write_either(chunks, "data", target, most=most)

        fetched(self._renewing(read))

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        def hand_over() -> Any:
            with packet.open("rb") as stream:
                headers = self._headers() | {"Content-Type": "text/plain", "messageType": kind}
                return self._caller.hand_over(f"{self._root}/vanbans", headers, Parts(InBase64(stream)))

        return taken(self._renewing(hand_over))

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        path = f"{self._root}/vanbans/{quote(doc_id, safe='')}?{urlencode({'status': status.upper()})}"
        refuse(self._renewing(lambda: self._caller.ask("PUT", path, self._headers())))

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        """Where the facade has such a list; else nobody can tell."""
        asked = {**({"docId": doc_id} if doc_id else {}), **days(since)}
        return sent_rows(self._rows(sent_path(self._wire.options), asked), doc_id)

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        rows = self._rows("/donvilienthongs", {})
        return agency_rows(rows, rows, rows, since_version)

    def _rows(self, path: str, asked: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        whole = f"{self._root}{path}?{urlencode(asked)}" if asked else self._root + path
        answer = self._renewing(lambda: self._caller.ask("GET", whole, self._headers()))
        refuse(answer)
        return rows_of(answer, "data")

    def _renewing[Answer](self, call: Callable[[], Answer]) -> Answer:
        """Make a call; where its token is refused, once more with a new one. A refused call had no effect."""
        try:
            return call()
        except TransportError as error:
            if error.code != "401":
                raise
            _tokens.pop(self._name, None)
            return call()

    def _headers(self) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._token()}", "Accept": "application/json"}
        if self._unit:
            headers[str(self._wire.options.get("unit_header") or "SecretDonVi")] = self._unit
        return headers

    def _token(self) -> str:
        token, until = _tokens.get(self._name, ("", 0.0))
        if token and time.monotonic() < until:
            return token
        pair = base64.b64encode(f"{self._wire.system_id}:{self._wire.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._caller.ask("POST", "/token", headers, b"grant_type=client_credentials")
        token = text(answer, "access_token") if isinstance(answer, dict) else ""
        if not token:
            raise TransportError(
                "Không lấy được mã truy cập OAuth. Kiểm tra mã hệ thống và khóa bí mật trong phần Liên thông.",
                permanent=True,
            )
        lasts = text(answer, "expires_in")
        _tokens[self._name] = (
            token,
            time.monotonic() + max(int(lasts) if lasts.isdigit() else 60, _EARLY) - _EARLY,
        )
        return token
