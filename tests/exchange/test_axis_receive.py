"""Packets for us: each docId and each document once, kept raw, told to the connection, nothing lost on the way."""

from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.cast import World
from tests.entries import arrival as typed
from tests.entries import make_numbered
from tests.exchange.packets_in import (
    CODES,
    ISSUED,
    SENDER,
    Axis,
    axis,
    document,
    made,
    pdf,
    status,
    take,
)
from vanthu.documents import actions, queries
from vanthu.documents.models import IncomingEntry, Relation
from vanthu.exchange import arriving, polling, receiving
from vanthu.exchange.axis_models import Arrival, Connection, OwnAddress, ReceivedPacket, SentPacket
from vanthu.exchange.dialects.packets import About, Party
from vanthu.exchange.receiving_jobs import poll_due
from vanthu.kernel.calendar import now
from vanthu.kernel.files import checks
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.models import Agency
from vanthu.reading import secrecy

__all__ = ["axis"]

SAMPLES = Path(__file__).parent / "edxml"


def waiting(world: World, clerk: str = "clerk") -> list[IncomingEntry]:
    return [one.entry for one in queries.incoming_list(world.actor(clerk), states=("waiting",))]


def statuses(entry: IncomingEntry) -> list[str]:
    """What was queued for the sender of an entry."""
    rows = SentPacket.objects.filter(arrival__entry=entry, kind="status").order_by("pk")
    return list(rows.values_list("code", flat=True))


def test_a_packet_becomes_a_waiting_entry_with_its_files(world: World, axis: Axis, tmp_path: Path) -> None:
    letter = document(due_on=ISSUED.replace(day=30), priority=2, copies=3, paper=True)
    sent = made(letter, pdf(tmp_path), pdf(tmp_path, "phu-luc.pdf", 1))
    doc_id = axis.put(sent)
    [packet] = take()
    [entry] = waiting(world)
    assert (entry.channel, entry.state, entry.issuer_name) == ("axis", "waiting", SENDER.name)
    assert (entry.symbol, entry.kind, entry.urgency, entry.pages) == ("2143/UBND-NC", "CV", 2, 3)
    assert (entry.signer_name, entry.signer_title) == ("Nguyễn Văn A", "TM. Chủ tịch")
    assert (f"{entry.issued_on}", f"{entry.due_on}", entry.medium) == ("2026-11-20", "2026-11-30", "parallel")
    files = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    assert [(one.name, one.role) for one in files] == [("2143.pdf", "main"), ("phu-luc.pdf", "attachment")]
    [raw] = file_queries.attachments("packet_in", [packet.pk])[packet.pk]
    assert file_queries.open_attachment(raw).read() == sent
    assert (packet.state, packet.told, packet.next_at) == ("applied", "done", None)
    assert axis.told == [(doc_id, "processing"), (doc_id, "done")]
    assert statuses(entry) == ["01"]
    got = actions.receive(entry.pk, by=world.actor("clerk"))
    assert (got.state, statuses(entry)) == ("registered", ["01", "03"])


def test_each_of_our_offices_has_a_document_of_its_own(world: World, axis: Axis, tmp_path: Path) -> None:
    axis.put(document("000.00.05.E01", "region", "H99"), pdf(tmp_path))
    [packet] = take()
    entries = [*waiting(world), *waiting(world, "region_clerk")]
    assert [one.office_id for one in entries] == [world.province.pk, world.region.pk]
    assert len({one.document_id for one in entries}) == 2
    held = file_queries.attachments("document", [one.document_id for one in entries])
    assert len({one.file_id for files in held.values() for one in files}) == 1
    assert packet.state == "applied"
    assert Agency.objects.get(pk=Arrival.objects.first().agency_id).verified is False  # type: ignore[union-attr]


def test_a_doc_id_listed_again_is_only_told_again(world: World, axis: Axis) -> None:
    axis.deaf = {"done"}
    axis.put(document())
    [packet] = take()
    assert (packet.state, packet.told) == ("applied", "")
    assert packet.next_at is not None
    axis.deaf = set()
    [packet] = take()
    assert (packet.told, packet.next_at, len(waiting(world))) == ("done", None, 1)
    assert [code for _, code in axis.told] == ["processing", "done"]


def test_the_same_document_under_another_doc_id_is_known(world: World, axis: Axis) -> None:
    axis.put(document())
    take()
    axis.put(document())
    axis.put(document("region", document_id=" h05,2026/11/20,2143/ubnd-nc "))
    first, second, third = take()
    assert [one.state for one in (first, second, third)] == ["applied", "repeated", "applied"]
    assert (len(waiting(world)), len(waiting(world, "region_clerk"))) == (1, 1)
    assert axis.waiting == {}


