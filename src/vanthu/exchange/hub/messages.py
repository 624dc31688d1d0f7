"""Signed calls as the axis's kit makes them: the JSON text in a header is the message, every value a header as well.

The names may come in any order; what is not signed is not read. `hash-file` of the kit lacks the zeros in front of
small bytes, other writers have them: both are the same hash.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from vanthu.exchange.hub.errors import UNKNOWN_SYSTEM, HubError, nobody

PREFIX = "XroadVnpt-"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_AROUND = ("sign-header", "sign-header-key", "hash-header", "version")  # of the signature, not signed
_TIME = re.compile(r"(\d{2})(\d{2})(\d{4})T(\d{2})(\d{2})(\d{2})\+0*(\d{1,3})")
_MOST = 64 << 10  # bytes of a message


@dataclass(frozen=True, slots=True)
class Message:
    """What a system has signed: `values` by their names without the prefix; `digest` names this very message."""

    digest: str
    values: Mapping[str, str]

    def value(self, name: str) -> str:
        """A signed value without white space around, "" where there is none."""
        return self.values.get(name.lower(), "").strip()


def claimed(headers: Mapping[str, str]) -> str:
    """The id that a call says it comes from; nothing is proved by it."""
    return headers.get(f"{PREFIX}systemid", "")[:60]


def opened(headers: Mapping[str, str], secret: str) -> Message:
    """The message of a call that this secret has signed. Raises `HubError`, the same whatever is wrong."""
    text = headers.get(f"{PREFIX}sign-header", "").encode("latin-1", "replace")
    made = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    said = headers.get(f"{PREFIX}hash-header", "").lower().encode("latin-1", "replace")
    if not hmac.compare_digest(made.encode(), said) or len(text) > _MOST:
        raise nobody()
    values = _values(text)
    for name, value in values.items():
        if _decoded(headers.get(PREFIX + name, "")) != value:
            raise nobody()
    signed = {name.lower() for name in values}
    unsigned = {
        name[len(PREFIX) :].lower() for name in headers if name.lower().startswith(PREFIX.lower())
    } - signed.union(_AROUND)
    if unsigned or "systemid" not in signed:
        raise nobody()
    return Message(made, {name.lower(): value for name, value in values.items()})


def _values(text: bytes) -> dict[str, str]:
    """{name without prefix: value} of the JSON text."""
    try:
        found = json.loads(text.decode())
    except ValueError:
        raise nobody() from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise nobody()
    if not all(name.startswith(PREFIX) for name in found):
        raise nobody()
    return {name.removeprefix(PREFIX): value for name, value in found.items()}


def _decoded(value: str) -> str:
    """A header's text: its bytes are UTF-8, the server reads them as Latin-1."""
    try:
        return value.encode("latin-1").decode()
    except ValueError:
        return value


def signed_at(message: Message) -> datetime:
    """When a message was signed: `ddMMyyyy'T'HHmmss+SSSS` of Hà Nội. Raises `HubError` for what is no time."""
    match = _TIME.fullmatch(message.value("timestamp"))
    try:
        if match is None:
            raise ValueError
        day, month, year, hour, minute, second, thousandth = map(int, match.groups())
        return datetime(year, month, day, hour, minute, second, thousandth * 1000, HANOI)
    except ValueError:
        raise HubError(
            UNKNOWN_SYSTEM, "Timestamp phải có dạng ddMMyyyy'T'HHmmss+SSSS theo giờ Hà Nội."
        ) from None


def hash_forms(sha256: str) -> frozenset[str]:
    """A SHA-256 as `hash-file` may write it: padded, and as the kit writes it."""
    return frozenset((sha256, "".join(f"{byte:x}" for byte in bytes.fromhex(sha256))))
