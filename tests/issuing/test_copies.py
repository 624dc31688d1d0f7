"""Certified copies, corrections and replacements: drafts that say what they do to a document issued before."""

import io

import pikepdf
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import World
from tests.entries import arrival, make_recalled
from tests.web import drafts
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents import relations
from vanthu.documents.models import Document, IncomingEntry, OutgoingEntry
from vanthu.issuing import actions, copies, letters, purposes, queries, reviews, saga, versions
from vanthu.issuing.copies import CopyOrder
from vanthu.issuing.models import Draft, Version
from vanthu.kernel import ledger
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.signing.verify import Verifier
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction


@pytest.fixture
def world(signing_world: World) -> World:
    return signing_world


@pytest.fixture
def received(world: World) -> IncomingEntry:
    """A scanned document that the specialist handles."""
    entry = documents.register(arrival(), uploads=[drafts.stage(world, "clerk")], by=world.actor("clerk"))
    tasks.direct(entry.pk, Direction(lead=Owner("p", world.person("specialist").pk)), by=world.actor("head"))
    return entry


def order(world: World, entry: IncomingEntry, **fields: object) -> CopyOrder:
    file = document_queries.document_files([entry.document_id])[entry.document_id][0]
    given = {
        "form": "SY",
        "attachment_id": file.pk,
        "signer_id": world.post("chief").pk,
        "office_ids": [world.region.pk],
    }
    return CopyOrder(**{**given, **fields})  # type: ignore[arg-type]


def issued(world: World, draft: Draft, signer: str) -> OutgoingEntry:
    """The draft goes its way until it is issued."""
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    saga.sign(draft.pk, by=world.actor(signer))
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.trouble == ""
    assert draft.outgoing is not None
    return draft.outgoing


def texts(attachment: Attachment | None) -> list[str]:
    """The words of each page, those of signatures too."""
    assert attachment is not None
    with file_queries.copy_of(attachment.file, "made.pdf") as path, pikepdf.open(path) as pdf:
        pdf.flatten_annotations()
        flat = io.BytesIO()
        pdf.save(flat)
        document = pypdfium2.PdfDocument(flat)
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        document.close()
    return [" ".join(page.split()) for page in pages]


def test_a_copy_goes_through_signing_and_issuing_with_its_own_number(
    world: World, received: IncomingEntry
) -> None:
    draft = copies.start("in", received.pk, order(world, received), by=world.actor("specialist"))
    assert draft.notation == "SY-VKS"
    run_jobs()
    entry = issued(world, draft, "chief")
    assert (entry.document.symbol, entry.document.kind) == ("01/SY-VKS", "SY")
    version = Version.objects.get(draft=draft)
    first, block = texts(version.issued)
    assert "SAO Y; VIỆN KIỂM SÁT NHÂN DÂN TỈNH BẮC NINH; 20" in " ".join(first.split())
    for words in ("SAO Y", "VIỆN KIỂM SÁT NHÂN DÂN TỈNH BẮC NINH", "/SY-VKS", " 01 ", "Bắc Ninh, ngày"):
        assert words in block
    assert "TL. VIỆN TRƯỞNG CHÁNH VĂN PHÒNG" in block
    assert "Ngô Thị Bích Hằng" in block
    assert f"Nơi nhận: - {world.region.name}; - Lưu: VT, P1." in block
    assert version.issued is not None
    with file_queries.copy_of(version.issued.file, "issued.pdf") as path:
        assert Verifier().verify(path).verdict == "valid"
    ours, theirs = (
        relations.links(pk, world.actor("specialist")) for pk in (entry.document_id, received.document_id)
    )
    assert [(one.word, one.symbol, one.item_kind) for one in ours] == [("Sao từ", received.symbol, "in")]
    assert [(one.word, one.symbol, one.changes) for one in theirs] == [("Được sao bằng", "01/SY-VKS", False)]
    assert ledger.last_act(received).note == "được sao bằng 01/SY-VKS"  # type: ignore[union-attr]


