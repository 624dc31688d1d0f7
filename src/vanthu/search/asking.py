"""What a person typed, read as groups that must all be found; each knows its lexemes and what it looks like."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, Protocol

from vanthu.kernel.abbreviations import spelled_out
from vanthu.kernel.vietnamese import fold, nfc, spelled
from vanthu.search.tokens import as_typed, date_lexeme, marked_lexeme, words

type Alternatives = tuple[tuple[str, ...], ...]  # one of these, each all of those; "…*" is a prefix

MOST_WORDS = 32
LEAST_COHESION = 0.05
_TYPED = re.compile(r'["“”](?P<phrase>[^"“”]*)["“”]|(?P<word>[^\s"“”]+)')
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)")
_JOINED = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*[/-]?")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SYLLABLE = re.compile(r"[^\W_]+")


class Known(Protocol):
    """What is known of words and pairs of neighbours, each as it was typed: `=kế_=hoạch`, or `ke_hoach`."""

    def cohesion(self, pair: str, one: str, other: str) -> float:
        """How often two neighbours stand as the pair, 0 to 1."""

    def usual(self, pair: str, plain: str) -> bool:
        """Whether a pair without its marks nearly always is this one."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One stretch of what was typed: a run of words, a phrase in quotes, a symbol or part of one, or a date."""

    kind: Literal["run", "phrase", "symbol", "date"]
    syllables: tuple[str, ...]
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Something that must be found. `pattern` finds it in composed text and is used to mark it.

    `strict` means that the lexemes alone let too much through (marks were typed, or a long phrase), so that
    the text must match `pattern` too.
    """

    alternatives: Alternatives
    pattern: re.Pattern[str]
    strict: bool = False


def read(text: str) -> list[Typed]:
    """Split what was typed into runs, phrases, symbols and dates; at most 32 of them, never fails."""
    stretches: list[Typed] = []
    for found in _TYPED.finditer(_DASHES.sub("-", nfc(text))):
        one = _phrase(found["phrase"]) if found["phrase"] is not None else _word(found["word"])
        if one is None:
            continue
        if one.kind == "run" and stretches and stretches[-1].kind == "run":
            one = Typed("run", stretches.pop().syllables + one.syllables)
        stretches.append(Typed(one.kind, one.syllables[:MOST_WORDS], one.day))
    return stretches[:MOST_WORDS]


def _phrase(text: str) -> Typed | None:
    syllables = _syllables(text)
    return Typed("phrase", syllables) if syllables else None


def _word(word: str) -> Typed | None:
    syllables = _syllables(word)
    if not syllables:
        return None
    if day := _date(word):
        return Typed("date", syllables, day)
    word = word.strip(".,;:!?()[]{}'-")
    joined = _JOINED.fullmatch(word) is not None and (len(syllables) > 1 or word[-1] == "/")
    return Typed("symbol" if joined else "run", syllables)


def _syllables(text: str) -> tuple[str, ...]:
    """As they were typed; rare letters that stand for several words ("½") are taken apart."""
    found: list[str] = []
    for syllable in _SYLLABLE.findall(text):
        plain = words(syllable)
        found += [syllable] if len(plain) == 1 else plain
    return tuple(found)


def _date(word: str) -> date | None:
    found = _DATE.fullmatch(word.strip(",;:!?()"))
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def candidates(typed: Iterable[Typed]) -> set[str]:
    """The lexemes whose frequencies decide how runs are cut, and how many hits are to be expected."""
    found: set[str] = set()
    for one in typed:
        plain, typed_ = _plain(one.syllables), as_typed(" ".join(one.syllables))
        found.update(plain, typed_, (f"_s{word}" for word in plain))
        for name in filter(None, map(spelled_out, one.syllables)):
            found.update(_chain(_plain(name)))
        found.update(map("_".join, [*pairwise(plain), *pairwise(typed_)]))
    return found


def groups(typed: Iterable[Typed], known: Known, *, unfinished: bool = False) -> list[Group]:
    """What must be found. Runs are cut into the words of one or two syllables that they most likely are.

    `unfinished`: the last syllable is still being typed and stands for every word that begins so.
    """
    typed = list(typed)
    found: list[Group] = []
    for number, one in enumerate(typed):
        open_end = unfinished and number == len(typed) - 1
        found += _groups_of(one, known, open_end=open_end)
    return found


def _groups_of(one: Typed, known: Known, *, open_end: bool) -> list[Group]:
    if one.kind == "date" and one.day is not None:
        return [_date_group(one)]
    if one.kind == "symbol":
        return [_symbol_group(one)]
    if one.kind == "phrase":
        return [_words_group(one.syllables, known)]
    if open_end:
        return _unfinished(one.syllables, known)
    return [_words_group(part, known) for part in cut(one.syllables, known)]


def cut(run: Sequence[str], known: Known) -> list[tuple[str, ...]]:
    """Cut a run into pairs that belong together and single syllables, so that the sum of cohesion is greatest."""
    here = as_typed(" ".join(run))
    best: list[tuple[float, int]] = [(0.0, 0)]  # per end: the greatest sum, and where its last part begins
    for end in range(1, len(run) + 1):
        options = [(best[end - 1][0], end - 1)]
        if end > 1 and not any(map(spelled_out, run[end - 2 : end])):
            one, other = here[end - 2 : end]
            if (held := known.cohesion(f"{one}_{other}", one, other)) >= LEAST_COHESION:
                options.append((best[end - 2][0] + held, end - 2))
        best.append(max(options))
    parts: list[tuple[str, ...]] = []
    end = len(run)
    while end:
        start = best[end][1]
        parts.append(tuple(run[start:end]))
        end = start
    return parts[::-1]


def _words_group(syllables: Sequence[str], known: Known) -> Group:
    plain, marked = _plain(syllables), _with_marks(syllables)
    pattern = re.compile(rf"(?<![^\W_]){_looks(syllables)}(?![^\W_])", re.IGNORECASE)
    if len(plain) > 1:
        lexemes = (*_chain(plain), *_unusual(syllables, known))
        return Group((lexemes,), pattern, strict=bool(marked) or len(plain) > 2)
    if name := spelled_out(syllables[0]):
        either = re.compile(rf"(?<![^\W_])(?:{_looks(syllables)}|{_looks(name)})(?![^\W_])", re.IGNORECASE)
        return Group(((plain[0],), (f"_s{plain[0]}",), _chain(_plain(name))), either)
    if marked:
        return Group((marked,), pattern)
    alternatives = [(plain[0],), (f"_s{plain[0]}",)]
    if plain[0].isdigit():
        alternatives.append((f"_n{plain[0]}",))
    return Group(tuple(alternatives), pattern)


def _symbol_group(one: Typed) -> Group:
    plain = _plain(one.syllables)
    whole = "/".join(plain)
    if not plain[0][0].isdigit():
        symbol = f"_y{whole}*" if len(plain) > 1 else f"_s{whole}"
    else:
        symbol = f"_t{whole}*" if len(plain) > 1 else f"_t{whole}/*"
    spoken = _chain(plain) if len(plain) > 1 else (plain[0],)
    pattern = re.compile(rf"(?<![^\W_]){_looks(one.syllables)}", re.IGNORECASE)
    return Group(((symbol,), spoken), pattern)


def _date_group(one: Typed) -> Group:
    plain = _plain(one.syllables)
    pattern = re.compile(rf"(?<!\d){_looks(one.syllables)}(?!\d)")
    return Group(((date_lexeme(one.day or date.min),), _chain(plain)), pattern)


def _unusual(syllables: Sequence[str], known: Known) -> list[str]:
    """Words with marks whose pair without them is as likely another one."""
    pairs = zip(pairwise(as_typed(" ".join(syllables))), pairwise(_plain(syllables)), strict=True)
    doubtful = [
        typed
        for typed, plain in pairs
        if typed != plain and not known.usual("_".join(typed), "_".join(plain))
    ]
    return list(dict.fromkeys(word for pair in doubtful for word in pair if word.startswith("=")))


def _unfinished(syllables: tuple[str, ...], known: Known) -> list[Group]:
    """The last syllable begins a word; too short a beginning is left out when something stands before it."""
    *before, last = syllables
    if before and spelled_out(last):
        return [_words_group(part, known) for part in cut(syllables, known)]
    (start,) = _plain([last])
    if not before:
        end = "*" if len(start) > 2 or start.isdigit() else ""
        begun = tuple((f"{mark}{start}{end}",) for mark in ("", "_s"))
        if start.isdigit():
            begun = (*begun, (f"_n{start}",))
        return [Group(begun, _beginning([last]), strict=bool(marked_lexeme(last)))]
    (left,) = _plain(before[-1:])
    if len(left) + len(start) < 4:
        return [_words_group(part, known) for part in cut(before, known)]
    pair = Group(
        ((f"{left}_{start}*",), (left, start)),
        _beginning([before[-1], last]),
        strict=bool(_with_marks([before[-1], last])),
    )
    return [*(_words_group(part, known) for part in cut(before[:-1], known)), pair]


def _beginning(syllables: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){_looks(syllables)}", re.IGNORECASE)


def _plain(syllables: Iterable[str]) -> list[str]:
    return [word for syllable in syllables for word in words(syllable)]


def _chain(plain: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{one}_{other}" for one, other in pairwise(plain)) or tuple(plain)


def _with_marks(syllables: Iterable[str]) -> tuple[str, ...]:
    """The lexemes of those that were typed with marks, which then count."""
    return tuple(lexeme for syllable in syllables if (lexeme := marked_lexeme(syllable)))


_LETTERS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "d": "dđ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
}


def _looks(syllables: Iterable[str]) -> str:
    """A pattern of the syllables in composed text, whatever stands between them."""
    return r"[\W_]+".join(map(_looks_one, syllables))


def _looks_one(syllable: str) -> str:
    if syllable.isdigit():
        return "0*" + (syllable.lstrip("0") or "0")
    if marked_lexeme(syllable):
        return "(?:" + "|".join(sorted(map(re.escape, _placements(syllable)))) + ")"
    return "".join(
        f"[{_LETTERS[letter]}]" if letter in _LETTERS else re.escape(letter) for letter in fold(syllable)
    )


def _placements(syllable: str) -> set[str]:
    """The syllable with its tone mark on each vowel in turn: "hòa" gives "hòa" and "hoà"."""
    same = spelled(syllable)
    letters = same.rstrip("\u0300\u0301\u0303\u0309\u0323")
    tone = same[len(letters) :]
    placed = {
        unicodedata.normalize("NFC", letters[: n + 1] + tone + letters[n + 1 :]) for n in range(len(letters))
    }
    return {one for one in placed if len(one) == len(letters)} or {
        unicodedata.normalize("NFC", syllable.lower())
    }
