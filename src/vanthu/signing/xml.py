"""Signatures of packets in XML, for the axis: XML-DSig and XAdES-BES, enveloped, made and judged.

signxml does the cryptography. It knows neither who should have signed nor whether a certificate was revoked: the
signer is pinned to the certificates enrolled for the unit that sends, and its issuer is asked (`roots.state_of`).
What was not signed is never handed out.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest, InvalidSignature, SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESSigner, XAdESVerifier

from vanthu.kernel.refusals import Invalid
from vanthu.signing import roots
from vanthu.signing.devices import device_of, holder_of
from vanthu.signing.models import Certificate
from vanthu.signing.providers.base import DigestSigner, Done, Job, SigningError
from vanthu.signing.report import Revocation, Verdict

_DS = "http://www.w3.org/2000/09/xmldsig#"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_SIGNATURE = f"{{{_DS}}}Signature"
_ENVELOPED = f"{_DS}enveloped-signature"
# What XML-DSig takes for references that name none, as those to the signed properties of XAdES do.
_C14N = CanonicalizationMethod.CANONICAL_XML_1_0
# What a reference may do to the content before it is hashed; anything else could hide a part of it.
_TRANSFORMS = frozenset({_ENVELOPED, *(one.value for one in CanonicalizationMethod)})
_STRONG_HASHES = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
_STRONG_METHODS = frozenset(
    SignatureMethod[name]
    for size in (256, 384, 512)
    for name in (f"RSA_SHA{size}", f"ECDSA_SHA{size}", f"SHA{size}_RSA_MGF1")  # the last is RSASSA-PSS
)
_SHA1_METHODS = frozenset({SignatureMethod.RSA_SHA1, SignatureMethod.ECDSA_SHA1})
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class XmlForm(StrEnum):
    """Which standard a signature follows."""

    DSIG = "xml-dsig"
    XADES = "xades-bes"


@dataclass(frozen=True, slots=True)
class XmlReport:
    """What was found about a packet; `reason` is a Vietnamese clause, "" when the signature is valid.

    `content` is the signed document without its signature, and only there when the verdict is "valid". `signed_at`
    is what the signer claims (XAdES); `serial`, hexadecimal, names the pinned certificate that made the signature.
    """

    verdict: Verdict
    reason: str = ""
    form: XmlForm | None = None
    serial: str = ""
    revocation: Revocation = "unknown"
    signed_at: datetime | None = None
    content: etree._Element | None = None


class _DeviceKey:
    """A key in a device, as signxml uses one: it asks for a signature and encodes it itself."""

    def __init__(self, device: DigestSigner, job: Job) -> None:
        self._device, self._job = device, job
        self.key_size = job.holder.certificate.public_key().key_size  # type: ignore[union-attr]  # RSA or ECDSA

    def sign(self, data: bytes, *_: object, **__: object) -> bytes:
        """The signature of these bytes, SHA-256 as every device here."""
        answer = self._device.start(self._job, [hashlib.sha256(data).digest()])
        if not isinstance(answer, Done) or not answer.signatures[0]:
            raise SigningError(_NOBODY_CONFIRMS, permanent=True)
        return answer.signatures[0]


_NOBODY_CONFIRMS = (
    "Khóa này đợi người xác nhận trên thiết bị nên không ký được gói tin tự động."
    " Đăng ký chứng thư số của cơ quan nằm trong thiết bị của máy chủ."
)


def sign(
    packet: bytes, *, certificate: Certificate, form: XmlForm = XmlForm.XADES, within: str = ""
) -> bytes:
    """The packet (UTF-8, no DTD) with an enveloped signature over the whole of it, by the device of the certificate.

    The signature stands last in the root, or in the element that `within` names as `{namespace}name`. Raises `Invalid`
    when the packet or the certificate cannot be used, `SigningError` when the device does not sign.
    """
    device = device_of(certificate.provider)
    if device.capabilities.interactive:
        raise Invalid(_NOBODY_CONFIRMS, code="needs_a_person")
    root = _parsed(packet)
    if root is None or _signatures(root):
        raise Invalid("Gói tin hỏng hoặc đã có chữ ký. Tạo lại gói tin rồi ký.", code="bad_packet")
    _make_place(root, within)
    holder = holder_of(certificate)
    key: Any = _DeviceKey(device, Job(holder, "Gói tin liên thông"))
    signed = _signer(form, certificate.x509).sign(
        root, key=key, cert=device.chain(holder), always_add_key_value=False
    )
    return bytes(etree.tostring(signed, xml_declaration=True, encoding="UTF-8"))


def verify(
    packet: bytes, *, signers: Sequence[x509.Certificate], within: str = "", sha1: bool = False
) -> XmlReport:
    """Judge a packet that one of `signers` (the certificates enrolled for the sending unit) should have signed.

    The signature must stand in the root or in `within`, cover the whole document and be the only one. `sha1` allows
    SHA-1, for senders that are known to be of the old kind. Asks the issuer about revocation: call it in a job.
    A malformed packet is invalid, never an error.
    """
    root = _parsed(packet)
    if root is None:
        return XmlReport("invalid", "gói tin không đọc được hoặc có khai báo DTD, thực thể")
    found = _signatures(root)
    if not found:
        return XmlReport("unsigned", "gói tin không có chữ ký số")
    wrong = _misplaced(root, found, within)
    if wrong:
        return XmlReport("invalid", wrong)
    form = XmlForm.XADES if found[0].find(f".//{{{_XADES}}}SignedProperties") is not None else XmlForm.DSIG
    signer = _pinned(found[0], signers)
    if signer is None:
        return XmlReport("invalid", "người ký không phải đơn vị gửi đã đăng ký", form)
    return _judged(root, found[0], form, signer, within=within, sha1=sha1)


def _judged(
    root: etree._Element,
    signature: etree._Element,
    form: XmlForm,
    signer: x509.Certificate,
    *,
    within: str,
    sha1: bool,
) -> XmlReport:
    serial = f"{signer.serial_number:x}"
    try:
        content, properties = _verified(root, signature, form, signer, within=within, sha1=sha1)
    except (InvalidDigest, InvalidSignature):
        return XmlReport("invalid", "nội dung gói tin không còn đúng như lúc ký", form, serial)
    except (SignXMLException, etree.LxmlError, ValueError, LookupError, TypeError, AttributeError):
        return XmlReport(
            "invalid", "chữ ký không đúng chuẩn hoặc dùng thuật toán không được phép", form, serial
        )
    state = roots.state_of([signer, *_others(signature)])
    if state != "good":
        verdict, reason = _STATES[state]
        return XmlReport(verdict, reason, form, serial, "revoked" if state == "revoked" else "unknown")
    return XmlReport("valid", "", form, serial, "good", _claimed_time(properties), content)


_STATES: dict[str, tuple[Verdict, str]] = {
    "revoked": ("invalid", "chứng thư số của đơn vị gửi đã bị thu hồi"),
    "expired": ("invalid", "chứng thư số của đơn vị gửi đã hết hạn"),
    "not_yet": ("invalid", "chứng thư số của đơn vị gửi chưa có hiệu lực"),
    "untrusted": ("unknown", "chứng thư số không do đơn vị cấp mà hệ thống tin cậy"),
    "unknown": ("unknown", "chưa hỏi được trạng thái chứng thư số, thử lại sau"),
}


def _verified(
    root: etree._Element,
    signature: etree._Element,
    form: XmlForm,
    signer: x509.Certificate,
    *,
    within: str,
    sha1: bool,
) -> tuple[etree._Element, etree._Element | None]:
    """(what was signed, the signed properties of XAdES); raises what signxml raises."""
    settings: dict[str, Any] = {
        "location": f"./{within}/" if within else "./",
        "expect_references": len(signature.findall(f"{{{_DS}}}SignedInfo/{{{_DS}}}Reference")),
        "signature_methods": _STRONG_METHODS | (_SHA1_METHODS if sha1 else frozenset()),
        "digest_algorithms": _STRONG_HASHES | ({DigestAlgorithm.SHA1} if sha1 else frozenset()),
        # what is valid when is the issuer's answer: a certificate that ended says so in its own words
        "verification_time": signer.not_valid_before_utc,
    }
    verifier = XAdESVerifier() if form is XmlForm.XADES else XMLVerifier()
    config = XAdESSignatureConfiguration if form is XmlForm.XADES else SignatureConfiguration
    given = verifier.verify(root, x509_cert=signer, parser=_parser(), expect_config=config(**settings))
    results: list[VerifyResult] = given if isinstance(given, list) else [given]
    content = results[_whole(signature)].signed_xml
    if content is None or content.tag != root.tag:
        raise InvalidSignature("the signed part is not the document")
    properties = next((one.signed_properties for one in results if hasattr(one, "signed_properties")), None)
    return content, properties


def _parser() -> etree.XMLParser:
    """Reads large texts (attachments), never an entity or an address, and only UTF-8 whatever the head says."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, encoding="utf-8"
    )


