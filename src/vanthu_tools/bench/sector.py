"""The sector of the benchmark: offices with units and people, and how much falls to each. The same every time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, count
from random import Random

from vanthu_tools.demo.names import Names
from vanthu_tools.demo.offices import by_key, offices
from vanthu_tools.demo.places import PROVINCES, Province
from vanthu_tools.demo.specs import OfficeSpec
from vanthu_tools.demo.units import TABLES, read_unit, short_name

SEED = 20261122
WRITERS = {
    "supreme": "TC",
    "appellate": "PT",
    "military_central": "PT",
    "province": "T",
    "military_zone": "T",
}
"""By level, the class of writer in `demo.subjects`; all others are KV."""

SHARES = {
    "supreme": 0.05, "appellate": 0.01, "province": 0.38, "region": 0.42, "military_central": 0.003,
    "military_zone": 0.007, "military_region": 0.01, "district": 0.12,
}  # fmt: skip
"""How much of all documents the offices of a level write and get from outside."""
TAIL = 0.7  # exponent of Zipf's law inside a level

SMALL_UNITS = (
    ("VP", "Bộ phận Tổng hợp", ("VP", "P15", "TTr", "C2", "V14")),
    ("HS", "Bộ phận Hình sự", ("P1", "P2", "P3", "P7")),
    ("DS", "Bộ phận Dân sự, hành chính", ("P9", "P10", "P11", "P12", "P8")),
    ("TH", "Bộ phận Thi hành án, khiếu nại", ("P8", "P11", "P12")),
)
"""Units of offices that have none in the law: abbreviation, name, what it takes up (provincial abbreviations)."""
SUPREME_UNITS = {
    "P1": "V1", "P2": "V2", "P3": "V3", "P7": "V7", "P8": "V8", "P9": "V9", "P10": "V10", "P11": "V11",
    "P12": "V12", "P15": "V15", "TTr": "T1",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Somebody with one post; `id` is that of the person, the account and the post. `role` as in organisations."""

    id: int
    username: str
    name: str
    title: str
    role: str


@dataclass(slots=True, eq=False)
class Unit:
    id: int
    name: str
    short_name: str
    abbreviation: str
    administration: bool
    head: Person
    people: tuple[Person, ...]
    """Those who handle; the first ones get more."""
    takes: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Office:
    id: int
    spec: OfficeSpec
    parent: "Office | None"
    province: Province
    leaders: tuple[Person, ...]
    clerks: tuple[Person, ...]
    units: tuple[Unit, ...]
    share: float = 0.0
    children: list["Office"] = field(default_factory=list)
    by_matter: dict[str, Unit] = field(default_factory=dict)

    @property
    def writer(self) -> str:
        return WRITERS.get(self.spec.level, "KV")

    @property
    def common_series(self) -> bool:
        """Small offices number all administrative kinds in one series."""
        return self.writer == "KV"

    def people(self) -> Iterator[tuple[Person, Unit | None]]:
        """Everybody with their unit, in order of rank."""
        yield from ((leader, None) for leader in self.leaders)
        yield from ((unit.head, unit) for unit in self.units)
        yield from ((clerk, self.units[0]) for clerk in self.clerks)
        yield from ((one, unit) for unit in self.units for one in unit.people)

    def unit_for(self, matter: str) -> Unit:
        """Who takes a matter up (a provincial abbreviation, or C2, V14)."""
        return self.by_matter.get(matter) or self.units[0]

    @property
    def strength(self) -> int:
        """How many people work here."""
        return sum(1 for _ in self.people())


