"""A document that came from elsewhere is registered at once; its signatures are verified afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F

from tests.cast import World
from tests.entries import make_registered
from tests.signing.attacks import Workshop
from tests.signing.conftest import stored
from vanthu.documents import actions, signatures
from vanthu.documents.models import IncomingEntry
from vanthu.exchange import jobs
from vanthu.kernel import ledger
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.models import LedgerEntry
from vanthu.signing.evidence_models import Evidence
from vanthu_tools.test_pki import Authority


@pytest.fixture
def workshop(authority: Authority, tmp_path: Path) -> Workshop:
    return Workshop(authority, tmp_path)


def brought(world: World, path: Path) -> IncomingEntry:
    """A registered document with this file."""
    entry = make_registered(world)
    actions.attach_file(entry.document_id, stored(path), role="main", name="van-ban.pdf")
    return entry


def test_a_signed_file_is_verified_in_a_job(world: World, workshop: Workshop) -> None:
    entry = brought(world, workshop.government)
    assert entry.signature_verdict == ""
    run_jobs()
    entry.refresh_from_db()
    assert entry.signature_verdict == "valid"
    assert len(entry.signature_report["signatures"]) == 2
    said = [one.note for one in ledger.history(entry) if one.verb == "documents.signatures_checked"]
    assert len(said) == 1
    assert said[0].startswith("kiểm tra chữ ký số: Chữ ký hợp lệ: Nguyễn Văn An")
    jobs.check_arrival(entry.pk)
    assert LedgerEntry.objects.filter(verb="documents.signatures_checked").count() == 1


def test_a_scan_says_nothing(world: World, workshop: Workshop) -> None:
    entry = brought(world, workshop.paper)
    run_jobs()
    entry.refresh_from_db()
    assert entry.signature_verdict == ""


def test_when_nobody_answers_it_is_asked_again(
    world: World, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = brought(world, workshop.simple)
    with monkeypatch.context() as patch:
        patch.setattr(
            type(workshop.authority), "revoked", lambda self: (_ for _ in ()).throw(OSError("closed"))
        )
        jobs.check_arrival(entry.pk)
    assert signatures.to_check_again() == [entry.document_id]
    jobs.check_again()
    entry.refresh_from_db()
    assert entry.signature_verdict == "unknown"  # asked a moment ago
    Evidence.objects.update(judged_at=F("judged_at") - timedelta(minutes=30))
    jobs.check_again()
    entry.refresh_from_db()
    assert entry.signature_verdict == "valid"
    assert signatures.to_check_again() == []
