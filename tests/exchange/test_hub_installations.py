"""Two installations meet at the hub of one of them: the other speaks over HTTP, as it would to the national axis."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cast import World
from tests.exchange.axis_out import issued, packet_of, states
from tests.exchange.hub_kit import JUSTICE, PROVINCE, Kit, document, make_hub, make_system, packed, status
from vanthu.documents import actions, queries
from vanthu.exchange import connections
from vanthu.exchange.dialects import reading
from vanthu.exchange.dialects.packets import Document, Packet, Status
from vanthu.exchange.models import Connection, HubItem, HubPacket
from vanthu.exchange.receiving_jobs import poll
from vanthu.exchange.routing import To
from vanthu.exchange.transports.base import AgencyRow, TransportError, Wire
from vanthu.exchange.transports.opening import open_transport
from vanthu.exchange.transports.vxp import VxpTransport
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations import agencies

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Other:
    """The other installation, as the wire knows it."""

    transport: VxpTransport
    folder: Path

    def send(self, packet: Packet, to: str = "") -> str:
        """Upload a packet; returns its id."""
        path = self.folder / "out.edxml"
        path.write_bytes(packed(packet))
        kind = "status" if isinstance(packet, Status) else "edoc"
        return self.transport.send(path, kind=kind, from_code=JUSTICE, to_codes=[to] if to else [])

    def take(self, kind: str) -> list[Any]:
        """Every packet that waits, read; each is told to be done."""
        found = []
        for row in list(self.transport.received(kind, None)):
            path = self.folder / row.doc_id
            with path.open("wb") as target:
                self.transport.fetch(row.doc_id, target, most=1 << 20)
            with path.open("rb") as stream:
                found.append(reading.read(stream, self.folder)[0])
            self.transport.tell(row.doc_id, "done")
        return found


@pytest.fixture
def hub(world: World) -> Connection:
    return make_hub(world)


@pytest.fixture
def other(world: World, hub: Connection, live_server: Any, tmp_path: Path) -> Other:
    kit = make_system(world, f"{JUSTICE}: Sở Tư pháp tỉnh Bắc Ninh")
    wire = Wire("vxp", live_server.url, kit.system_id, kit.secret, {})
    transport = open_transport(wire)
    assert isinstance(transport, VxpTransport)
    return Other(transport, tmp_path)


def test_a_document_from_there_arrives_here_and_its_statuses_go_back(
    world: World, hub: Connection, other: Other
) -> None:
    letter = document(PROVINCE)
    doc_id = other.send(letter, PROVINCE)
    assert other.send(letter, PROVINCE) == doc_id  # as if the answer had been lost
    assert [row.status for row in other.transport.sent(doc_id)] == ["initial"]
    poll(hub.pk)
    run_jobs()
    (row,) = queries.incoming_list(world.actor("clerk"), states=("waiting",))
    assert (row.entry.symbol, row.entry.issuer_name) == (letter.code, letter.sender.name)
    assert [(row.status, row.to_code) for row in other.transport.sent(doc_id)] == [("done", PROVINCE)]
    actions.receive(row.entry.pk, by=world.actor("clerk"))
    run_jobs()
    told = other.take("status")
    assert [one.code for one in told] == ["01", "03"]
    assert {one.sender.organ_id for one in told} == {PROVINCE}
    assert {one.about.document_id for one in told} == {letter.document_id}
    assert other.take("status") == []


def test_a_document_from_here_arrives_there_and_its_statuses_come_back(
    world: World, hub: Connection, other: Other, attach_pdf: Callable[[int], None]
) -> None:
    transport = connections.transport_of(hub)
    agencies.take_over(hub.key, transport.agencies(), True)
    body = agencies.by_code(JUSTICE, hub.key)
    assert body is not None
    entry = issued(world, attach_pdf, [To(None, body.name, body.pk)])
    run_jobs()
    assert states(entry) == ["sent"]
    (got,) = other.take("edoc")
    assert isinstance(got, Document)
    assert (got.subject, got.sender.organ_id, len(got.attachments)) == (entry.document.subject, "E01", 1)
    for code in ("03", "01"):  # out of order
        other.send(status(code, sender=JUSTICE, about=got))
    poll(hub.pk)
    run_jobs()
    assert states(entry) == ["registered"]
    assert [row.status for row in transport.sent(packet_of(entry).doc_id)] == ["done"]


def test_the_other_installation_knows_whom_it_reaches(other: Other, world: World, hub: Connection) -> None:
    rows = {row.code: row for row in other.transport.agencies()}
    assert rows[PROVINCE].name == world.province.name
    assert rows[JUSTICE].old_codes == ("000.00.13.H05",)
    other.transport.register([AgencyRow("H05.13.02", "Phòng Công chứng số 2", parent_code=JUSTICE)])
    newest = max(row.version for row in rows.values())
    assert "H05.13.02" in {row.code for row in other.transport.agencies(newest)}
    assert agencies.take_over(hub.key, connections.transport_of(hub).agencies(), True)
    found = agencies.by_code("000.02.13.H05", hub.key)
    assert found is not None
    assert found.name == "Phòng Công chứng số 2"
    other.transport.unregister("H05.13.02")
    assert {row.code for row in other.transport.agencies(newest) if row.deleted} == {"H05.13.02"}


def test_what_the_hub_declines_reaches_the_other_side_as_a_sentence(other: Other) -> None:
    with pytest.raises(TransportError, match="H99") as told:
        other.send(document("H99.01"))
    assert (told.value.code, told.value.permanent) == ("18", True)
    stranger = Kit("khong-co", "sai")
    assert stranger.call("countReceiveEdoc")["ErrorCode"] == "15"
    assert not HubPacket.objects.exists()
    assert not HubItem.objects.exists()
