"""What a sender asks to change of a document that we have, and what it hears by itself of what we do."""

from pathlib import Path

import pytest

from tests.cast import World
from tests.entries import fresh, person
from tests.exchange.packets_in import Axis, axis, changed, document, pdf, status, take
from vanthu.documents import actions, queries, receiving
from vanthu.documents.models import IncomingEntry, Relation
from vanthu.exchange import answering, consenting, receiving_box
from vanthu.exchange.axis_models import Arrival, SentPacket
from vanthu.exchange.dialects.packets import Receiver, Replaced
from vanthu.kernel import ledger, participants
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations.models import OfficeRules
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

__all__ = ["axis"]


def came(world: World, axis: Axis, *files: Path, registered: bool = True) -> IncomingEntry:
    """An entry that a packet brought to the province."""
    axis.put(document(), *files)
    take()
    entry = Arrival.objects.get(office=world.province.pk).entry
    assert entry is not None
    return actions.receive(entry.pk, by=world.actor("clerk")) if registered else entry


def told(entry: IncomingEntry) -> list[str]:
    rows = SentPacket.objects.filter(arrival__entry=entry, kind="status").order_by("pk")
    return list(rows.values_list("code", flat=True))


def asking(entry: IncomingEntry) -> Arrival:
    return Arrival.objects.get(entry=entry, state="asks")


def by_itself(world: World) -> None:
    OfficeRules.objects.filter(office=world.province).update(changes_unregistered=True)


@pytest.mark.parametrize("business", [True, False], ids=["recall", "status-13"])
def test_what_is_in_the_book_is_taken_back_when_the_clerk_agrees(
    world: World, axis: Axis, tmp_path: Path, business: bool
) -> None:
    by_itself(world)  # only for what is not in the book
    entry = came(world, axis, pdf(tmp_path))
    reason = "Ban hành nhầm thẩm quyền"
    axis.put(
        changed(document(), type=1, reason=reason) if business else status("13", document(), text=reason)
    )
    take()
    asks = asking(entry)
    assert asks.reason == reason
    counts = participants.counts(world.actor("clerk"))
    assert receiving_box.counted(counts) == 1
    with pytest.raises(NotAllowed):
        consenting.agree(asks.pk, by=world.actor("head"))
    with pytest.raises(NotFound):
        consenting.agree(asks.pk, by=world.actor("region_clerk"))
    consenting.agree(asks.pk, by=world.actor("clerk"))
    entry = fresh(entry)
    assert (entry.state, entry.subject) == ("recalled", "Văn bản đã bị nơi gửi thu hồi")
    assert entry.arrival_number is not None
    assert file_queries.attachments("document", [entry.document_id])[entry.document_id] == []
    assert (
        file_queries.attachments("packet_in", [1, *Arrival.objects.values_list("packet", flat=True)])[1] == []
    )
    assert told(entry) == ["01", "03", "15"]
    assert receiving_box.counted(participants.counts(world.actor("clerk"))) == 0
    with pytest.raises(Conflict):
        consenting.agree(asks.pk, by=world.actor("clerk"))
    last = ledger.last_act(entry)
    assert last is not None
    assert "đồng ý cho nơi gửi" in last.note
    axis.put(document())
    assert take()[-1].state == "repeated"  # what was taken back does not come again by itself


def test_a_clerk_who_does_not_agree_says_why(world: World, axis: Axis) -> None:
    entry = came(world, axis)
    axis.put(changed(document(), type=1, reason="Thu hồi để sửa"))
    take()
    asks = asking(entry)
    with pytest.raises(Invalid):
        consenting.disagree(asks.pk, "  ", by=world.actor("clerk"))
    consenting.disagree(asks.pk, "Đã thi hành xong", by=world.actor("clerk"))
    assert fresh(entry).state == "registered"
    assert told(entry) == ["01", "03", "16"]
    assert SentPacket.objects.get(code="16").content["reason"] == "Đã thi hành xong"


