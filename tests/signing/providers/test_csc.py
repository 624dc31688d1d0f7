"""Remote signing by the consortium's interface: version 1 against its test server, version 2 against a stand-in."""

import json
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import connection
from pytest_django.fixtures import Settings

from tests.signing.authority import Cast
from tests.signing.providers.conftest import Enrol
from tests.signing.requested import ask, over, states
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.refusals import Conflict, Invalid, Unavailable
from vanthu.signing import actions, asking, requests
from vanthu.signing.actions import Enrolment
from vanthu.signing.models import Certificate
from vanthu.signing.providers import calling
from vanthu_tools.simulators.csc import Csc, Lock
from vanthu_tools.simulators.phones import Credential


@pytest.fixture(scope="session")
def ten(forms: list[Path]) -> list[Path]:
    """Ten files that differ."""
    made = []
    for number in range(10):
        made.append(forms[0].with_name(f"ten-{number}.pdf"))
        with pikepdf.open(forms[0]) as document:
            document.docinfo["/Title"] = f"Plan {number}"
            document.save(made[-1])
    return made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The last words of the addresses that were called."""
    called: list[str] = []
    post = calling.post

    def counted(service: str, url: str, body: object, *, bearer: str = "") -> calling.Reply:
        called.append(url.rpartition("/")[2])
        return post(service, url, body, bearer=bearer)  # type: ignore[arg-type]

    monkeypatch.setattr(calling, "post", counted)
    return called


@pytest.fixture(scope="session")
def test_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the consortium's test server (PyPI `certomancer-csc-dummy`), which pins hashes, and its folder."""
    folder = tmp_path_factory.mktemp("csc")
    shutil.copyfile(Path(__file__).with_name("certomancer.yml"), folder / "certomancer.yml")
    (folder / "keys").mkdir()
    for name in ("root", "leader"):
        key = rsa.generate_private_key(65537, 2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "keys" / f"{name}.pem").write_bytes(pem)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "csc_dummy", "certomancer.yml", str(port), "2"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not listens(port):
            assert server.poll() is None, "the test server ended"
            time.sleep(0.1)
        yield f"http://localhost:{port}", folder
    finally:
        server.terminate()
        server.wait()


def listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def leader_of_version_1(
    cast: Cast, test_server: tuple[str, Path], settings: Settings, tmp_path: Path
) -> Certificate:
    """The leader's certificate at the test server, whose root is trusted."""
    settings.CSC_URL, settings.CSC_VERSION = test_server[0], 1
    reply = calling.post(
        "",
        f"{test_server[0]}/csc/v1/credentials/info",
        {"credentialID": "test/leader", "certificates": "chain"},
    )
    own, root = (
        x509.load_der_x509_certificate(b64decode(text)) for text in reply.data["cert"]["certificates"]
    )
    settings.TRUST_ROOTS = tmp_path
    (tmp_path / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    actions.enrol([Enrolment("person", 11, own, "csc", "test/leader")], by=SYSTEM)
    return Certificate.objects.get(provider="csc", active=True)


def test_version_1_signs_ten_documents_with_one_authorisation(
    cast: Cast, leader_of_version_1: Certificate, ten: list[Path], signed: list[int], calls: list[str]
) -> None:
    request = over(ask(ten, leader_of_version_1, cast.leader))
    assert (request.state, sorted(signed)) == ("done", list(range(100, 110)))
    assert calls.count("authorize") == calls.count("signHash") == 1


@pytest.fixture
def locks() -> dict[str, Lock]:
    return {"an": Lock()}


@pytest.fixture
def service(locks: dict[str, Lock], settings: Settings) -> Iterator[Csc]:
    held: dict[str, list[Credential]] = {}
    made = Csc(lambda name: held.get(name, []), locks, multisign=4, client=("vks", "secret"))
    made.held = held  # type: ignore[attr-defined]
    settings.CSC_URL, settings.CSC_VERSION = made.start(), 2
    settings.CSC_ID, settings.CSC_SECRET = "vks", "secret"
    yield made
    made.stop()


@pytest.fixture
def leader(service: Csc, enrolled: Enrol) -> Certificate:
    certificate, credential = enrolled("csc_pin", "an")
    service.held["an"] = [credential]  # type: ignore[attr-defined]
    return certificate


def test_version_2_signs_ten_documents_with_one_pin_in_pieces_of_four(
    cast: Cast, service: Csc, leader: Certificate, ten: list[Path], signed: list[int]
) -> None:
    request = ask(ten, leader, cast.leader)
    run_jobs(ahead=10)
    assert states(request) == ["prepared"] * 10
    requests.authorise(request.pk, {"pin": "123456"}, by=cast.leader)
    assert over(request).state == "done"
    assert sorted(signed) == list(range(100, 110))
    assert (service.authorised, service.calls) == (1, 3)


def test_a_pin_is_kept_nowhere(
    cast: Cast,
    service: Csc,
    locks: dict[str, Lock],
    leader: Certificate,
    forms: list[Path],
    signed: list[int],
) -> None:
    locks["an"].value = "PIN-730951"
    request = ask(forms, leader, cast.leader)
    requests.authorise(request.pk, {"pin": "PIN-730951"}, by=cast.leader)
    tables = ("signing_signingrequest", "signing_signingsession", "procrastinate_jobs", "kernel_ledgervalues")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            assert "PIN-730951" not in cursor.fetchone()[0]


def test_a_wrong_pin_may_be_typed_again_until_the_key_is_locked(
    cast: Cast, service: Csc, leader: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, leader, cast.leader)
    for _ in range(3):
        with pytest.raises(Invalid, match="Mã PIN không đúng") as wrong:
            requests.authorise(request.pk, {"pin": "0"}, by=cast.leader)
        assert set(wrong.value.fields) == {"pin"}
    with pytest.raises(Invalid, match="đã bị khóa"):
        requests.authorise(request.pk, {"pin": "123456"}, by=cast.leader)
    request.refresh_from_db()
    assert (request.state, service.authorised) == ("failed", 0)


def test_a_one_time_code_is_sent_and_typed(
    cast: Cast,
    service: Csc,
    locks: dict[str, Lock],
    enrolled: Enrol,
    forms: list[Path],
    signed: list[int],
) -> None:
    certificate, credential = enrolled("csc_otp", "an")
    service.held["an"] = [credential]  # type: ignore[attr-defined]
    locks["an"] = Lock("OTP", "402918")
    request = ask(forms, certificate, cast.leader)
    requests.send_code(request.pk, by=cast.leader)
    assert locks["an"].sent == 1
    with pytest.raises(Invalid, match="Mã OTP không đúng"):
        requests.authorise(request.pk, {"otp": "1"}, by=cast.leader)
    requests.authorise(request.pk, {"otp": "402918"}, by=cast.leader)
    assert over(request).state == "done"
    with pytest.raises(Conflict):
        requests.send_code(request.pk, by=cast.leader)


def test_a_lost_answer_asks_for_the_pin_again_and_signs_no_file_twice(
    cast: Cast, service: Csc, leader: Certificate, forms: list[Path], signed: list[int]
) -> None:
    request = ask(forms, leader, cast.leader)
    asking.device_of("csc_pin").chain(asking.holder_of(leader))
    service.lose = 1
    with pytest.raises(Unavailable, match="đang gặp sự cố"):
        requests.authorise(request.pk, {"pin": "123456"}, by=cast.leader)
    assert states(request) == ["prepared"] * 3
    requests.authorise(request.pk, {"pin": "123456"}, by=cast.leader)
    assert over(request).state == "done"
    assert sorted(signed) == [100, 101, 102]


def test_the_service_refuses_hashes_that_were_not_authorised(service: Csc, leader: Certificate) -> None:
    """The stand-in is as strict as the interface: what is tested above would fail otherwise."""
    service.client = ("", "")
    url = service.start() + "/csc/v2"
    body = {
        "credentialID": "an",
        "numSignatures": 1,
        "hashes": ["AA=="],
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
    }
    reply = calling.post(
        "", f"{url}/credentials/authorize", {**body, "authData": [{"id": "PIN", "value": "123456"}]}
    )
    sign = {"credentialID": "an", "SAD": reply.data["SAD"], "hashes": ["AQ=="], "operationMode": "S"}
    assert json.dumps(calling.post("", f"{url}/signatures/signHash", sign).data).count("not authorized") == 1
