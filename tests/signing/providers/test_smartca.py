"""VNPT SmartCA against a stand-in on loopback: one confirmation for many files, poll and report, every way to fail."""

import hashlib
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.conftest import bytes_of
from tests.signing.providers.conftest import Enrol
from tests.signing.requested import ask, over, states
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.signing import asking, queries, requests
from vanthu.signing.models import Certificate, SigningRequest
from vanthu.signing.verify import Verifier
from vanthu_tools.simulators.phones import Credential
from vanthu_tools.simulators.smartca import ROOT, SmartCa

CCCD = "001088012345"


@pytest.fixture
def wallet() -> dict[str, list[Credential]]:
    return {}


@pytest.fixture
def service(wallet: dict[str, list[Credential]], settings: Settings) -> Iterator[SmartCa]:
    made = SmartCa(lambda user: wallet.get(user, []), account=("vks", "sp-secret"))
    settings.SMARTCA_URL = made.start() + ROOT
    settings.SMARTCA_ID, settings.SMARTCA_PASSWORD = "vks", "sp-secret"
    yield made
    made.stop()


@pytest.fixture
def phone(service: SmartCa, wallet: dict[str, list[Credential]], enrolled: Enrol) -> Certificate:
    certificate, credential = enrolled("smartca", CCCD)
    wallet[CCCD] = [credential]
    return certificate


def test_three_files_are_signed_by_one_confirmation(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    run_jobs()
    request.refresh_from_db()
    (transaction,) = service.transactions.values()
    assert (request.state, request.code) == ("waiting", transaction.id[-6:])
    assert transaction.title == "Ký 3 văn bản"
    assert len(transaction.documents) == 3
    run_jobs(ahead=3)
    assert states(request) == ["waiting"] * 3
    service.press()
    assert over(request).state == "done"
    assert service.asked == 1
    assert signed == [100, 101, 102]


@pytest.mark.parametrize(
    ("pressed", "state"), [("rejected", "rejected"), ("expired", "expired"), ("failed", "failed")]
)
def test_what_the_signer_does_not_confirm_ends_with_a_sentence(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], pressed: str, state: str
) -> None:
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press(pressed)
    assert over(request).state == state
    assert "SmartCA" in request.problem


def test_an_answer_that_is_lost_is_asked_for_and_the_phone_is_asked_once(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, phone, cast.leader)
    service.lose = 1
    assert asking.advance(request.pk)
    request.refresh_from_db()
    assert "đang gặp sự cố" in request.problem
    service.press()
    assert over(request).state == "done"
    assert service.asked == 1
    assert signed == [100, 101, 102]


def test_a_service_that_is_away_is_tried_until_it_is_back(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int], settings: Settings
) -> None:
    request = ask(forms, phone, cast.leader)
    there, settings.SMARTCA_URL = settings.SMARTCA_URL, "http://127.0.0.1:9/sca/sp769"
    assert asking.advance(request.pk)
    request.refresh_from_db()
    assert "Chưa kết nối được VNPT SmartCA" in request.problem
    assert states(request) == ["prepared"] * 3
    settings.SMARTCA_URL = there
    asking.advance(request.pk)
    service.press()
    assert over(request).state == "done"
    assert signed == [100, 101, 102]


def as_pkcs7(signature: bytes, credential: Credential, digest: bytes, *, own: bool = False) -> bytes:
    """The signature wrapped as some gateways do it; `own`: over attributes of the gateway's."""
    certificate = cms.Certificate.load(credential.certificate.public_bytes(Encoding.DER))
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber(
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                ),
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15"}),
            "signature": signature,
        }
    )
    if own:
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [core.OctetString(digest)]}),
            ]
        )
        signer["signed_attrs"] = attributes
        signer["signature"] = credential.sign(hashlib.sha256(attributes.dump()).digest())
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def test_a_signature_wrapped_as_pkcs7_is_taken_out(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    service.wrap = as_pkcs7
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press()
    assert over(request).state == "done"
    assert signed == [100, 101, 102]


def test_a_pkcs7_that_signs_attributes_of_its_own_is_refused_with_what_to_ask_for(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], signed: list[int]
) -> None:
    service.wrap = partial(as_pkcs7, own=True)
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press()
    assert over(request).state == "failed"
    assert "PKCS#1" in request.problem
    assert not signed


