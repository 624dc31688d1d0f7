"""A security module by PKCS#11, which SoftHSM stands in for: RSA and ECDSA, wrong PIN, token away, broken session."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pkcs11.util.x509 import decode_x509_certificate
from pytest_django.fixtures import Settings

from tests.signing.authority import OFFICE, Cast
from tests.signing.conftest import stored
from tests.signing.providers.conftest import Enrol
from tests.signing.requested import ask
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.signing import actions
from vanthu.signing.actions import Enrolment
from vanthu.signing.appearance import Invisible
from vanthu.signing.models import Certificate, SigningSession
from vanthu.signing.providers import PROVIDERS
from vanthu.signing.providers.base import Done, Job, KeyHolder
from vanthu.signing.providers.pkcs11 import Pkcs11
from vanthu_tools.test_pki import Holder, PrivateKey

MODULES = [
    path for found in ("/usr/lib/softhsm", "/usr/lib/*/softhsm") for path in glob(f"{found}/libsofthsm2.so")
]
pytestmark = pytest.mark.skipif(
    not MODULES or shutil.which("softhsm2-util") is None,
    reason="SoftHSM is missing: run `make setup` as root, or install the package `softhsm2`",
)
LABEL, PIN = "VKS", "1234"


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory, rsa_key: rsa.RSAPrivateKey) -> dict[str, PrivateKey]:
    """A token with an RSA and an ECDSA key: {label: key}."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(settings)  # the library reads it in this process
    util = ["softhsm2-util", "--pin", PIN]
    subprocess.run(
        [*util, "--init-token", "--free", "--label", LABEL, "--so-pin", "9999"],
        check=True,
        capture_output=True,
    )
    keys: dict[str, PrivateKey] = {"seal": rsa_key, "seal-ec": ec.generate_private_key(ec.SECP256R1())}
    for number, (label, key) in enumerate(keys.items(), 1):
        path = folder / f"{label}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        command = [*util, "--import", path, "--token", LABEL, "--label", label, "--id", f"A{number}"]
        subprocess.run(command, check=True, capture_output=True)
    return keys


@pytest.fixture
def device(
    token: dict[str, PrivateKey], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Pkcs11]:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = MODULES[0], LABEL, PIN
    made = Pkcs11()
    monkeypatch.setitem(PROVIDERS, "pkcs11", made)
    yield made
    made.close()


@pytest.fixture
def seal(cast: Cast, device: Pkcs11, enrolled: Enrol) -> Certificate:
    """The office's certificate, whose RSA key lies in the module."""
    return enrolled("pkcs11", "seal", "office")[0]


@pytest.mark.parametrize("label", ["seal", "seal-ec"])
def test_the_office_seals_with_a_key_in_the_module(
    cast: Cast, device: Pkcs11, token: dict[str, PrivateKey], forms: list[Path], label: str
) -> None:
    issued = cast.authority.issue(Holder("office", 1, OFFICE, OFFICE), key=token[label])
    actions.enrol([Enrolment("office", 1, issued.certificate, "pkcs11", label)], by=SYSTEM)
    session = device._open()
    above = cast.authority.certificate("ca").public_bytes(serialization.Encoding.DER)
    session.create_object(decode_x509_certificate(above))
    certificate = Certificate.objects.get(provider="pkcs11", active=True)
    assert device.chain(KeyHolder(certificate.x509, label)) == [
        issued.certificate,
        cast.authority.certificate("ca"),
    ]
    signed = actions.sign_file(
        stored(forms[0]), role="seal", certificate=certificate, appearance=Invisible(), by=cast.leader
    )
    assert signed.level == "B-T"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_session_that_broke_is_opened_anew(device: Pkcs11, seal: Certificate) -> None:
    job = Job(KeyHolder(seal.x509, "seal"), "")
    first = device.start(job, [bytes(32)])
    assert device._session is not None
    device._session.close()
    assert device.start(job, [bytes(32)]) == first
    assert isinstance(first, Done)


def test_a_wrong_pin_is_told_and_not_tried_again(
    cast: Cast, device: Pkcs11, seal: Certificate, forms: list[Path], settings: Settings
) -> None:
    settings.PKCS11_PIN = "0000"
    for _ in range(12):  # a module would lock itself
        with pytest.raises(Invalid, match="Mã PIN của thiết bị HSM không đúng") as wrong:
            seal_with(seal, forms[0], cast)
        assert "Thiết bị báo đã có lần nhập sai" in wrong.value.message
    settings.PKCS11_PIN = PIN
    assert seal_with(seal, forms[0], cast)


def seal_with(certificate: Certificate, path: Path, cast: Cast) -> str:
    return actions.sign_file(
        stored(path), role="seal", certificate=certificate, appearance=Invisible(), by=cast.leader
    ).level


def test_a_token_that_is_away_may_come_back(
    cast: Cast, device: Pkcs11, seal: Certificate, forms: list[Path], settings: Settings
) -> None:
    settings.PKCS11_TOKEN = "elsewhere"
    with pytest.raises(Unavailable, match="Chưa thấy thiết bị HSM"):
        seal_with(seal, forms[1], cast)
    settings.PKCS11_TOKEN = LABEL
    assert seal_with(seal, forms[1], cast) == "B-T"
    assert SigningSession.objects.get().state == "signed"


def test_a_key_that_is_not_there_and_a_module_that_is_none_are_told(
    cast: Cast, device: Pkcs11, seal: Certificate, forms: list[Path], settings: Settings
) -> None:
    seal.key_name = "other"
    seal.save(update_fields=["key_name"])
    with pytest.raises(Invalid, match="không có khóa của chứng thư số này"):
        seal_with(seal, forms[2], cast)
    device.close()
    settings.PKCS11_MODULE = "/nowhere/libpkcs11.so"
    with pytest.raises(Unavailable, match="Không mở được thư viện"):
        seal_with(seal, forms[2], cast)
    settings.PKCS11_MODULE = ""
    with pytest.raises(Invalid, match="VANTHU_PKCS11_MODULE"):
        seal_with(seal, forms[2], cast)


def test_a_request_for_many_files_is_done_at_once(
    cast: Cast, device: Pkcs11, enrolled: Enrol, forms: list[Path], signed: list[int]
) -> None:
    certificate, _ = enrolled("pkcs11", "seal")
    assert ask(forms, certificate, cast.leader).state == "done"
    assert signed == [100, 101, 102]
