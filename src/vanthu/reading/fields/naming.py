"""The name of a body in ordinary case (Decree 30/2020, Phụ lục II, phần IV), from a head that has it in capitals.

What is known is written as the lists have it. For the rest the rule decides: the words of type and the first word of a
function have a capital, and so has the next function behind "và", a comma or a dash, but not what a function is about
("tội phạm về tham nhũng, kinh tế"); names that follow "tỉnh", "xã", "Bệnh viện", "Công ty" have one in every syllable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from vanthu.kernel.vietnamese import fold, nfc, spelled
from vanthu.reading.fields import lists
from vanthu.reading.fields.lexicon import PLACES, bare_letters, spelled_out
from vanthu.reading.fields.repairs import paired

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Sort(Enum):
    """What a stretch of a name is."""

    HEAD = auto()  # a kind of body of which a function follows
    NAMED = auto()  # a kind of body of which a proper name follows
    AREA = auto()  # "tỉnh", "xã": a proper name follows
    BODY = auto()
    PLACE = auto()
    FUNCTION = auto()
    LINK = auto()
    WORD = auto()


_SORTS = {"=": Sort.HEAD, "@": Sort.NAMED, "+": Sort.AREA}
_LINKS = (
    "và", "về", "của", "cho", "các", "số", "tại", "thuộc", "trong", "với", "trực thuộc", "theo", "do", "đối với", "cấp",
    "tối cao", "cấp cao tại", "bằng", "từ", "ở",
)  # fmt: skip
_QUIET = ("số", "cấp", "tối cao", "cấp cao tại")
_OBJECT = ("về", "của", "cho", "trong", "với", "đối với", "thuộc")  # what follows is what a function is about
_LONG = 3  # words of a phrase that is recognised although a letter or two are wrong
_NEAR = 90  # of 100: how like it must be
_LIKE = 65  # of 100: how like their first words must be
_ALWAYS = ("tỉnh", "xã")  # whatever marks a scan gives them, in the name of a body they are these
_SAID = tuple(map(fold, (*_ALWAYS, "phường", "huyện")))  # a scan makes no other word into one of these
_RUN_TOGETHER = 6  # letters, from which on a word may be two
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_MOST_GLUED, _LEAST_GLUED = 6, 5  # words; letters
_STOPS = ",;.:"
_DASHES = ("-", "–", "—")
_ROMAN = re.compile(r"[IVX]+")
_NUMBERED = (
    "khu vực",
    "quân khu",
    "vùng",
    "quân đoàn",
    "cụm",
    "binh đoàn",
    "vụ",
    "cục",
    "phòng",
    "ii",
    "tổ",
    "đội",
)
_UNNAMED = re.compile(r"[^AEIOUYÀ-ỸĂƠƯ]{2,5}")  # an abbreviation has no vowel: "TNHH", "MTV"
_VOWELS = re.compile(r"[aeiouy]")
_AREAS = ("khu vực", "tỉnh", "thành phố", "xã", "phường", "vùng")
_SECOND = ("chống", "chữa", "giám", "khai", "sử", "xử", "tố", "cứu", "bồi")  # of a function's second verb
_CALLED = ("tỉnh", "thành phố", "xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "đặc khu", "thôn")
_CALLED_AFTER = ("Công ty", "Tập đoàn", "Tổng công ty", "Ngân hàng", "Trường", "Hợp tác xã", "Nhà máy")
_NAME_WORDS = (2, 3)  # syllables of a proper name
_NAMED_AREAS = ("quận", "phường")  # with a capital before a number (Phụ lục II, phần III)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A known stretch, in ordinary case as if it began a name."""

    text: str
    sort: Sort


@cache
def _table() -> tuple[dict[str, tuple[Phrase, ...]], int]:
    """{phrase without marks: phrases}, and how many words the longest has."""
    phrases: dict[str, Phrase] = {}
    for phrase in _phrases():
        phrases.setdefault(spelled(phrase.text), phrase)
    table: dict[str, tuple[Phrase, ...]] = {}
    for phrase in phrases.values():
        key = fold(phrase.text)
        table[key] = (*table.get(key, ()), phrase)
    return table, max(len(key.split()) for key in table)


