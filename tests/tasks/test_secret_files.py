"""A secret mark found late on what came with work: papers of a dossier, results of tasks, sheets of a leader."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from tests.cast import World
from tests.entries import fresh, make_directed, make_registered, person
from tests.reading.test_secret_scans import RED, scanned, stamp
from tests.tasks.test_on_paper import allow, record
from vanthu.documents import secret_scans
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import papers
from vanthu.dossiers.models import Paper
from vanthu.dossiers.papers import PaperFields
from vanthu.kernel import ledger
from vanthu.kernel.files import actions as files
from vanthu.kernel.files.models import Attachment, StoredFile, Upload
from vanthu.kernel.jobs import run_jobs
from vanthu.reading.models import PageText
from vanthu.tasks import following
from vanthu.tasks.following import Result
from vanthu.tasks.models import Notice, Task

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Biên bản họp chuyên án đặc biệt"


def brought(world: World, data: bytes, persona: str = "specialist") -> Upload:
    return files.stage(io.BytesIO(data), "bien-ban.pdf", by=world.actor(persona))


def told(kind: str, about_id: int) -> set[int]:
    rows = Notice.objects.filter(kind=kind, about_id=about_id)
    assert not any(TITLE in row.text for row in rows)
    return set(rows.values_list("person_id", flat=True))


def test_a_paper_of_a_dossier_goes_with_its_name(world: World) -> None:
    by = world.actor("specialist")
    dossier = dossiers.open_dossier("Hồ sơ kiểm tra công tác văn thư", retention_years=5, by=by)
    upload = brought(world, scanned(mark=stamp("MẬT", RED)))
    papers.add_paper(dossier.pk, upload.pk, PaperFields(title=TITLE), by=by)
    run_jobs()
    assert Paper.objects.get().title == secret_scans.TOMBSTONE
    assert not StoredFile.objects.exists()
    assert not PageText.objects.exists()
    fact = ledger.history(dossier)[-1]
    assert (fact.verb, fact.actor_name) == ("documents.secret_file_erased", "Hệ thống")
    assert {world.person("specialist").pk, world.person("clerk").pk} <= told("secret_doss", dossier.pk)
    browser = world.client("specialist")
    page = browser.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert TITLE not in page
    assert reverse("dossier", args=[dossier.pk]) in browser.get(reverse("notices")).content.decode()


def test_the_result_of_a_task_goes_with_what_was_said(world: World) -> None:
    entry = make_directed(world, lead=person(world, "specialist"))
    task = Task.objects.get(source_kind="in", source_id=entry.pk)
    upload = brought(world, scanned())
    following.hand_in(task.pk, Result(text=TITLE, uploads=[upload.pk]), by=world.actor("specialist"))
    secret_scans.stop(upload.file_id or "")
    task.refresh_from_db()
    assert task.result == secret_scans.TOMBSTONE
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
    assert {task.given_by_id, world.person("specialist").pk, world.person("clerk").pk} <= told(
        "secret_task", task.pk
    )


def test_the_sheet_of_a_leader_is_the_document_itself(world: World) -> None:
    allow(world)
    entry = make_registered(world)
    upload = brought(world, scanned(), "clerk")
    record(world, entry, scans=[upload.pk])
    secret_scans.stop(upload.file_id or "")
    assert fresh(entry).subject == secret_scans.TOMBSTONE
    assert fresh(entry).freeze_id is not None
    assert not Attachment.objects.exists()
    assert world.person("clerk").pk in told("secret", entry.pk)
