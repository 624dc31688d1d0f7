"""Lexemes as `vanthu.search` makes them, for millions of rows: every word is taken apart once and remembered."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from re import compile as pattern

from vanthu.documents import symbols
from vanthu.kernel.vietnamese import fold
from vanthu.search.tokens import date_lexeme, marked_lexemes, masked, owner_lexeme, symbol_lexemes, words

_NOT_A_WORD = pattern(r"[^0-9a-z]+")


@cache
def _piece(text: str) -> tuple[list[str], list[str]]:
    """The words of what stands between two spaces, and those with marks."""
    return words(text), sorted(marked_lexemes(text))


def lexemes(text: str) -> str:
    """As `search.tokens.text_lexemes`, with spaces between; PostgreSQL takes out what stands twice."""
    here: list[str] = []
    marked: list[str] = []
    for piece in text.split():
        plain, with_marks = _piece(piece)
        here += plain
        marked += with_marks
    return " ".join([*here, *[f"{one}_{other}" for one, other in pairwise(here)], *marked])


remembered_lexemes = lru_cache(maxsize=20_000)(lexemes)
"""The same for names that come again and again: issuers, signers."""


def shown(symbol: str, issuer: str) -> str:
    """What even a masked item is found by, but for its dates and numbers."""
    return f"{symbol_words(symbol)} {remembered_lexemes(issuer)}"


def dated(day: date, arrival_number: int | None) -> str:
    """The day it was issued and the number that it has at one office."""
    return date_lexeme(day) + (f" _n{arrival_number}" if arrival_number else "")


def symbol_words(symbol: str) -> str:
    """Lexemes of a number and symbol."""
    return " ".join(symbol_lexemes(symbol))


def beside(lexemes: str) -> str:
    """The same lexemes as a restricted item carries them beside its own."""
    return " ".join(masked(lexemes.split()))


def owners(rows: Iterable[tuple[str, int]], *, restricted: bool) -> list[str]:
    """Whose rows an item has."""
    return [owner_lexeme(kind, number, restricted=restricted) for kind, number in rows]


@cache
def _plain(notation: str) -> str:
    return _NOT_A_WORD.sub("", fold(notation))


_issuer_key = lru_cache(maxsize=20_000)(symbols.issuer_key)


def duplicate_key(issuer: str, number: str, notation: str) -> str:
    """As `documents.symbols.duplicate_key`; `number` has figures only, and two of them at least."""
    return "|".join([number, _plain(notation), _issuer_key(issuer)])[:200]
