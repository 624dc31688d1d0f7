"""The other side of a connection in memory, failing as the real one does; documents to send and bodies to get them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from tests.cast import World
from tests.entries import make_numbered
from vanthu.documents.models import OutgoingEntry
from vanthu.documents.outgoing import issue
from vanthu.exchange import actions
from vanthu.exchange.axis_models import Connection, OwnAddress, SentPacket
from vanthu.exchange.dialects import reading
from vanthu.exchange.dialects.packets import Document, Packet
from vanthu.exchange.models import Delivery
from vanthu.exchange.routing import To
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError, UnknownOutcomeError
from vanthu.kernel.calendar import now
from vanthu.organisations import agencies
from vanthu.organisations.models import Agency


class KilledError(BaseException):
    """The process dies here."""


@dataclass
class OtherSide:
    """Takes packets; `next` is what becomes of the next uploads, each is "taken" without it.

    "lost": taken, but the answer is lost; "gone": not taken, and nobody knows; "busy" and "refused": not taken;
    "killed before" and "killed after": our process dies.
    """

    folder: Path
    next: list[str] = field(default_factory=list)
    taken: dict[str, Packet] = field(default_factory=dict)
    rows: list[SentTo] = field(default_factory=list)
    uploads: int = 0
    asked: int = 0
    silent: bool = False

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        self.uploads += 1
        what = self.next.pop(0) if self.next else "taken"
        if what == "busy":
            raise TransportError("Trục đang bận.")
        if what == "refused":
            raise TransportError("Nơi nhận không tồn tại trên trục.", code="18", permanent=True)
        if what == "gone":
            raise UnknownOutcomeError("Mất kết nối khi đang gửi.")
        if what == "killed before":
            raise KilledError
        doc_id = self._take(packet, to_codes)
        if what == "lost":
            raise UnknownOutcomeError("Hết giờ chờ trả lời.")
        if what == "killed after":
            raise KilledError
        return doc_id

    def _take(self, path: Path, to_codes: Sequence[str]) -> str:
        doc_id = f"68edb8c8{len(self.taken):016x}"
        folder = self.folder / doc_id
        folder.mkdir(parents=True)
        with path.open("rb") as stream:
            packet = reading.read(stream, folder)[0]
        self.taken[doc_id] = packet
        symbol = packet.code if isinstance(packet, Document) else packet.about.code
        title = packet.subject if isinstance(packet, Document) else ""
        self.rows += [
            SentTo(doc_id, code, "initial", symbol=symbol, title=title, sent_at=now()) for code in to_codes
        ]
        return doc_id

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        self.asked += 1
        if self.silent:
            raise TransportError("Trục không trả lời.")
        return [row for row in self.rows if not doc_id or row.doc_id == doc_id]

    def becomes(self, code: str, status: str, **fields: Any) -> None:
        """The packets for a receiver get this transport status."""
        self.rows = [
            replace(row, status=status, **fields) if row.to_code == code else row for row in self.rows
        ]

    def received(self, kind: str, since: datetime | None) -> Sequence[Listed]:
        return []

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        raise TransportError("Không có gói tin nào.")

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        raise TransportError("Không có gói tin nào.")

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        return iter(())


def connect(world: World, **fields: Any) -> Connection:
    """A connection on which the Supreme Procuracy has an address."""
    made = Connection.objects.create(
        key="vxp", name="Trục liên thông", kind="header", active=True, **{"position": 0, **fields}
    )
    OwnAddress.objects.create(office=world.supreme, connection=made, code="E01", folded="e01")
    return made


def body(code: str, name: str) -> Agency:
    """A body on the list of the connection."""
    return agencies.sender(code, name, "vxp")


def issued(world: World, attach: Any, recipients: Sequence[To], **fields: Any) -> OutgoingEntry:
    """A document of the Supreme Procuracy with its file, issued to these recipients; nothing has run yet."""
    entry = make_numbered(world, **fields)
    attach(entry.document_id)
    clerk = world.actor("supreme_clerk")
    issue(entry, by=clerk)
    actions.send(entry, recipients, by=clerk)
    return entry


def bodies(number: int) -> list[To]:
    """That many bodies as recipients."""
    made = [body(f"H{place:03}", f"Cơ quan số {place}") for place in range(number)]
    return [To(None, one.name, one.pk) for one in made]


def states(entry: OutgoingEntry) -> list[str]:
    """The states of the lines, in order."""
    return list(
        Delivery.objects.filter(outgoing=entry).order_by("position", "pk").values_list("state", flat=True)
    )


def packet_of(entry: OutgoingEntry) -> SentPacket:
    """The last packet of a document."""
    return SentPacket.objects.filter(outgoing=entry).latest("pk")
