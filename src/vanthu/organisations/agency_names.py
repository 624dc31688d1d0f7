"""What finds a body while one types: words of its name, of the body over it, abbreviations, codes in every form.

The key has three parts: `words of the name ; what else names it | words of the body over it`. Every word is matched
from its beginning, so that the initials of the whole name find it by any shorter ones: "stptna" by "stp".
"""

from collections.abc import Iterable, Sequence

from vanthu.kernel.abbreviations import SPELLED
from vanthu.kernel.vietnamese import fold
from vanthu.organisations.agency_codes import depth, folded, other_form
from vanthu.organisations.names import key_of

TOP = "~1"  # a word that nobody types: ministries, provinces and what is directly under them
MOST_INITIALS = 12
_SPELLED = {fold(short): f" {fold(' '.join(name))} " for short, name in SPELLED.items()}


def agency_key(name: str, codes: Iterable[str]) -> str:
    """The first two parts of the key of a body with these codes, its newest first."""
    words = key_of(name).split()
    known = [folded(code) for code in codes]
    extra = [*_initials(words), *_abbreviations(words), *_code_words(known)]
    if known and depth(known[0]) <= 2:
        extra.append(TOP)
    return f"{' '.join(words)} ; {' '.join(dict.fromkeys(extra))}"


def typed_words(text: str) -> list[str]:
    """The words of what was typed as they stand in keys; a word with dots is a code and stays whole."""
    found: list[str] = []
    for piece in text.split():
        if "." in piece.strip(".,"):
            found.append(folded(piece.strip(".,")))
        else:
            found += key_of(piece).split()
    return found


def _initials(words: Sequence[str]) -> list[str]:
    """First letters of the name's words, "" for a name of one word."""
    return ["".join(word[0] for word in words[:MOST_INITIALS])] if len(words) > 1 else []


def _abbreviations(words: Sequence[str]) -> list[str]:
    """Short forms of what the name spells out, and the words of what it shortens."""
    whole = f" {' '.join(words)} "
    found: list[str] = []
    for short, spelled in _SPELLED.items():
        if short in words:
            found += spelled.split()
        elif spelled in whole:
            found.append(short)
    return found


def _code_words(codes: Sequence[str]) -> list[str]:
    """Codes as they are written, in their other form, and old ones without the zeros in front."""
    found: list[str] = []
    for code in codes:
        groups = code.split(".")
        first = next((at for at, group in enumerate(groups) if group.strip("0")), 0)
        found += filter(None, (code, other_form(code), ".".join(groups[first:])))
    return found