def _parsed(packet: bytes) -> etree._Element | None:
    """The root, or None for what is no XML in UTF-8 or declares a DTD or an entity."""
    if _DOCTYPE.search(packet):
        return None
    try:
        root = etree.fromstring(packet, _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None
    head = root.getroottree().docinfo
    return root if head.internalDTD is None and head.externalDTD is None else None


def _signatures(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(_SIGNATURE))


def _misplaced(root: etree._Element, found: Sequence[etree._Element], within: str) -> str:
    """Why the signature does not speak for the document as it stands, or "": a second one, a moved one, one over a
    part, one that leaves something out, two elements of one name."""
    home = root.find(within) if within else root
    if len(found) > 1:
        return "gói tin có nhiều chữ ký"
    if found[0].getparent() is not home:
        return "chữ ký không nằm đúng chỗ trong gói tin"
    references = found[0].findall(f"{{{_DS}}}SignedInfo/{{{_DS}}}Reference")
    whole = [one for one in references if one.get("URI") == ""]
    names = [one.get("Id") for one in found[0].iter() if one.get("Id")]
    parts = {f"#{name}" for name in names}
    if len(whole) != 1 or any(one.get("URI") not in parts for one in references if one not in whole):
        return "chữ ký không bao trùm toàn bộ gói tin"
    used = {str(one.get("Algorithm")) for one in found[0].iter(f"{{{_DS}}}Transform")}
    if used - _TRANSFORMS or _ENVELOPED not in used:
        return "chữ ký bỏ qua một phần nội dung gói tin"
    everywhere = [value for one in root.iter() for name, value in one.attrib.items() if _is_id(str(name))]
    return "gói tin có hai phần cùng định danh" if len(everywhere) != len(set(everywhere)) else ""


def _is_id(name: str) -> bool:
    return name.rpartition("}")[2].lower() == "id"


def _whole(signature: etree._Element) -> int:
    """Which reference is that to the document."""
    references = signature.findall(f"{{{_DS}}}SignedInfo/{{{_DS}}}Reference")
    return [one.get("URI") for one in references].index("")


def _pinned(signature: etree._Element, signers: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """The enrolled certificate that the signature names; without a name the only one that there is."""
    named = signature.find(f"{{{_DS}}}KeyInfo/{{{_DS}}}X509Data/{{{_DS}}}X509Certificate")
    if named is None:
        return signers[0] if len(signers) == 1 else None
    try:
        claimed = _certificate(named)
    except ValueError:
        return None
    return claimed if claimed in signers else None


def _others(signature: etree._Element) -> list[x509.Certificate]:
    """Certificates that came along, to build the chain; what is none is left out."""
    found = []
    for one in signature.findall(f"{{{_DS}}}KeyInfo/{{{_DS}}}X509Data/{{{_DS}}}X509Certificate")[1:]:
        try:
            found.append(_certificate(one))
        except ValueError:
            continue
    return found


def _certificate(element: etree._Element) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(element.text or ""))


def _claimed_time(properties: etree._Element | None) -> datetime | None:
    text = properties.findtext(f".//{{{_XADES}}}SigningTime") if properties is not None else None
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _make_place(root: etree._Element, within: str) -> None:
    """An empty signature where it shall stand; signxml fills it."""
    home = root.find(within) if within else root
    if home is None:
        raise Invalid("Gói tin thiếu phần chứa chữ ký. Tạo lại gói tin.", code="bad_packet")
    place = etree.SubElement(home, _SIGNATURE, nsmap={"ds": _DS})
    place.set("Id", "placeholder")


def _signer(form: XmlForm, certificate: x509.Certificate) -> XMLSigner:
    rsa_key = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    method = SignatureMethod.RSA_SHA256 if rsa_key else SignatureMethod.ECDSA_SHA256
    kind = XAdESSigner if form is XmlForm.XADES else XMLSigner
    return kind(signature_algorithm=method, digest_algorithm=DigestAlgorithm.SHA256, c14n_algorithm=_C14N)
