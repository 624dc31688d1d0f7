"""Judgements are kept with what they were made by, made again while unknown, and know older versions of a file."""

from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import ocsp
from asn1crypto import x509 as asn1_x509
from django.db.models import F
from pytest_django.fixtures import Settings

from tests.signing.attacks import Workshop
from tests.signing.conftest import stored
from vanthu.signing import apart, evidence
from vanthu.signing.evidence_models import Evidence
from vanthu.signing.verify import Verifier
from vanthu_tools.test_pki import Authority


@pytest.fixture
def workshop(authority: Authority, tmp_path: Path) -> Workshop:
    return Workshop(authority, tmp_path)


def test_a_file_is_judged_once_and_its_evidence_kept(
    db: None, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = stored(workshop.government)
    report = evidence.judge(file)
    assert report.verdict == "valid"
    monkeypatch.setattr(Verifier, "verify_with_material", lambda *_: pytest.fail("asked twice"))
    assert evidence.judge(file) == report
    row = Evidence.objects.get()
    assert (row.asked, row.report["policy"], row.tries) == ("auto/1", "government_compat/1", 1)
    held = evidence.unpacked(bytes(row.material))
    names = {asn1_x509.Certificate.load(der).subject.native["common_name"] for der in held["certificates"]}
    assert {"Nguyễn Văn An", "Viện kiểm sát nhân dân tỉnh Bắc Ninh"} <= names
    assert {ocsp.OCSPResponse.load(der)["response_status"].native for der in held["responses"]} == {
        "successful"
    }


def test_what_is_unknown_is_asked_again(
    db: None, workshop: Workshop, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    file = stored(workshop.simple)
    with monkeypatch.context() as patch:
        patch.setattr(
            type(workshop.authority), "revoked", lambda self: (_ for _ in ()).throw(OSError("closed"))
        )
        assert evidence.judge(file).verdict == "unknown"
    assert evidence.rests(file)
    Evidence.objects.update(judged_at=F("judged_at") - timedelta(minutes=30))
    assert not evidence.rests(file)
    assert evidence.judge(file).verdict == "valid"
    assert Evidence.objects.get().tries == 2
    assert not evidence.rests(file)


def test_an_older_version_of_a_known_file_is_found(db: None, workshop: Workshop) -> None:
    evidence.judge(stored(workshop.government))
    earlier = evidence.judge(stored(workshop.a16_rolled_back(workshop.government)))
    assert earlier.verdict == "invalid"
    assert (
        "một bản sau của tệp này, có thêm chữ ký của Viện kiểm sát nhân dân tỉnh Bắc Ninh" in earlier.summary
    )
    assert evidence.judge(stored(workshop.government)).verdict == "valid"


def test_files_of_strangers_are_verified_in_a_process_with_limits(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = workshop.rewritten(b"nothing", "nothing.pdf")
    first, second = apart.verify_apart([workshop.simple, nothing])
    assert [one.signer for one in first.signatures] == ["Nguyễn Văn An"]
    assert second.verdict == "invalid"
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    (late,) = apart.verify_apart([workshop.simple])
    assert late.verdict == "unknown"
    assert "quá lớn hoặc quá phức tạp" in late.summary
