"""Where an office stands: its province, its people, the units that take a matter up, who signs."""

from datetime import date
from functools import cache
from random import Random

from vanthu_tools.demo.cast import MAIN, STAFFED
from vanthu_tools.demo.offices import by_key
from vanthu_tools.demo.people import staff
from vanthu_tools.demo.places import PROVINCES, Province
from vanthu_tools.demo.specs import REORGANISED_ON, OfficeSpec, PostSpec
from vanthu_tools.demo.units import short_name, units_by_key

PREDECESSORS = ("old.bac_ninh.2", "old.bac_ninh.1")
"""The former provincial procuracies whose old books are loaded: Bắc Ninh and Bắc Giang."""

IN_SUPREME = {
    "P1": "V1", "P2": "V2", "P3": "V3", "P7": "V7", "P8": "V8", "P9": "V9", "P10": "V10", "P11": "V11",
    "P12": "V12", "P15": "V15", "TTr": "T1", "VP": "VP", "C2": "C2", "V14": "V14",
}  # fmt: skip
"""Which unit of the Supreme Procuracy takes up what a provincial unit does."""

FAVOURITES = frozenset({"khai.p1", "hieu.p8", "linh.p9", "nga.p2", "vy.v14", "quan.kv7"})
"""Specialists of the cast: they get more than their share, so that their desks show something."""


@cache
def writer_class(office: str) -> str:
    """TC, PT, T or KV."""
    level = by_key()[office].level
    return {"supreme": "TC", "appellate": "PT", "province": "T", "region": "KV"}[level]


def team_of(office: str) -> str:
    """The office whose people act: those of today's province for its predecessors."""
    return MAIN if office in PREDECESSORS else office


@cache
def ground(office: str) -> Province:
    """The province that gives an office its places; the former one for a predecessor."""
    spec = by_key()[office]
    if spec.key.startswith("old."):
        _, key, index = spec.key.split(".")[:3]
        province = province_of(key)
        old = province.former[int(index) - 1]
        return Province(key, old.kind, old.name, province.regions, (old,))
    return province_of(
        office.split(".", maxsplit=1)[0] if "." in office and not office.startswith("pt.") else office
    )


def province_of(key: str) -> Province:
    """A province of today; the first one for offices above the provinces."""
    return next((province for province in PROVINCES if province.key == key), PROVINCES[0])


@cache
def provinces_on(before: bool) -> tuple[str, ...]:
    """Keys of the provincial procuracies, before or since the reorganisation."""
    return tuple(
        key
        for key, office in by_key().items()
        if office.level == "province" and (office.valid_to is not None) == before
    )


def provinces(day: date) -> tuple[str, ...]:
    """Keys of the provincial procuracies of a day."""
    return provinces_on(day < REORGANISED_ON)


@cache
def regions(province: str) -> tuple[str, ...]:
    """Keys of what stands under a provincial procuracy."""
    return tuple(key for key, office in by_key().items() if office.parent == province)


def unit_for(office: str, field: str) -> str | None:
    """Key of the unit of an office that takes a matter up; None in a regional procuracy."""
    level = by_key()[office].level
    if level == "supreme":
        return f"{office}/{IN_SUPREME[field]}"
    if level == "appellate":
        return f"{office}/VP" if field in {"VP", "C2", "V14", "P15", "TTr"} else None
    if level == "province":
        return f"{office}/{'VP' if field in {'C2', 'V14'} else field}"
    return None


@cache
def with_role(office: str, *roles: str) -> tuple[PostSpec, ...]:
    """Main posts of the team of an office with one of the roles."""
    return tuple(staff().of(team_of(office), *roles))


@cache
def in_unit(office: str, unit: str | None, *roles: str) -> tuple[PostSpec, ...]:
    """Main posts of the unit with one of the roles; without a unit, of the office outside units."""
    code = unit.partition("/")[2] if unit else None
    wanted = f"{team_of(office)}/{code}" if code else None
    return tuple(post for post in with_role(office, *roles) if post.unit == wanted)


def head_of(office: str, unit: str | None) -> PostSpec:
    """Who leads the unit (or the office where there is none)."""
    heads = in_unit(office, unit, "unit_head", "admin_head") if unit else ()
    return (heads or with_role(office, "deputy", "head"))[0]


def worker(random: Random, office: str, unit: str | None) -> PostSpec:
    """A specialist of the unit; its deputy where it has none."""
    found = in_unit(office, unit, "specialist") or in_unit(office, unit, "unit_deputy", "admin_deputy")
    found = found or (head_of(office, unit),)
    weights = [4.0 if post.person in FAVOURITES else 1.0 for post in found]
    return random.choices(found, weights)[0]


def leader_for(random: Random, office: str, unit: str | None) -> PostSpec:
    """The deputy in charge of the unit, more often than the head."""
    head = with_role(office, "head")[0]
    deputies = with_role(office, "deputy")
    code = unit.partition("/")[2] if unit else ""
    charged = [post for post in deputies if any(key.endswith(f"/{code}") for key in post.charge)]
    if not deputies or random.random() < 0.34:
        return head
    return random.choice(charged or list(deputies))


def admin_head(office: str) -> PostSpec:
    """Who checks the form: the head of administration, or the clerk of a regional procuracy."""
    return (with_role(office, "admin_head") or with_role(office, "clerk"))[0]


def clerk_of(random: Random, office: str) -> str:
    """One of the clerks; the first does most."""
    clerks = with_role(office, "clerk")
    return clerks[0 if random.random() < 0.8 else -1].person


def notation(office: OfficeSpec, abbreviation: str, unit: str | None) -> str:
    """The symbol of what an office issues: the unit stands in official letters, in provinces in everything."""
    code = unit.partition("/")[2] if unit else ""
    with_unit = code and (not abbreviation or office.level == "province")
    parts = [abbreviation, office.symbol, code if with_unit else ""]
    return "-".join(part for part in parts if part)


def unit_title(unit: str | None) -> str:
    """Short name of a unit."""
    return short_name(units_by_key()[unit]) if unit else ""


def is_staffed(office: str) -> bool:
    """Whether its books are loaded."""
    return office in STAFFED or office in PREDECESSORS
