"""Names of places that a scan garbled, told by where the page says them again: after the date, beside "Kính gửi"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold
from vanthu.reading.fields.repairs import SURE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.reading.fields.lines import Piece, Sheet

_AREAS = ("tinh", "pho", "xa", "phuong", "tran", "huyen", "quan", "khu", "thon")
_NEAR = 5  # words: how far behind such a word the name may reach
_SIGNS = ".,:;()"


def as_elsewhere(pieces: Sequence[Piece], page: Sheet) -> list[str]:
    """The words; doubtful ones behind "tỉnh", "xã" with the marks that they have where the OCR is surer of them."""
    words = [one.text for one in pieces]
    for at, one in enumerate(pieces):
        bare = one.text.strip(_SIGNS)
        named = bare and any(fold(word) in _AREAS for word in words[max(0, at - _NEAR) : at])
        if named and one.confidence <= SURE and (again := _again(bare, one.confidence, page)):
            words[at] = one.text.replace(bare, again.upper() if bare.isupper() else again)
    return words


def _again(word: str, sure: float, page: Sheet) -> str:
    """The same letters as a name of which the OCR is surer than this."""
    found = [
        one
        for one in page.pieces
        if one.confidence > sure and one.text[:1].isupper() and one.text[1:2].islower()
        and fold(one.text.strip(_SIGNS)) == fold(word)
    ]  # fmt: skip
    return max(found, key=lambda one: one.confidence).text.strip(_SIGNS) if found else ""
