"""Secrets of webhooks and their signatures: the Standard Webhooks scheme (standardwebhooks.com, HMAC-SHA256).

A secret must sign, so it cannot be hashed: it is kept encrypted (`kernel.vault`).
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vanthu.kernel import vault

PREFIX = "whsec_"
LENGTH = 32  # bytes


def make() -> str:
    """A fresh secret as the receiver is given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def newest(kept: Sequence[Mapping[str, Any]]) -> str:
    """The secret that signs first of those that a webhook keeps, for whoever has just made it."""
    return vault.decrypted(kept[0]["secret"])


def signatures(message_id: str, timestamp: int, body: bytes, valid: Iterable[str]) -> str:
    """The header `Webhook-Signature`: one `v1,<base64>` per valid secret, separated by spaces."""
    content = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_signature(content, secret)}" for secret in valid)


def _signature(content: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
