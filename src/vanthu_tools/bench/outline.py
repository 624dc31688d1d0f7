"""What happens in outline, before any word is written: who writes when to whom. Cheap enough to be drawn twice:

once to know how many numbers every series gives (so that slices of the load can be written side by side), and
once more by whoever writes the slice.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from random import Random

from vanthu.documents.kinds import by_code
from vanthu.documents.periods import of_kind
from vanthu.documents.series import scope_of
from vanthu_tools.bench.sector import SEED, Office, Sector
from vanthu_tools.bench.timeline import Timeline
from vanthu_tools.demo.outside import BODIES, Body
from vanthu_tools.demo.subjects import Pattern, by_writer

type SeriesKey = tuple[int, str, str, str]
"""(office, direction, scope, period)"""

LARGEST_CHUNK = 20_000  # documents
CHUNKS = 16  # of a small load, so that two processes share it well
OUTSIDE = 0.45  # of all documents come from bodies outside the sector
RETURNED, VOIDED = 0.004, 0.002
TO_EVERYBODY = 0.004  # of what the Supreme Procuracy issues goes to every office
WORDS_TAIL = 0.8  # exponent of Zipf's law over the patterns of a writer

WRITES_TO = {
    "TC": ("BO", "UB", "DD", "LS", "HDND", "TCD"),
    "PT": ("TA", "LS", "BO"),
    "KV": ("CA", "TAKV", "UBX", "THKV", "LS", "TG"),
    "T": tuple(key for key in BODIES if key not in {"TAKV", "THKV"}),
}
"""Which bodies outside write to an office, by its class."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A slice of the time from `low` to `high` (0 to 1) with `count` documents; written in one transaction."""

    number: int
    count: int
    low: float
    high: float


def chunks(documents: int) -> list[Chunk]:
    """Slices of almost the same size, in order of time."""
    pieces = max(CHUNKS, -(-documents // LARGEST_CHUNK))
    bounds = [documents * place // pieces for place in range(pieces + 1)]
    return [
        Chunk(number, end - start, start / documents, end / documents)
        for number, (start, end) in enumerate(pairwise(bounds), 1)
        if end > start
    ]


@dataclass(slots=True, eq=False)
class Outline:
    """One document: `home` issued it, or got it from a `body` outside; `receivers` are offices of the sector."""

    at: int
    day: date
    home: Office
    pattern: Pattern
    body: Body | None
    receivers: tuple[Office, ...]
    returned: bool
    """The first receiver returns it."""
    voided: bool

    @property
    def out_series(self) -> SeriesKey:
        """The book that gives it its number, when the home issues it."""
        kind = by_code(self.pattern.kind)
        scope = scope_of(kind, common=self.home.common_series)
        return self.home.id, "out", scope, of_kind(kind, self.day).name


def in_series(office: Office, day: date) -> SeriesKey:
    """The book of an office for what arrives on a day."""
    return office.id, "in", "all", str(day.year)


def outlines(sector: Sector, timeline: Timeline, chunk: Chunk) -> list[Outline]:
    """The documents of a slice in order of time; always the same."""
    random = Random(f"{SEED} outline {chunk.number} {chunk.count}")
    moments = timeline.moments(random, chunk.low, chunk.high, chunk.count)
    homes = random.choices(sector.offices, cum_weights=sector.cumulative, k=chunk.count)
    return [_outline(random, sector, at, day, home) for (at, day), home in zip(moments, homes, strict=True)]


def _outline(random: Random, sector: Sector, at: int, day: date, home: Office) -> Outline:
    if random.random() < OUTSIDE:
        bodies, weights = bodies_for(home.writer)
        body = BODIES[random.choices(bodies, cum_weights=weights)[0]]
        return Outline(at, day, home, pattern_for(random, body.key), body, (home,), False, False)
    pattern = pattern_for(random, home.writer)
    if random.random() < VOIDED:
        return Outline(at, day, home, pattern, None, (), False, True)
    receivers = _receivers(random, sector, home)
    return Outline(
        at, day, home, pattern, None, receivers, bool(receivers) and random.random() < RETURNED, False
    )


@cache
def bodies_for(writer: str) -> tuple[tuple[str, ...], list[int]]:
    """Bodies that write to such an office, and their weights added up."""
    return WRITES_TO[writer], list(accumulate(BODIES[key].weight for key in WRITES_TO[writer]))


@cache
def _patterns(writer: str) -> tuple[tuple[Pattern, ...], list[float]]:
    """The patterns of a class of writer, few of them very common."""
    found = list(by_writer()[writer])
    Random(f"{SEED} {writer}").shuffle(found)
    return tuple(found), list(accumulate(1 / (place + 1) ** WORDS_TAIL for place in range(len(found))))


def pattern_for(random: Random, writer: str) -> Pattern:
    """What such a body writes about this time."""
    patterns, weights = _patterns(writer)
    return random.choices(patterns, cum_weights=weights)[0]


def _receivers(random: Random, sector: Sector, home: Office) -> tuple[Office, ...]:
    """Offices of the sector that get it: mostly none or one, sometimes all."""
    chance = random.random()
    if home.parent is None:
        return _from_the_top(random, sector, home, chance)
    if home.writer == "KV":
        wanted = 1 if chance < 0.5 else 3 if chance < 0.54 else 0
        return (home.parent,) if chance < 0.42 else _some(random, home.parent.children, home, wanted)
    if chance < 0.25:
        return (sector.offices[0],)
    if chance < 0.32:
        return tuple(home.children)
    if chance < 0.46:
        return _some(random, home.children, home, 1)
    return _some(random, sector.provinces, home, random.randint(1, 3) if chance < 0.58 else 0)


def _from_the_top(random: Random, sector: Sector, home: Office, chance: float) -> tuple[Office, ...]:
    """What the Supreme Procuracy issues."""
    if chance < TO_EVERYBODY:
        return tuple(office for office in sector.offices if office is not home)
    if chance < 0.07:
        return tuple(sector.provinces)
    return _some(random, sector.provinces, home, 1 if chance < 0.5 else 5 if chance < 0.65 else 0)


def _some(random: Random, among: list[Office], but: Office, wanted: int) -> tuple[Office, ...]:
    """So many different offices, at most as many as there are."""
    if not wanted or not among:
        return ()
    found = {random.choice(among) for _ in range(wanted)} - {but}
    return tuple(sorted(found, key=lambda office: office.id))


@dataclass(slots=True)
class Census:
    """How many numbers a slice takes from each series, and how many documents arrive at each office."""

    series: Counter[SeriesKey]
    arrivals: Counter[int]


def census(found: Iterable[Outline]) -> Census:
    """Count one slice."""
    series: Counter[SeriesKey] = Counter()
    arrivals: Counter[int] = Counter()
    for one in found:
        if one.body is None:
            series[one.out_series] += 1
        for office in one.receivers[1 if one.returned else 0 :]:
            arrivals[office.id] += 1
            series[in_series(office, one.day)] += 1
    return Census(series, arrivals)
