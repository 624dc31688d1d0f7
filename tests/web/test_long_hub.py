"""A packet of 200 MB through the hub on the real web server, up and down again, and the memory that it takes."""

import hashlib
import os
from pathlib import Path

import psutil
import pytest

from tests.cast import World
from tests.exchange.hub_kit import JUSTICE, TOWNS, document, make_hub, make_system
from tests.web.test_long_big_files import peak, server
from vanthu.exchange.dialects import writing
from vanthu.exchange.dialects.writing import Enclosed
from vanthu.exchange.transports.base import Wire
from vanthu.exchange.transports.vxp import VxpTransport

__all__ = ["server"]

SIZE = 150 << 20  # bytes of the attachment; base64 makes 200 MB of them
MOST_MORE = 60 << 20  # bytes that a web process may grow

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def test_a_large_packet_passes_without_lying_in_memory(
    world: World, server: tuple[str, int, psutil.Process], tmp_path: Path
) -> None:
    host, port, process = server
    make_hub(world)
    kits = [make_system(world, f"{JUSTICE}: Sở Tư pháp"), make_system(world, TOWNS, system_id="huyen")]
    justice, towns = (
        VxpTransport(Wire("vxp", f"http://{host}:{port}", kit.system_id, kit.secret, {})) for kit in kits
    )
    assert list(justice.received("edoc", None)) == []  # whatever a process loads at its first call
    before = peak(process)
    scan, packet, got = tmp_path / "quet.pdf", tmp_path / "goi.edxml", tmp_path / "den.edxml"
    scan.write_bytes(b"%PDF-1.7\n" + os.urandom(SIZE))
    with packet.open("wb") as target:
        writing.write(document("H05.21"), target, [Enclosed(scan, scan.name)])
    doc_id = justice.send(packet, kind="edoc", from_code=JUSTICE, to_codes=[])
    (row,) = towns.received("edoc", None)
    with got.open("wb") as target:
        towns.fetch(row.doc_id, target, most=300 << 20)
    sums = [hashlib.file_digest(path.open("rb"), "sha256").hexdigest() for path in (packet, got)]
    assert sums[0] == sums[1]
    assert [one.status for one in justice.sent(doc_id)] == ["initial"]
    assert peak(process) - before < MOST_MORE
    print(
        f"{packet.stat().st_size / 1e6:.0f} MB through the hub; {(peak(process) - before) / 1e6:.0f} MB more resident"
    )
