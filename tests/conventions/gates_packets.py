"""The clerk's box of packets for the gate table and the browsers: one of each that waits, a request, an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from vanthu.documents import actions as documents
from vanthu.documents import from_outside
from vanthu.documents.from_outside import Brought
from vanthu.exchange import parcels
from vanthu.exchange.arriving_places import count_in
from vanthu.exchange.axis_models import Arrival, Connection, OwnAddress, ReceivedPacket
from vanthu.kernel.files import actions as files
from vanthu.organisations import agencies

if TYPE_CHECKING:
    from tests.cast import World
    from vanthu.documents.models import IncomingEntry

SENDER = "Ủy ban nhân dân tỉnh Bắc Ninh"


def make_packets(world: World) -> dict[str, Any]:
    """{`packet`, `unmatched packet`, `packet file`, `from_outside` (an entry), `request`, `file before`: its id}."""
    args: dict[str, Any] = {}
    connection, _ = Connection.objects.get_or_create(
        key="thu-muc",
        defaults={"name": "Trục liên thông văn bản quốc gia", "kind": "folder", "active": False},
    )
    address = OwnAddress.objects.create(
        office=world.province, connection=connection, code="E01.05.77", folded="e01.05.77", preferred=False
    )
    for number, state in enumerate(("trouble", "unmatched")):
        packet = _packet(
            connection, f"68edb8c8{number}", state, "Gói tin không đọc được ở dòng 7: bị cắt cụt."
        )
        packet.office = world.province
        packet.save(update_fields=["office"])
        args["packet" if state == "trouble" else "unmatched packet"] = packet.pk
    count_in(ReceivedPacket.objects.get(pk=args["packet"]), world.province.pk, "trouble")
    raw = files.store_bytes(b"<edXML>", "application/xml")
    held = files.attach(
        raw, owner_kind="packet_in", owner_id=args["packet"], role="raw", name="goi-tin.edxml"
    )
    args["packet file"] = held.pk
    entry = _entry(world)
    args["from_outside"] = entry.pk
    body = agencies.sender("H05", SENDER, "vxp")
    moment = timezone.now()
    for number, code in enumerate(("0", "13")):
        packet = _packet(connection, f"77edb8c8{number}", "applied", "")
        state = "asks" if code == "13" else "applied"
        arrival = Arrival.objects.create(
            packet=packet, office=world.province, address=address, agency=body, entry=entry, code=code,
            state=state, reason="Ban hành nhầm thẩm quyền" if code == "13" else "", at=moment, changed_at=moment,
        )  # fmt: skip
        if code == "0":
            parcels.queue_status(arrival, "01", by=world.actor("clerk"))
        else:
            count_in(arrival, world.province.pk, "asks")
            args["request"] = arrival.pk
    old = files.attach(raw, owner_kind="arrival", owner_id=args["request"], role="before", name="cu.xml")
    args["file before"] = old.pk
    return args


def _entry(world: World) -> IncomingEntry:
    brought = Brought(
        kind="CV", number="2143", notation="UBND-NC", issuer_name=SENDER,
        issued_on=timezone.localdate(), subject="Về việc phối hợp kiểm tra công tác tạm giữ, tạm giam",
    )  # fmt: skip
    entry = from_outside.take_in(brought, office_id=world.province.pk)
    return documents.receive(entry.pk, by=world.actor("clerk"))


def _packet(connection: Connection, doc_id: str, state: str, problem: str) -> ReceivedPacket:
    moment = timezone.now()
    return ReceivedPacket.objects.create(
        connection=connection, doc_id=doc_id, kind="edoc" if state != "unmatched" else "status", state=state,
        code="0" if state == "applied" else "", from_code="H05", from_name=SENDER, document_id="H05,2026/11/20,2143",
        symbol="2143/UBND-NC" if state != "trouble" else "", problem=problem, told="done", listed_at=moment,
        changed_at=moment, next_at=moment if state == "unmatched" else None,
        said={"staff": {"name": "Trần Thị B", "mobile": "0912000111"}},
    )  # fmt: skip