def test_an_extract_has_the_chosen_pages_alone(world: World, received: IncomingEntry) -> None:
    by = world.actor("specialist")
    for pages in ("", "x", "0", "2-9", "3-2"):
        with pytest.raises(Invalid) as refused:
            copies.start("in", received.pk, order(world, received, form="TRS", pages=pages), by=by)
        assert set(refused.value.fields) == {"pages"}
    assert not Draft.objects.exists()
    draft = copies.start("in", received.pk, order(world, received, form="TRS", pages="1"), by=by)
    _, block = texts(Version.objects.get(draft=draft).pdf)
    assert "TRÍCH SAO" in block
    assert f"Trích sao trang 1 của Công văn số {received.symbol}" in block
    assert copies.read_pages("3, 1-2", 5) == [0, 1, 2]


def test_a_copy_of_a_copy_is_made_of_a_sao_y_alone(world: World, received: IncomingEntry) -> None:
    by = world.actor("specialist")
    with pytest.raises(Invalid, match="bản sao y"):
        copies.start("in", received.pk, order(world, received, form="SL"), by=by)
    Document.objects.filter(pk=received.document_id).update(kind="SY")
    draft = copies.start("in", received.pk, order(world, received, form="SL"), by=by)
    assert (draft.kind, draft.notation) == ("SL", "SL-VKS")


def test_who_does_not_open_the_file_makes_no_copy(world: World, received: IncomingEntry) -> None:
    with pytest.raises(NotFound):
        copies.start("in", received.pk, order(world, received), by=world.actor("neighbour"))
    with pytest.raises(NotAllowed):
        copies.original("in", received.pk, world.actor("archivist"))
    with pytest.raises(Conflict):
        copies.original("in", make_recalled(world).pk, world.actor("clerk"))


@pytest.fixture
def sent(world: World) -> OutgoingEntry:
    """A plan of the province that two regions received."""
    saga.number(drafts.signed(world).pk, by=world.actor("clerk"))
    run_jobs()
    return OutgoingEntry.objects.get()


def test_a_correction_is_an_official_letter_to_the_same_receivers(world: World, sent: OutgoingEntry) -> None:
    by = world.actor("specialist")
    with pytest.raises(NotFound):
        purposes.correct(sent.pk, by=world.actor("neighbour"))
    draft = purposes.correct(sent.pk, by=by)
    assert draft.kind == "CV"
    assert "đã in: “[nội dung sai]”; nay sửa lại là" in " ".join(letters.first_body(draft))
    assert purposes.correct(sent.pk, by=by) == draft  # begun once
    with pytest.raises(Conflict, match="Lê Quang Khải đang soạn văn bản đính chính"):
        purposes.correct(sent.pk, by=world.actor("head_of_unit"))
    assert draft.subject.startswith(f"Đính chính Kế hoạch số {sent.document.symbol}")
    assert [one.name for one in queries.recipients(draft.pk)] == [
        one.name
        for one in queries.recipients(queries.of_outgoing(sent.pk).pk)  # type: ignore[union-attr]
    ]
    assert relations.links(sent.document_id, by) == []  # not before it is issued
    versions.add_version(draft.pk, drafts.stage(world), by=by)
    run_jobs()
    letter = issued(world, draft, "head")
    shown = relations.links(sent.document_id, by)
    assert [(one.word, one.symbol, one.changes, one.item_id) for one in shown] == [
        ("Được đính chính bằng", letter.document.symbol, True, letter.pk)
    ]
    at_receiver = relations.links(sent.document_id, world.actor("region_clerk"))
    assert [(one.word, one.symbol, one.item_kind) for one in at_receiver] == [
        ("Được đính chính bằng", letter.document.symbol, "in")
    ]
    assert relations.links(sent.document_id, world.actor("supreme_clerk")) == []


def test_a_replacement_has_the_same_form_and_the_old_number_stays(world: World, sent: OutgoingEntry) -> None:
    by = world.actor("specialist")
    draft = purposes.replace(sent.pk, by=by)
    assert (draft.kind, draft.subject) == (sent.document.kind, sent.document.subject)
    versions.add_version(draft.pk, drafts.stage(world), by=by)
    run_jobs()
    newer = issued(world, draft, "head")
    with CaptureQueriesContext(connection) as counted:
        shown = relations.links(sent.document_id, by)
    assert len(counted) <= 6
    assert [(one.word, one.symbol) for one in shown] == [("Được thay thế bằng", newer.document.symbol)]
    sent.refresh_from_db()
    assert (sent.state, sent.number, newer.number) == ("issued", 1, 2)
    assert "được thay thế bằng" in ledger.last_act(sent).note  # type: ignore[union-attr]