def _phrases() -> Iterator[Phrase]:
    """All that is known; what comes first counts where two have the same words."""
    yield from (Phrase(place, Sort.PLACE) for place in PLACES)
    yield from (Phrase(word, Sort.LINK) for word in _LINKS)
    functions: list[str] = []
    for line in lists.lines("bodies"):
        head, _, said = line.rpartition(": ")
        if line[0] in _SORTS:
            yield from (Phrase(entry, _SORTS[line[0]]) for entry in lists.entries(line[1:]))
        elif head:
            entries = lists.entries(said)
            functions += (entry for entry in entries if " " in entry)
            yield from (Phrase(f"{head} {entry}", Sort.BODY) for entry in entries)
        else:
            yield from (Phrase(entry, Sort.BODY) for entry in lists.entries(line))
    yield from (Phrase(entry[:1].upper() + entry[1:], Sort.FUNCTION) for entry in functions)
    for line in lists.lines("phrases"):
        yield from (
            Phrase(one[:1].upper() + one[1:], Sort.FUNCTION) for one in lists.entries(line) if " " in one
        )


def ordinary(text: str, *, garbled: bool = True) -> str:
    """A name in capitals as it is written in ordinary case; `garbled` for one that a scan may have changed.

    Marks that a scan lost come back inside known phrases: "VIEN KIEM SAT NHAN DAN" gives "Viện kiểm sát nhân dân".
    """
    words = spelled_out(nfc(text)).split()
    if garbled:
        words = [part for word in _run_together(words) for part in _apart(word)]
    writer = _Writer(words)
    at = 0
    while at < len(words):
        length, phrase, behind = _longest(words, at, garbled=garbled)
        writer.add(at, length, phrase, behind)
        at += length
    whole = " ".join(writer.made)
    return whole[:1].upper() + whole[1:]


def _longest(words: Sequence[str], at: int, *, garbled: bool) -> tuple[int, Phrase | None, str]:
    """How many words the longest known phrase from here has, the phrase, and the stop behind it."""
    table, longest = _table()
    for length in range(min(longest, len(words) - at), 0, -1):
        window = " ".join(words[at : at + length])
        bare = window.rstrip(_STOPS)
        phrase = _known(bare, table, garbled=garbled)
        if phrase is None and garbled and length >= _LONG:
            phrase = _nearly(bare, length)
        if phrase is not None:
            return length, phrase, window[len(bare) :]
    bare = words[at].rstrip(_STOPS)
    return 1, None, words[at][len(bare) :]


def _known(text: str, table: dict[str, tuple[Phrase, ...]], *, garbled: bool) -> Phrase | None:
    """The phrase that these words are; among alike the one whose marks are nearest."""
    alike = table.get(fold(text), ())
    if not alike:
        return None
    exact = next((one for one in alike if _spoken(one.text) == _spoken(text)), None)
    if exact is not None or " " in text:
        return exact or (
            max(alike, key=lambda one: fuzz.ratio(one.text.lower(), text.lower())) if garbled else None
        )
    always = next((one for one in alike if one.text in _ALWAYS), None)
    lost = garbled and text.isascii() and alike[0].sort is not Sort.NAMED
    return always or (alike[0] if lost else None)


def _spoken(text: str) -> str:
    return " ".join(spelled(word) for word in text.split())


