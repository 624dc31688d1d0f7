"""A stand-in of the axis with two systems, behind its three doors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.hub_kit import HEALTH, JUSTICE, document, packed
from vanthu.exchange.transports import calling
from vanthu_tools.simulators.axis import Axis
from vanthu_tools.simulators.axis_facades import HeaderDoor, OAuthDoor
from vanthu_tools.simulators.axis_store import Store


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Axis]:
    """The other side; its address is `address`, the systems are J and H."""
    monkeypatch.setattr(calling, "_PAUSES", (0.0, 0.0))
    made = Axis(Store(tmp_path / "axis"))
    made.store.add("J", "secret-j unit-j", {JUSTICE: "Sở Tư pháp"})
    made.store.add("H", "secret-h unit-h", {HEALTH: "Sở Y tế"})
    HeaderDoor(made)
    made.oauth = OAuthDoor(made)
    made.address = made.start()
    yield made
    made.stop()


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    """A letter from J to H."""
    path = tmp_path / "packet.edxml"
    path.write_bytes(packed(document(HEALTH)))
    return path