class Sector:
    """So many offices, the Supreme Procuracy first, then province by province; `offices[n].id` is n + 1."""

    def __init__(self, size: int) -> None:
        self._random = Random(SEED)
        self._names = Names(self._random, set())
        self._people = count(1)
        self._units = count(1)
        self.offices: list[Office] = []
        self._by_key: dict[str, Office] = {}
        for spec in chosen(size):
            self._found(spec)
        self._share_out()
        self.cumulative = list(accumulate(office.share for office in self.offices))
        self.provinces = [office for office in self.offices if office.spec.level == "province"]

    def _found(self, spec: OfficeSpec) -> None:
        """Add an office with everybody in it."""
        number = len(self.offices) + 1
        parent = self._by_key.get(parent_key(spec)) or (self.offices[0] if self.offices else None)
        leaders = self._leaders(spec, number)
        clerks = tuple(
            self._person("vt", number, "Văn thư", "clerk") for _ in range(3 if spec.level == "supreme" else 1)
        )
        units = tuple(self._build_units(spec, number))
        office = Office(number, spec, parent, province_of(spec), leaders, clerks, units)
        office.by_matter = {matter: unit for unit in units for matter in unit.takes}
        if parent is not None:
            parent.children.append(office)
        self.offices.append(office)
        self._by_key[spec.key] = office

    def _leaders(self, spec: OfficeSpec, office: int) -> tuple[Person, ...]:
        deputies = {"supreme": 4, "province": 3}.get(spec.level, 2)
        return (
            self._person("vtr", office, "Viện trưởng", "head"),
            *(self._person("pvt", office, "Phó Viện trưởng", "deputy") for _ in range(deputies)),
        )

    def _build_units(self, spec: OfficeSpec, office: int) -> Iterator[Unit]:
        """The units of the law, or the three or four of a small office; each with a head and its people."""
        size = {"supreme": 9, "province": 5}.get(spec.level, self._random.randint(3, 5))
        for abbreviation, name, short, head, takes in unit_names(spec, self._random):
            administration = abbreviation == "VP"
            role = "administration_head" if administration else "unit_head"
            yield Unit(
                id=next(self._units),
                name=name,
                short_name=short,
                abbreviation=abbreviation,
                administration=administration,
                head=self._person("tp", office, head, role),
                people=tuple(self._person("cv", office, "Kiểm sát viên", "specialist") for _ in range(size)),
                takes=takes,
            )

    def _person(self, prefix: str, office: int, title: str, role: str) -> Person:
        number = next(self._people)
        return Person(number, f"{prefix}.{office}.{number}", self._names.one_off(), title, role)

    def _share_out(self) -> None:
        """Zipf's law inside each level, the levels by `SHARES`."""
        ranks: dict[str, list[float]] = {}
        for office in self.offices:
            here = ranks.setdefault(office.spec.level, [])
            office.share = 1 / (len(here) + 1) ** TAIL
            here.append(office.share)
        for office in self.offices:
            office.share *= SHARES[office.spec.level] / sum(ranks[office.spec.level])


def chosen(size: int) -> list[OfficeSpec]:
    """The offices of a sector of this size: those of today, then former districts as if they were kept."""
    today = [one for one in offices() if one.valid_to is None]
    below: dict[str, list[OfficeSpec]] = {}
    for one in today:
        if one.level == "region":
            below.setdefault(one.parent or "", []).append(one)
    found = [one for one in today if one.level == "supreme"]
    for one in today:
        if one.level == "province":
            found += [one, *below.get(one.key, ())]
    known = {one.key for one in found}
    found += [one for one in today if one.key not in known]
    found += [one for one in offices() if one.level == "district"]
    return found[:size]


LARGEST = len([one for one in offices() if one.valid_to is None or one.level == "district"])


def parent_key(spec: OfficeSpec) -> str:
    """What stands above; above a former district, the province of today."""
    if spec.level == "district":
        return by_key()[spec.successor or ""].parent or ""
    return spec.parent or ""


def province_of(spec: OfficeSpec) -> Province:
    """The province that gives an office its places; the first one for offices above the provinces."""
    parts = spec.key.split(".")
    key = parts[1] if parts[0] == "old" else parts[0]
    return next((province for province in PROVINCES if province.key == key), PROVINCES[0])


def unit_names(spec: OfficeSpec, random: Random) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """(abbreviation, name, short name, title of its head, what it takes up) of each unit; administration first."""
    if spec.level in {"supreme", "province"}:
        lines = TABLES[spec.level].strip().splitlines()
        found = [read_unit(spec.key, place, line) for place, line in enumerate(lines, 1)]
        takers = {code: matter for matter, code in SUPREME_UNITS.items()} if spec.level == "supreme" else {}
        return [
            (one.code, one.name, short_name(one), one.head, (takers.get(one.code, one.code),))
            for one in sorted(found, key=lambda one: one.code != "VP")
        ]
    wanted = SMALL_UNITS[: random.choice((3, 4))]
    return [
        (code, name, name, "Phụ trách bộ phận" if code != "VP" else "Chánh Văn phòng", takes)
        for code, name, takes in wanted
    ]
