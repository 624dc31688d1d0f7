"""A connection in memory that lists and gives packets and hears what it is told, and makers of packets for it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
import pytest

from tests.cast import World
from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, OwnAddress, ReceivedPacket
from vanthu.exchange.dialects import writing
from vanthu.exchange.dialects.packets import About, Business, Document, Packet, Party, Staff, Status
from vanthu.exchange.dialects.writing import Enclosed
from vanthu.exchange.receiving_jobs import poll
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError
from vanthu.kernel.jobs import run_jobs

SENDER = Party("H05", name="Ủy ban nhân dân tỉnh Bắc Ninh", telephone="02223822000")
CODES = {"province": "E01.05", "region": "E01.05.07", "second_region": "E01.05.01"}
ISSUED = date(2026, 11, 20)


class Axis:
    """What a `Transport` is, in memory: packets wait until they are told done or fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: dict[str, tuple[str, bytes]] = {}
        self.told: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.deaf: set[str] = set()  # statuses that it does not hear
        self.silent = False
        self._number = 0

    def put(self, packet: Packet | bytes, *files: Path, doc_id: str = "") -> str:
        """Let a packet wait; returns its docId."""
        data = packet if isinstance(packet, bytes) else made(packet, *files)
        kind = "status" if b"StatusCode>" in data else "edoc"
        self._number += 1
        doc_id = doc_id or f"68edb8c8{self._number:016x}"
        self.waiting[doc_id] = (kind, data)
        return doc_id

    def received(self, kind: str, since: datetime | None) -> Iterable[Listed]:
        if self.silent:
            raise TransportError("Trục liên thông không trả lời.")
        return [Listed(doc_id, of) for doc_id, (of, _) in list(self.waiting.items()) if of == kind]

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        data = self.waiting[doc_id][1]
        if len(data) > most:
            raise TransportError("Gói tin lớn quá mức cho phép.", permanent=True)
        for start in range(0, len(data), 1000):
            target.write(data[start : start + 1000])

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        if status in self.deaf:
            raise TransportError("Trục liên thông không trả lời.")
        self.told.append((doc_id, status))
        self.notes.append(note)
        if status in ("done", "fail"):
            self.waiting.pop(doc_id, None)

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        return f"sent-{packet.name}"

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        return []

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        return iter(())


@pytest.fixture
def axis(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Axis:
    """A connection on which three of our offices have an address."""
    made = Axis(tmp_path)
    connection = Connection.objects.create(
        key="truc", name="Trục thử", kind="folder", active=True, system_id=CODES["province"]
    )
    for name, code in CODES.items():
        OwnAddress.objects.create(
            office=world.office(name), connection=connection, code=code, folded=code.lower()
        )
    monkeypatch.setattr(connections, "transport_of", lambda _: made)
    return made


def take(*, ahead: int = 0) -> list[ReceivedPacket]:
    """Poll the one connection and do all that follows; returns every packet, oldest first."""
    poll(Connection.objects.get().pk)
    run_jobs(ahead=ahead)
    return list(ReceivedPacket.objects.order_by("pk"))


def document(*to: str, **fields: Any) -> Document:
    """A letter to offices of ours by name, or to codes."""
    business = {
        name: fields.pop(name) for name in Business.__dataclass_fields__ if name in fields and name != "document_id"
    }  # fmt: skip
    given: dict[str, Any] = {
        "sender": SENDER,
        "document_id": "H05,2026/11/20,2143/UBND-NC",
        "number": "2143",
        "notation": "UBND-NC",
        "subject": "Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam",
        "issued_on": ISSUED,
        "type_name": "Công văn",
        "signer_name": "Nguyễn Văn A",
        "signer_competence": "TM.",
        "signer_position": "Chủ tịch",
        "business": Business(**business, staff=Staff("Văn phòng", "Trần Thị B", "b@bacninh.gov.vn", "0912")),
        **fields,
    }
    to = to or ("province",)
    return Document(recipients=tuple(Party(CODES.get(one, one)) for one in to), **given)


def changed(packet: Document, **business: Any) -> Document:
    """The same document sent as another business."""
    return replace(packet, business=replace(packet.business, **business))


def status(code: str, about: Document, *, to: str = "province", text: str = "", **fields: Any) -> Status:
    """What the sender of a document says of it to one of our offices (13)."""
    named = About(CODES.get(to, to), about.code, about.document_id, about.issued_on)
    given = {"sender": about.sender, "at": datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC), **fields}
    return Status(about=named, code=code, text=text, **given)


def made(packet: Packet, *files: Path) -> bytes:
    """The bytes of a packet in the official form."""
    target = io.BytesIO()
    writing.write(packet, target, [Enclosed(path, path.name) for path in files])
    return target.getvalue()


def pdf(folder: Path, name: str = "2143.pdf", pages: int = 2) -> Path:
    """A PDF of blank pages."""
    path = folder / name
    with pikepdf.new() as paper:
        for _ in range(pages):
            paper.add_blank_page(page_size=(595, 842))
        paper.save(path)
    return path
