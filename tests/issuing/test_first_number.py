"""Number before signature, where the rules of the office say so."""

from dataclasses import replace

import pikepdf
import pytest

from tests.cast import World
from tests.web import drafts
from vanthu.documents.models import OutgoingEntry
from vanthu.issuing import actions, first_number, queries, reviews, saga, versions
from vanthu.issuing.actions import Outline
from vanthu.kernel import ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, NotAllowed
from vanthu.organisations.models import OfficeRules
from vanthu.signing.places import DAY, NUMBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def number_first(signing_world: World) -> World:
    """The world whose province numbers before it signs."""
    OfficeRules.objects.filter(office=signing_world.province).update(number_before_signature=True)
    return signing_world


def test_the_signer_sees_the_number(number_first: World) -> None:
    world = number_first
    draft = drafts.to_sign(world)
    assert draft.state == "to_number"
    with pytest.raises(Conflict):
        saga.sign(draft.pk, by=world.actor("head"))
    with pytest.raises(NotAllowed):
        first_number.number_first(draft.pk, by=world.actor("chief"))
    draft = first_number.number_first(draft.pk, by=world.actor("clerk"))
    prepared = queries.newest(draft.pk).prepared
    assert prepared is not None
    with file_queries.copy_of(prepared.file) as path, pikepdf.open(path) as file:
        values = {str(field.T): str(field.get("/V", "")) for field in file.Root.AcroForm.Fields}
    assert values[NUMBER] == "01"
    assert values[DAY] == f"{today():%d}"
    saga.sign(draft.pk, by=world.actor("head"))
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert [one.number for one in OutgoingEntry.objects.all()] == [1]
    assert not list(ledger.check())


def test_the_book_follows_a_draft_that_is_changed_after_its_number(number_first: World) -> None:
    world, specialist = number_first, number_first.actor("specialist")
    draft = drafts.to_sign(world)
    first_number.number_first(draft.pk, by=world.actor("clerk"))
    reviews.return_draft(draft.pk, "Sửa trích yếu", by=world.actor("head"))
    said = {
        "kind": "KH",
        "subject": "Kế hoạch kiểm tra đã sửa trích yếu",
        "signer_id": world.post("deputy").pk,
    }
    outline = Outline(**said, office_ids=[world.region.pk], restricted=True)
    with pytest.raises(Conflict, match="không đổi loại"):
        actions.change(draft.pk, replace(outline, kind="TB"), by=specialist)
    actions.change(draft.pk, outline, by=specialist)
    entry = OutgoingEntry.objects.select_related("document").get()
    assert entry.document.subject == drafts.SUBJECT  # the clerk's act changes the book, nothing else
    actions.submit(draft.pk, by=specialist)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    versions.add_version(
        draft.pk, drafts.stage(world, "chief", signer="Nguyễn Văn Minh"), by=world.actor("chief")
    )
    run_jobs()
    saga.pass_form(draft.pk, by=world.actor("chief"))
    first_number.number_first(draft.pk, by=world.actor("clerk"))
    entry = OutgoingEntry.objects.select_related("document").get()
    assert (entry.number, entry.document.subject) == (1, "Kế hoạch kiểm tra đã sửa trích yếu")
    assert (entry.document.signer_name, entry.recipients) == ("Nguyễn Văn Minh", world.region.name)
    note = ledger.history(entry)[-1].note
    assert note.startswith("sửa trong sổ theo văn bản: ")
    assert {"trích yếu", "người ký", "nơi nhận", "hạn chế người xem"} <= set(
        note.partition(": ")[2].split(", ")
    )
    assert participants.sight(world.actor("neighbour"), Item("out", entry.pk)) is None


def test_a_returned_draft_keeps_its_number_until_the_clerk_gives_it_up(number_first: World) -> None:
    world = number_first
    draft = drafts.to_sign(world)
    first_number.number_first(draft.pk, by=world.actor("clerk"))
    reviews.return_draft(draft.pk, "Sửa căn cứ", by=world.actor("head"))
    specialist = world.actor("specialist")
    with pytest.raises(Conflict, match="đang giữ số 01/KH-VKS-P1"):
        actions.withdraw(draft.pk, by=specialist)
    actions.submit(draft.pk, by=specialist)
    reviews.pass_content(draft.pk, by=world.actor("head_of_unit"))
    saga.pass_form(draft.pk, by=world.actor("chief"))
    first_number.number_first(draft.pk, by=world.actor("clerk"))
    assert OutgoingEntry.objects.count() == 1
    draft = first_number.give_up_number(draft.pk, "Lãnh đạo không ban hành nữa", by=world.actor("clerk"))
    assert (draft.state, draft.outgoing) == ("drafting", None)
    assert OutgoingEntry.objects.get().state == "voided"
    actions.withdraw(draft.pk, by=specialist)
