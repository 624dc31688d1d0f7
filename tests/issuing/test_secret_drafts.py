"""A secret mark found late in what the office makes itself: draft, files and copies go, who holds it is told."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import World
from tests.reading.test_secret_scans import RED, scanned, stamp
from tests.web import drafts
from vanthu.documents import recalling, secret_scans
from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.dossiers import actions as dossiers
from vanthu.exchange.models import Delivery, SignatureCheck
from vanthu.issuing import actions, marks, queries, saga, secret_drafts, versions
from vanthu.issuing.models import Draft, Mark, Recipient, Review, Version
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict
from vanthu.reading.models import PageText
from vanthu.search.models import SearchBody, SearchRow
from vanthu.signing.models import SigningSession
from vanthu.tasks.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = "Kế hoạch xác minh chuyên án đặc biệt năm 2027"


def emptied(draft: Draft) -> Draft:
    """The draft as it is now, with nothing of its contents anywhere."""
    draft.refresh_from_db()
    assert draft.subject == secret_scans.TOMBSTONE
    assert not Recipient.objects.filter(draft=draft).exists()
    assert not Mark.objects.filter(draft=draft).exists()
    assert {row.text for row in Review.objects.filter(draft=draft)} <= {""}
    for version in Version.objects.filter(draft=draft):
        assert (version.text, version.note, version.source, version.pdf, version.issued) == (
            "",
            "",
            None,
            None,
            None,
        )
    assert not Attachment.objects.exists()
    files.sweep(timedelta())  # what was made for a signature, and is held by nothing
    assert not StoredFile.objects.exists()
    assert not SearchBody.objects.exists()
    assert not SearchRow.objects.filter(title__contains=SUBJECT).exists()
    assert SUBJECT not in " ".join(f"{act.note} {act.changes}" for act in ledger.history(draft))
    assert not list(ledger.check())
    return draft


def told(kind: str, about_id: int) -> set[int]:
    rows = list(Notice.objects.filter(kind=kind, about_id=about_id))
    assert not any(SUBJECT in row.text for row in rows)
    assert len(rows) == len({row.person_id for row in rows})
    return {row.person_id for row in rows}


def issued(world: World) -> OutgoingEntry:
    """A document that came of a draft and reached two offices."""
    draft = drafts.signed(world, SUBJECT)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    entry = OutgoingEntry.objects.select_related("document").get()
    assert entry.state == "issued"
    return entry


def test_a_stamped_scan_in_a_draft_empties_it_and_its_author_is_told(signing_world: World) -> None:
    world = signing_world
    by = world.actor("specialist")
    draft = drafts.drafted(world, SUBJECT)
    dossier = dossiers.open_dossier("Hồ sơ kiểm tra công tác văn thư", retention_years=5, by=by)
    dossiers.put_in(dossier.pk, Item("draft", draft.pk), by=by)
    upload = files.stage(io.BytesIO(scanned(mark=stamp("MẬT", RED))), "chuyen-an.pdf", by=by)
    versions.add_version(draft.pk, upload.pk, note="theo ý kiến của lãnh đạo", by=by)
    actions.submit(draft.pk, by=by)
    run_jobs()
    assert not StoredFile.objects.filter(pk=upload.file_id).exists()
    assert emptied(draft).state == "withdrawn"
    assert not PageText.objects.exists()
    people = {world.person(key).pk for key in ("specialist", "head_of_unit", "clerk", "chief")}
    assert told("secret_draft", draft.pk) == people
    fact = ledger.history(draft)[-1]
    assert (fact.verb, fact.actor_name) == ("issuing.secret_found", "Hệ thống")
    assert "chuyen-an" not in " ".join(act.note for act in ledger.history(draft))
    dossier.refresh_from_db()
    assert SUBJECT not in f"{dossier.findings}"  # what was to be mended named it
    browser = world.client("specialist")
    page = browser.get(reverse("draft", args=[draft.pk])).content.decode()
    assert secret_scans.TOMBSTONE in page
    assert SUBJECT not in page
    shown = browser.get(reverse("notices")).content.decode()
    assert reverse("draft", args=[draft.pk]) in shown
    assert "lập dự thảo khác" in shown


def test_a_file_beside_a_draft_empties_it_too(signing_world: World) -> None:
    world = signing_world
    draft = drafts.drafted(world, SUBJECT)
    upload = files.stage(io.BytesIO(scanned()), "phu-luc.pdf", by=world.actor("specialist"))
    versions.add_attachment(draft.pk, upload.pk, by=world.actor("specialist"))
    secret_scans.stop(upload.file_id or "")
    assert emptied(draft).state == "withdrawn"


def test_an_issued_document_keeps_its_number_only(signing_world: World) -> None:
    world = signing_world
    entry = issued(world)
    draft = Draft.objects.get()
    assert SearchBody.objects.filter(source_kind="document").exists()
    main = Attachment.objects.get(owner_kind="document", owner_id=entry.document_id, role="main")
    secret_scans.stop(main.file_id)
    entry = OutgoingEntry.objects.select_related("document", "freeze").get()
    assert (entry.recipients, entry.remark, entry.document.signer_name) == ("", "", "")
    assert (entry.state, entry.document.symbol) == ("issued", "01/KH-VKS-P1")
    assert entry.document.subject == secret_scans.TOMBSTONE
    assert not SearchBody.objects.exists()  # in the transaction that found it
    assert not SearchRow.objects.filter(title__contains=SUBJECT).exists()
    run_jobs()
    assert emptied(draft).state == "issued"
    assert not SignatureCheck.objects.exists()
    assert not SigningSession.objects.filter(holds_files=True).exists()
    assert not SigningSession.objects.filter(title=SUBJECT).exists()
    assert SUBJECT not in " ".join(f"{act.note} {act.changes}" for act in ledger.history(entry))
    people = {world.person(key).pk for key in ("specialist", "head_of_unit", "head", "clerk", "chief")}
    assert told("secret_out", entry.pk) == people
    assert not told("secret_draft", draft.pk)  # nobody twice
    with pytest.raises(Conflict, match="đóng băng"):
        recalling.recall(
            entry.pk,
            recalling.Order(
                reason="Có dấu mật trong tệp", basis="Luật 117/2025/QH15", ordered_by=world.person("head").pk
            ),
            by=world.actor("clerk"),
        )
    page = world.client("clerk").get(reverse("outgoing_entry", args=[entry.pk])).content.decode()
    assert secret_scans.WHAT_THE_OFFICE_DOES in page
    assert SUBJECT not in page


def test_the_receivers_of_an_issued_document_lose_it_and_are_told(signing_world: World) -> None:
    world = signing_world
    entry = issued(world)
    arrived = list(IncomingEntry.objects.filter(document=entry.document_id).order_by("office"))
    assert {one.subject for one in arrived} == {SUBJECT}
    secret_scans.stop(Attachment.objects.get(owner_kind="document", role="main").file_id)
    for one in arrived:
        one.refresh_from_db()
        assert one.subject == secret_scans.TOMBSTONE
    here = next(one for one in arrived if one.office_id == world.region.pk)
    assert world.person("region_clerk").pk in told("secret", here.pk)


def test_a_number_that_is_not_issued_yet_is_voided_and_nothing_leaves(signing_world: World) -> None:
    world = signing_world
    draft = drafts.signed(world, SUBJECT)
    saga.number(draft.pk, by=world.actor("clerk"))  # its seal waits in a job
    version = queries.newest(draft.pk)
    assert version.pdf is not None
    secret_scans.stop(version.pdf.file_id)
    run_jobs()
    assert emptied(draft).state == "withdrawn"
    entry = OutgoingEntry.objects.select_related("document").get()
    assert (entry.state, entry.document.number, entry.recipients) == ("voided", "01", "")
    assert SUBJECT not in f"{entry.voided_reason} {entry.document.subject}"
    assert not Delivery.objects.exists()
    assert world.person("specialist").pk in told("secret_out", entry.pk)


def test_words_about_a_draft_go_and_a_second_finding_changes_nothing(signing_world: World) -> None:
    world = signing_world
    draft = drafts.submitted(world, SUBJECT)
    marks.mark(draft.pk, marks.Remark(page=1, text=f"Sửa {SUBJECT}"), by=world.actor("head_of_unit"))
    secret_drafts.empty(draft.pk)
    secret_drafts.empty(draft.pk)
    assert emptied(draft).marks_open == 0
    assert [act.verb for act in ledger.history(draft)].count("issuing.secret_found") == 1
