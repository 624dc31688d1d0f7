"""Keys of the invented people and offices of practice: they sign on any installation, and nobody trusts them.

A key is derived from the secret of the installation and its own name, and lies nowhere. Its certificate signs itself:
no root that is trusted leads to it, here or at any receiver, so what it signs never passes for a real signature.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID
from django.conf import settings

from vanthu.signing.providers.base import Answer, Capabilities, Done, Job, KeyHolder, SigningError

NAME = "practice_key"
NO_VALUE = "THỰC HÀNH - KHÔNG CÓ GIÁ TRỊ"
_DAYS = timedelta(days=2)  # a room of practice is open for one
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
_PREHASHED = utils.Prehashed(hashes.SHA256())


class PracticeKey:
    """Signs at once, only under certificates that name practice as their issuer."""

    capabilities = Capabilities(
        frozenset({"sha256_ecdsa"}), batch=1000, interactive=False, label="khóa thực hành"
    )

    def chain(self, holder: KeyHolder) -> list[x509.Certificate]:
        """The certificate alone: nobody stands above it."""
        return [holder.certificate]

    def start(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """Sign every hash."""
        key = _key(job.holder.key_name)
        return Done(tuple(key.sign(digest, ec.ECDSA(_PREHASHED)) for digest in hashes))

    def poll(self, job: Job, hashes: Sequence[bytes]) -> Answer:
        """The same as asking: this device answers at once and asks nobody."""
        return self.start(job, hashes)

    def on_callback(self, payload: Mapping[str, Any]) -> tuple[str, Answer | None]:
        """Never sent: there is no server behind this device."""
        raise SigningError("Khóa thực hành không nhận thông báo từ bên ngoài.", permanent=True)


def certificate(key_name: str, common_name: str) -> x509.Certificate:
    """A fresh certificate for this name, signed by its own key, good from an hour ago for two days."""
    key = _key(key_name)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NO_VALUE),
            x509.NameAttribute(NameOID.COMMON_NAME, _short(common_name)),
        ]
    )
    begins = datetime.now(UTC) - timedelta(hours=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + _DAYS)
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def _short(name: str) -> str:
    """As much of it as a certificate holds: 64 bytes."""
    return name.encode()[:64].decode(errors="ignore")


@lru_cache(maxsize=64)
def _key(key_name: str) -> ec.EllipticCurvePrivateKey:
    secret = hmac.digest(settings.SECRET_KEY.encode(), f"practice key {key_name}".encode(), hashlib.sha512)
    return ec.derive_private_key(int.from_bytes(secret) % (_ORDER - 1) + 1, ec.SECP256R1())
