"""What people search for: words and symbols of documents that they may see, so that every question has an answer."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

from vanthu.documents.models import IncomingEntry
from vanthu.kernel import participants
from vanthu.organisations.powers import Role
from vanthu.search.models import WordFrequency
from vanthu.search.tokens import words
from vanthu_tools.bench.measure.driving import Call, Page
from vanthu_tools.bench.measure.seats import Seat, Seats

READ = 400  # titles from which questions are drawn
QUESTIONS = 24  # per kind of question and person
_SYLLABLE = re.compile(r"[^\W\d_]+")
KINDS = ("rare word", "common words", "two phrases", "symbol")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a search looks: who asks, with which choice on the page."""

    name: str
    scope: str
    seats: tuple[Seat, ...]


def reaches(seats: Seats) -> list[Reach]:
    """A person, a unit and an office by the choice on the page; the sector by whoever sees most of it."""
    wanted = (
        Reach("person", "mine", tuple(seats.of(Role.SPECIALIST))),
        Reach("unit", "unit", tuple(seats.of(Role.UNIT_HEAD, Role.ADMINISTRATION_HEAD))),
        Reach("province", "office", tuple(seats.of(Role.CLERK, Role.HEAD, level="province"))),
        Reach("all-seeing", "all", (seats.everything,)),
    )
    return [reach for reach in wanted if reach.seats]


def search_pages(seats: Seats) -> list[Page]:
    """One page per kind of question and reach."""
    chance = random.Random(7)
    asked = {seat.account_id: questions(seat, chance) for seat in seats.all}
    return [
        Page(
            f"Search, {kind} ({reach.name})",
            "search",
            calls(
                [
                    (seat, reach.scope, text)
                    for seat in reach.seats
                    for text in asked[seat.account_id].get(kind, [])
                ]
            ),
        )
        for reach in reaches(seats)
        for kind in KINDS
        if any(asked[seat.account_id].get(kind) for seat in reach.seats)
    ]


def calls(questions: Sequence[tuple[Seat, str, str]]) -> Iterator[Call]:
    """The questions in turn, person by person."""
    shuffled = random.Random(1).sample(questions, len(questions))
    return cycle(
        Call(seat, f"/search?{urlencode({'q': text, 'scope': scope})}") for seat, scope, text in shuffled
    )


def questions(seat: Seat, chance: random.Random) -> dict[str, list[str]]:
    """{kind of question: what is typed}, from titles and symbols that the person sees."""
    rows = participants.window(seat.actor, "in", limit=READ)
    shown = [row.item_id for row in rows if not row.restricted]
    entries = list(IncomingEntry.objects.filter(pk__in=shown).only("subject", "number", "notation"))
    if not entries:
        return {}
    chosen = [chance.choice(entries) for _ in range(QUESTIONS)]
    often = _frequencies(entries)
    return {
        "rare word": _rarest([one.subject for one in entries], often),
        "common words": list(dict.fromkeys(_commonest(one.subject, often) for one in chosen)),
        "two phrases": list(dict.fromkeys(_phrases(one.subject, chance) for one in chosen)),
        "symbol": list(dict.fromkeys(one.symbol for one in chosen if one.symbol)),
    }


def _frequencies(entries: Sequence[IncomingEntry]) -> dict[str, float]:
    """{word: rows a day that carry it}."""
    wanted = {word for one in entries for word in words(one.subject)}
    return dict(WordFrequency.objects.filter(lexeme__in=wanted).values_list("lexeme", "rows_a_day"))


def _rarest(subjects: Iterable[str], often: dict[str, float]) -> list[str]:
    """The words that the fewest documents carry."""
    found = {word for subject in subjects for word in _SYLLABLE.findall(subject)}
    return sorted(found, key=lambda word: (often.get("".join(words(word)), 0.0), word))[:QUESTIONS]


def _commonest(subject: str, often: dict[str, float]) -> str:
    found = sorted(
        dict.fromkeys(_SYLLABLE.findall(subject)), key=lambda word: -often.get("".join(words(word)), 0.0)
    )
    return " ".join(found[:2])


def _phrases(subject: str, chance: random.Random) -> str:
    """Two stretches of three syllables each, in quotes, as they stand in the title."""
    found = subject.split()
    if len(found) < 8:
        return f'"{" ".join(found[:3])}" "{" ".join(found[-3:])}"'
    middle = len(found) // 2
    first = chance.randrange(0, middle - 3)
    second = chance.randrange(middle, len(found) - 2)
    return f'"{" ".join(found[first : first + 3])}" "{" ".join(found[second : second + 3])}"'
