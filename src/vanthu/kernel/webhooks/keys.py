"""Secrets of webhooks and their signatures: the Standard Webhooks scheme (standardwebhooks.com, HMAC-SHA256).

A secret must sign, so it cannot be hashed: it is kept encrypted with a key made from the server's own.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from vanthu.kernel.refusals import Unavailable

PREFIX = "whsec_"
LENGTH = 32  # bytes


def make() -> str:
    """A fresh secret as the receiver is given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def encrypted(secret: str) -> str:
    """The secret as the database holds it."""
    return _box().encrypt(secret.encode()).decode()


def decrypted(kept: str) -> str:
    """The secret again. Raises `Unavailable` when the server's own key was changed since."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Unavailable(
            "Không đọc được khóa ký vì khóa của máy chủ đã đổi. Đổi khóa ký rồi báo khóa mới cho nơi nhận.",
            code="secret_lost",
        ) from error


def newest(kept: Sequence[Mapping[str, Any]]) -> str:
    """The secret that signs first of those that a webhook keeps, for whoever has just made it."""
    return decrypted(kept[0]["secret"])


def signatures(message_id: str, timestamp: int, body: bytes, valid: Iterable[str]) -> str:
    """The header `Webhook-Signature`: one `v1,<base64>` per valid secret, separated by spaces."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_signature(content, secret)}" for secret in valid)


def _signature(content: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def _box() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(server_key: str | bytes) -> Fernet:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"vanthu webhook secrets")
    return Fernet(base64.urlsafe_b64encode(derive.derive(force_bytes(server_key))))
