"""Half on paper: a draft signed by hand is recorded with its scan, numbered, stamped, scanned, issued as such."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.cast import World
from tests.web import drafts
from vanthu.documents import reserving
from vanthu.documents.kinds import by_code
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.documents.reserving import Hold
from vanthu.documents.series_models import HeldNumber
from vanthu.exchange.models import SignatureCheck
from vanthu.issuing import cosigning, first_number, on_paper, queries, reviews, saga
from vanthu.issuing.models import Draft
from vanthu.issuing.on_paper import Handwriting
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed
from vanthu.organisations.models import Account, OfficeRules
from vanthu.signing import verify
from vanthu.web.incoming.seals import seal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def half_paper(signing_world: World) -> World:
    """The world whose province lets the clerk record what was signed by hand."""
    allow(signing_world)
    return signing_world


def allow(world: World, **rules: Any) -> None:
    OfficeRules.objects.filter(office=world.province).update(clerk_records_paper=True, **rules)
    Account.objects.filter(pk=world.account("clerk").pk).update(rights_version=77)


def scanned(world: World, pages: int = 2) -> str:
    """The id of an upload of the clerk: so many scanned pages."""
    content = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(content)
    content.seek(0)
    return str(files.stage(content, "ban-ky.pdf", by=world.actor("clerk")).pk)


def by_hand(world: World, draft: Draft, persona: str = "clerk", **fields: Any) -> Draft:
    written = {"signed_on": today(), **fields}
    written.setdefault("scan", scanned(world))
    return on_paper.sign_on_paper(draft.pk, Handwriting(**written), by=world.actor(persona))


def test_a_draft_signed_by_hand_is_issued_as_a_paper_document_with_its_scan(half_paper: World) -> None:
    world, clerk = half_paper, half_paper.actor("clerk")
    draft = by_hand(world, drafts.to_sign(world))
    assert (draft.state, draft.medium, draft.paper_on, draft.recorded_by_id) == (
        "signed", "paper", today(), clerk.person_id,
    )  # fmt: skip
    assert draft.signature_level == ""
    review = queries.reviews(draft.pk)[-1]
    assert (review.author, review.step) == (world.person("head"), "approval")
    assert "Phạm Thu Thủy ghi vào hệ thống" in review.text
    said = ledger.history(draft)[-1]
    assert said.actor_name == "Phạm Thu Thủy"
    assert said.note.startswith("ghi vào hệ thống chữ ký trên giấy của Viện trưởng Vũ Đình Lâm ngày")
    draft = saga.number(draft.pk, by=clerk)
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "to_scan"  # nothing goes out before the sheet bears number and seal
    assert not queries.interrupted(before=draft.outgoing.numbered_at + timedelta(days=1))
    with pytest.raises(Invalid):
        on_paper.scan(draft.pk, by=clerk)
    on_paper.scan(draft.pk, scanned(world, 3), by=clerk)
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    entry = OutgoingEntry.objects.select_related("document").get()
    assert (entry.medium, entry.state, entry.document.symbol) == ("paper", "issued", "01/KH-VKS-P1")
    assert entry.remark.startswith(f"Ký trên giấy ngày {today():%d/%m/%Y}")
    assert ledger.history(draft)[-1].note == "ký số bản quét (sao y), phát hành 01/KH-VKS-P1"
    assert len(on_paper.evidence(queries.newest(draft.pk))) == 2
    assert not list(ledger.check())


def test_only_the_office_signs_the_scan_and_receivers_read_that(half_paper: World) -> None:
    world, clerk = half_paper, half_paper.actor("clerk")
    draft = by_hand(world, drafts.to_sign(world))
    saga.number(draft.pk, by=clerk)
    on_paper.scan(draft.pk, scanned(world), by=clerk)
    run_jobs()
    issued = queries.newest(draft.pk).issued
    assert issued is not None
    with file_queries.copy_of(issued.file) as path:
        report = verify.Verifier().verify(path)
        with pikepdf.open(path) as pdf:
            box = [float(value) for value in pdf.pages[0].Annots[0].Rect]
    assert [one.field for one in report.signatures] == ["CoQuan"]
    assert box[0] > 595 / 2
    assert box[1] > 842 * 0.8  # ô 14: words in the corner, no seal
    arrived = IncomingEntry.objects.get(office=world.region)
    assert arrived.signature_report["digitised"]
    assert arrived.signature_report["summary"].startswith("Bản quét của văn bản giấy ký tay (sao y)")
    assert "digitised" not in SignatureCheck.objects.get().report
    seal = seal_of(arrived)
    assert seal is not None
    assert seal.word == "Bản quét văn bản giấy, cơ quan ký số"


def test_who_may_record_and_what_is_refused(half_paper: World) -> None:
    world = half_paper
    draft = drafts.to_sign(world)
    for persona in ("chief", "head", "specialist"):
        with pytest.raises(NotAllowed, match="Quy chế"):
            by_hand(world, draft, persona, scan="")
    for fields in (
        {"scan": ""},
        {"signed_on": today() + timedelta(days=1)},
        {"signed_on": today() - timedelta(days=2)},
    ):
        with pytest.raises(Invalid):
            by_hand(world, draft, **fields)
    by_hand(world, draft)
    with pytest.raises(Conflict):
        by_hand(world, draft)
    with pytest.raises(Conflict):
        saga.sign(draft.pk, by=world.actor("head"))


def test_what_goes_back_is_signed_anew(half_paper: World) -> None:
    world, clerk = half_paper, half_paper.actor("clerk")
    draft = by_hand(world, drafts.to_sign(world))
    draft = saga.send_back(draft.pk, "Thiếu trang thứ hai", by=clerk)
    assert (draft.state, draft.paper_on, draft.medium) == ("drafting", None, "electronic")
    draft = by_hand(world, drafts.to_sign(world))
    saga.number(draft.pk, by=clerk)
    draft = first_number.give_up_number(draft.pk, "Lãnh đạo không ban hành nữa", by=clerk)
    assert (draft.state, draft.outgoing, draft.paper_on) == ("drafting", None, None)
    assert OutgoingEntry.objects.get().state == "voided"


def test_co_signers_who_have_not_signed_signed_the_same_sheet(half_paper: World) -> None:
    world = half_paper
    draft = drafts.drafted(world)
    cosigning.add_initials(draft.pk, world.post("chief").pk, by=world.actor("specialist"))
    drafts.actions.submit(draft.pk, by=world.actor("specialist"))
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    draft = by_hand(world, queries.hold(draft.pk))
    assert draft.next_co_signer_id is None
    assert [one.level for one in queries.co_signers(draft.pk)] == ["paper"]
    assert "cùng ký trên giấy: Ngô Thị Bích Hằng" in ledger.history(draft)[-1].note


def test_number_first_then_by_hand_needs_no_second_scan(signing_world: World) -> None:
    world = signing_world
    allow(world, number_before_signature=True)
    clerk = world.actor("clerk")
    draft = drafts.to_sign(world)
    first_number.number_first(draft.pk, by=clerk)
    assert OutgoingEntry.objects.get().medium == "electronic"
    by_hand(world, draft)
    saga.number(draft.pk, by=clerk)
    entry = OutgoingEntry.objects.get()
    assert entry.medium == "paper"
    assert "dạng văn bản" in ledger.history(entry)[-1].note
    on_paper.scan(draft.pk, by=clerk)
    run_jobs()
    entry.refresh_from_db()
    assert entry.state == "issued"


def test_a_held_number_is_offered_to_whoever_holds_it(signing_world: World) -> None:
    world, clerk = signing_world, signing_world.actor("clerk")
    draft = drafts.signed(world)
    wish = Hold(kind="KH", notation="KH-VKS-P1", purpose="Kế hoạch kiểm tra cuối năm", expires_on=today())
    [held] = reserving.hold(wish, by=clerk)
    assert reserving.offered(by_code("KH"), clerk) == [held]
    shown = world.client("clerk").get(f"/outgoing/drafts/{draft.pk}/issue").content.decode()
    assert "Số đã giữ 01: Kế hoạch kiểm tra cuối năm" in shown
    saga.number(draft.pk, wanted="1", by=clerk)
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert OutgoingEntry.objects.get().number == 1
    assert HeldNumber.objects.get().state == "used"
    saga.number(drafts.signed(world, "Kế hoạch tập huấn công tác văn thư năm 2027").pk, by=clerk)
    assert sorted(OutgoingEntry.objects.values_list("number", flat=True)) == [1, 2]
