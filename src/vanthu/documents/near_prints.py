"""Prints of a text: texts that share most of their words in order have most of their prints in common (MinHash).

Marks and case do not count, so two readings of one scan, or a scan and the file that it was printed from, are alike.
A. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import batched
from random import Random
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOGETHER = 2  # words of one shingle
_LEAST_WORDS, _MOST_WORDS = 40, 4_000  # a text with fewer says too little; of a longer one this is enough
_ROWS, _BANDS = 4, 12  # 80 % alike share a band with a probability of 99.8 %, 50 % alike with 54 %
_MASK = (1 << 61) - 1
_WORDS = re.compile(r"[0-9a-z]+")
_random = Random(20260301)  # noqa: S311 - fixed for ever: prints that are stored were made with these
_TURNS = [(_random.randrange(1, _MASK, 2), _random.randrange(_MASK)) for _ in range(_ROWS * _BANDS)]


@dataclass(frozen=True, slots=True)
class Print:
    """`parts` tell how alike two texts are; `bands` (64 bits, signed) are looked up in an index."""

    parts: tuple[int, ...]
    bands: tuple[int, ...]


def print_of(text: str, *, office_id: int) -> Print | None:
    """The print of a text; None for one that is too short. Bands of different offices never meet."""
    words = _WORDS.findall(fold(text))[:_MOST_WORDS]
    if len(words) < _LEAST_WORDS:
        return None
    shingles = {" ".join(words[at : at + _TOGETHER]) for at in range(len(words) - _TOGETHER + 1)}
    hashes = [_hash(shingle) & _MASK for shingle in shingles]
    parts = tuple(
        min([(one * factor + more) & _MASK for one in hashes]) & 0xFFFFFFFF for factor, more in _TURNS
    )
    bands = tuple(
        _hash(f"{office_id}:{place}:{rows}", signed=True) for place, rows in enumerate(batched(parts, _ROWS))
    )
    return Print(parts, bands)


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of two texts is the same (0 to 1), by their parts; exact to about a twentieth."""
    return sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) / len(one)


def _hash(text: str, *, signed: bool = False) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=signed)