@pytest.mark.parametrize("rule", [True, False])
def test_what_is_not_in_the_book_follows_the_rule_of_the_office(world: World, axis: Axis, rule: bool) -> None:
    if rule:
        by_itself(world)
    entry = came(world, axis, registered=False)
    axis.put(status("13", document(), text="Gửi nhầm"))
    take()
    assert fresh(entry).state == ("recalled" if rule else "waiting")
    assert told(entry) == (["01", "15"] if rule else ["01"])
    assert ("15" in told(entry)) is rule


def test_only_its_sender_takes_a_document_back(world: World, axis: Axis) -> None:
    by_itself(world)
    entry = came(world, axis, registered=False)
    stranger = document().sender.__class__("H99", name="Cơ quan khác")
    axis.put(changed(document(sender=stranger), type=1, reason="Thu hồi"))
    assert take()[-1].state == "unmatched"
    assert fresh(entry).state == "waiting"


def test_a_recall_before_its_document_is_matched_when_that_comes(world: World, axis: Axis) -> None:
    by_itself(world)
    axis.put(changed(document(), type=1, reason="Thu hồi"))
    [early] = take()
    assert early.state == "unmatched"
    entry = came(world, axis, registered=False)
    from vanthu.exchange import receiving as going  # noqa: PLC0415

    going.go_on(early.pk)
    assert fresh(entry).state == "recalled"
    assert told(entry) == ["01", "15"]


def test_an_update_replaces_data_and_files_and_keeps_what_was(
    world: World, axis: Axis, tmp_path: Path
) -> None:
    entry = came(world, axis, pdf(tmp_path))
    newer = document(subject="Về việc phối hợp kiểm tra (bản sửa)", document_id="H05,2026/11/21,sua")
    update = changed(newer, type=2, reason="Sai thời gian", document_id=document().document_id)
    axis.put(update, pdf(tmp_path, "2143-sua.pdf", 4))
    take()
    asks = asking(entry)
    assert fresh(entry).subject == document().subject
    consenting.agree(asks.pk, by=world.actor("clerk"))
    entry = fresh(entry)
    assert (entry.subject, entry.pages, entry.state) == (newer.subject, 4, "registered")
    files = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    assert [one.name for one in files] == ["2143-sua.pdf"]
    way = receiving_box.way_of(entry, world.actor("clerk"))
    assert way is not None
    assert [one.name for one in way.before] == ["2143.pdf"]
    assert told(entry) == ["01", "03", "15"]
    assert IncomingEntry.objects.count() == 1
    act = next(one for one in ledger.history(entry) if one.verb == "documents.renewed")
    assert act.changes["subject"][0] == document().subject


def test_an_update_that_leaves_us_out_is_a_recall(world: World, axis: Axis) -> None:
    by_itself(world)
    entry = came(world, axis, registered=False)
    axis.put(
        changed(document(), type=2, receivers_changed=True, receivers=(Receiver("000.00.05.E01", False),))
    )
    take()
    assert fresh(entry).state == "recalled"


def test_an_update_of_what_is_not_there_is_a_new_document(world: World, axis: Axis) -> None:
    axis.put(changed(document(), type=2, document_id=document().document_id))
    take()
    [entry] = [one.entry for one in queries.incoming_list(world.actor("clerk"), states=("waiting",))]
    assert told(entry) == ["01"]


def test_a_replacement_is_a_new_entry_that_names_the_old(world: World, axis: Axis) -> None:
    old = came(world, axis)
    newer = document(document_id="H05,2026/11/22,2200/UBND-NC", number="2200")
    axis.put(
        changed(newer, type=3, reason="Thay thế", replaced=(Replaced(document().document_id, ("E01.05",)),))
    )
    take()
    arrival = Arrival.objects.get(code="3")
    assert (arrival.state, arrival.entry_id != old.pk) == ("asks", True)
    assert not Relation.objects.exists()
    consenting.agree(arrival.pk, by=world.actor("clerk"))
    link = Relation.objects.get()
    assert arrival.entry is not None
    assert (link.kind, link.source_id, link.target_id) == (
        "replaces", arrival.entry.document_id, old.document_id
    )  # fmt: skip
    assert told(arrival.entry) == ["01", "15"]


