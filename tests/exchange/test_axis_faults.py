"""Documents over a line that fails in every third call, over the stand-in of the axis: none lost, none doubled."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cast import World
from tests.exchange.soak import FAULTS, OURS, THEIRS, Soak, connect
from vanthu.exchange.axis_models import ReceivedPacket
from vanthu.exchange.transports import calling
from vanthu_tools.simulators.axis import Axis
from vanthu_tools.simulators.axis_faults import Faults
from vanthu_tools.simulators.axis_store import Store

DOCUMENTS = 10
ROUNDS = 40


@pytest.mark.django_db
def test_documents_survive_a_line_that_fails(
    world: World, attach_pdf: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "_PAUSES", (0.0, 0.0))
    axis = Axis(Store(tmp_path / "axis"), Faults(FAULTS, every=3, seconds=0))
    axis.store.add("ours", "a", {OURS: "Bên gửi"})
    axis.store.add("theirs", "b", {THEIRS: "Bên nhận"})
    address = axis.start()
    try:
        ours, theirs = connect("a", address, "ours", "a"), connect("b", address, "theirs", "b")
        soak = Soak(world, attach_pdf, ours, theirs)
        for _ in range(DOCUMENTS):
            soak.issue()
        for _ in range(ROUNDS):
            soak.run()
            if not soak.left():
                break
        assert axis.faults.done.total() > DOCUMENTS
        soak.check()
        stray = ReceivedPacket.objects.filter(from_code="H99")
        assert set(stray.values_list("state", flat=True)) <= {"unmatched"}
    finally:
        axis.stop()
