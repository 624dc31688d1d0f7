"""No call into the server's own network: names are resolved once, every address is checked, that one is called."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests.kernel.receiver import receiving
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.webhooks import addresses, sending

PUBLIC = "203.0.114.7"
HOST = "qlav.example.vn"

type Names = Callable[..., list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """`names("10.0.0.1", …)` lets every name resolve to these; it returns the list of names that were asked for."""
    real = socket.getaddrinfo

    def resolve_to(*found: str) -> list[str]:
        asked: list[str] = []

        def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> Any:
            if host in found:  # connecting to an address
                return real(host, port, *args, **options)
            asked.append(host)
            return [row for one in found for row in real(one, port, *args, **options)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return resolve_to


INSIDE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::1", "::", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::1", "2001:db8::1", "::10.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(names: Names, address: str) -> None:
    names(address)
    with pytest.raises(Invalid) as caught:
        addresses.find(f"https://{HOST}/events")
    assert "mạng nội bộ" in caught.value.fields["url"]
    assert address not in caught.value.message  # the form must not map the network
    names(PUBLIC, address)
    with pytest.raises(Invalid):
        addresses.find(f"https://{HOST}/events")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "10.1", "0", "localhost", "[::1]"),
        *("[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]", "169.254.169.254", "2852039166"),
    ],
)
def test_an_address_inside_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(Invalid) as caught:
        addresses.find(f"https://{host}/")
    assert "mạng nội bộ" in caught.value.fields["url"]


def test_public_addresses_pass(names: Names) -> None:
    for address in (PUBLIC, "2a00:1450:4001:812::200e", "::ffff:203.0.114.7", "64:ff9b::cb00:7207"):
        assert addresses.is_public(ip_address(address)), address
    asked = names(PUBLIC, "2a00:1450:4001:812::200e")
    found = addresses.find(f"https://{HOST.upper()}:8443/events?key=a")
    assert found.addresses == (PUBLIC, "2a00:1450:4001:812::200e")
    assert (found.host, found.port, found.path) == (HOST, 8443, "/events?key=a")
    assert found.authority == f"{HOST}:8443"
    assert asked == [HOST]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://qlav.example.vn/", "https://"),
        ("https://qlav.example.vn:22/", "Cổng"),
        ("https://qlav.example.vn:0/", "đầy đủ"),
        ("https://qlav.example.vn:99999/", "đầy đủ"),
        ("https://user:secret@qlav.example.vn/", "tên đăng nhập"),
        ("https://qlav.example.vn/#here", "#"),
        ("https://qlav.example.vn/a b", "khoảng trắng"),
        ("https://qlav.example.vn/\r\nX: y", "khoảng trắng"),
        ("https://quản-lý.example.vn/", "không dấu"),
        ("https://qlav.example.vn/" + "x" * 500, "500"),
        ("ftp://qlav.example.vn/", "đầy đủ"),
        ("file:///etc/passwd", "đầy đủ"),
        ("https://", "đầy đủ"),
        ("https://[::1", "đầy đủ"),
        ("qlav.example.vn", "đầy đủ"),
        ("", "đầy đủ"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_to_do(names: Names, url: str, sentence: str) -> None:
    names(PUBLIC)
    with pytest.raises(Invalid) as caught:
        addresses.find(url)
    assert sentence in caught.value.fields["url"]


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **options: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Invalid) as caught:
        addresses.find(f"https://{HOST}/")
    assert f"Không tìm thấy máy chủ {HOST}" in caught.value.fields["url"]
    assert sending.post(f"https://{HOST}/", b"{}", {}).problem == caught.value.message


def test_a_deployment_lets_its_own_hosts_and_networks_through(names: Names, settings: Any) -> None:
    settings.WEBHOOK_ALLOW = ["noi-bo.example.vn", ip_network("10.2.0.0/16")]
    names("10.9.9.9")
    assert addresses.find("http://noi-bo.example.vn:80/").addresses == ("10.9.9.9",)
    with pytest.raises(Invalid):
        addresses.find("https://khac.example.vn/")
    names("10.2.3.4")
    assert not addresses.find("http://khac.example.vn/").secure
    names("::ffff:10.2.3.4")
    assert addresses.find("https://khac.example.vn/").port == 443
    names("10.2.3.4", "10.3.0.1")  # one of its addresses lies elsewhere
    with pytest.raises(Invalid):
        addresses.find("https://khac.example.vn/")


def test_the_setting_names_hosts_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_X", "10.2.0.0/16, 10.9.9.9,Noi-Bo.example.vn,fd00::/8")
    names = environment.hosts("VANTHU_X")
    assert names == [
        ip_network("10.2.0.0/16"), ip_network("10.9.9.9/32"), "noi-bo.example.vn", ip_network("fd00::/8"),
    ]  # fmt: skip
    for wrong in ("10.2.0.0/33", "https://noi-bo.example.vn", "10.2.0.1/16"):
        monkeypatch.setenv("VANTHU_X", wrong)
        with pytest.raises(ImproperlyConfigured, match="VANTHU_X"):
            environment.hosts("VANTHU_X")


def test_the_checked_address_is_called_even_if_the_name_has_moved_since(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOK_ALLOW = [HOST]
    real, asked = socket.getaddrinfo, []

    def moving(host: str, port: int, *args: Any, **options: Any) -> Any:
        if host != HOST:
            return real(host, port, *args, **options)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", moving)
    with receiving() as receiver:
        outcome = sending.post(f"http://{HOST}:{receiver.port}/", b"{}", {})
    assert outcome.delivered
    assert asked == [HOST]
    assert receiver.got[0][1]["host"] == f"{HOST}:{receiver.port}"


def test_an_address_that_leads_inside_by_now_is_not_called(names: Names, settings: Any) -> None:
    with receiving() as receiver:
        names("127.0.0.1")
        outcome = sending.post(f"https://{HOST}:{receiver.port}/", b"{}", {})
    assert receiver.got == []
    assert "mạng nội bộ" in outcome.problem
    assert (outcome.status, outcome.reached) == (None, False)


def certificate(folder: Path, host: str) -> Path:
    """A PEM file with a key and a self-signed certificate for this host."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_the_certificate_is_checked_against_the_name(
    names: Names, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]
    names("127.0.0.1")
    file = certificate(tmp_path, HOST)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    with receiving(server) as receiver:
        unknown = sending.post(f"https://{HOST}:{receiver.port}/", b"{}", {})
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        trusted = sending.post(f"https://{HOST}:{receiver.port}/", b"{}", {})
        misnamed = sending.post(f"https://khac.example.vn:{receiver.port}/", b"{}", {})
    assert "Chứng thư của nơi nhận không hợp lệ" in unknown.problem
    assert trusted.delivered
    assert "Chứng thư của nơi nhận không hợp lệ" in misnamed.problem
    assert len(receiver.got) == 1


@pytest.mark.parametrize("secure", [False, True])
def test_who_answers_byte_by_byte_is_cut_off(
    settings: Any, monkeypatch: pytest.MonkeyPatch, secure: bool
) -> None:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]
    monkeypatch.setattr(sending, "READ_SECONDS", 0.5)
    done = threading.Event()

    def drip(listening: socket.socket) -> None:
        link, _ = listening.accept()
        with link:
            try:
                while not done.wait(0.05):
                    link.send(b"\x16" if secure else b"H")
            except OSError:
                done.set()  # the sender hung up

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=[listening])
        thread.start()
        scheme = "https" if secure else "http"
        outcome = sending.post(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
        assert done.wait(10)
        thread.join()
    assert outcome.status is None
    assert outcome.problem


def test_an_answer_that_is_not_http(settings: Any) -> None:
    settings.WEBHOOK_ALLOW = [ip_network("127.0.0.1/32")]

    def answer(listening: socket.socket) -> None:
        link, _ = listening.accept()
        with link:
            link.recv(65536)
            link.sendall(b"220 mail.example.vn ESMTP\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer, args=[listening])
        thread.start()
        outcome = sending.post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
        thread.join()
    assert "không đúng HTTP" in outcome.problem
