"""The words of the benchmark: subjects from the demonstration's patterns, names of bodies, texts of files."""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from random import Random

from vanthu.documents.kinds import by_code
from vanthu.search.tokens import words
from vanthu_tools.bench.finding import lexemes
from vanthu_tools.bench.outline import Outline
from vanthu_tools.bench.sector import Office
from vanthu_tools.demo.bodies import DEMANDS, FINDINGS
from vanthu_tools.demo.names import Names
from vanthu_tools.demo.outside import filled
from vanthu_tools.demo.subjects import Pattern, patterns
from vanthu_tools.demo.subjects.words import Words

SENTENCES = 1500
SENTENCES_TAIL = 0.9  # exponent of Zipf's law: some sentences stand in every second text
IN_A_BODY = (14, 40)  # sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its lexemes, taken apart once."""

    text: str
    lexemes: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Sender:
    """A body outside as it signs: `notation` still wants the kind."""

    name: str
    notation: str
    signer: str
    title: str


class Wording:
    """Writes for one slice; one random source, so that the same slice always reads the same."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = Names(random, set())
        self._words: dict[int, Words] = {}
        self._staff: dict[int, tuple[str, ...]] = {}
        self._signers: dict[str, tuple[str, ...]] = {}
        self._sentences: list[Sentence] = []
        self._weights: list[float] = []

    def subject(self, one: Outline) -> str:
        """The subject of a document, with the places and people of its home."""
        return self._fill(one.pattern, one.home, one)

    def _fill(self, pattern: Pattern, home: Office, one: Outline) -> str:
        words = self._words.get(one.day.year)
        if words is None:
            words = self._words[one.day.year] = Words(self.random, home.province, one.day)
        words.province, words.day, words.staff = home.province, one.day, self._colleagues(home)
        return pattern.text.format_map(words)

    def _colleagues(self, office: Office) -> tuple[str, ...]:
        if office.id not in self._staff:
            self._staff[office.id] = tuple(person.name for unit in office.units for person in unit.people)
        return self._staff[office.id]

    def sender(self, one: Outline) -> Sender:
        """Who outside wrote it."""
        body, province = one.body, one.home.province
        assert body is not None
        number = self.random.randint(1, province.regions)
        commune = f"xã {self.random.choice(province.former[0].districts).name}"
        name = filled(body.name, province, number, commune)
        official = one.pattern.kind in {"CV", "DCV"}
        symbol = self.random.choice(body.letter) if official else body.other
        if name not in self._signers:
            self._signers[name] = tuple(self.names.one_off() for _ in body.signers)
        place = self.random.randrange(len(body.signers))
        kind = by_code(one.pattern.kind)
        notation = filled(symbol, province, number, commune).replace("{kind}", kind.abbreviation)
        joint = "-" if kind.family == "party" else ""
        return Sender(name, joint + notation, self._signers[name][place], body.signers[place])

    def body(self, one: Outline) -> tuple[str, str]:
        """(text, lexemes) of a file: common sentences often, rare ones rarely."""
        if not self._sentences:
            self._prepare(one)
        wanted = self.random.randint(*IN_A_BODY)
        found = self.random.choices(self._sentences, cum_weights=self._weights, k=wanted)
        joints = [f"{before.last}_{after.first}" for before, after in pairwise(found)]
        text = "\n".join([sentence.text for sentence in found])
        return text, " ".join([*(sentence.lexemes for sentence in found), *joints])

    def _prepare(self, one: Outline) -> None:
        """Every line of the demonstration's texts, and many subjects with people and places."""
        known = {"a": "7", "b": "38", "until": "30/6", "issuer": "Viện kiểm sát nhân dân"}
        blocks = [DEMANDS, *FINDINGS.values()]
        texts = [line.format_map(known) for block in blocks for line in block.strip().splitlines()]
        some = self.random.choices(patterns(), k=SENTENCES)
        texts += [f"{self._fill(pattern, one.home, one)}." for pattern in some]
        for text in texts:
            here = words(text)
            self._sentences.append(Sentence(text, lexemes(text), here[0], here[-1]))
        weights = (1 / (place + 1) ** SENTENCES_TAIL for place in range(len(self._sentences)))
        self._weights = list(accumulate(weights))
