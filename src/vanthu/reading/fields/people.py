"""Names of people as a scan garbles them: what families are called is known, what children are called in the main."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from vanthu.kernel.vietnamese import fold, spelled
from vanthu.reading.fields import lists
from vanthu.reading.fields.repairs import SURE

if TYPE_CHECKING:
    from collections.abc import Sequence

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEAR = 84  # of 100: how like a family of two syllables
_LEAST_OF_TWO = 2
_MIDDLES = {"thi": "Thị", "duc": "Đức"}


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Families, and the names of children."""
    lines = lists.lines("names")
    families = (one for line in lines if line.startswith("=") for one in lists.entries(line[1:]))
    given = (one for line in lines if not line.startswith("=") for one in lists.entries(line))
    return tuple(dict.fromkeys(families)), tuple(dict.fromkeys(given))


def personal(words: Sequence[str], sure: Sequence[float]) -> str:
    """A person's name; syllables that the OCR doubts (`sure`, 0 to 1) and that no name has get the marks of one."""
    families, given = _names()
    words = _as_two(words, sure, families)
    made = []
    for at, (word, confidence) in enumerate(zip(words, sure, strict=True)):
        if confidence > SURE:
            made.append(word)
        elif at == 0:
            made.append(_as_known(word, families))
        elif at < len(words) - 1 and fold(word) in _MIDDLES:
            made.append(_MIDDLES[fold(word)])
        else:
            made.append(_as_known(word, given))
    return " ".join(made)


def is_family(word: str) -> bool:
    """Whether families are called so, whatever capitals the word has."""
    return any(spelled(one) == spelled(word) for one in _names()[0])


def _as_two(words: Sequence[str], sure: Sequence[float], families: Sequence[str]) -> Sequence[str]:
    """The name with a family of two syllables ("Rơ Châm") as it is written, where the OCR doubts one of them."""
    if len(words) <= _LEAST_OF_TWO or min(sure[:2]) > SURE:
        return words
    two = [one for one in families if " " in one]
    near = max(two, key=lambda one: fuzz.ratio(fold(one), fold(" ".join(words[:2]))))
    if fuzz.ratio(fold(near), fold(" ".join(words[:2]))) < _NEAR:
        return words
    return [*near.split(), *words[2:]]


def _as_known(word: str, names: Sequence[str]) -> str:
    """The only name of these letters, or the only one with another tone, unless the word is a name itself."""
    alike = [one for one in names if fold(one) == fold(word)]
    if any(spelled(one) == spelled(word) for one in alike):
        return word
    toned = [one for one in alike if spelled(one).rstrip(_TONES) == spelled(word).rstrip(_TONES)]
    best = toned if len(toned) == 1 else alike
    return best[0] if len(best) == 1 else word
