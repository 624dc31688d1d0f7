"""Whether a webhook comes from the server: the Standard Webhooks scheme (standardwebhooks.com, HMAC-SHA256)."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import TypedDict, cast

PREFIX = "whsec_"


class BadSignature(ValueError):
    """Not signed with this secret, not whole, or too old: do not believe it, answer 400."""


class Office(TypedDict):
    """Where it happened."""

    id: int
    code: str


class Item(TypedDict):
    """What it happened to."""

    kind: str
    id: int


class Event(TypedDict):
    """That something happened to an item, not what is in it: read `url` with a token. `id` stays when sent again."""

    id: str
    event: str
    at: str
    office: Office
    item: Item
    url: str


def verify_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, *, tolerance: int = 300, now: float | None = None
) -> Event:
    """The event of a request, once its signature is found good. Raises `BadSignature`.

    `body` is what came, byte by byte. It may be `tolerance` seconds older or newer than `now` (seconds since 1970).
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, stamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not stamp.isdecimal():
        raise BadSignature("no Webhook-Id or Webhook-Timestamp")
    if abs((time.time() if now is None else now) - int(stamp)) > tolerance:
        raise BadSignature("too old, or the clocks differ")
    expected = _signature(secret, f"{message_id}.{stamp}.".encode() + body)
    if not any(_is(expected, one) for one in given.get("webhook-signature", "").split()):
        raise BadSignature("no signature fits")
    return cast("Event", json.loads(body))


def _signature(secret: str, content: bytes) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise BadSignature("the secret is not one: whsec_…") from error
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest())


def _is(expected: bytes, signature: str) -> bool:
    version, _, value = signature.partition(",")
    return version == "v1" and hmac.compare_digest(expected, value.encode())
