"""A slice of the load while it is written: its papers, the rows so far, the acts for the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from random import Random

from vanthu_tools.bench import finding
from vanthu_tools.bench.outline import Census, Chunk, Outline, SeriesKey
from vanthu_tools.bench.sector import SEED, Office, Person, Sector, Unit
from vanthu_tools.bench.sheets import NULL, Sheets, encode, escaped, quoted
from vanthu_tools.bench.timeline import Timeline, stamp
from vanthu_tools.bench.wording import Wording

STRIDE = 1_000_000
"""Ids of a slice begin with its number times this: slices know their ids without asking."""
URGENCY = (0,) * 14 + (1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store that many documents share."""

    sha256: str
    pages: int


@dataclass(slots=True)
class World:
    """What every slice knows. `ids` are those of the series, `arrivals` how much arrives at each office in all."""

    sector: Sector
    timeline: Timeline
    ids: dict[SeriesKey, int]
    arrivals: dict[int, int]
    files: list[Stored]


@dataclass(slots=True, eq=False)
class Paper:
    """A document with everything that its entries repeat."""

    id: int
    outline: Outline
    kind: str
    number: str
    notation: str
    symbol: str
    issued_on: date
    issuer_name: str
    subject: str
    signer_name: str
    signer_title: str
    restricted: bool
    urgency: int
    file: Stored
    reply_due_on: date | None = None
    shown: str = ""
    lexemes: str = ""
    outgoing_id: int | None = None

    @property
    def described(self) -> tuple[object, ...]:
        """The columns of `sheets.DESCRIBED`."""
        return (
            self.kind, self.number, self.notation, self.issued_on, self.issuer_name, self.subject,
            self.signer_name, self.signer_title, self.urgency, self.file.pages,
        )  # fmt: skip

    @property
    def signer(self) -> str:
        """Title and name, as search shows them."""
        return f"{self.signer_title} {self.signer_name}"


@dataclass(slots=True, eq=False)
class Arrival:
    """A paper at one office; `delivery_id` is how it came, when an office of the sector sent it."""

    at: int
    paper: Paper
    office: Office
    channel: str
    returned: bool = False
    delivery_id: int | None = None
    position: int = 0


@dataclass(slots=True, eq=False)
class Act:
    """One act for the ledger, its values as JSON that is hashed, the names of its fields as JSON."""

    at: int
    office: int
    person: int | None
    verb: str
    kind: str
    item: int
    fields: str
    values: str


@cache
def _signature(by: Person | None) -> tuple[str, str]:
    """Name and title as JSON."""
    return (quoted(by.name), quoted(by.title)) if by else (quoted("Hệ thống"), '""')


@cache
def _fields(names: tuple[str, ...]) -> str:
    return encode(sorted(names))


@dataclass(slots=True)
class Ids:
    """The next id of every table."""

    first: int
    _counts: defaultdict[str, "count[int]"] = field(init=False)

    def __post_init__(self) -> None:
        first = self.first
        self._counts = defaultdict(lambda: count(first))

    def next(self, table: str) -> int:
        return next(self._counts[table])


