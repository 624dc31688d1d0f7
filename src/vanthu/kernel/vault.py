"""Secrets that the system must be able to say again: a hash would not do, so they are kept encrypted.

The key is made from the server's own; keys that the server had before still open what they closed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from vanthu.kernel.refusals import Unavailable

_INFO = b"vanthu webhook secrets"  # as when only webhooks kept any: what they closed stays open


def encrypted(secret: str) -> str:
    """The secret as the database holds it."""
    return _box().encrypt(secret.encode()).decode()


def decrypted(kept: str) -> str:
    """The secret again. Raises `Unavailable` when the server's own key was changed since."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Unavailable(
            "Không đọc được khóa đã lưu vì khóa của máy chủ đã đổi. Đặt lại khóa này rồi báo cho bên kia.",
            code="secret_lost",
        ) from error


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(server_key: str | bytes) -> Fernet:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_INFO)
    return Fernet(base64.urlsafe_b64encode(derive.derive(force_bytes(server_key))))
