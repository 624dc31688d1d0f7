"""Signing: the leader, then number and date, then the office; levels, refusals, devices that take their time."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from cryptography import x509
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.conftest import Issued, bytes_of, stored
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, Unavailable
from vanthu.signing import actions, queries
from vanthu.signing.appearance import Invisible, attachment_line
from vanthu.signing.fields import prepare, prepare_attachment
from vanthu.signing.models import Certificate, SigningSession
from vanthu.signing.pades import Prepared
from vanthu.signing.places import find_places
from vanthu.signing.providers import PROVIDERS
from vanthu.signing.providers.base import Answer, Capabilities, Done, Job, KeyHolder, Pending, SigningError
from vanthu.signing.providers.software_key import SoftwareKey
from vanthu.signing.states import SessionState
from vanthu.signing.verify import Verifier


def sign(
    path: Path, certificate: Certificate, by: Actor, role: str = "approval", field: str = ""
) -> queries.SignedFile:
    return actions.sign_file(
        stored(path), role=role, certificate=certificate, appearance=Invisible(), by=by, field=field
    )


def test_leader_number_and_seal_are_all_valid_with_time_stamps(issued: Issued) -> None:
    assert issued.signed.level == issued.sealed.level == "B-T"
    report = Verifier().verify(issued.path, issued.expected)
    assert report.verdict == "valid", report.summary
    assert [signature.role for signature in report.signatures] == ["approval", "seal"]
    assert report.level == "B-T"
    assert report.summary.startswith("Chữ ký hợp lệ: Nguyễn Văn An, Viện kiểm sát")
    assert report.signatures[-1].covers_file


def test_another_validator_agrees(issued: Issued) -> None:
    pdfsig = shutil.which("pdfsig")
    assert pdfsig, "install poppler-utils"
    said = subprocess.run([pdfsig, "-nocert", issued.path], capture_output=True, text=True, check=True).stdout
    assert said.count("Signature is Valid") == 2
    assert "Total document signed" in said


def test_the_first_signature_certifies_form_filling_only(issued: Issued) -> None:
    with pikepdf.open(issued.path) as document:
        certification = document.Root.Perms.DocMDP.Reference[0].TransformParams
        assert int(certification.P) == 2


def test_initials_of_a_colleague_come_first(cast: Cast, paper: Path, tmp_path: Path) -> None:
    prepare(paper, find_places(paper, "Nguyễn Văn An"), tmp_path / "form.pdf")
    initialled = sign(tmp_path / "form.pdf", cast.colleague_certificate(), cast.colleague, "initials")
    tmp_path.joinpath("initialled.pdf").write_bytes(bytes_of(initialled.file))
    signed = sign(tmp_path / "initialled.pdf", cast.leader_certificate(), cast.leader)
    tmp_path.joinpath("signed.pdf").write_bytes(bytes_of(signed.file))
    report = Verifier().verify(tmp_path / "signed.pdf")
    assert report.verdict == "valid", report.summary
    assert [s.role for s in report.signatures] == ["initials", "approval"]


def test_without_a_time_stamp_authority_the_level_is_lower(
    cast: Cast, form: Path, settings: Settings
) -> None:
    settings.TSA_URL = "http://127.0.0.1:9/tsa"
    signed = sign(form, cast.leader_certificate(), cast.leader)
    assert signed.level == "B-B"
    with_file = bytes_of(signed.file)
    path = Path(settings.VAR_DIR) / "b-b.pdf"
    path.write_bytes(with_file)
    report = Verifier().verify(path)
    assert report.verdict == "valid"
    assert "chưa có dấu thời gian" in report.signatures[0].sentence


def test_an_attachment_carries_a_line_in_its_corner(cast: Cast, paper: Path, tmp_path: Path) -> None:
    prepare_attachment(paper, tmp_path / "form.pdf")
    at = datetime(2026, 11, 22, 7, 5, 33, tzinfo=UTC)
    signed = actions.sign_file(
        stored(tmp_path / "form.pdf"),
        role="seal",
        certificate=cast.office_certificate(),
        appearance=attachment_line("129/KH-VKS", at),
        by=cast.leader,
    )
    tmp_path.joinpath("signed.pdf").write_bytes(bytes_of(signed.file))
    text = subprocess.run(
        ["pdftotext", tmp_path / "signed.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert "129/KH-VKS; 22/11/2026 14:05:33 +07:00" in text.stdout
    assert Verifier().verify(tmp_path / "signed.pdf").verdict == "valid"


def test_an_invisible_signature_draws_nothing(cast: Cast, form: Path, tmp_path: Path) -> None:
    signed = sign(form, cast.leader_certificate(), cast.leader)
    tmp_path.joinpath("signed.pdf").write_bytes(bytes_of(signed.file))
    before, after = (pdfium.PdfDocument(path)[0] for path in (form, tmp_path / "signed.pdf"))
    pictures = [page.render(scale=1).to_pil() for page in (before, after)]
    assert pictures[0] == pictures[1]


def test_the_same_request_twice_gives_the_same_file(cast: Cast, form: Path) -> None:
    certificate = cast.leader_certificate()
    assert sign(form, certificate, cast.leader) == sign(form, certificate, cast.leader)
    assert SigningSession.objects.count() == 1


def test_the_act_is_in_the_ledger(issued: Issued) -> None:
    session = queries.session(issued.signed.session_id)
    acts = ledger.history(session)
    assert [act.verb for act in acts] == ["signing.signed"]
    assert acts[0].note == "ký duyệt bằng chứng thư số Nguyễn Văn An (B-T)"


def test_nobody_signs_with_the_certificate_of_another(cast: Cast, form: Path) -> None:
    with pytest.raises(NotAllowed, match="của chính mình"):
        sign(form, cast.colleague_certificate(), cast.leader)
    with pytest.raises(NotAllowed, match="cơ quan mình"):
        sign(form, cast.office_certificate(), Actor(person_id=11, office_id=2), "seal")
    with pytest.raises(NotAllowed, match="của chính mình"):
        sign(form, cast.office_certificate(), cast.leader, "approval")


def test_a_revoked_certificate_is_refused(cast: Cast, form: Path) -> None:
    certificate = cast.leader_certificate()
    cast.authority.revoke(int(certificate.serial, 16))
    with pytest.raises(Invalid, match="đã bị thu hồi") as refusal:
        sign(form, certificate, cast.leader)
    assert refusal.value.code == "certificate_revoked"


def test_an_expired_certificate_is_refused(cast: Cast, form: Path) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = cast.enrol(
        "person", 11, "Nguyễn Văn An", start=yesterday - timedelta(days=9), end=yesterday
    )
    with pytest.raises(Invalid, match="đã hết hạn ngày"):
        sign(form, certificate, cast.leader)


def test_a_replaced_certificate_is_refused(cast: Cast, form: Path) -> None:
    old = cast.leader_certificate()
    cast.leader_certificate()
    old.refresh_from_db()
    with pytest.raises(Invalid, match="không còn dùng"):
        sign(form, old, cast.leader)


def test_a_certificate_of_a_stranger_authority_is_refused(
    cast: Cast, form: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.TRUST_ROOTS = tmp_path
    with pytest.raises(Invalid, match="không do đơn vị mà hệ thống tin cậy cấp"):
        sign(form, cast.leader_certificate(), cast.leader)


def test_the_software_key_refuses_to_work_in_production(cast: Cast, form: Path, settings: Settings) -> None:
    certificate = cast.leader_certificate()
    settings.PRODUCTION = True
    with pytest.raises(Invalid, match="chỉ dùng để trình diễn"):
        sign(form, certificate, cast.leader)
    holder = KeyHolder(certificate.x509, certificate.key_name)
    with pytest.raises(SigningError, match="Ban Cơ yếu"):
        SoftwareKey().start(Job(holder, ""), [bytes(32)])
    with pytest.raises(Invalid, match="Chưa có ảnh chữ ký"):
        queries.picture(certificate)


def test_a_taken_or_missing_field_is_refused(cast: Cast, form: Path, issued: Issued) -> None:
    with pytest.raises(Invalid, match="ô không có hoặc đã ký"):
        sign(issued.path, issued.leader, cast.leader)
    with pytest.raises(Invalid, match="ô không có hoặc đã ký"):
        sign(form, issued.leader, cast.leader, field="KyNhay9")


def test_a_file_without_certificate_holder_says_what_to_do(db: None) -> None:
    with pytest.raises(Invalid, match="đăng ký chứng thư số"):
        queries.person_certificate(99)


class PatientDevice:
    """A device whose owner must act: pending until `confirmed`; signs with the software key, or wrongly."""

    capabilities = Capabilities(frozenset({"sha256_ecdsa"}), batch=1, interactive=True)

    def __init__(self) -> None:
        self.confirmed = False
        self.wrong = False
        self.asked: list[tuple[Job, Sequence[bytes]]] = []
        self._key = SoftwareKey()

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        return self._key.chain(holder)

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        self.asked.append((job, hashes))
        return Pending("request-1", datetime.now(UTC) + timedelta(minutes=4))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        if not self.confirmed:
            return Pending(job.device_reference, datetime.now(UTC) + timedelta(minutes=4))
        return self._key.start(job, [bytes(32)] if self.wrong else hashes)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        return str(payload["reference"]), Done(())


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> PatientDevice:
    made = PatientDevice()
    monkeypatch.setitem(PROVIDERS, "patient", made)
    return made


@pytest.fixture
def phone(cast: Cast) -> Certificate:
    """The leader's certificate, whose key lies on a phone."""
    certificate = cast.leader_certificate()
    certificate.provider = "patient"
    certificate.save(update_fields=["provider"])
    return certificate


