"""Is it a signature of this hash by this certificate? Asked before anything that a device gave enters a file."""

import hashlib

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

from vanthu.signing.providers.base import SigningError

_HASHED = utils.Prehashed(hashes.SHA256())


def check(signer: x509.Certificate, digest: bytes, signature: bytes) -> None:
    """Raise `SigningError` unless the bare signature (PKCS#1 v1.5 or DER of ECDSA) is the signer's of this SHA-256."""
    key = signer.public_key()
    try:
        match key:
            case rsa.RSAPublicKey():
                key.verify(signature, digest, padding.PKCS1v15(), _HASHED)
            case ec.EllipticCurvePublicKey():
                key.verify(signature, digest, ec.ECDSA(_HASHED))
            case _:
                raise SigningError(
                    "Loại khóa của chứng thư số này chưa dùng được. Dùng chứng thư RSA hoặc ECDSA."
                )
    except InvalidSignature as error:
        if isinstance(key, rsa.RSAPublicKey) and _is_pss(key, signature, digest):
            raise SigningError(
                "Thiết bị ký bằng RSASSA-PSS, còn văn bản này cần RSA PKCS#1 v1.5."
                " Đổi cách ký trên thiết bị rồi ký lại.",
                permanent=True,
            ) from error
        raise SigningError("Thiết bị ký trả về chữ ký không khớp với chứng thư số. Thử ký lại.") from error


def check_container(signer: x509.Certificate, digest: bytes, value: bytes) -> cms.ContentInfo:
    """The PKCS#7 that a device made for this SHA-256 of a file, if it is one: detached, by one signer, over this hash.

    Raises `SigningError`.
    """
    try:
        info = cms.ContentInfo.load(value, strict=True)
        data = info["content"]
        (one,) = data["signer_infos"]
        attributes = {found["type"].native: found["values"][0].native for found in one["signed_attrs"]}
        signed = one["signed_attrs"].untag().dump() if attributes else b""
        sid = one["sid"].chosen
        known = (
            one["sid"].name != "issuer_and_serial_number"
            or sid["serial_number"].native == signer.serial_number
        )
        detached = data["encap_content_info"]["content"].native is None
        algorithm, signature = one["digest_algorithm"]["algorithm"].native, bytes(one["signature"].native)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise SigningError("Dịch vụ ký trả về gói chữ ký không đọc được. Báo quản trị hệ thống.") from error
    if (
        not detached
        or not known
        or algorithm != "sha256"
        or (attributes and attributes.get("message_digest") != digest)
    ):
        raise SigningError("Dịch vụ ký trả về gói chữ ký của nội dung khác. Gửi ký lại.", permanent=True)
    check(signer, hashlib.sha256(signed).digest() if attributes else digest, signature)
    return info


def _is_pss(key: rsa.RSAPublicKey, signature: bytes, digest: bytes) -> bool:
    """Whether it is a signature after all, in the other padding: the signed attributes name the padding beforehand."""
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.AUTO)
    try:
        key.verify(signature, digest, pss, _HASHED)
    except InvalidSignature:
        return False
    return True
