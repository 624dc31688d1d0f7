"""Documents and their statuses over an axis that fails in every third call: each arrives once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import World
from tests.exchange.axis_out import issued
from vanthu.documents import actions, queries
from vanthu.documents.models import IncomingEntry
from vanthu.exchange import polling, receiving
from vanthu.exchange.axis_models import Connection, OwnAddress, ReceivedPacket, SentPacket
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.receiving_jobs import poll
from vanthu.exchange.routing import To
from vanthu.exchange.transports import calling
from vanthu.kernel import ledger, vault
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import run_jobs
from vanthu.organisations import agencies
from vanthu_tools.simulators.axis import Axis
from vanthu_tools.simulators.axis_faults import FAULTS, Faults
from vanthu_tools.simulators.axis_store import Store

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEMS = {"A": {"supreme": "H91"}, "B": {"province": "H92", "region": "H92.01"}}
DOCUMENTS, ROUNDS = 20, 20


@pytest.fixture
def axis(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Axis]:
    """Our offices on both sides of it, each side with a connection of its own."""
    monkeypatch.setattr(calling, "_PAUSES", (0.0, 0.0))
    made = Axis(Store(tmp_path / "axis"), Faults(FAULTS, every=3, seconds=0.0))
    address = made.start()
    for system, offices in SYSTEMS.items():
        made.store.add(system, f"secret-{system}", {code: code for code in offices.values()})
        connection = Connection.objects.create(
            key=system.lower(), name=system, kind="vxp", endpoint=address, system_id=system,
            secret=vault.encrypted(f"secret-{system}"), active=True,
        )  # fmt: skip
        for name, code in offices.items():
            OwnAddress.objects.create(
                office=world.office(name), connection=connection, code=code, folded=code.lower()
            )
    yield made
    made.stop()


def register(world: World, clerk: str) -> None:
    for seen in queries.incoming_list(world.actor(clerk), states=("waiting",), owner_kinds=("o",)):
        actions.receive(seen.entry.pk, by=world.actor(clerk))


def over() -> bool:
    """Whether nothing is under way: no document, no packet, no status that still goes back."""
    return not (
        Delivery.objects.exclude(state="registered").exists()
        or SentPacket.objects.exclude(state="accepted").exists()
        or ReceivedPacket.objects.exclude(told="done").exists()
    )


def test_every_third_call_fails_and_nothing_is_lost_or_doubled(
    world: World, axis: Axis, attach_pdf: Callable[[int], None]
) -> None:
    bodies = [agencies.sender(code, f"Cơ quan {code}", "a") for code in SYSTEMS["B"].values()]
    to = [To(None, one.name, one.pk) for one in bodies]
    for number in range(DOCUMENTS):
        issued(world, attach_pdf, to if number % 10 == 0 else [to[number % 2]])
    for _ in range(ROUNDS):
        run_jobs(ahead=7200)
        for connection in Connection.objects.all():
            poll(connection.pk)
        for packet_id in polling.left_behind(now() + timedelta(days=1)):
            receiving.go_on(packet_id)
        run_jobs(ahead=7200)
        register(world, "clerk")
        register(world, "region_clerk")
        if over():
            break
    lines = Delivery.objects.select_related("document")
    sent = sorted((one.document.pk, one.to_code) for one in lines)
    codes = {world.office(name).pk: code for name, code in SYSTEMS["B"].items()}
    symbols = {one.document.symbol: one.document.pk for one in lines}
    arrived = IncomingEntry.objects.select_related("document").exclude(arrival_number=None)
    assert sorted((symbols[one.document.symbol], codes[one.office_id]) for one in arrived) == sent
    assert IncomingEntry.objects.count() == len(sent) == DOCUMENTS + DOCUMENTS // 10
    receipts = sorted(Receipt.objects.exclude(code="").values_list("delivery", "code"))
    assert receipts == sorted((one.pk, code) for one in lines for code in ("01", "03"))
    assert SentPacket.objects.count() == DOCUMENTS + 2 * len(sent)
    # a document goes up once; a status of which nobody knew may be repeated
    items = axis.store.items.values()
    assert len({one.sender_id for one in items if one.kind == "edoc"}) == DOCUMENTS
    assert sum(axis.faults.done.values()) > DOCUMENTS
    assert not list(ledger.check())