def _nearly(text: str, length: int) -> Phrase | None:
    """The phrase of as many words that a scan garbled by a letter or two."""
    names = _of_length().get(length, {})
    near = process.extractOne(bare_letters(text), names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    phrase = names[near[0]] if near else None
    first = fold(text.split(maxsplit=1)[0])
    if phrase is None or first == "va" or fuzz.ratio(first, fold(phrase.text).partition(" ")[0]) < _LIKE:
        return None
    last = fold(text.rsplit(maxsplit=1)[-1])
    if fuzz.ratio(last, fold(phrase.text).rpartition(" ")[2]) < _LIKE:
        return None
    pairs = zip(fold(text).split(), fold(phrase.text).split(), strict=True)
    # "tỉnh Cao Bằng" is no garbled "tối cao", "Thanh tra tỉnh Phú Thọ" not that of "Chính phủ"
    return None if any(said in _SAID and said != meant for said, meant in pairs) else phrase


@cache
def _of_length() -> dict[int, dict[str, Phrase]]:
    """{words: {letters without blanks: phrase}}."""
    found: dict[int, dict[str, Phrase]] = {}
    for phrase in (one for alike in _table()[0].values() for one in alike):
        found.setdefault(len(phrase.text.split()), {}).setdefault(bare_letters(phrase.text), phrase)
    return found


def _run_together(words: Sequence[str]) -> list[str]:
    """The words; one that is no syllable may be part of a known name whose blanks a scan lost ("CHICỤUCHẢI QUAN")."""
    made: list[str] = []
    at = 0
    while at < len(words):
        here, before = (0.0, 1, ""), (0.0, 1, "")
        if words[at].isalpha() and not _SYLLABLE.fullmatch(fold(words[at])):
            here = _glued(words[at:])
            before = _glued([made[-1], *words[at:]]) if made and made[-1] == words[at - 1] else before
        _, length, name = max(here, before)
        if name and before > here:
            made.pop()
            length -= 1
        made += name.split() or [words[at]]
        at += length
    return made


def _glued(words: Sequence[str]) -> tuple[float, int, str]:
    """(how near, how many of these words, a known name of more words than these)."""
    table, best = _letters_table(), (0.0, 1, "")
    for length in range(1, min(len(words), _MOST_GLUED) + 1):
        letters = bare_letters("".join(words[:length]))
        if len(letters) < _LEAST_GLUED:
            continue
        near = process.extractOne(letters, table.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
        if near and near[0][0] == letters[0] and len(table[near[0]].split()) > length:
            best = max(best, (near[1], length, table[near[0]]))
    return best


def _apart(word: str) -> list[str]:
    """Known phrases that a scan ran together ("TỈNHTHANHHÓA"), else the word as it is."""
    letters = bare_letters(word)
    if len(letters) < _RUN_TOGETHER or not word.isalpha():
        return [word]
    parts = _cut(letters, 6)
    return parts if len(parts) > 1 else [word]


def _cut(letters: str, most: int) -> list[str]:
    """The known phrases of which these letters consist; empty when they do not."""
    if not letters:
        return []
    table = _letters_table()
    for end in range(len(letters), 1, -1):
        phrase = table.get(letters[:end])
        if phrase and end == len(letters):
            return phrase.split()
        if phrase and most and (rest := _cut(letters[end:], most - 1)):
            return [*phrase.split(), *rest]
    return []


@cache
def _letters_table() -> dict[str, str]:
    """{letters of a phrase without blanks: phrase}, of all."""
    phrases = (one for alike in _table()[0].values() for one in alike)
    return {bare_letters(phrase.text): phrase.text for phrase in phrases}


class _Writer:
    """Writes the stretches of a name one after the other."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.made: list[str] = []
        self.proper = True
        """Unknown words are names."""
        self.fresh = True
        """A function begins here."""
        self.area = False
        """The stretch before was "xã" or the like."""
        self.enterprise = False
        """It is called by a proper name after what it does: "Công ty Cổ phần Xây dựng Tân Phát"."""
        self.about = False
        """What follows is what a function is about."""
        self.known = False
        """The stretch before was a known one, no link."""
        self.inside = False
        """The stretch before belongs to a function."""

    def add(self, at: int, length: int, phrase: Phrase | None, behind: str) -> None:
        """The stretch of `length` words from `at`, which is a phrase or one unknown word, with the stop behind it."""
        self.area = bool(self.made) and self.made[-1].lower() in _CALLED
        written = self._unknown(at) if phrase is None else self._phrase(phrase, at, length)
        if phrase is not None:
            self.known = phrase.sort is not Sort.LINK
            self.inside = phrase.sort in (Sort.HEAD, Sort.LINK, Sort.FUNCTION)
        self.made.append(written + behind)
        if behind.startswith(",") or written in _DASHES:
            following = self.words[at + length : at + length + 1]
            self._next_function()
            self.proper = written in _DASHES and not all(map(_functional, following))
            self.fresh = self.fresh and not any(map(_goes_on, following))

    def _phrase(self, phrase: Phrase, at: int, length: int) -> str:
        match phrase.sort:
            case Sort.HEAD | Sort.NAMED | Sort.BODY:
                return self._body(phrase, at, length)
            case Sort.AREA:
                self.proper, self.fresh = True, False
                number = at + 1 < len(self.words) and self.words[at + 1][:1].isdigit()
                return phrase.text.capitalize() if number and phrase.text in _NAMED_AREAS else phrase.text
            case Sort.LINK:
                if phrase.text == "và":
                    self._next_function()
                elif phrase.text == "các":
                    self.fresh = False
                elif phrase.text not in _QUIET:
                    self.fresh, self.about = False, self.about or phrase.text in _OBJECT
                    self.proper = phrase.text == "tại"
                return phrase.text
            case Sort.FUNCTION:
                if self.area:  # "xã Dân Chủ" is called so
                    return " ".join(word.capitalize() for word in phrase.text.split())
                small = not (self.fresh or self.proper)
                self.proper, self.fresh = False, False
                return phrase.text[:1].lower() + phrase.text[1:] if small else phrase.text
            case _:
                self.fresh = False
                return phrase.text

    def _body(self, phrase: Phrase, at: int, length: int) -> str:
        """A kind of body inside a function ("xử lý vụ việc") is none: there it has no capital."""
        numbered = self.words[at + 1 : at + 2] and self.words[at + 1][:1].isdigit()
        if length == 1 and self.inside and not numbered:
            return self._unknown(at)
        self.proper = phrase.sort is Sort.NAMED or phrase.text.endswith(_AREAS)
        self.fresh = phrase.sort is Sort.HEAD
        self.enterprise = phrase.sort is Sort.NAMED or phrase.text.startswith(_CALLED_AFTER)
        self.about = False
        return phrase.text

    def _next_function(self) -> None:
        self.fresh, self.proper = not self.about, False

    def _unknown(self, at: int) -> str:
        bare = self.words[at].rstrip(_STOPS)
        fresh, self.fresh = self.fresh, False
        known, self.known = self.known, False
        if _kept(bare, " ".join(self.made[-1:])):
            return bare
        if self.enterprise and at and paired(self.words[at - 1], bare) and not fresh:
            return bare.lower()
        if self.proper or fresh:
            return _capital(bare)
        self.proper = self.enterprise or (known and _ends_in_name(self.words[at:]))
        return _capital(bare) if self.proper else bare.lower()


def _goes_on(word: str) -> bool:
    """Whether a word goes on with the same function ("Phòng, chống", "Khám, chữa bệnh") and begins no other."""
    return spelled(word.rstrip(_STOPS)) in map(spelled, _SECOND)


def _functional(word: str) -> bool:
    """Whether functions have this syllable."""
    return spelled(word.rstrip(_STOPS)) in _syllables()


@cache
def _syllables() -> frozenset[str]:
    """The syllables of which functions consist."""
    texts = (one.text for alike in _table()[0].values() for one in alike if one.sort is Sort.FUNCTION)
    return frozenset(spelled(syllable.strip(_STOPS)) for text in texts for syllable in text.split())


def _ends_in_name(rest: Sequence[str]) -> bool:
    """Whether the unknown rest of a name is a proper name: two or three syllables, not all those of functions."""
    return len(rest) in _NAME_WORDS and not all(map(_functional, rest))


def _kept(word: str, before: str) -> bool:
    """Whether a word stays as it is: an abbreviation, a Roman number, a sign."""
    if not word.isalpha():
        return not word.strip("-").replace("-", "").isalpha()
    if _ROMAN.fullmatch(word) and (len(word) > 1 or before.lower().endswith(_NUMBERED)):
        return word not in ("VI",) or before.lower().endswith(_NUMBERED)
    return len(word) > 1 and word.isupper() and not _VOWELS.search(fold(word))


def _capital(word: str) -> str:
    """A capital and small letters, on both sides of a dash."""
    return "-".join(part.capitalize() for part in word.split("-"))
