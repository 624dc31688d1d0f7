"""Certificates as people bring them: PEM, DER, PKCS#7, PKCS#12 without a key; pictures of signatures and seals."""

import io

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7, pkcs12
from PIL import Image, UnidentifiedImageError

from vanthu.kernel.refusals import Invalid

LONGEST = 200_000  # bytes of a file of certificates
LONGEST_PICTURE = 1_000_000
_LARGEST_SIDE = 2400  # pixels
_KEY = (b"PRIVATE KEY-----", b"ENCRYPTED PRIVATE KEY")


def read(data: bytes, password: str = "") -> list[x509.Certificate]:
    """The certificates in a file, the holder's first. Raises `Invalid` (field `file` or `password`).

    A private key never comes to the server: a file that holds one is refused and nothing of it is kept.
    """
    if not data or len(data) > LONGEST:
        raise _refused("Tệp rỗng hoặc quá lớn. Chọn tệp chứng thư số (.cer, .crt, .pem, .p7b).")
    if any(mark in data for mark in _KEY):
        raise _refused(_HAS_KEY)
    found = _pem(data) or _der(data) or _pkcs7(data) or _pkcs12(data, password)
    if not found:
        raise _refused("Không đọc được chứng thư số trong tệp. Xuất lại tệp .cer từ thiết bị rồi chọn lại.")
    own = [one for one in found if not is_authority(one)]
    if len(own) != 1:
        raise _refused("Tệp phải có đúng một chứng thư số của người ký. Xuất lại từ thiết bị rồi chọn lại.")
    return [own[0], *(one for one in found if one is not own[0])]


_HAS_KEY = (
    "Tệp này chứa khóa bí mật. Khóa chỉ được nằm trong thiết bị của người ký: đừng gửi tệp này cho ai,"
    " xuất lại riêng chứng thư số (.cer) rồi chọn lại."
)


def _refused(sentence: str, field: str = "file") -> Invalid:
    return Invalid(fields={field: sentence}, code="certificate_file")


def _pem(data: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(data) if b"BEGIN CERTIFICATE" in data else []
    except ValueError:
        return []


def _der(data: bytes) -> list[x509.Certificate]:
    try:
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        return []


def _pkcs7(data: bytes) -> list[x509.Certificate]:
    load = pkcs7.load_pem_pkcs7_certificates if b"BEGIN PKCS7" in data else pkcs7.load_der_pkcs7_certificates
    try:
        return load(data)
    except ValueError:
        return []


def _pkcs12(data: bytes, password: str) -> list[x509.Certificate]:
    """Only a file of certificates; what cannot be opened asks for its password, or is none."""
    if not data.startswith(b"\x30"):
        return []
    try:
        held = pkcs12.load_pkcs12(data, password.encode() or None)
    except ValueError as error:
        if "password" in str(error).lower() or "mac" in str(error).lower():
            raise _refused("Mật khẩu của tệp chưa đúng. Nhập lại mật khẩu.", "password") from error
        return []
    if held.key is not None:
        raise _refused(_HAS_KEY)
    rows = [held.cert, *held.additional_certs] if held.cert else list(held.additional_certs)
    return [one.certificate for one in rows]


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it may issue others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def unfit(certificate: x509.Certificate) -> str:
    """Why its key may not sign documents, as a sentence, or "" (TT 15/2025/TT-BKHCN, Article 5: RSA from 2048 bits,
    elliptic curves from 256)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if usage is not None and not usage.content_commitment:
        return (
            "Chứng thư số này không dùng để ký văn bản (thiếu mục đích chống chối bỏ). Chọn chứng thư số ký"
            " do Ban Cơ yếu Chính phủ cấp."
        )
    key = certificate.public_key()
    strong = (isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048) or (
        isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= 256
    )
    return (
        "" if strong else "Khóa của chứng thư số này quá ngắn hoặc lạ. Xin cấp chứng thư số RSA từ 2048 bit."
    )


def picture(data: bytes) -> bytes:
    """The picture as it is kept: a PNG with a transparent background. Raises `Invalid` (field `picture`)."""
    if len(data) > LONGEST_PICTURE:
        raise _refused("Ảnh lớn hơn 1 MB. Thu nhỏ ảnh rồi chọn lại.", "picture")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            if max(image.size) > _LARGEST_SIDE:
                raise _refused(f"Ảnh quá lớn: mỗi cạnh nhiều nhất {_LARGEST_SIDE} điểm ảnh.", "picture")
            image.load()
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _refused("Ảnh phải là tệp PNG. Lưu lại ảnh dạng PNG nền trong suốt.", "picture") from error
    lowest, highest = drawn.getchannel("A").getextrema()
    if lowest == 255 or highest == 0:
        raise _refused(
            "Ảnh phải có nền trong suốt và có nét. Xóa nền trắng của ảnh, lưu dạng PNG rồi chọn lại.",
            "picture",
        )
    kept = io.BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()
