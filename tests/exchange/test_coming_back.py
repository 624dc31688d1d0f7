"""What receivers on the axis report: late, twice, out of order, or naming the document in their own way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import World
from tests.exchange.axis_out import OtherSide, bodies, connect, issued, packet_of, states
from vanthu.documents.models import OutgoingEntry
from vanthu.exchange import coming_back, connections
from vanthu.exchange.axis_models import Connection
from vanthu.exchange.dialects.packets import About, Party, Status
from vanthu.exchange.models import Delivery, Receipt
from vanthu.kernel.jobs import run_jobs

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def sent(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch, attach_pdf: Callable[[int], None]
) -> OutgoingEntry:
    """A document that two bodies have."""
    connect(world)
    side = OtherSide(place / "axis")
    monkeypatch.setattr(connections, "transport_of", lambda connection: side)
    entry = issued(world, attach_pdf, bodies(2))
    run_jobs()
    return entry


def first(entry: OutgoingEntry) -> Delivery:
    return Delivery.objects.filter(outgoing=entry).earliest("position")


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        (["01", "03", "04", "05", "06"], "done"),
        (["06", "03", "01"], "done"),
        (["03"], "registered"),
        (["01", "02"], "returned"),
        (["02", "03"], "registered"),
        (["103"], "sent"),
        (["16"], "sent"),
    ],
)
def test_what_is_reported_moves_the_line_forward_only(
    sent: OutgoingEntry, codes: list[str], state: str
) -> None:
    line = first(sent)
    for step, code in enumerate(codes):
        coming_back.report(line.pk, code, "", AT + timedelta(minutes=step))
    assert first(sent).state == state
    assert Receipt.objects.filter(delivery=line).exclude(code="").count() == len(codes)
    assert states(sent)[1] == "sent"


def test_the_same_status_counts_once_and_a_late_refusal_does_not_undo_a_receipt(sent: OutgoingEntry) -> None:
    line = first(sent)
    assert coming_back.report(line.pk, "03", "số đến 12", AT)
    assert not coming_back.report(line.pk, "03", "số đến 12", AT)
    assert not coming_back.report(line.pk, "02", "gửi nhầm", AT - timedelta(hours=1))
    assert first(sent).state == "registered"
    assert coming_back.report(line.pk, "02", "gửi nhầm", AT + timedelta(hours=1))
    assert (first(sent).state, first(sent).reason) == ("returned", "bên nhận từ chối: gửi nhầm")
    assert Receipt.objects.filter(delivery=line, code="03").count() == 1


def test_an_answer_to_a_recall(sent: OutgoingEntry) -> None:
    line = first(sent)
    Delivery.objects.filter(pk=line.pk).update(state="recalled")
    assert not coming_back.report(line.pk, "16", "đã giải quyết", AT)
    assert (first(sent).state, first(sent).reason) == ("recalled", "bên nhận không đồng ý: đã giải quyết")
    assert coming_back.report(line.pk, "15", "", AT + timedelta(hours=1))
    assert first(sent).state == "recall_noted"


def test_a_status_finds_its_line_by_what_it_names(sent: OutgoingEntry) -> None:
    connection = Connection.objects.get()
    packet = packet_of(sent)
    document = sent.document

    def speaks(**about: object) -> Delivery | None:
        named = {"organ_id": "E01", "code": document.symbol, "issued_on": document.issued_on, **about}
        status = Status(sender=Party("h000"), about=About(**named), code="01", at=AT)  # type: ignore[arg-type]
        return coming_back.find(status, connection)

    assert speaks(document_id=packet.document_id.upper(), code="", issued_on=None) == first(sent)
    assert speaks(document_id=packet.document_id[:9]) == first(sent)
    assert speaks(organ_id="000.00.00.E01", code=document.symbol.lower()) == first(sent)
    assert speaks(organ_id="khác") == first(sent)
    assert speaks(code="1/KHÁC") is None
    other = Status(sender=Party("X99"), about=About(document_id=packet.document_id), code="01", at=AT)
    assert coming_back.find(other, connection) is None