class Slice:
    """One chunk being written. `before` says how many numbers were taken and documents had arrived before it."""

    def __init__(self, world: World, chunk: Chunk, before: Census) -> None:
        self.world = world
        self.sector, self.timeline = world.sector, world.timeline
        self.chunk = chunk
        self.random = Random(f"{SEED} words {chunk.number} {chunk.count}")
        self.wording = Wording(self.random)
        self.sheets = Sheets()
        self.acts: list[Act] = []
        self.ids = Ids(chunk.number * STRIDE + 1)
        self.arrivals: list[Arrival] = []
        self.bodies: list[tuple[Paper, str, str]] = []
        """(paper, text, lexemes of the text)."""
        self.owned: defaultdict[int, set[str]] = defaultdict(set)
        """By paper: the lexemes of who has a part in it."""
        self.filed: defaultdict[tuple[int, int], list[tuple[str, int, int]]] = defaultdict(list)
        """By (office, unit): what was handled there, as (kind, id, moment)."""
        self._taken = before.series.copy()
        self.arrived = before.arrivals.copy()

    def take(self, key: SeriesKey) -> int:
        """The next number of a series."""
        self._taken[key] += 1
        return self._taken[key]

    def worker(self, unit: Unit) -> Person:
        """Somebody of the unit, the first ones more often."""
        people = unit.people
        return people[int(len(people) * self.random.random() ** 1.5)]

    def leader(self, office: Office) -> Person:
        """The head or a deputy."""
        return self.random.choice(office.leaders)

    def act(
        self, at: int, office: Office, by: Person | None, verb: str, kind: str, item: int, note: str,
        /, **changes: object,
    ) -> None:  # fmt: skip
        """Remember what somebody (None: the system) did."""
        name, title = _signature(by)
        written = encode(changes) if changes else "{}"
        values = f'{{"behalf_of": "", "changes": {written}, "name": {name}, "note": {quoted(note)}, "title": {title}}}'
        self.acts.append(
            Act(at, office.id, by.id if by else None, verb, kind, item, _fields(tuple(changes)), values)
        )

    def attach(self, owner_kind: str, owner_id: int, file: Stored, role: str, name: str, at: int) -> str:
        """Give an owner one of the shared files; returns the id of the attachment."""
        number = self.ids.next("attachment")
        attachment = f"{number >> 32:08x}-{number >> 16 & 0xFFFF:04x}-8{0:03x}-8000-{number:012x}"
        self.sheets.attachments.add(attachment, file.sha256, owner_kind, owner_id, role, name, 1, stamp(at))
        return attachment

    def take_part(
        self, kind: str, item: int, office: Office, owner: tuple[str, int], role: str, state: str, at: int,
        *, paper: Paper | None = None, pending: bool = False, due_on: date | None = None,
    ) -> None:  # fmt: skip
        """One participant's row."""
        self.sheets.participants.lines.append(
            f"{self.ids.next('participant')}\t{kind}\t{item}\t{office.id}\t{owner[0]}\t{owner[1]}\t{role}\t{state}"
            f"\t{'t' if pending else 'f'}\t{'t' if paper and paper.restricted else 'f'}"
            f"\t{paper.urgency if paper else 0}\t{due_on or NULL}\t{stamp(at)}"
        )

    def find(
        self, kind: str, item: int, office: Office, paper: Paper, owners: Iterable[tuple[str, int]],
        arrival_number: int | None = None, more: str = "", *, held: bool = True,
    ) -> None:  # fmt: skip
        """The row that search finds an entry by; `more` as `sources.more` puts it together.

        An office that returned the paper has not `held` it: what it noted has no text any more.
        """
        dated = finding.dated(paper.issued_on, arrival_number)
        whose = finding.owners(owners, restricted=paper.restricted)
        if held:
            self.owned[paper.id].update(whose)
        source = ("document", paper.id) if held else (kind, item)
        tokens = [paper.lexemes, finding.lexemes(more), dated, f"_i{kind} _k{paper.kind.lower()}", *whose]
        if paper.restricted:
            tokens.append(finding.beside(f"{paper.shown} {dated}"))
        self.sheets.search_rows.add(
            kind, item, stamp(paper.outline.at), *source, office.id, paper.kind, paper.symbol, paper.subject,
            paper.issuer_name, paper.signer, paper.issued_on, arrival_number, more, " ".join(tokens),
        )  # fmt: skip

    def find_other(
        self, kind: str, item: int, office: Office, at: int, *, title: str, symbol: str, signer: str,
        owners: Iterable[tuple[str, int]], paper_kind: str = "", more: str = "",
    ) -> None:  # fmt: skip
        """The row that search finds a dossier or an unfinished draft by."""
        tokens = [
            finding.symbol_words(symbol), finding.lexemes(title), finding.remembered_lexemes(signer),
            finding.remembered_lexemes(more), f"_i{kind}",
            f"_k{paper_kind.lower()}" if paper_kind else "", *finding.owners(owners, restricted=False),
        ]  # fmt: skip
        self.sheets.search_rows.add(
            kind, item, stamp(at), kind, item, office.id, paper_kind, symbol, title, "", signer, None, None,
            more, " ".join(tokens),
        )  # fmt: skip

    def find_texts(self) -> None:
        """The texts of the papers, when it is known who has a part in them."""
        for paper, text, lexemes in self.bodies:
            whose = " ".join(sorted(self.owned[paper.id]))
            self.sheets.search_bodies.add(
                "document",
                paper.id,
                stamp(paper.outline.at),
                escaped(text),
                f"{lexemes} {paper.lexemes} {whose}",
            )