def test_what_was_returned_may_be_sent_again(world: World, axis: Axis) -> None:
    axis.put(document())
    take()
    [entry] = waiting(world)
    actions.return_to_sender(entry.pk, "Thiếu phụ lục kèm theo", by=world.actor("clerk"))
    assert statuses(entry) == ["01", "02"]
    refusal = SentPacket.objects.get(code="02")
    assert refusal.content["reason"] == "Thiếu phụ lục kèm theo"
    axis.put(document())
    take()
    assert len(waiting(world)) == 1


def test_what_cannot_be_read_goes_to_the_clerks_box_and_blocks_nobody(world: World, axis: Axis) -> None:
    broken = axis.put(made(document())[:900])
    axis.put(document())
    trouble, packet = take()
    assert (trouble.state, trouble.office_id, packet.state) == ("trouble", world.province.pk, "applied")
    assert "cắt cụt" in trouble.problem
    assert (broken, "fail") in axis.told
    assert all(note.isascii() for note in axis.notes)
    assert len(file_queries.attachments("packet_in", [trouble.pk])[trouble.pk]) == 1


def test_a_body_that_was_cut_on_the_way_is_fetched_again(
    world: World, axis: Axis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what comes broken twice in the same way is the sender's fault."""
    whole, cuts = made(document()), iter((700, 900, 500))
    axis.put(whole)

    def fetch(doc_id: str, target: BinaryIO, *, most: int) -> None:
        target.write(whole[: next(cuts, None)])

    monkeypatch.setattr(axis, "fetch", fetch)
    [packet] = take()
    assert (packet.state, packet.told) == ("listed", "")
    assert "tự tải lại" in packet.problem
    receiving.go_on(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.told, len(waiting(world))) == ("applied", "done", 1)


def test_a_packet_for_nobody_here_waits_in_the_box_of_who_runs_the_connection(
    world: World, axis: Axis
) -> None:
    axis.put(document("H37.02"))
    [packet] = take()
    assert (packet.state, packet.office_id, packet.told) == ("trouble", world.province.pk, "fail")
    assert "H37.02" in packet.problem


def test_of_a_secret_document_nothing_is_kept(
    world: World, axis: Axis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(path: Path, name: str) -> None:
        if name == "mat.pdf":
            raise Invalid(secrecy.SENTENCE, code="secret_documents_stay_out")

    monkeypatch.setattr(checks, "CHECKS", [check])
    subject = "Kế hoạch không được để lộ"
    axis.put(document(subject=subject), pdf(tmp_path), pdf(tmp_path, "mat.pdf"))
    with_commit = ReceivedPacket.objects
    [packet] = take()
    assert (packet.state, packet.subject, packet.symbol, packet.office_id) == (
        "trouble", "", "", world.province.pk
    )  # fmt: skip
    assert "đã xóa" in packet.problem
    assert file_queries.attachments("packet_in", [packet.pk])[packet.pk] == []
    assert waiting(world) == []
    told = SentPacket.objects.get(kind="status")
    assert (told.code, told.content["reason"]) == ("02", arriving.STAYS_OUT)
    assert not with_commit.filter(said__icontains="lộ").exists()


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_secret_document_are_erased_at_once(
    axis: Axis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(path: Path, name: str) -> None:
        raise Invalid(secrecy.SENTENCE, code="secret_documents_stay_out")

    monkeypatch.setattr(checks, "CHECKS", [check])
    axis.put(document(), pdf(tmp_path))
    take()
    on_disk = [one.read_bytes() for one in (tmp_path / "files").rglob("*") if one.is_file()]
    assert all(b"StatusCode>02<" in one for one in on_disk)  # that it is refused
    assert list((tmp_path / "staging").iterdir()) == []


def test_files_that_may_not_be_kept_are_named(world: World, axis: Axis, tmp_path: Path) -> None:
    table = tmp_path / "macro.exe"
    table.write_bytes(b"MZ" + b"\x00" * 64)
    axis.put(document(), table, pdf(tmp_path))
    take()
    [entry] = waiting(world)
    files = file_queries.attachments("document", [entry.document_id])[entry.document_id]
    assert [(one.name, one.role) for one in files] == [("2143.pdf", "main")]
    assert Arrival.objects.get().left_out.startswith("macro.exe: ")


def test_an_answer_is_linked_to_what_we_sent(world: World, axis: Axis) -> None:
    entry = make_numbered(world, "clerk")
    ours = entry.document
    answer = About(CODES["province"], ours.symbol, "", ours.issued_on)
    queries_before = Relation.objects.count()
    entry.state = "issued"
    entry.issued_at = entry.numbered_at
    entry.save(update_fields=["state", "issued_at"])
    axis.put(document(answers=(answer,)))
    take()
    [came] = waiting(world)
    assert Relation.objects.count() == queries_before + 1
    link = Relation.objects.get(source=came.document_id)
    assert (link.kind, link.target_id) == ("replies_to", ours.pk)


def test_a_document_on_paper_before_is_warned_about(world: World, axis: Axis) -> None:
    same = typed(number="2143", notation="UBND-NC", issuer_name=SENDER.name)
    actions.register(same, by=world.actor("clerk"))
    axis.put(document())
    take()
    [entry] = waiting(world)
    with pytest.raises(actions.Duplicate):
        actions.receive(entry.pk, by=world.actor("clerk"))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.edxml")), ids=lambda path: path.stem)
def test_every_sample_goes_the_whole_way(world: World, axis: Axis, path: Path) -> None:
    """None is lost: it made an entry, is matched later, or lies in the box with its cause."""
    code = "000.00.00.H14" if path.stem == "update" else "000.00.00.H41"
    OwnAddress.objects.filter(office=world.province).update(code=code, folded=code.lower())
    axis.put(path.read_bytes())
    [packet] = take()
    if path.stem.startswith("status"):
        assert (packet.state, packet.kind, packet.told) == ("unmatched", "status", "done")
        assert packet.next_at is not None
    elif path.stem in ("update", "recall"):
        assert (packet.state, packet.document_id[:13]) == (
            ("applied" if path.stem == "update" else "unmatched"), "000.00.00.G22"
        )  # fmt: skip
    elif path.stem.startswith("variant"):
        assert packet.state in ("applied", "trouble")
        assert packet.symbol == "12/ĐVA-VP"
    else:
        assert (packet.state, packet.told) == ("trouble", "fail")
    assert packet.state != "trouble" or packet.problem


def test_a_status_that_came_too_early_is_tried_again_and_given_up_at_last(world: World, axis: Axis) -> None:
    axis.put(status("13", document(), text="Ban hành nhầm"))
    [packet] = take()
    assert (packet.state, packet.told) == ("unmatched", "done")
    receiving.go_on(packet.pk)
    packet.refresh_from_db()
    assert packet.state == "unmatched"
    long_ago = packet.listed_at - receiving.GIVE_UP
    ReceivedPacket.objects.filter(pk=packet.pk).update(listed_at=long_ago)
    receiving.go_on(packet.pk)
    packet.refresh_from_db()
    assert (packet.state, packet.next_at) == ("settled", None)


def test_a_connection_that_is_silent_keeps_why(axis: Axis, world: World) -> None:
    axis.silent = True
    take()
    connection = Connection.objects.get()
    assert (connection.problem, connection.listed_at) == ("Trục liên thông không trả lời.", None)
    axis.silent = False
    take()
    connection.refresh_from_db()
    assert connection.problem == ""
    assert connection.listed_at is not None


def test_a_connection_is_asked_when_its_interval_has_passed(axis: Axis) -> None:
    connection = Connection.objects.get()
    moment = now()
    assert polling.due(moment) == [connection.pk]
    axis.put(document())
    poll_due()
    run_jobs()
    assert ReceivedPacket.objects.get().state == "applied"
    connection.refresh_from_db()
    assert polling.due(now()) == []
    assert polling.due(now() + timedelta(minutes=connection.poll_minutes)) == [connection.pk]
    Connection.objects.update(active=False)
    assert polling.due(now() + timedelta(days=1)) == []


def test_who_sends_under_no_name_is_known_by_the_code(world: World, axis: Axis) -> None:
    axis.put(document(sender=Party("H37.DN.001"), number="20251016110432", notation="X"))
    take()
    [entry] = waiting(world)
    assert (entry.issuer_name, entry.symbol) == ("H37.DN.001", "20251016110432/X")


def test_interrupted_anywhere_it_goes_on_there(
    world: World, axis: Axis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies between two steps leaves what the next one needs, and nothing twice."""

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    for place, name in ((receiving, "_tell"), (arriving, "apply"), (receiving, "_fetched")):
        axis.put(document(number=name, document_id=name), pdf(tmp_path))
        [packet_id] = polling.poll(Connection.objects.get().pk)
        with monkeypatch.context() as patch:
            patch.setattr(place, name, die)
            with pytest.raises(Killed):
                receiving.go_on(packet_id)
        assert packet_id in polling.left_behind(now() + timedelta(hours=1))
        receiving.go_on(packet_id)
        receiving.go_on(packet_id)
    assert sorted(one.number for one in waiting(world)) == sorted(["_tell", "apply", "_fetched"])
    assert Attachment.objects.filter(owner_kind="packet_in").count() == 3
    assert axis.waiting == {}
