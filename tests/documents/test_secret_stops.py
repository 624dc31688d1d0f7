"""A secret mark that only reading shows: the file goes from wherever it lies, what is in a book is frozen, empty."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from tests.cast import World
from tests.entries import arrival, fresh
from tests.reading.conftest import pdf_of
from tests.reading.test_secret_scans import RED, SPEAKS, scanned, stamp
from vanthu.documents import actions, secret_scans, stacks
from vanthu.documents.models import EntryDraft, IncomingEntry
from vanthu.documents.receiving_models import StackRow
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import StoredFile, Upload
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry
from vanthu.kernel.refusals import Conflict
from vanthu.reading.models import PageText, Reading
from vanthu.tasks.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = "Kế hoạch xác minh chuyên án đặc biệt"


def brought(world: World, data: bytes) -> Upload:
    return files.stage(io.BytesIO(data), "chuyen-an.pdf", by=world.actor("clerk"))


def nothing_is_left(sha256: str) -> bool:
    rows = (StoredFile.objects.filter(pk=sha256), Reading.objects.filter(file=sha256), PageText.objects.all())
    return not any(one.exists() for one in rows)


def test_a_scan_in_staging_goes_with_the_form_that_was_begun(world: World) -> None:
    upload = brought(world, scanned(mark=stamp("MẬT", RED)))
    by = world.actor("clerk")
    for uploads in (str(upload.pk), "khac"):
        actions.keep_entry_draft({"subject": SUBJECT, "uploads": uploads}, None, by=by)
    sha256 = upload.file_id or ""
    run_jobs()
    upload.refresh_from_db()
    assert (upload.state, upload.name, upload.file_id) == ("refused", "", None)
    assert "Luật 117/2025/QH15" in upload.refusal
    assert nothing_is_left(sha256)
    assert [one.fields["uploads"] for one in EntryDraft.objects.all()] == ["khac"]
    [fact] = ledger.history(world.province)
    assert fact.verb == "documents.secret_upload_erased"
    assert fact.actor_name == by.name
    assert not fact.changes
    assert "chuyen-an" not in fact.note


def test_the_gate_keeps_no_name_and_records_the_fact(world: World) -> None:
    sent = io.BytesIO(pdf_of("<p>Số: 12/KH</p><p><b>TỐI MẬT</b></p><p>Nội dung</p>"))
    sent.name = "chuyen-an.pdf"
    browser = world.client("clerk")
    refused = browser.post(reverse("uploads"), {"file": sent}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (422, "secret_documents_stay_out")
    assert not Upload.objects.exists()
    assert [act.verb for act in ledger.history(world.province)] == ["documents.secret_upload_erased"]


def test_what_is_in_the_book_keeps_its_number_only(world: World) -> None:
    by = world.actor("clerk")
    upload = brought(world, scanned(mark=stamp("MẬT", RED)))
    entry = actions.register(arrival(subject=SUBJECT, channel="scan"), uploads=[upload.pk], by=by)
    sha256 = upload.file_id or ""
    run_jobs()
    empty = fresh(entry)
    assert (empty.subject, empty.symbol, empty.signer_name) == (secret_scans.TOMBSTONE, "", "")
    assert empty.arrival_number == entry.arrival_number
    assert nothing_is_left(sha256)
    with pytest.raises(Conflict, match="đóng băng"):
        actions.present(entry.pk, world.person("head").pk, by=by)
    told = Notice.objects.filter(kind="secret", about_id=entry.pk)
    assert world.person("clerk").pk in told.values_list("person_id", flat=True)
    kept = " ".join(f"{act.note} {act.changes}" for act in ledger.history(entry))
    assert SUBJECT not in kept
    assert "xóa tệp và nội dung" in kept
    assert LedgerEntry.objects.filter(item_kind="in", item_id=entry.pk, verb="documents.registered").exists()
    assert not list(ledger.check(world.province.pk))
    page = world.client("clerk").get(reverse("entry", args=[entry.pk])).content.decode()
    assert secret_scans.WHAT_TO_DO in page
    assert SUBJECT not in page


def test_of_a_stack_one_document_goes_and_the_others_stay(world: World) -> None:
    by = world.actor("clerk")
    both = [brought(world, scanned(mark=stamp("TUYỆT MẬT", RED))).pk, brought(world, scanned()).pk]
    stack = stacks.bring(both, split_at_blank=False, by=by)
    run_jobs()
    states = dict(StackRow.objects.filter(stack=stack).values_list("position", "state"))
    assert sorted(states.values()) in (["waiting"], ["dropped", "waiting"])
    stack.refresh_from_db()
    assert "có dấu mật" in stack.trouble
    assert StoredFile.objects.count() == 1


def test_what_merely_speaks_of_secrets_is_registered(world: World) -> None:
    upload = brought(world, scanned(SPEAKS))
    run_jobs()
    upload.refresh_from_db()
    assert upload.state == "staged"
    assert PageText.objects.get().text
    assert not IncomingEntry.objects.exists()
