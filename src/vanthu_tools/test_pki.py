"""The test authority of the demonstration and the tests: root, issuing authority, time stamps, OCSP, CRLs.

Never for production. Keys are made at first start into an ignored folder (`var/pki`, files readable by their owner
only), never kept in the database or in git. Every holder gets a P-256 key of their own, which takes a millisecond.

Folder: `roots/root.pem` (what verification trusts), `ca.pem`, `tsa.pem`, `ocsp.pem`, `root-key.pem` …,
`keys/<serial>.pem` of the holders, `revoked.json` (serial in hexadecimal → when), `address` (of the services).
"""

import json
import os
import threading
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from asn1crypto import crl, keys, ocsp, tsp
from asn1crypto import x509 as asn1_x509
from certomancer.services import (
    CRLBuilder,
    RevocationInfoInterface,
    SimpleOCSPResponder,
    TimeStamper,
    choose_signed_digest,
)
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

PORT = 9018
_COUNTRY = "VN"
_TEST_BODY = "Ban Cơ yếu Chính phủ (TRÌNH DIỄN)"
_YEAR = timedelta(days=365)


type PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Holder:
    """Who gets a certificate: `kind` person or office, id in organisations, name, and the office's name."""

    kind: str
    id: int
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh certificate and the file with its key."""

    certificate: x509.Certificate
    key_name: str


class Authority:
    """The test authority in one folder; `address` (http://host:port) is where its services answer."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    @property
    def tsa_url(self) -> str:
        return f"{self.address}/tsa"

    @cached_property
    def root(self) -> x509.Certificate:
        return _read_certificate(self.folder / "roots" / "root.pem")

    def certificate(self, name: str) -> x509.Certificate:
        """The certificate of a service: ca, tsa or ocsp."""
        return _read_certificate(self.folder / f"{name}.pem")

    def key(self, name: str) -> ec.EllipticCurvePrivateKey:
        """The key of a service: root, ca, tsa or ocsp."""
        return read_key(self.folder / f"{name}-key.pem")

    @cached_property
    def _ca(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        return self.certificate("ca"), self.key("ca")

    def issue(
        self,
        holder: Holder,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        key: PrivateKey | None = None,
    ) -> Issued:
        """A certificate for signing documents, valid for five years unless said otherwise; the key goes to a file."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        start = start or datetime.now(UTC) - timedelta(days=1)
        name = _name(holder.name, holder.office, uid=f"{holder.kind}-{holder.id}")
        builder = _builder(name, key, self._ca[0].subject, start, end or start + 5 * _YEAR)
        builder = _with_usage(builder, digital_signature=True, content_commitment=True)
        certificate = self._signed(builder, key, *self._ca, "ca")
        key_name = f"{certificate.serial_number:x}"
        _write_private(self.folder / "keys" / f"{key_name}.pem", key)
        return Issued(certificate, key_name)

    def revoke(self, serial: int, at: datetime | None = None) -> None:
        """Revoke a certificate: OCSP and CRL say so at once."""
        revoked = {**self.revoked(), f"{serial:x}": (at or datetime.now(UTC)).isoformat()}
        (self.folder / "revoked.json").write_text(json.dumps(revoked))

    def revoked(self) -> dict[str, str]:
        """Revoked serial numbers (hexadecimal) and when (ISO 8601)."""
        path = self.folder / "revoked.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def make(self) -> None:
        """Make keys and certificates of root, authority and services."""
        (self.folder / "keys").mkdir(parents=True, exist_ok=True)
        (self.folder / "roots").mkdir(exist_ok=True)
        now = datetime.now(UTC) - timedelta(days=2)
        root_key, root = self._make_root(now)
        ca_key = _fresh(self.folder / "ca-key.pem")
        name = _name("Chứng thực số VKSND (TRÌNH DIỄN)", _TEST_BODY)
        builder = _builder(name, ca_key, root.subject, now, now + 15 * _YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = _with_usage(builder, key_cert_sign=True, crl_sign=True)
        ca = self._signed(builder, ca_key, root, root_key, "root")
        _write(self.folder / "ca.pem", ca)
        for service, purpose, title in (
            ("tsa", ExtendedKeyUsageOID.TIME_STAMPING, "Dấu thời gian (TRÌNH DIỄN)"),
            ("ocsp", ExtendedKeyUsageOID.OCSP_SIGNING, "Trạng thái chứng thư (TRÌNH DIỄN)"),
        ):
            key = _fresh(self.folder / f"{service}-key.pem")
            builder = _builder(_name(title, _TEST_BODY), key, ca.subject, now, now + 14 * _YEAR)
            builder = _with_usage(builder, digital_signature=True)
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
            if service == "ocsp":
                builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
            _write(self.folder / f"{service}.pem", self._signed(builder, key, ca, ca_key, "ca"))

    def _make_root(self, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = _fresh(self.folder / "root-key.pem")
        name = _name("Gốc chứng thực chuyên dùng (TRÌNH DIỄN)", _TEST_BODY)
        builder = _builder(name, key, name, now, now + 20 * _YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        root = _with_usage(builder, key_cert_sign=True, crl_sign=True).sign(key, hashes.SHA256())
        _write(self.folder / "roots" / "root.pem", root)
        return key, root

    def _signed(
        self,
        builder: x509.CertificateBuilder,
        key: PrivateKey,
        issuer: x509.Certificate,
        issuer_key: ec.EllipticCurvePrivateKey,
        issuer_name: str,
    ) -> x509.Certificate:
        """Sign with the pointers that verification follows: CRL and issuer for all, OCSP below the authority."""
        access = [(AuthorityInformationAccessOID.CA_ISSUERS, f"{self.address}/certs/{issuer_name}.crt")]
        if issuer_name == "ca":
            access.append((AuthorityInformationAccessOID.OCSP, f"{self.address}/ocsp"))
        extensions: list[x509.ExtensionType] = [
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
                    for method, url in access
                ]
            ),
            x509.CRLDistributionPoints([_point(f"{self.address}/crl/{issuer_name}.crl")]),
        ]
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(issuer_key, hashes.SHA256())


def ensure(folder: Path, address: str = f"http://127.0.0.1:{PORT}") -> Authority:
    """The authority in this folder, made at first start; the address is written into certificates for good."""
    authority = Authority(folder, address)
    written = folder / "address"
    if written.exists():
        return Authority(folder, written.read_text())
    authority.make()
    written.write_text(address)
    return authority


def serve(folder: Path, port: int = PORT) -> None:
    """Run the services on 127.0.0.1 until the process ends; an authority that exists keeps its port."""
    authority = ensure(folder, f"http://127.0.0.1:{port}")
    server(authority, int(authority.address.rpartition(":")[2])).serve_forever()


def server(authority: Authority, port: int) -> BaseWSGIServer:
    """The services as a server that is not running yet; port 0 takes a free one."""
    return make_server(
        "127.0.0.1", port, Services(authority), threaded=True, request_handler=_QuietRequestHandler
    )


def serve_in_thread(folder: Path) -> tuple[Authority, BaseWSGIServer]:
    """For tests: a new authority on a free port, answering in a thread until `shutdown()` of the server."""
    authority = Authority(folder, "")
    running = server(authority, 0)
    authority.address = f"http://127.0.0.1:{running.server_port}"
    authority.make()
    (folder / "address").write_text(authority.address)  # `ensure` finds this one
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return authority, running


class Services:
    """The WSGI application: time stamps (RFC 3161), OCSP by POST and GET, CRLs, certificates of the issuers."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self._routes = Map(
            [
                Rule("/tsa", methods=["POST"], endpoint=self._time_stamp),
                Rule("/ocsp", methods=["POST"], endpoint=self._status),
                Rule("/ocsp/<path:question>", methods=["GET"], endpoint=self._status),
                Rule("/crl/<issuer>.crl", methods=["GET"], endpoint=self._revocation_list),
                Rule("/certs/<issuer>.crt", methods=["GET"], endpoint=self._issuer),
            ]
        )

    def __call__(self, environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
        request = Request(environ)
        try:
            answer, arguments = self._routes.bind_to_environ(environ).match()
            response = answer(request, **arguments)
        except HTTPException as refusal:
            response = refusal.get_response(environ)
        return cast(Iterable[bytes], response(environ, start_response))

    def _time_stamp(self, request: Request) -> Response:
        stamper = TimeStamper(
            _asn1(self.authority.certificate("tsa")),
            _asn1_key(self.authority.key("tsa")),
            certs_to_embed=[_asn1(self.authority.certificate("ca"))],
        )
        answer = stamper.request_tsa_response(tsp.TimeStampReq.load(request.get_data()))
        return Response(answer.dump(), mimetype="application/timestamp-reply")

    def _status(self, request: Request, question: str = "") -> Response:
        try:
            asked = b64decode(unquote(question)) if question else request.get_data()
        except BadBase64 as error:
            raise NotFound from error
        certificate = _asn1(self.authority.certificate("ocsp"))
        responder = SimpleOCSPResponder(
            certificate,
            _asn1_key(self.authority.key("ocsp")),
            choose_signed_digest("sha256", certificate.public_key),
            datetime.now(UTC).replace(microsecond=0),
            _Revocations(self.authority),
        )
        answer = responder.build_ocsp_response(ocsp.OCSPRequest.load(asked))
        return Response(answer.dump(), mimetype="application/ocsp-response")

    def _revocation_list(self, request: Request, issuer: str) -> Response:
        certificate = self._issuer_certificate(issuer)
        now = datetime.now(UTC).replace(microsecond=0)
        algorithm = choose_signed_digest("sha256", certificate.public_key)
        builder = CRLBuilder(
            certificate.subject,
            _asn1_key(self.authority.key(issuer)),
            algorithm,
            certificate.key_identifier_value,
        )
        revoked = self.authority.revoked() if issuer == "ca" else {}
        rows = [
            CRLBuilder.format_revoked_cert(int(serial, 16), None, datetime.fromisoformat(at))
            for serial, at in revoked.items()
        ]
        made = builder.build_crl(int(now.timestamp()), now, now + timedelta(hours=1), rows)
        return Response(made.dump(), mimetype="application/pkix-crl")

    def _issuer(self, request: Request, issuer: str) -> Response:
        return Response(self._issuer_certificate(issuer).dump(), mimetype="application/pkix-cert")

    def _issuer_certificate(self, issuer: str) -> asn1_x509.Certificate:
        if issuer not in ("root", "ca"):
            raise NotFound
        return _asn1(self.authority.root if issuer == "root" else self.authority.certificate("ca"))


class _Revocations(RevocationInfoInterface):
    """What OCSP says of a certificate of the authority: good unless `revoked.json` names it."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    def get_issuer_cert(self) -> asn1_x509.Certificate:
        return _asn1(self._authority.certificate("ca"))

    def check_revocation_status(
        self, cid: ocsp.CertId, at_time: datetime
    ) -> tuple[ocsp.CertStatus, list[ocsp.SingleResponseExtension]]:
        at = self._authority.revoked().get(f"{cid['serial_number'].native:x}")
        if at is None:
            return ocsp.CertStatus("good"), []
        details = {
            "revocation_time": datetime.fromisoformat(at).replace(microsecond=0),
            "revocation_reason": crl.CRLReason("key_compromise"),
        }
        return ocsp.CertStatus(name="revoked", value=ocsp.RevokedInfo(details)), []


class _QuietRequestHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of each request."""


def issue_all(authority: Authority, holders: Sequence[Holder]) -> list[Issued]:
    """Certificates for many holders at once (about a thousand per second)."""
    return [authority.issue(holder) for holder in holders]


def _name(common: str, organisation: str, uid: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, _COUNTRY),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if uid:
        parts.append(x509.NameAttribute(NameOID.USER_ID, uid))
    return x509.Name(parts)


def _builder(
    name: x509.Name, key: PrivateKey, issuer: x509.Name, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _with_usage(builder: x509.CertificateBuilder, **uses: bool) -> x509.CertificateBuilder:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    usage = x509.KeyUsage(**{use: uses.get(use, False) for use in every})
    return builder.add_extension(usage, critical=True)


def _point(url: str) -> x509.DistributionPoint:
    return x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)


def _fresh(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    _write_private(path, key)
    return key


def _write_private(path: Path, key: PrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text)


def _write(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _read_certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key in a PEM file: of a service, or of a holder below `keys`."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _asn1_key(key: ec.EllipticCurvePrivateKey) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
