"""Lexemes of what is indexed, made the same way for rows and for questions (`asking`).

Words lose their marks (`ke`, `hoach`) and are paired (`ke_hoach`), because single Vietnamese syllables without marks
are few and ambiguous; those that have marks stand once more with them (`=kế`), for who types them means them.
What is not a word starts with `_`:
`_s2143 _skh` number and parts of the symbol, `_t2143/kh/vks` the whole, `_ykh/vks` its endings (found by prefix),
`_n45` arrival number, `_d20260715` date, `_kkh` kind, `_iin` what it is, `_o12 _u34 _p56 _a12` whose rows it has
(`_ro12` where restricted), and `_m…` the few things that a masked item may be found by.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise

from vanthu.kernel.vietnamese import fold, spelled, syllables

LONGEST = 60  # characters; longer runs of letters are no words
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Syllables and figures without marks and leading zeros, in their order."""
    return [word.lstrip("0") or "0" for word in _WORD.findall(fold(text)) if len(word) <= LONGEST]


def text_lexemes(*texts: str) -> set[str]:
    """Every word, every two neighbours, and every word with its marks, of each text."""
    found: set[str] = set()
    for text in texts:
        here = words(text)
        found.update(here)
        found.update(f"{one}_{other}" for one, other in pairwise(here))
        found.update(marked_lexemes(text))
    return found


def marked_lexemes(text: str) -> set[str]:
    """The words that have marks (or đ), with them."""
    return {lexeme for word in syllables(text) if (lexeme := marked_lexeme(word))}


@lru_cache(maxsize=50_000)
def marked_lexeme(word: str) -> str:
    """A word with its marks in one spelling, `=hoà` for "Hòa"; "" when it has none, or is too long to be a word."""
    plain = fold(word)
    return f"={spelled(word)}" if len(plain) <= LONGEST and plain != word.lower() else ""


def as_typed(text: str) -> list[str]:
    """The words of a text in their order, with marks where they have them: `=kế`, `tra`."""
    return [marked_lexeme(word) or flat for word in syllables(text) for flat in words(word)]


def symbol_lexemes(symbol: str) -> set[str]:
    """Number and symbol as a whole, by its parts, and by its endings."""
    parts = words(symbol)
    if not parts:
        return set()
    found = {f"_s{part}" for part in parts} | marked_lexemes(symbol)
    endings = parts
    if parts[0][0].isdigit():
        found.add("_t" + "/".join(parts if parts[1:] else [parts[0], ""]))
        endings = parts[1:]
    found.update("_y" + "/".join(endings[start:]) for start in range(len(endings) - 1))
    return found


def date_lexeme(day: date) -> str:
    """A day, `_d20260715`."""
    return f"_d{day:%Y%m%d}"


def owner_lexeme(owner_kind: str, owner_id: int, *, restricted: bool = False) -> str:
    """Whose participant row an item has; `_r…` where the item is restricted."""
    return f"_{'r' if restricted else ''}{owner_kind}{owner_id}"


def masked(lexemes: Iterable[str]) -> set[str]:
    """The same lexemes as a masked item carries them."""
    return {f"_m{lexeme}" for lexeme in lexemes}
