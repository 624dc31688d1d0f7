"""Which device signs with a certificate."""

from vanthu.signing.models import Certificate
from vanthu.signing.providers import PROVIDERS
from vanthu.signing.providers.base import DigestSigner, KeyHolder, SigningError


def device_of(provider: str) -> DigestSigner:
    """The device of this name. Raises `SigningError` for one that this installation does not know."""
    if provider not in PROVIDERS:
        raise SigningError(
            f"Máy chủ chưa nối với thiết bị ký “{provider}” của chứng thư số này. Báo quản trị hệ thống.",
            permanent=True,
        )
    return PROVIDERS[provider]


def holder_of(certificate: Certificate) -> KeyHolder:
    """Whose key, for a device."""
    return KeyHolder(certificate.x509, certificate.key_name)
