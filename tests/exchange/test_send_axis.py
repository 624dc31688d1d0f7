"""Over a connection: one packet for all receivers, once whatever breaks, and what the lines say of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import World
from tests.exchange.axis_out import (
    KilledError,
    OtherSide,
    bodies,
    body,
    connect,
    issued,
    packet_of,
    states,
)
from vanthu.documents import relations
from vanthu.documents.recalling import Order, recall
from vanthu.exchange import (
    actions,
    again,
    calling_back,
    connections,
    finding_sent,
    making,
    uploading,
    watching,
)
from vanthu.exchange.axis_models import Connection, SentPacket
from vanthu.exchange.dialects.packets import Document, Status
from vanthu.exchange.models import Delivery, Receipt
from vanthu.exchange.routing import To
from vanthu.exchange.transports.base import SentTo
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import Agency

pytestmark = pytest.mark.django_db
Attach = Callable[[int], None]


@pytest.fixture
def axis(world: World, place: Path, monkeypatch: pytest.MonkeyPatch) -> OtherSide:
    """The other side of a connection of the Supreme Procuracy."""
    connect(world)
    side = OtherSide(place / "axis")
    monkeypatch.setattr(connections, "transport_of", lambda connection: side)
    return side


@pytest.fixture
def court(axis: OtherSide) -> To:
    """A body that the connection reaches."""
    found = body("G22", "Văn phòng Chính phủ")
    return To(None, found.name, found.pk)


def line(entry: Any) -> Delivery:
    return Delivery.objects.get(outgoing=entry)


def test_two_hundred_receivers_are_one_upload(world: World, axis: OtherSide, attach_pdf: Attach) -> None:
    entry = issued(world, attach_pdf, bodies(200))
    run_jobs()
    assert axis.uploads == 1
    (packet,) = axis.taken.values()
    assert isinstance(packet, Document)
    assert len(packet.recipients) == len({one.organ_id for one in packet.recipients}) == 200
    assert set(states(entry)) == {"sent"}
    assert making.ready(packet_of(entry)) is None  # what is in it is in the books


def test_the_packet_says_what_the_book_says(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    entry = issued(world, attach_pdf, [court])
    run_jobs()
    (packet,) = axis.taken.values()
    assert isinstance(packet, Document)
    document = entry.document
    assert (packet.sender.organ_id, packet.sender.name) == ("E01", world.supreme.name)
    assert (packet.number, packet.notation, packet.subject) == (
        document.number,
        document.notation,
        document.subject,
    )
    assert packet.document_id == f"E01,{document.issued_on:%Y/%m/%d},{document.symbol}"
    assert (packet.issued_on, packet.type_name) == (document.issued_on, "Công văn")
    assert packet.signer_name == "Đào Trọng Khánh"
    assert packet.business.type == 0
    assert [(one.name, one.kind) for one in packet.attachments] == [("van-ban.pdf", "pdf")]


def test_each_recipient_goes_its_way(world: World, axis: OtherSide, court: To, attach_pdf: Attach) -> None:
    ours = body("E01.05", "VKSND tỉnh")
    Agency.objects.filter(pk=ours.pk).update(office=world.province)
    nowhere = Agency.objects.create(name="Xã không mã", search_key="xa khong ma", changed_at=now())
    entry = issued(
        world,
        attach_pdf,
        [
            To(world.region.pk, world.region.name),
            To(None, ours.name, ours.pk),
            court,
            To(None, nowhere.name, nowhere.pk),
            To(None, "Ông Nguyễn Văn A"),
        ],
    )
    rows = list(Delivery.objects.filter(outgoing=entry).order_by("position"))
    assert [one.channel for one in rows] == ["internal", "internal", "axis", "paper", "paper"]
    assert rows[1].to_office == world.province
    assert actions.send(entry, [court, To(world.region.pk, "x")], by=world.actor("supreme_clerk")) == []
    run_jobs()
    assert states(entry) == ["sent", "sent", "sent", "outside", "outside"]
    assert axis.uploads == 1


@pytest.mark.parametrize("steps", [["lost"], ["gone"], ["killed before"], ["killed after"], ["busy", "lost"]])
def test_whatever_breaks_it_arrives_once(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach, steps: list[str]
) -> None:
    axis.next = [*steps]
    entry = issued(world, attach_pdf, [court])
    packet = packet_of(entry)
    try:
        uploading.upload(packet.pk)
    except KilledError:
        assert packet_of(entry).state == "sending"
    for _ in range(8):
        uploading.upload(packet.pk)
    assert len(axis.taken) == 1
    assert packet_of(entry).state == "accepted"
    assert states(entry) == ["sent"]


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (making, "ready"),
        (making, "give_up"),
        (making, "make"),
        (uploading, "move_all"),
        (uploading, "_next_status"),
    ],
)
def test_a_process_that_dies_at_any_step_loses_and_doubles_nothing(
    world: World,
    axis: OtherSide,
    court: To,
    attach_pdf: Attach,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    step: str,
) -> None:
    entry = issued(world, attach_pdf, [court])
    packet = packet_of(entry)

    def die(*args: Any, **kwargs: Any) -> None:
        raise KilledError

    with monkeypatch.context() as broken:
        broken.setattr(module, step, die)
        with pytest.raises(KilledError):
            uploading.upload(packet.pk)
    for _ in range(5):
        uploading.upload(packet.pk)
    assert len(axis.taken) == 1
    assert states(entry) == ["sent"]


def test_nothing_is_sent_again_while_the_axis_does_not_answer(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    axis.next, axis.silent = ["lost"], True
    packet = packet_of(issued(world, attach_pdf, [court]))
    for _ in range(6):
        uploading.upload(packet.pk)
    assert (axis.uploads, axis.asked) == (1, 5)
    axis.silent = False
    uploading.upload(packet.pk)
    assert SentPacket.objects.get(pk=packet.pk).state == "accepted"


def test_only_the_same_document_from_us_to_them_is_taken_for_it(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    """A status of ours about a document of theirs may have the same symbol; taken for it, the document is lost."""
    packet = packet_of(issued(world, attach_pdf, [court]))
    row = SentTo("x", packet.to_codes[0], "done", symbol=packet.outgoing.document.symbol)  # type: ignore[union-attr]
    same = {"kind": "edoc", "from_code": packet.address.code}
    assert finding_sent.find(packet, [row]) == finding_sent.find(packet, [replace(row, **same)]) == "x"
    for other in (
        {"kind": "status"},
        {"from_code": "H99.99"},
        {"to_code": "H99.98"},
        {"symbol": "1/XX"},
        {"symbol": ""},
        {"sent_at": now() - timedelta(days=2)},
    ):
        assert finding_sent.find(packet, [replace(row, **other)]) is None


def test_after_five_tries_the_clerk_decides(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    axis.next = ["busy"] * 5
    entry = issued(world, attach_pdf, [court])
    pauses = []
    for _ in range(4):
        uploading.upload(packet_of(entry).pk)
        packet = packet_of(entry)
        assert packet.next_at is not None
        pauses.append(round((packet.next_at - now()).total_seconds()))
    assert pauses == [30, 60, 120, 240]
    uploading.upload(packet_of(entry).pk)
    assert (states(entry), line(entry).reason) == (["failed"], "Trục đang bận.")


def test_what_is_missing_is_said_and_nothing_leaves(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    Connection.objects.update(packet_limit=100)
    entry = issued(world, attach_pdf, [court])
    run_jobs()
    assert axis.uploads == 0
    found = line(entry)
    assert found.state == "failed"
    assert "Trục liên thông nhận nhiều nhất 0 MB" in found.reason
    again.to_paper(found.pk, "bưu điện", by=world.actor("supreme_clerk"))
    assert states(entry) == ["outside"]
    without_file = issued(world, lambda _: None, [court])
    run_jobs()
    assert "chưa có tệp đã ký" in line(without_file).reason


def test_transport_status_comes_with_growing_pauses(
    world: World, axis: OtherSide, attach_pdf: Attach
) -> None:
    entry = issued(world, attach_pdf, bodies(2))
    run_jobs()
    packet = packet_of(entry)
    axis.becomes("H000", "done", receiver_doc_id="r1")
    watching.ask(packet.pk)
    first, second = Delivery.objects.filter(outgoing=entry).order_by("position")
    assert (first.transport, first.doc_id, second.transport) == ("done", "r1", "initial")
    pause = packet_of(entry).next_at
    assert pause is not None
    watching.ask(packet.pk)
    later = packet_of(entry).next_at
    assert later is not None
    assert later - pause > timedelta(seconds=50)
    assert Receipt.objects.filter(delivery=first, note__contains="đã lấy gói tin").count() == 1
    axis.becomes("H001", "fail", note="khong doc duoc")
    watching.ask(packet.pk)
    assert states(entry) == ["sent", "failed"]
    assert packet_of(entry).next_at is None
    asked = axis.asked
    watching.look_after()
    run_jobs()
    assert axis.asked == asked


def test_sent_again_to_those_that_it_did_not_reach(world: World, axis: OtherSide, attach_pdf: Attach) -> None:
    clerk = world.actor("supreme_clerk")
    entry = issued(world, attach_pdf, bodies(3))
    run_jobs()
    for code in ("H000", "H002"):
        axis.becomes(code, "fail")
    watching.ask(packet_of(entry).pk)
    assert again.resend_lost(entry.pk, by=clerk) == 2
    run_jobs()
    assert axis.uploads == 2
    last = list(axis.taken.values())[-1]
    assert isinstance(last, Document)
    assert [one.organ_id for one in last.recipients] == ["H000", "H002"]
    assert len({one.document_id for one in axis.taken.values() if isinstance(one, Document)}) == 1
    assert set(states(entry)) == {"sent"}
    assert ledger.history(entry)[-1].note == "gửi lại 2 nơi nhận qua trục"
    first = Delivery.objects.filter(outgoing=entry).earliest("position")
    for _ in range(4):
        again.resend([first.pk], by=clerk)
        run_jobs()
    with pytest.raises(Conflict, match="đã được gửi lại 5 lần"):
        again.resend([first.pk], by=clerk)
    with pytest.raises(NotFound):
        again.resend([first.pk], by=world.actor("clerk"))
    with pytest.raises(NotAllowed):
        again.resend([first.pk], by=world.actor("supreme_head"))


def test_a_call_is_noted_and_paper_takes_over(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    clerk = world.actor("supreme_clerk")
    entry = issued(world, attach_pdf, [court])
    with pytest.raises(Conflict, match="trên đường"):
        again.to_paper(line(entry).pk, "bưu điện", by=clerk)
    run_jobs()
    again.note_call(line(entry).pk, "hẹn mai nhận", by=clerk)
    with pytest.raises(Invalid):
        again.note_call(line(entry).pk, " ", by=clerk)
    assert states(entry) == ["sent"]
    again.to_paper(line(entry).pk, "chuyển phát nhanh", by=clerk)
    assert (line(entry).state, line(entry).channel) == ("outside", "paper")
    notes = [act.note for act in ledger.history(entry)]
    assert any("đã gọi điện cho Văn phòng Chính phủ" in note for note in notes)
    assert notes[-1] == "chuyển Văn phòng Chính phủ sang gửi bản giấy: chuyển phát nhanh"


ORDER = {"reason": "Ghi nhầm số vụ việc", "basis": "Điều 18 Nghị định 30/2020/NĐ-CP"}


def take_back(world: World, entry: Any) -> None:
    order = Order(**ORDER, ordered_by=world.person("supreme_head").pk)
    recall(entry.pk, order, by=world.actor("supreme_clerk"))


def test_recall_before_it_left_stays_here(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    entry = issued(world, attach_pdf, [court])
    take_back(world, entry)
    calling_back.call_back(entry.pk)
    run_jobs()
    assert (axis.uploads, states(entry), packet_of(entry).state) == (0, ["stopped"], "stopped")


@pytest.mark.parametrize("as_packet", [False, True])
def test_recall_of_what_left_is_a_request(
    world: World, axis: OtherSide, attach_pdf: Attach, as_packet: bool
) -> None:
    if as_packet:
        Connection.objects.update(options={"recall": "packet"})
    entry = issued(world, attach_pdf, bodies(2))
    run_jobs()
    take_back(world, entry)
    run_jobs()
    calling_back.call_back(entry.pk)
    run_jobs()
    asked = list(axis.taken.values())[1:]
    assert states(entry) == ["recalled", "recalled"]
    if as_packet:
        (packet,) = asked
        assert isinstance(packet, Document)
        assert (packet.business.type, packet.business.reason) == (1, ORDER["reason"])
        assert len(packet.recipients) == 2
        return
    assert [(one.code, one.about.organ_id, one.text) for one in asked if isinstance(one, Status)] == [
        ("13", "H000", ORDER["reason"]),
        ("13", "H001", ORDER["reason"]),
    ]


def test_a_packet_on_its_way_is_asked_for_when_it_has_arrived(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach
) -> None:
    axis.next = ["lost"]
    entry = issued(world, attach_pdf, [court])
    uploading.upload(packet_of(entry).pk)
    take_back(world, entry)
    axis.silent = True
    run_jobs()
    assert states(entry) == ["queued"]
    axis.silent = False
    uploading.upload(packet_of(entry).pk)
    run_jobs(ahead=calling_back.LOOK_AGAIN)
    assert states(entry) == ["recalled"]
    assert [type(one) for one in axis.taken.values()] == [Document, Status]


@pytest.mark.parametrize(("kind", "business"), [("replaces", 3), ("corrects", 2)])
def test_what_changes_an_older_document_says_so_to_those_who_have_it(
    world: World, axis: OtherSide, court: To, attach_pdf: Attach, kind: str, business: int
) -> None:
    clerk = world.actor("supreme_clerk")
    older = issued(world, attach_pdf, [court])
    run_jobs()
    newer = issued(world, attach_pdf, [], notation="VKSTC-VP")
    relations.relate(newer.document, older.document, kind, by=clerk)
    actions.send(newer, [court, *bodies(1)], by=clerk)
    run_jobs()
    assert newer.state == "issued"
    _, *sent = [one for one in axis.taken.values() if isinstance(one, Document)]
    told = {one.recipients[0].organ_id: one.business for one in sent}
    assert told["H000"].type == 0
    assert told["G22"].type == business
    named = [one.document_id for one in told["G22"].replaced] or [told["G22"].document_id]
    assert named == [packet_of(older).document_id]
