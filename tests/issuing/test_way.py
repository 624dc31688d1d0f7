"""A document from one office through the other: registered, directed, assigned, drafted, signed, issued, received."""

from datetime import timedelta
from io import BytesIO

import pytest

from tests.cast import World
from tests.signing.papers import make_paper
from vanthu.documents import actions as documents
from vanthu.documents import queries as document_queries
from vanthu.documents.fields import Arrival
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.exchange import queries as exchange
from vanthu.issuing import actions, jobs, queries, registering, reviews, saga, versions
from vanthu.issuing.actions import Outline
from vanthu.issuing.models import Draft
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from vanthu.reading import convert
from vanthu.signing import actions as signing
from vanthu.signing import verify
from vanthu.tasks import actions as tasks
from vanthu.tasks.actions import Direction

pytestmark = pytest.mark.django_db

needs_converter = pytest.mark.skipif(not convert.available(), reason="LibreOffice is not on this machine")


def arrival(world: World) -> Arrival:
    return Arrival(
        kind="KH",
        number="12",
        notation="KH-VKSKV7",
        issued_on=today() - timedelta(days=1),
        issuer_name=world.region.name,
        issuer_id=world.region.pk,
        subject="Kế hoạch kiểm tra công tác văn thư, lưu trữ năm 2027",
        arrived_on=today(),
    )


def directed(world: World) -> IncomingEntry:
    """An entry of the province that the specialist of unit 1 must handle."""
    entry = documents.register(arrival(world), by=world.actor("clerk"))
    documents.present(entry.pk, world.person("head").pk, by=world.actor("clerk"))
    direction = Direction(text="Giao Phòng 1 tham mưu", lead=Owner("u", world.unit("P1").pk))
    tasks.direct(entry.pk, direction, by=world.actor("head"))
    tasks.assign(
        entry.pk, Direction(lead=Owner("p", world.person("specialist").pk)), by=world.actor("head_of_unit")
    )
    entry.refresh_from_db()
    return entry


def outline(world: World, **changes: object) -> Outline:
    fields: dict[str, object] = {
        "kind": "CV",
        "subject": "Về việc kiểm tra công tác văn thư, lưu trữ",
        "signer_id": world.post("head").pk,
        "office_ids": [world.region.pk],
        "others": ["Sở Nội vụ tỉnh Bắc Ninh"],
    }
    return Outline(**{**fields, **changes})  # type: ignore[arg-type]


def drafted(world: World, entry: IncomingEntry | None = None, **changes: object) -> Draft:
    """A draft with the template as its first version, converted to PDF."""
    draft = actions.start(
        outline(world, **changes), replies_to=entry.pk if entry else None, by=world.actor("specialist")
    )
    run_jobs()
    return draft


def signed(world: World, draft: Draft) -> None:
    """Through the three reviews to the signature."""
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, "Nhất trí", by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    saga.sign(draft.pk, by=world.actor("head"))


@needs_converter
def test_a_document_goes_through_two_offices(signing_world: World) -> None:
    world = signing_world
    entry = directed(world)
    assert entry.arrival_number == 1
    draft = drafted(world, entry)
    signed(world, draft)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()

    draft.refresh_from_db()
    assert (draft.state, draft.signature_level) == ("issued", "B-T")
    outgoing = OutgoingEntry.objects.get(pk=draft.outgoing_id)
    assert (outgoing.state, outgoing.document.symbol) == ("issued", "01/VKS-P1")
    entry.refresh_from_db()
    assert entry.state == "done"
    assert "01/VKS-P1" in entry.closing_note

    received = IncomingEntry.objects.get(office=world.region)
    assert (received.state, received.signature_verdict) == ("waiting", "valid")
    documents.receive(received.pk, by=world.actor("region_clerk"))
    run_jobs()
    rows = exchange.deliveries(outgoing.pk, world.actor("clerk"))
    assert [(row.state, row.arrival_number) for row in rows] == [("registered", 1), ("outside", None)]
    assert not list(ledger.check())
    sentences = [act.note for act in ledger.history(entry)]
    assert sentences[0] == "vào sổ văn bản đến, số đến 1"
    assert sentences[1] == "trình Viện trưởng Vũ Đình Lâm"


@needs_converter
def test_the_issued_file_carries_number_signature_and_seal(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world)
    signed(world, draft)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    version = queries.newest(draft.pk)
    assert version.issued is not None
    with file_queries.copy_of(version.issued.file, "issued.pdf") as path:
        report = verify.verify(path) if hasattr(verify, "verify") else verify.Verifier().verify(path)
    assert report.verdict == "valid"
    assert [(one.role, one.signer) for one in report.signatures] == [
        ("approval", "Vũ Đình Lâm"),
        ("seal", world.province.name),
    ]


