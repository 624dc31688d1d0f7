"""Keys in files on this machine: for demonstration and tests only.

A person's private key never lies on a server (sole control); so this device refuses to work in production.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from django.conf import settings

from vanthu.signing.providers.base import Answer, Capabilities, Done, Job, KeyHolder, SigningError

_PREHASHED = utils.Prehashed(hashes.SHA256())

type Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SoftwareKey:
    """Signs at once with keys below `settings.PKI_DIR`; a key is read once per process."""

    capabilities = Capabilities(
        frozenset({"sha256_rsa", "sha256_ecdsa"}), batch=1000, interactive=False, label="khóa phần mềm"
    )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate and that of the test authority which issued it."""
        _only_for_demonstration()
        return [holder.certificate, _authority(settings.PKI_DIR / "ca.pem")]

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Sign every hash."""
        _only_for_demonstration()
        key = _key(settings.PKI_DIR / "keys" / f"{job.holder.key_name}.pem")
        return Done(tuple(_sign(key, digest) for digest in hashes))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """The same as asking: this device answers at once and asks nobody."""
        return self.start(job, hashes)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Never sent: there is no server behind this device."""
        raise SigningError("Khóa phần mềm không nhận thông báo từ bên ngoài.", permanent=True)


def _only_for_demonstration() -> None:
    if settings.PRODUCTION:
        raise SigningError(
            "Khóa phần mềm chỉ dùng để trình diễn và kiểm thử. Ký bằng thiết bị lưu khóa bí mật"
            " do Ban Cơ yếu Chính phủ cấp; nếu chưa có, liên hệ quản trị hệ thống.",
            permanent=True,
        )


def _sign(key: Key, digest: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(digest, padding.PKCS1v15(), _PREHASHED)
    return key.sign(digest, ec.ECDSA(_PREHASHED))


@lru_cache(maxsize=256)
def _key(path: Path) -> Key:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise SigningError(
            "Không có khóa trình diễn của chứng thư số này trên máy. Cấp lại chứng thư trình diễn rồi ký lại.",
            permanent=True,
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError(
            "Khóa trình diễn không phải RSA hay ECDSA. Cấp lại chứng thư trình diễn.", permanent=True
        )
    return key


@lru_cache(maxsize=8)
def _authority(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except FileNotFoundError as error:
        raise SigningError(
            "Chưa có đơn vị cấp chứng thư trình diễn trên máy này. Chạy lại lệnh khởi động rồi thử lại.",
            permanent=True,
        ) from error
