"""The axis's kit as it speaks on the wire, written down from its captured requests; and makers of a hub."""

import hashlib
import hmac
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import World
from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.exchange.dialects import writing
from vanthu.exchange.dialects.packets import About, Document, Packet, Party, Status
from vanthu.exchange.dialects.writing import Enclosed
from vanthu.exchange.hub import actions
from vanthu.exchange.hub.wishes import Wish, lines_of

JUSTICE, HEALTH = "H05.13", "H05.18"
SUPREME, PROVINCE, REGION = "E01", "E01.05", "E01.05.07"
TOWNS = "H05.21, 000.00.21.H05: Ủy ban nhân dân huyện Yên Phong\nH05.22: Ủy ban nhân dân huyện Gia Bình"


class Kit:
    """A system that calls the hub: every call is signed with a time of its own, as a fresh object of the kit would."""

    def __init__(self, system_id: str, secret: str) -> None:
        self.system_id, self.secret = system_id, secret
        self.browser = Client()
        self._late = 0

    def signed(
        self, values: Mapping[str, str], *, kind: str = "application/json", at: datetime | None = None
    ) -> dict[str, str]:
        """The headers of a call; two calls never have the same time."""
        self._late += 1
        moment = timezone.localtime(at or timezone.now() + timedelta(milliseconds=self._late))
        stamp = moment.strftime("%d%m%YT%H%M%S") + f"+{moment.microsecond // 1000:04d}"
        every = {"systemid": self.system_id, **values, "timestamp": stamp, "Content-Type": kind}
        text = json.dumps(
            {f"XroadVnpt-{name}": value for name, value in every.items()},
            separators=(",", ":"),
            ensure_ascii=False,
        )
        mac = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        return {f"XroadVnpt-{name}": value for name, value in every.items()} | {
            "XroadVnpt-sign-header-key": ";".join(every),
            "XroadVnpt-sign-header": text,
            "XroadVnpt-hash-header": mac,
            "XroadVnpt-version": "3.0.201608",
        }

    def post(self, call: str, headers: Mapping[str, str], body: bytes = b"{}") -> Any:
        """A request as it is; returns the answer."""
        return self.browser.post(
            f"/{call}",
            body,
            content_type=headers.get("XroadVnpt-Content-Type", "text/plain"),
            headers=headers,
        )

    def call(self, call: str, body: bytes = b"{}", **values: str) -> Any:
        """A signed call; returns what its answer says."""
        answer = self.post(call, self.signed(values), body)
        return json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)

    def offer(
        self, packet: bytes, from_code: str, to: Iterable[str] | None = None, **values: str
    ) -> dict[str, str]:
        """The headers of `sendEdoc` for a packet."""
        digest = "".join(f"{byte:x}" for byte in hashlib.sha256(packet).digest())
        named = {"to": json.dumps(list(to), separators=(",", ":"))} if to is not None else {}
        kind = "status" if b"StatusCode>" in packet else "edoc"
        fields = {"servicetype": "eDoc", "messagetype": kind, "hash-file": digest, "from": from_code}
        return self.signed(fields | named | values, kind="application/octet-stream")

    def send(
        self, packet: bytes, from_code: str = JUSTICE, to: Iterable[str] | None = None, **values: str
    ) -> Any:
        """`sendEdoc`, with the line end behind the packet."""
        return self.post("sendEdoc", self.offer(packet, from_code, to, **values), packet + b"\r\n").json()

    def waiting(self, kind: str = "edoc", **values: str) -> list[dict[str, str]]:
        """What `getReceivedEdocList` shows."""
        rows: list[dict[str, str]] = self.call(
            "getReceivedEdocList", b"", servicetype="eDoc", messagetype=kind, **values
        )["data"]
        return rows


def make_hub(world: World) -> Connection:
    """The hub switched on, with the Supreme Procuracy, the province and a region at it."""
    hub = Connection.objects.create(
        key="hub", name="Trục của tỉnh", kind="hub", system_id="E01.05.W00", active=True
    )
    for office, code in ((world.supreme, SUPREME), (world.province, PROVINCE), (world.region, REGION)):
        OwnAddress.objects.create(office=office, connection=hub, code=code, folded=code.lower())
    return hub


def make_system(world: World, lines: str, *, system_id: str = "", **limits: int) -> Kit:
    """A registered system that speaks for the bodies of these lines."""
    wish = Wish(
        name=f"Hệ thống {system_id or lines[:6]}",
        lines=lines_of(lines),
        **{"packets_per_day": 1000, "megabytes_per_day": 1000, "calls_per_minute": 1000, **limits},
    )
    slip = actions.add(system_id or lines[:6].strip(), wish, by=world.actor("administrator"))
    return Kit(slip.system.system_id, slip.secret)


def document(*to: str, sender: str = JUSTICE, number: str = "15", **fields: Any) -> Document:
    """A document packet to these bodies."""
    return Document(
        sender=Party(sender, name="Sở Tư pháp tỉnh Bắc Ninh"),
        recipients=tuple(Party(code, name=f"Cơ quan {code}") for code in to),
        document_id=f"{sender},2026/11/20,{number}/STP-VP",
        number=number,
        notation="STP-VP",
        subject="Về việc phối hợp trợ giúp pháp lý trong tố tụng",
        issued_on=date(2026, 11, 20),
        type_name="Công văn",
        **fields,
    )


def status(code: str, *, sender: str, about: Document, text: str = "") -> Status:
    """What a receiver reports of a document packet."""
    return Status(
        sender=Party(sender),
        about=About(about.sender.organ_id, about.code, about.document_id, about.issued_on),
        code=code,
        text=text,
        at=timezone.now(),
    )


def packed(packet: Packet, *files: Path) -> bytes:
    """The bytes of a packet."""
    target = io.BytesIO()
    writing.write(packet, target, [Enclosed(path, path.name) for path in files])
    return target.getvalue()
