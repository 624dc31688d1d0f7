"""Marks that a scan took for others ("chuyến đối" for "chuyển đổi"), put right in what offices always write so.

Tesseract confuses the small marks on ê, ô, â and ơ, and nearly always tells so: of the syllables whose marks were wrong
it was less than 0.95 sure, of nineteen in twenty others surer. Only such doubtful ones are mended, where the pair with
a neighbour is no known pair itself and, but for marks, exactly one of them.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold, spelled
from vanthu.reading.fields import lists

if TYPE_CHECKING:
    from collections.abc import Sequence

type Pair = tuple[str, str]

SURE = 0.955  # of the OCR: a word that it is surer of is left as it is
_AFTER_KIEM = ["sát", "tra", "soát", "điểm", "toán", "lâm", "dịch", "kê", "định", "duyệt", "nghiệm"]
_NEVER = {"chỉ nhánh"} | {f"{wrong} {one}" for wrong in ("kiếm", "kiềm", "kiễm") for one in _AFTER_KIEM}
"""No office writes so, however sure the OCR is."""
_SIGNS = "“”\"'(,;.:)"


@cache
def _known() -> tuple[frozenset[Pair], dict[Pair, tuple[Pair, ...]]]:
    """All pairs in one spelling, and {pair without marks: the pairs that are written so}."""
    pairs = {
        pair
        for line in lists.lines("phrases")
        for phrase in lists.entries(line)
        for pair in pairwise(phrase.split())
    }
    by_bare: dict[Pair, tuple[Pair, ...]] = {}
    for pair in sorted(pairs):
        bare = fold(pair[0]), fold(pair[1])
        by_bare[bare] = (*by_bare.get(bare, ()), pair)
    return frozenset((spelled(first), spelled(second)) for first, second in pairs), by_bare


def paired(first: str, second: str) -> bool:
    """Whether two syllables, capitals or not, are a pair that offices write."""
    return (spelled(first), spelled(second)) in _known()[0]


def mended(words: Sequence[str], sure: Sequence[float]) -> list[str]:
    """The words with marks put right, capitals and signs kept; `sure` is the OCR's confidence in each."""
    made = list(words)
    for at in range(len(made) - 1):
        bare = made[at].strip(_SIGNS), made[at + 1].strip(_SIGNS)
        never = " ".join(bare).lower() in _NEVER
        if (min(sure[at : at + 2]) > SURE and not never) or made[at].partition(bare[0])[2] or paired(*bare):
            continue
        right = _right(bare, (0.0, 0.0) if never else sure[at : at + 2])
        if right is not None:
            for place in (0, 1):
                made[at + place] = made[at + place].replace(bare[place], _like(right[place], bare[place]))
    return made


def _right(bare: Pair, sure: Sequence[float]) -> Pair | None:
    """The only pair that these two syllables can be, for all that the OCR is sure of."""
    alike = _known()[1].get((fold(bare[0]), fold(bare[1])), ())
    fitting = [pair for pair in alike if all(map(_may_be, pair, bare, sure))]
    return fitting[0] if len(fitting) == 1 else None


def _may_be(right: str, was: str, sure: float) -> bool:
    """Whether a syllable may be this one: read as it, or doubtful."""
    return sure <= SURE or spelled(right) == spelled(was)


def _like(right: str, was: str) -> str:
    """In capitals or small as the word was."""
    if was.isupper() and len(was) > 1:
        return right.upper()
    return right.capitalize() if was[:1].isupper() else right