def test_a_signature_of_another_key_is_not_embedded(
    cast: Cast,
    service: SmartCa,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
) -> None:
    service.wrap = lambda signature, credential, digest: bytes(256)
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press()
    assert over(request).state == "failed"
    assert "không khớp với chứng thư số" in request.problem


def test_a_contract_for_whole_pkcs7_puts_them_into_the_files(
    cast: Cast,
    service: SmartCa,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.SMARTCA_ANSWER = "pkcs7"
    service.wrap = partial(as_pkcs7, own=True)
    request = ask(forms[:1], phone, cast.leader)
    run_jobs()
    service.press()
    assert over(request).state == "done"
    made = queries.signed_file(queries.session(requests.progress(request)[0].session_id))
    assert made.level == "B-T"
    (tmp_path / "signed.pdf").write_bytes(bytes_of(made.file))
    said = subprocess.run(
        ["pdfsig", "-nocert", tmp_path / "signed.pdf"], capture_output=True, text=True, check=True
    )
    assert "Signature is Valid" in said.stdout
    report = Verifier().verify(tmp_path / "signed.pdf")
    assert report.verdict == "valid", report.summary


def test_a_whole_pkcs7_of_something_else_stays_out(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], settings: Settings
) -> None:
    settings.SMARTCA_ANSWER = "pkcs7"
    answers = [
        lambda signature, credential, digest: as_pkcs7(signature, credential, bytes(32), own=True),
        lambda signature, credential, digest: signature,
        lambda signature, credential, digest: as_pkcs7(bytes(256), credential, digest),
    ]

    def next_answer(signature: bytes, credential: Credential, digest: bytes) -> bytes:
        return answers.pop()(signature, credential, digest)

    service.wrap = next_answer
    request = ask(forms, phone, cast.leader)
    run_jobs()
    service.press()
    assert over(request).state == "failed"
    problems = [row.problem for row in requests.progress(request)]
    assert ["không khớp" in problems[0], "không đọc được" in problems[1], "nội dung khác" in problems[2]] == [
        True
    ] * 3


def test_a_signature_in_the_other_padding_is_refused_by_name(
    cast: Cast,
    service: SmartCa,
    phone: Certificate,
    forms: list[Path],
    signed: list[int],
    rsa_key: rsa.RSAPrivateKey,
) -> None:
    request = ask(forms[:1], phone, cast.leader)
    run_jobs()
    (transaction,) = service.transactions.values()
    ((_, digest),) = transaction.documents
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    service.wrap = lambda signature, credential, hashed: rsa_key.sign(digest, pss, Prehashed(hashes.SHA256()))
    service.press()
    assert over(request).state == "failed"
    assert "RSASSA-PSS" in request.problem


def test_another_certificate_at_the_service_is_refused_before_anything_is_asked(
    cast: Cast, service: SmartCa, phone: Certificate, wallet: dict[str, list[Credential]], forms: list[Path]
) -> None:
    wallet[CCCD] = []
    with pytest.raises(Invalid, match="không có chứng thư số đã đăng ký"):
        ask(forms, phone, cast.leader)
    assert not service.asked


def test_without_an_account_the_refusal_names_the_setting_and_an_open_line_is_refused(
    cast: Cast, service: SmartCa, phone: Certificate, forms: list[Path], settings: Settings
) -> None:
    address = settings.SMARTCA_URL
    settings.SMARTCA_URL = "http://gwsca.example/sca/sp769"
    with pytest.raises(Invalid, match="phải là https"):
        ask(forms, phone, cast.leader)
    settings.SMARTCA_URL, settings.SMARTCA_PASSWORD = f"{address}/", "wrong"
    with pytest.raises(Invalid, match="không nhận tài khoản"):
        ask(forms, phone, cast.leader)
    settings.SMARTCA_ID = ""
    with pytest.raises(Invalid, match="VANTHU_SMARTCA_ID"):
        ask(forms, phone, cast.leader)
    settings.SMARTCA_URL = "http://127.0.0.1:9"
    settings.SMARTCA_ID = "vks"
    with pytest.raises(Unavailable, match="Chưa kết nối được"):
        ask(forms, phone, cast.leader)
    assert not SigningRequest.objects.exists()
