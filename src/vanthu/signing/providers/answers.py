"""Signatures in whatever wrapping a service returns them."""

from asn1crypto import cms
from asn1crypto.core import Sequence

from vanthu.signing.providers.base import SigningError


def bare(value: bytes) -> bytes:
    """The bare signature (PKCS#1 or DER of ECDSA) of what a service returned, be it wrapped as PKCS#7.

    Raises `SigningError` for a PKCS#7 that signs attributes of its own instead of our hash: it fits into no file.
    What is returned here is still checked against the certificate and the hash (`pades.check`).
    """
    if not value.startswith(b"\x30"):
        return value
    try:
        info = cms.ContentInfo.load(value, strict=True)
        if info["content_type"].native != "signed_data":
            return value
        signer = info["content"]["signer_infos"][0]
        attributes = signer["signed_attrs"]
        signature = signer["signature"].native
    except (ValueError, TypeError, KeyError, IndexError):
        return value  # DER of ECDSA is a sequence as well
    if isinstance(attributes, Sequence) or len(attributes):
        raise SigningError(
            "Dịch vụ ký trả về gói PKCS#7 ký trên nội dung của riêng nó, không ghép được vào văn bản."
            " Đề nghị nhà cung cấp bật trả về chữ ký PKCS#1, hoặc quản trị khai báo dịch vụ trả về PKCS#7.",
            permanent=True,
        )
    return bytes(signature)