@needs_converter
def test_an_interrupted_issue_goes_on_with_the_same_number(
    signing_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = signing_world
    draft = drafted(world)
    signed(world, draft)
    saga.number(draft.pk, by=world.actor("clerk"))
    clerk = world.actor("clerk").remembered()

    def broken(*_: object, **__: object) -> None:
        raise Unavailable("Dịch vụ ký của cơ quan không trả lời.")

    with monkeypatch.context() as patch:
        patch.setattr(signing, "sign_file", broken)
        with pytest.raises(Unavailable):
            jobs.seal(draft.pk, clerk)
    draft.refresh_from_db()
    assert (draft.state, draft.trouble) == ("numbered", "Dịch vụ ký của cơ quan không trả lời.")

    jobs.seal(draft.pk, clerk)
    jobs.seal(draft.pk, clerk)  # the same job once more changes nothing
    draft.refresh_from_db()
    assert (draft.state, draft.trouble) == ("issued", "")
    assert OutgoingEntry.objects.get().number == 1
    assert len(document_queries.document_files([draft.outgoing.document_id])[draft.outgoing.document_id]) == 1


@needs_converter
def test_a_void_number_stays_in_the_book_with_its_reason(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world)
    signed(world, draft)
    saga.number(draft.pk, by=world.actor("clerk"))
    with pytest.raises(Invalid):
        saga.void(draft.pk, "sai", by=world.actor("clerk"))
    saga.void(draft.pk, "Ký nhầm bản dự thảo cũ", by=world.actor("clerk"))
    jobs.seal(draft.pk, world.actor("clerk").remembered())
    entry = OutgoingEntry.objects.get()
    assert (entry.state, entry.number, entry.voided_reason) == ("voided", 1, "Ký nhầm bản dự thảo cũ")
    second = drafted(world)
    signed(world, second)
    saga.number(second.pk, by=world.actor("clerk"))
    assert OutgoingEntry.objects.get(state="numbered").number == 2


@needs_converter
def test_only_the_named_signer_signs_and_only_once(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world)
    actions.submit(draft.pk, by=world.actor("specialist"))
    with pytest.raises(NotAllowed):
        reviews.pass_content(draft.pk, by=world.actor("chief"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    with pytest.raises(NotFound):
        saga.sign(draft.pk, by=world.actor("region_head"))
    with pytest.raises(Conflict):
        saga.sign(draft.pk, by=world.actor("head"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    with pytest.raises((NotAllowed, NotFound)):
        saga.sign(draft.pk, by=world.actor("deputy"))
    with pytest.raises(NotAllowed):
        saga.number(draft.pk, by=world.actor("head"))
    with pytest.raises(Conflict):
        saga.number(draft.pk, by=world.actor("clerk"))
    saga.sign(draft.pk, by=world.actor("head"))
    with pytest.raises(Conflict):
        saga.sign(draft.pk, by=world.actor("head"))


@needs_converter
def test_a_returned_draft_keeps_every_version_and_what_was_said(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world)
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.return_draft(draft.pk, "Bổ sung căn cứ", by=world.actor("head_of_unit"))
    draft.refresh_from_db()
    assert draft.state == "drafting"
    versions.add_template_version(draft.pk, by=world.actor("specialist"))
    run_jobs()
    assert [one.ordinal for one in queries.versions(draft.pk)] == [2, 1]
    said = [(one.decision, one.text, one.version.ordinal) for one in queries.reviews(draft.pk) if one.version]
    assert said == [("return", "Bổ sung căn cứ", 1)]


def test_a_pdf_without_the_places_waits_for_the_drafter(signing_world: World, tmp_path: object) -> None:
    world = signing_world
    draft = actions.start(outline(world), from_template=False, by=world.actor("specialist"))
    paper = make_paper(tmp_path / "paper.pdf")  # type: ignore[operator]
    upload = files.stage(BytesIO(paper.read_bytes()), "du-thao.pdf", by=world.actor("specialist"))
    versions.add_version(draft.pk, upload.pk, by=world.actor("specialist"))
    run_jobs()
    actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    with pytest.raises(Invalid) as refused:
        saga.pass_form(draft.pk, by=world.actor("chief"))
    assert refused.value.code == "place_missing"
    assert "LanhDao" in refused.value.fields


def test_a_secret_draft_is_refused(signing_world: World) -> None:
    with pytest.raises(NotAllowed) as refused:
        actions.start(outline(signing_world, secrecy="mat"), by=signing_world.actor("specialist"))
    assert refused.value.code == "secret_documents_stay_out"
    assert not Draft.objects.exists()


@needs_converter
def test_the_clerk_sends_a_signed_draft_back_and_it_is_signed_again(signing_world: World) -> None:
    world = signing_world
    draft = drafted(world)
    signed(world, draft)
    with pytest.raises(Invalid):
        saga.send_back(draft.pk, "", by=world.actor("clerk"))
    with pytest.raises(NotAllowed):
        saga.send_back(draft.pk, "Sai nơi nhận", by=world.actor("head_of_unit"))
    saga.send_back(draft.pk, "Sai nơi nhận", by=world.actor("clerk"))
    draft.refresh_from_db()
    assert draft.state == "drafting"
    actions.change(draft.pk, outline(world, others=["Sở Tư pháp"]), by=world.actor("specialist"))
    versions.add_template_version(draft.pk, by=world.actor("specialist"))
    run_jobs()
    signed(world, draft)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"


@needs_converter
def test_number_and_printed_year_belong_together(
    signing_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed in December, numbered in January: the book of the new year must not hold the old year in print."""
    world = signing_world
    draft = drafted(world)
    signed(world, draft)
    monkeypatch.setattr(registering, "today", lambda: today().replace(year=today().year + 1, month=1, day=2))
    with pytest.raises(Conflict) as refused:
        saga.number(draft.pk, by=world.actor("clerk"))
    assert refused.value.code == "another_year"
    assert not OutgoingEntry.objects.exists()