def test_a_device_that_waits_for_its_owner_is_asked_again(
    cast: Cast, form: Path, device: PatientDevice, phone: Certificate
) -> None:
    for _ in range(2):
        with pytest.raises(Unavailable) as waiting:
            sign(form, phone, cast.leader)
        assert waiting.value.code == "waiting"
    assert len(device.asked) == 1
    device.confirmed = True
    signed = sign(form, phone, cast.leader)
    assert queries.session(signed.session_id).state == SessionState.SIGNED
    assert device.asked[0][1] == [Prepared.load(bytes(SigningSession.objects.get().prepared)).to_sign]


def test_a_file_waits_for_one_signature_at_a_time(
    cast: Cast, form: Path, device: PatientDevice, phone: Certificate
) -> None:
    with pytest.raises(Unavailable):
        sign(form, phone, cast.leader)
    with pytest.raises(Conflict, match="đang chờ một chữ ký khác"):
        sign(form, cast.colleague_certificate(), cast.colleague, "initials")
    SigningSession.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    sign(form, cast.colleague_certificate(), cast.colleague, "initials")
    assert set(SigningSession.objects.values_list("state", flat=True)) == {"expired", "signed"}


def test_a_wrong_signature_is_never_embedded(
    cast: Cast, form: Path, device: PatientDevice, phone: Certificate
) -> None:
    with pytest.raises(Unavailable):
        sign(form, phone, cast.leader)
    device.confirmed = device.wrong = True
    with pytest.raises(Unavailable, match="không khớp với chứng thư số"):
        sign(form, phone, cast.leader)
    assert SigningSession.objects.get().level == ""


def test_a_declined_signature_frees_the_file(
    cast: Cast, form: Path, device: PatientDevice, phone: Certificate
) -> None:
    with pytest.raises(Unavailable):
        sign(form, phone, cast.leader)
    session = SigningSession.objects.get()
    actions.reject(session, by=cast.leader, reason="Ấn từ chối trên điện thoại")
    assert sign(form, cast.colleague_certificate(), cast.colleague, "initials").level == "B-T"
    with pytest.raises(Conflict):
        actions.reject(session, by=cast.leader, reason="")


def test_old_sessions_give_up_their_files(issued: Issued) -> None:
    assert actions.release_files() == 0
    SigningSession.objects.update(opened_at=datetime.now(UTC) - timedelta(days=2))
    assert actions.release_files() == 2
    assert not SigningSession.objects.filter(holds_files=True).exists()
