"""What was found to be secret does not leave over a connection, and what carried it away is emptied."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import World
from tests.entries import make_registered
from tests.exchange.axis_out import OtherSide, body, connect, issued, packet_of, states
from vanthu.documents import secret_scans
from vanthu.exchange import connections, making, uploading
from vanthu.exchange.axis_models import Arrival, OwnAddress, ReceivedPacket
from vanthu.exchange.hub.models import HubItem, HubPacket
from vanthu.exchange.routing import To
from vanthu.kernel.calendar import now
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs

pytestmark = pytest.mark.django_db
Attach = Callable[[int], None]


@pytest.fixture
def axis(world: World, place: Path, monkeypatch: pytest.MonkeyPatch) -> OtherSide:
    """The other side of a connection of the Supreme Procuracy."""
    connect(world)
    side = OtherSide(place / "axis")
    monkeypatch.setattr(connections, "transport_of", lambda connection: side)
    return side


def held() -> set[str]:
    """Who holds files; searchable copies go with the bytes, when the transaction has committed."""
    return set(Attachment.objects.values_list("owner_kind", flat=True)) - {"reading"}


def to(code: str, name: str) -> To:
    found = body(code, name)
    return To(None, found.name, found.pk)


def test_a_packet_that_waits_stays_here(world: World, axis: OtherSide, attach_pdf: Attach) -> None:
    inside = To(world.province.pk, world.province.name)
    entry = issued(world, attach_pdf, [to("G22", "Văn phòng Chính phủ"), inside])
    packet = packet_of(entry)
    assert not making.make(packet)
    secret_scans.empty(entry.document_id)
    assert making.ready(packet) is None
    run_jobs()
    uploading.upload(packet.pk)
    assert not axis.taken
    assert states(entry) == ["stopped", "stopped"]
    assert not held()


def test_the_copy_on_our_hub_goes_and_its_receivers_learn_why(
    world: World, axis: OtherSide, attach_pdf: Attach
) -> None:
    entry = issued(world, attach_pdf, [to("G22", "Văn phòng Chính phủ")])
    run_jobs()
    carried = HubPacket.objects.create(
        doc_id="a" * 24, kind="edoc", key="k", size=1, from_code="E01", sent_at=now(),
        document_id=packet_of(entry).document_id, title=entry.document.subject,
    )  # fmt: skip
    item = HubItem.objects.create(
        packet=carried, doc_id="b" * 24, kind="edoc", to_code="G22", queued_at=now(), changed_at=now()
    )
    file = files.store_bytes(b"<edXML/>", "application/xml")
    files.attach(file, owner_kind=HubPacket.item_kind, owner_id=carried.pk, role="issued", name="goi.edxml")
    secret_scans.empty(entry.document_id)
    carried.refresh_from_db()
    item.refresh_from_db()
    assert carried.title == secret_scans.TOMBSTONE
    assert carried.erased_at is not None
    assert (item.state, item.note) == ("fail", "Văn bản có dấu mật đã xóa khỏi trục. Liên hệ nơi gửi.")
    assert not held()


@pytest.mark.usefixtures("axis")
def test_of_a_packet_that_brought_it_the_subject_goes_too(world: World) -> None:
    entry = make_registered(world)
    address = OwnAddress.objects.get()
    packet = ReceivedPacket.objects.create(
        connection=address.connection, doc_id="c" * 24, kind="edoc", subject=entry.subject, from_code="G22",
        listed_at=now(), changed_at=now(),
    )  # fmt: skip
    Arrival.objects.create(
        packet=packet,
        office=world.province,
        address=address,
        entry=entry,
        code="0",
        at=now(),
        changed_at=now(),
    )
    secret_scans.empty(entry.document_id)
    packet.refresh_from_db()
    assert (packet.subject, packet.from_code) == (secret_scans.TOMBSTONE, "G22")
