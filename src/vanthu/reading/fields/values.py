"""What is read from a document for its registration: a value, how sure it is, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from vanthu.reading.words import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanthu.reading.fields.lines import Piece


@dataclass(frozen=True, slots=True)
class Field[T]:
    """One value with its confidence (0 to 1) and its place on a page (from 1) as shown; nothing found: None and 0."""

    value: T | None = None
    confidence: float = 0.0
    page: int | None = None
    box: Box | None = None

    @classmethod
    def at(cls, value: T, confidence: float, page: int, pieces: Iterable[Piece]) -> Field[T]:
        """The value that these pieces say; what the OCR doubted lowers the confidence."""
        pieces = list(pieces)
        read = sum(one.confidence for one in pieces) / max(len(pieces), 1)
        box = Box.around(one.shown for one in pieces) if pieces else None
        return cls(value, round(confidence * (0.5 + 0.5 * read), 3), page, box)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that the text names: "Công văn số 12/VKS-P1 ngày 03/4/2026 của Viện kiểm sát …"."""

    symbol: str
    """Number and symbol as one: "12/VKS-P1"."""
    issued_on: date | None
    kind: str
    """The name before it, as it stands: "Công văn"; may be empty."""
    issuer: str
    """What follows "của"; may be empty."""
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Fields:
    """What Decree 30/2020 puts on a document. `number` and `symbol` join as `documents.symbols.join` does.

    `kind` is the name of a kind in `Known.kinds`, `kind_code` its code. `urgency` is "Khẩn", "Thượng khẩn" or
    "Hỏa tốc". `recipients` are those of "Kính gửi", then those of "Nơi nhận" without "Như trên" and "Lưu".
    """

    issuer: Field[str] = Field()
    parent_issuer: Field[str] = Field()
    number: Field[str] = Field()
    symbol: Field[str] = Field()
    place: Field[str] = Field()
    issued_on: Field[date] = Field()
    kind: Field[str] = Field()
    subject: Field[str] = Field()
    signer_name: Field[str] = Field()
    signer_post: Field[str] = Field()
    urgency: Field[str] = Field()
    recipients: Field[tuple[str, ...]] = Field()
    due_on: Field[date] = Field()
    kind_code: str = ""
    references: tuple[Reference, ...] = field(default=())


NAMES = (
    "issuer", "number", "symbol", "issued_on", "kind", "subject", "signer_name", "signer_post", "urgency", "recipients",
    "due_on",
)  # fmt: skip
"""The fields that a registration asks for, in the order of the form."""


def as_data(fields: Fields) -> dict[str, dict[str, object]]:
    """{field: {"value", "confidence", "page", "box"}} for JSON; dates in ISO form, a box [left, top, right, bottom]."""
    return {name: _plain(getattr(fields, name)) for name in (*NAMES, "parent_issuer", "place")}


def _plain(one: Field[object]) -> dict[str, object]:
    value = one.value
    if isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, tuple):
        value = list(value)
    box = None if one.box is None else [round(side, 4) for side in one.box]
    return {"value": value, "confidence": one.confidence, "page": one.page, "box": box}
