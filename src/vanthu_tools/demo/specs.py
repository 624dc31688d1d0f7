"""The shapes of the demonstration sector: plain facts, keyed by short strings, that know nothing of the database."""

from dataclasses import dataclass
from datetime import date

REORGANISED_ON = date(2025, 7, 1)
"""Law 82/2025/QH15: three levels instead of four from this day on."""

LAST_DAY_OF_FOUR_LEVELS = date(2025, 6, 30)
FOUNDED_ON = date(1960, 7, 26)
FOUR_LEVELS_ON = date(2015, 6, 1)
"""Law 63/2014/QH13: high procuracies, four levels."""


@dataclass(frozen=True, slots=True)
class OfficeSpec:
    """A procuracy. `symbol` is its part of a document's symbol, `place` the place name over the date."""

    key: str
    level: str
    name: str
    short_name: str
    symbol: str
    place: str
    axis_code: str
    old_axis_code: str
    parent: str | None
    valid_from: date
    valid_to: date | None = None
    successor: str | None = None
    number: int | None = None
    covers: str = ""
    """What the office answers for, in words: the former districts of a region, the former provinces of a province."""


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """Part of an office; `head` is the title of whoever leads it, `deputy` of those who stand in."""

    key: str
    office: str
    code: str
    name: str
    head: str
    deputy: str
    position: int
    kind: str
    """administration, professional, personnel, inspection, technology, support"""


@dataclass(frozen=True, slots=True)
class PersonSpec:
    key: str
    name: str
    gender: str
    born_on: date
    rank: str
    """Judicial title or grade, e.g. Kiểm sát viên trung cấp (§6.3 keeps it apart from the post)."""


@dataclass(frozen=True, slots=True)
class PostSpec:
    """What a person is in an office; `role` is the system role: clerk, head, deputy, admin_head, admin_deputy,
    unit_head, unit_deputy, specialist, archivist, administrator, inspector."""

    person: str
    office: str
    unit: str | None
    title: str
    role: str
    main: bool = True
    charge: tuple[str, ...] = ()
    """Keys of the units in a deputy head's charge."""


@dataclass(frozen=True, slots=True)
class AccountSpec:
    username: str
    person: str
    office: str
    email: str
    phone: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class DelegationSpec:
    """`giver` is away; `taker` acts for them in `office` from and until so many days around the day of loading."""

    giver: str
    taker: str
    office: str
    from_days: int
    until_days: int
    reason: str


@dataclass(frozen=True, slots=True)
class CastMember:
    """One button on the sign-in page of the demonstration."""

    username: str
    label: str
    does: str
