"""Viruses and connections: what comes is scanned once and says so, what turned out infected does not leave."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.cast import World
from tests.exchange.axis_out import OtherSide, body, connect, issued, packet_of, states
from tests.exchange.packets_in import Axis, axis, document, take
from tests.reading.conftest import pdf_of
from vanthu.exchange import connections, making, uploading
from vanthu.exchange.models import Delivery
from vanthu.exchange.routing import To
from vanthu.kernel.files import scanning
from vanthu.kernel.files.models import CLEAN, INFECTED, Attachment, StoredFile
from vanthu.kernel.files.scanning import Verdict
from vanthu.reading import clamav

__all__ = ["axis"]

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.fixture
def looked_at() -> Iterator[list[Path]]:
    """What a scanner that finds nothing was given."""
    given: list[Path] = []

    def scan(path: Path) -> Verdict:
        given.append(path)
        return Verdict(CLEAN, signatures_on=DAY)

    scanning.use(scan, lambda: DAY)
    yield given
    scanning.use(clamav.scan, clamav.signatures_on)


def test_a_file_of_a_packet_is_scanned_once(
    world: World, axis: Axis, looked_at: list[Path], tmp_path: Path
) -> None:
    letter = tmp_path / "2143.pdf"
    letter.write_bytes(pdf_of("<p>Công văn</p>"))
    axis.put(document(), letter)
    take()
    held = Attachment.objects.select_related("file").get(owner_kind="document", name="2143.pdf")
    assert (held.file.scan_state, held.file.signatures_on) == (CLEAN, DAY)
    assert held.file.scanned_at is not None
    assert len(looked_at) == 1


@pytest.mark.parametrize("made_before", [False, True])
def test_what_turned_out_infected_does_not_leave_and_its_line_says_why(
    world: World,
    place: Path,
    attach_pdf: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
    made_before: bool,
) -> None:
    connect(world)
    side = OtherSide(place / "axis")
    monkeypatch.setattr(connections, "transport_of", lambda connection: side)
    office = body("G22", "Văn phòng Chính phủ")
    entry = issued(world, attach_pdf, [To(None, office.name, office.pk)])
    packet = packet_of(entry)
    if made_before:
        assert not making.make(packet)
    held = Attachment.objects.get(owner_kind="document", owner_id=entry.document_id)
    StoredFile.objects.filter(pk=held.file_id).update(scan_state=INFECTED, virus="Test.Later")
    uploading.upload(packet.pk)
    assert not side.taken
    assert states(entry) == ["failed"]
    assert Delivery.objects.get().reason == (
        "Chưa gửi được: tệp “van-ban.pdf” nhiễm mã độc (Test.Later) nên đã khóa. Sửa rồi gửi lại, hoặc chuyển sang gửi"
        " bản giấy."
    )
