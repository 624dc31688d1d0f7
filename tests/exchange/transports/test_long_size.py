"""A packet of 200 MB goes up and comes down with less than 150 MB resident."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.hub_kit import HEALTH, JUSTICE, document, packed
from vanthu_tools.simulators.axis import Axis

pytestmark = pytest.mark.long

_CHILD = """
import os, re, sys
from pathlib import Path
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
from vanthu.exchange.transports.base import Wire
from vanthu.exchange.transports.opening import open_transport
address, packet, target = sys.argv[1:]
ours = open_transport(Wire("vxp", address, "J", "secret-j unit-j"))
ours.send(Path(packet), kind="edoc", from_code=%r, to_codes=[%r])
theirs = open_transport(Wire("vxp", address, "H", "secret-h unit-h"))
(row,) = theirs.received("edoc", None)
with open(target, "wb") as stream:
    theirs.fetch(row.doc_id, stream, most=1 << 30)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def test_a_large_packet_never_lies_in_memory(far: Axis, tmp_path: Path) -> None:
    packet, target = tmp_path / "large.edxml", tmp_path / "back.edxml"
    with packet.open("wb") as stream:
        stream.write(packed(document(HEALTH)))
        for _ in range(200):
            stream.write(b"<!--" + b"x" * (1 << 20) + b"-->")
    child = subprocess.run(
        [sys.executable, "-c", _CHILD % (JUSTICE, HEALTH), far.address, str(packet), str(target)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert target.stat().st_size == packet.stat().st_size > 200 << 20
    assert int(child.stdout) < 150 * 1024  # KB