def test_the_sender_hears_each_step_once(world: World, axis: Axis) -> None:
    entry = came(world, axis)
    actions.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    tasks.direct(entry.pk, Direction(text="Xử lý", lead=person(world, "specialist")), by=world.actor("head"))
    run_jobs()
    assert told(entry) == ["01", "03"]  # it may still be taken back
    run_jobs(ahead=60)
    assert told(entry) == ["01", "03", "04"]
    for _ in range(2):
        by = world.actor("specialist")
        answering.mark_opened(queries.incoming(entry.pk, by), by=by)
    assert told(entry) == ["01", "03", "04", "05"]
    tasks.finish(entry.pk, "Đã xong việc được giao", by=world.actor("specialist"))
    run_jobs(ahead=60)
    steps = told(entry)
    assert steps[:4] == ["01", "03", "04", "05"]
    assert steps[4:] == (["06"] if fresh(entry).state == "done" else [])


def test_a_direction_taken_back_is_not_told(world: World, axis: Axis) -> None:
    entry = came(world, axis)
    actions.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    direction = Direction(text="Xử lý", lead=person(world, "specialist"))
    tasks.direct(entry.pk, direction, by=world.actor("head"))
    tasks.undo_direct(entry.pk, by=world.actor("head"))
    run_jobs(ahead=60)
    assert told(entry) == ["01", "03"]


def test_what_was_passed_on_inside_the_sector_is_followed_there(world: World, axis: Axis) -> None:
    entry = came(world, axis, registered=False)
    place = receiving.RightPlace(office_id=world.region.pk, note="Thuộc thẩm quyền của khu vực 7")
    receiving.pass_on(entry.pk, place, by=world.actor("clerk"))
    there = Arrival.objects.get().entry
    assert there is not None
    assert there.office_id == world.region.pk
    actions.receive(there.pk, by=world.actor("region_clerk"))
    assert told(there) == ["01", "03"]


def test_passed_on_outside_it_is_refused_with_the_right_place(world: World, axis: Axis) -> None:
    entry = came(world, axis, registered=False)
    place = receiving.RightPlace(name="Tòa án nhân dân tỉnh", note="Không thuộc thẩm quyền")
    receiving.pass_on(entry.pk, place, by=world.actor("clerk"))
    assert told(entry) == ["01", "02"]
    assert "Tòa án nhân dân tỉnh" in SentPacket.objects.get(code="02").content["reason"]


def test_the_box_is_the_clerks_and_what_is_settled_leaves_it(world: World, axis: Axis) -> None:
    axis.put(b"<edXML>")
    [packet] = take()
    by = world.actor("clerk")
    assert receiving_box.counted(participants.counts(by)) == 1
    assert [one.packet.pk for one in receiving_box.box(by).trouble] == [packet.pk]
    assert receiving_box.box(world.actor("region_clerk")).trouble == []
    with pytest.raises(NotAllowed):
        receiving_box.box(world.actor("head"))
    with pytest.raises(NotFound):
        receiving_box.settle(packet.pk, "Đã hỏi nơi gửi", by=world.actor("region_clerk"))
    with pytest.raises(Invalid):
        receiving_box.settle(packet.pk, "", by=by)
    again = receiving_box.read_again(packet.pk, by=by)
    assert again.state == "trouble"
    receiving_box.settle(packet.pk, "Đã hỏi nơi gửi", by=by)
    assert receiving_box.counted(participants.counts(by)) == 0
    found = receiving_box.box(by)
    assert (found.trouble, [one.packet.settled_note for one in found.settled]) == ([], ["Đã hỏi nơi gửi"])


def test_a_packet_for_nobody_is_taken_in_where_it_belongs(world: World, axis: Axis) -> None:
    axis.put(document("H37.02"))
    [packet] = take()
    by = world.actor("clerk")
    receiving_box.take_here(packet.pk, by=by)
    assert len(queries.incoming_list(by, states=("waiting",))) == 1
    assert receiving_box.counted(participants.counts(by)) == 0
    with pytest.raises(Conflict):
        receiving_box.take_here(packet.pk, by=by)
