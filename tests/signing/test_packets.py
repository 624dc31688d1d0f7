"""Signatures of packets: made by a device, judged against the pinned signer; every attack is told."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from lxml import etree
from signxml.signer import XMLSigner

from tests.signing.authority import Cast
from vanthu.kernel.refusals import Invalid
from vanthu.signing import xml
from vanthu.signing.models import Certificate
from vanthu.signing.providers import PROVIDERS
from vanthu.signing.providers.base import Capabilities
from vanthu.signing.providers.software_key import SoftwareKey
from vanthu.signing.xml import XmlForm, XmlReport

DS = "{http://www.w3.org/2000/09/xmldsig#}"
PACKET = (
    '<?xml version="1.0" encoding="UTF-8"?><e:edXML xmlns:e="urn:edxml"><e:edXMLHeader>'
    "<e:From>000.00.00.X99</e:From></e:edXMLHeader><e:edXMLBody><e:Subject>Kế hoạch số 12</e:Subject>"
    f"<e:Data>{base64.b64encode(b'a paper' * 400).decode()}</e:Data></e:edXMLBody></e:edXML>"
).encode()
HEADER = "{urn:edxml}edXMLHeader"


def signed(cast: Cast, form: XmlForm = XmlForm.XADES, within: str = "") -> tuple[bytes, Certificate]:
    certificate = cast.office_certificate()
    return xml.sign(PACKET, certificate=certificate, form=form, within=within), certificate


def judged(packet: bytes, certificate: Certificate, **how: object) -> XmlReport:
    return xml.verify(packet, signers=[certificate.x509], **how)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", list(XmlForm))
@pytest.mark.parametrize("within", ["", HEADER])
def test_a_signed_packet_is_valid_and_gives_what_was_signed(cast: Cast, form: XmlForm, within: str) -> None:
    packet, certificate = signed(cast, form, within)
    report = judged(packet, certificate, within=within)
    assert (report.verdict, report.reason, report.form) == ("valid", "", form)
    assert (report.revocation, report.serial) == ("good", certificate.serial)
    assert report.content is not None
    assert report.content.findtext(".//{urn:edxml}Subject") == "Kế hoạch số 12"
    assert report.content.find(f".//{DS}Signature") is None
    if form is XmlForm.XADES:
        assert report.signed_at is not None
        assert abs(report.signed_at - datetime.now(UTC)) < timedelta(hours=1)


@pytest.mark.parametrize("form", list(XmlForm))
def test_another_program_agrees(cast: Cast, form: XmlForm, tmp_path: Path) -> None:
    program = shutil.which("xmlsec1")
    if program is None:
        pytest.skip("xmlsec1 is not on this machine (Debian: apt-get install xmlsec1)")
    packet, _ = signed(cast, form, HEADER)
    folder = Path(settings.PKI_DIR)
    trust = ["--trusted-pem", str(folder / "roots" / "root.pem"), "--untrusted-pem", str(folder / "ca.pem")]
    # the axis names no schema, so the program is told which attributes are names
    ids = ["KeyInfo", "Signature"]
    known = [word for one in ids for word in ("--id-attr:Id", f"http://www.w3.org/2000/09/xmldsig#:{one}")]
    known += ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    codes = []
    for content in (packet, packet.replace("số 12".encode(), "số 13".encode())):
        (tmp_path / "packet.xml").write_bytes(content)
        command = [program, "--verify", "--enabled-key-data", "x509", *trust, *known, "packet.xml"]
        codes.append(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode)
    assert codes[0] == 0
    assert codes[1] != 0


def test_changed_content_gives_nothing(cast: Cast) -> None:
    packet, certificate = signed(cast)
    report = judged(packet.replace("số 12".encode(), "số 13".encode()), certificate)
    assert (report.verdict, report.content) == ("invalid", None)
    assert report.reason == "nội dung gói tin không còn đúng như lúc ký"


def moved(root: etree._Element) -> None:
    """The signature goes along into the body; what it said of the whole stays."""
    body, signature = root.find("{urn:edxml}edXMLBody"), root.find(f"{DS}Signature")
    assert body is not None
    assert signature is not None
    body.append(signature)


def wrapped(root: etree._Element) -> None:
    """The signed document lies inside another one, which is read."""
    inner = etree.fromstring(etree.tostring(root))
    for one in list(root):
        root.remove(one)
    etree.SubElement(etree.SubElement(root, "{urn:edxml}edXMLBody"), "{urn:edxml}Subject").text = "Giả"
    root.append(inner)


def doubled(root: etree._Element) -> None:
    """A second signature."""
    root.append(etree.fromstring(etree.tostring(root.find(f"{DS}Signature"))))  # type: ignore[arg-type]


def aimed_at_a_part(root: etree._Element) -> None:
    """The reference no longer names the document."""
    root.find(f".//{DS}Reference").set("URI", "#part")  # type: ignore[union-attr]
    root.find("{urn:edxml}edXMLHeader").set("Id", "part")  # type: ignore[union-attr]


def filtered(root: etree._Element) -> None:
    """A transform that leaves something out."""
    transforms = root.find(f".//{DS}Transforms")
    path = etree.SubElement(transforms, f"{DS}Transform")  # type: ignore[type-var]
    path.set("Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")


def twins(root: etree._Element) -> None:
    """Two elements of one name: which of them was signed?"""
    info = root.find(f".//{DS}KeyInfo")
    assert info is not None
    root.find("{urn:edxml}edXMLBody").set("Id", str(info.get("Id")))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        (moved, "không nằm đúng chỗ"),
        (wrapped, "không nằm đúng chỗ"),
        (doubled, "nhiều chữ ký"),
        (aimed_at_a_part, "không bao trùm toàn bộ"),
        (filtered, "bỏ qua một phần"),
        (twins, "cùng định danh"),
    ],
)
def test_a_signature_must_speak_for_the_document_as_it_stands(cast: Cast, attack: object, told: str) -> None:
    packet, certificate = signed(cast)
    root = etree.fromstring(packet)
    attack(root)  # type: ignore[operator]
    report = judged(etree.tostring(root), certificate)
    assert (report.verdict, report.content) == ("invalid", None)
    assert told in report.reason


def test_only_the_sender_that_is_registered_counts(cast: Cast) -> None:
    packet, _ = signed(cast)
    report = judged(packet, cast.leader_certificate())
    assert (report.verdict, report.content) == ("invalid", None)
    assert "đơn vị gửi" in report.reason
    assert xml.verify(packet, signers=[]).verdict == "invalid"


def test_a_signature_that_names_the_sender_but_is_anothers_is_found(cast: Cast) -> None:
    packet, certificate = signed(cast, XmlForm.DSIG)
    other, stranger = signed_by(cast.leader_certificate())
    named = etree.fromstring(other)
    theirs, ours = (one.find(f".//{DS}X509Certificate") for one in (named, etree.fromstring(packet)))
    assert theirs is not None
    assert ours is not None
    theirs.text = ours.text
    report = judged(etree.tostring(named), certificate)
    assert report.verdict == "invalid"
    assert stranger.serial != certificate.serial


def signed_by(certificate: Certificate) -> tuple[bytes, Certificate]:
    return xml.sign(PACKET, certificate=certificate, form=XmlForm.DSIG), certificate


def test_a_revoked_and_an_expired_certificate_are_told(cast: Cast) -> None:
    packet, certificate = signed(cast)
    cast.authority.revoke(certificate.x509.serial_number)
    report = judged(packet, certificate)
    assert (report.verdict, report.revocation, report.content) == ("invalid", "revoked", None)
    long_ago = datetime.now(UTC) - timedelta(days=30)
    old = cast.enrol("office", 1, "VKSND", start=long_ago, end=long_ago + timedelta(days=3))
    report = judged(xml.sign(PACKET, certificate=old), old)
    assert (report.verdict, report.content) == ("invalid", None)
    assert report.reason == "chứng thư số của đơn vị gửi đã hết hạn"


def test_silence_of_the_issuer_is_not_valid(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    packet, certificate = signed(cast)
    monkeypatch.setattr(xml.roots, "state_of", lambda chain: "unknown")
    report = judged(packet, certificate)
    assert (report.verdict, report.content) == ("unknown", None)


class _OldSigner(XMLSigner):
    """Signs with SHA-1, as packets of the first years are."""

    def check_deprecated_methods(self) -> None:
        """Allow it."""


def test_sha1_is_refused_unless_the_sender_is_known_to_be_old(cast: Cast) -> None:
    certificate = cast.office_certificate()
    key = serialization.load_pem_private_key(
        Path(settings.PKI_DIR, "keys", f"{certificate.key_name}.pem").read_bytes(), None
    )
    signer = _OldSigner(signature_algorithm="ecdsa-sha1", digest_algorithm="sha1")
    old = etree.tostring(
        signer.sign(
            etree.fromstring(PACKET),
            key=key,  # type: ignore[arg-type]
            cert=PROVIDERS["software_key"].chain(xml.holder_of(certificate)),
        )
    )
    report = judged(old, certificate)
    assert report.verdict == "invalid"
    assert "thuật toán không được phép" in report.reason
    assert judged(old, certificate, sha1=True).verdict == "valid"


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"not xml",
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a><a/>',
    ],
)
def test_dtd_entities_and_garbage_are_refused(cast: Cast, bad: bytes) -> None:
    report = judged(bad, cast.office_certificate())
    assert (report.verdict, report.content) == ("invalid", None)
    with pytest.raises(Invalid):
        xml.sign(bad, certificate=cast.office_certificate())


def test_an_unsigned_packet_says_so_and_a_broken_signature_never_raises(cast: Cast) -> None:
    packet, certificate = signed(cast)
    assert judged(PACKET, certificate).verdict == "unsigned"
    for path in ("SignatureValue", "SignedInfo/" + DS + "CanonicalizationMethod", "KeyInfo"):
        broken = etree.fromstring(packet)
        element = broken.find(f".//{DS}{path}")
        assert element is not None
        element.clear()
        report = judged(etree.tostring(broken), certificate)
        assert (report.verdict, report.content) == ("invalid", None), path


def test_a_device_that_waits_for_a_person_signs_no_packets(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Phone(SoftwareKey):
        capabilities = Capabilities(frozenset({"sha256_ecdsa"}), batch=1, interactive=True)

    certificate = cast.office_certificate()
    monkeypatch.setitem(PROVIDERS, "software_key", Phone())
    with pytest.raises(Invalid, match="đợi người xác nhận"):
        xml.sign(PACKET, certificate=certificate)


def test_an_rsa_key_signs_too(cast: Cast) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "VKSND")])
    moment = datetime.now(UTC)
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    folder = Path(settings.PKI_DIR, "keys")
    (folder / "rsa.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    certificate = Certificate(
        pem=own.public_bytes(serialization.Encoding.PEM).decode(), provider="software_key", key_name="rsa"
    )
    report = xml.verify(xml.sign(PACKET, certificate=certificate), signers=[own])
    # the signature holds; who issued the certificate is not trusted here
    assert (report.verdict, report.reason) == (
        "unknown",
        "chứng thư số không do đơn vị cấp mà hệ thống tin cậy",
    )
