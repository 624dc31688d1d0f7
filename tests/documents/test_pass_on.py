"""Misdirected documents go on to where they belong; their sender learns it; envelopes stay closed until opened."""

from typing import Any

import pytest

from tests.cast import World
from tests.entries import arrival, fresh, make_delivered, make_numbered
from vanthu.documents import actions as documents
from vanthu.documents import queries, receiving, sealed
from vanthu.documents.models import IncomingEntry
from vanthu.documents.receiving import RightPlace
from vanthu.documents.sealed import Envelope
from vanthu.exchange.models import Delivery, Receipt
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound

WHY = "Thuộc thẩm quyền của VKSND khu vực 7."


def to_region(world: World, **fields: Any) -> RightPlace:
    return RightPlace(**{"office_id": world.region.pk, "note": WHY, **fields})


def test_the_other_office_has_it_at_once_and_we_no_longer(world: World) -> None:
    entry = make_delivered(world)
    passed = receiving.pass_on(entry.pk, to_region(world), by=world.actor("clerk"))
    assert (passed.state, passed.passed_to, passed.arrival_number) == ("returned", "VKSND khu vực 7", None)
    assert not queries.may_open_document(entry.document_id, world.actor("clerk"))
    [there] = queries.incoming_list(world.actor("region_clerk"), states=("waiting",))
    assert (there.entry.document_id, there.entry.signature_verdict) == (entry.document_id, "valid")
    last = ledger.last_act(entry)
    assert last is not None
    assert last.note == f"chuyển tiếp văn bản gửi nhầm đến VKSND khu vực 7: {WHY}"
    with pytest.raises(Conflict):
        receiving.pass_on(entry.pk, to_region(world), by=world.actor("clerk"))


def sent(world: World) -> Delivery:
    """A document that the Supreme Procuracy sent to the province."""
    outgoing = make_numbered(world)
    entry = documents.deliver(
        outgoing.document, channel="internal", office_ids=[world.province.pk], verdict={"verdict": "valid"}
    )[world.province.pk]
    return Delivery.objects.create(
        document=outgoing.document, outgoing=outgoing, from_office=world.supreme, to_office=world.province,
        to_name="VKSND tỉnh Bắc Ninh", state="sent", entry=entry, queued_at=now(), changed_at=now(),
    )  # fmt: skip


def test_the_sender_follows_it_to_the_right_place(world: World) -> None:
    delivery = sent(world)
    receiving.pass_on(delivery.entry_id or 0, to_region(world), by=world.actor("clerk"))
    there = IncomingEntry.objects.get(office=world.region)
    documents.receive(there.pk, by=world.actor("region_clerk"))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.entry_id, delivery.arrival_number) == ("registered", there.pk, 1)
    notes = [row.note for row in Receipt.objects.filter(delivery=delivery).order_by("pk")]
    assert notes == ["chuyển tiếp đến VKSND khu vực 7 vì gửi nhầm", "số đến 1"]


def test_outside_the_sector_the_sender_reads_where_it_went(world: World) -> None:
    delivery = sent(world)
    receiving.pass_on(
        delivery.entry_id or 0, RightPlace(name="Sở Tư pháp tỉnh Bắc Ninh", note=WHY), by=world.actor("clerk")
    )
    delivery.refresh_from_db()
    assert delivery.state == "returned"
    assert "Sở Tư pháp tỉnh Bắc Ninh" in delivery.reason


def test_what_cannot_be_passed_on(world: World) -> None:
    entry = make_delivered(world)
    clerk = world.actor("clerk")
    for wrong in (
        to_region(world, note=" "),
        to_region(world, office_id=world.province.pk),
        to_region(world, office_id=world.former.pk),
        to_region(world, office_id=None),
    ):
        with pytest.raises(Invalid):
            receiving.pass_on(entry.pk, wrong, by=clerk)
    with pytest.raises(NotAllowed):
        receiving.pass_on(entry.pk, to_region(world), by=world.actor("head"))
    with pytest.raises(NotFound):
        receiving.pass_on(entry.pk, to_region(world), by=world.actor("supreme_clerk"))
    assert fresh(entry).state == "waiting"


def envelope(world: World, **fields: Any) -> Envelope:
    values = {"issuer_name": "Công an tỉnh Bắc Ninh", "addressee_id": world.person("specialist").pk}
    return Envelope(**{**values, "arrived_on": today(), "symbol": "77/CAT-PX01", **fields})


def test_an_envelope_is_registered_closed_and_completed_when_opened(world: World) -> None:
    clerk, addressee = world.actor("clerk"), world.actor("specialist")
    entry = sealed.register_envelope(envelope(world), by=clerk)
    assert (entry.state, entry.sealed, entry.arrival_number) == ("directed", True, 1)
    [waits] = queries.incoming_list(addressee, states=("to_open",), owner_kinds=("p",))
    assert waits.entry.subject == "Bì thư không bóc, gửi đích danh Kiểm sát viên Lê Quang Khải"
    with pytest.raises(NotFound):
        sealed.open_envelope(entry.pk, by=world.actor("neighbour"))
    with pytest.raises(NotAllowed):
        sealed.open_envelope(entry.pk, by=world.actor("head"))
    with pytest.raises(Conflict):
        sealed.complete(entry.pk, arrival(), by=clerk)
    sealed.open_envelope(entry.pk, by=addressee)
    with pytest.raises(Conflict, match="đăng ký đủ"):
        documents.present(entry.pk, world.person("head").pk, by=clerk)
    done = sealed.complete(entry.pk, arrival(subject="Đề nghị phối hợp xác minh đơn"), by=clerk)
    assert (done.state, done.sealed, done.arrival_number) == ("registered", False, 1)
    assert fresh(entry).document.subject == "Đề nghị phối hợp xác minh đơn"
    with pytest.raises(Conflict):
        sealed.complete(entry.pk, arrival(), by=clerk)
    documents.present(entry.pk, world.person("head").pk, by=clerk)
    assert documents.register(arrival(), by=clerk).arrival_number == 2, "no gap"


def test_a_private_letter_is_closed_by_its_addressee(world: World) -> None:
    entry = sealed.register_envelope(envelope(world), by=world.actor("clerk"))
    sealed.keep_private(entry.pk, by=world.actor("specialist"))
    assert fresh(entry).state == "done"
    with pytest.raises(Conflict):
        sealed.open_envelope(entry.pk, by=world.actor("specialist"))


def test_envelopes_that_cannot_be(world: World) -> None:
    clerk = world.actor("clerk")
    with pytest.raises(Invalid):
        sealed.register_envelope(envelope(world, issuer_name=" "), by=clerk)
    with pytest.raises(NotFound):
        sealed.register_envelope(envelope(world, addressee_id=world.person("region_head").pk), by=clerk)
    with pytest.raises(NotAllowed, match="bí mật nhà nước"):
        sealed.register_envelope(envelope(world, secrecy="mat"), by=clerk)
    with pytest.raises(NotAllowed):
        sealed.register_envelope(envelope(world), by=world.actor("head"))
    assert not IncomingEntry.objects.exists()
