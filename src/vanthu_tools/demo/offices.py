"""All procuracies: today's three levels, the military branch, and the four levels before 1 July 2025."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from vanthu_tools.demo.places import PROVINCES, District, FormerProvince, Province
from vanthu_tools.demo.specs import (
    FOUNDED_ON,
    FOUR_LEVELS_ON,
    LAST_DAY_OF_FOUR_LEVELS,
    REORGANISED_ON,
    OfficeSpec,
)

SUPREME = "tc"
AXIS_ROOT = "E01"
"""A placeholder: the sector's code on the national axis is not public; it is a setting of the office."""

SEATS = (
    ("hn", "Hà Nội", "Hà Nội"),
    ("dn", "Đà Nẵng", "Đà Nẵng"),
    ("hcm", "Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
)
"""Where the high procuracies sat and the appellate institutes sit: key, place, short form."""

MILITARY_ZONES = (
    ("qk1", "Quân khu 1", "QK1", "Thái Nguyên", 1, 2),
    ("qk2", "Quân khu 2", "QK2", "Phú Thọ", 2, 2),
    ("qk3", "Quân khu 3", "QK3", "Hải Phòng", 3, 2),
    ("qk4", "Quân khu 4", "QK4", "Nghệ An", 4, 2),
    ("qk5", "Quân khu 5", "QK5", "Đà Nẵng", 5, 3),
    ("qk7", "Quân khu 7", "QK7", "Thành phố Hồ Chí Minh", 7, 2),
    ("qk9", "Quân khu 9", "QK9", "Cần Thơ", 9, 2),
    ("tdhn", "Thủ đô Hà Nội", "TDHN", "Hà Nội", 0, 0),
    ("hq", "Quân chủng Hải quân", "HQ", "Hải Phòng", 0, 2),
)
"""key, name, symbol, place, first digit of its regions, number of regions. Plausible, not official."""


def place_of(kind: str, name: str) -> str:
    """Place name over the date; a city named after a person is written in full (Decree 30/2020, annex I)."""
    return f"{kind} {name}" if name == "Hồ Chí Minh" else name


def title_of(kind: str, name: str) -> str:
    """*tỉnh Bắc Ninh*, *thành phố Hà Nội*."""
    return f"{kind.lower()} {name}"


def short_title_of(kind: str, name: str) -> str:
    """*tỉnh Bắc Ninh*, *TP. Hà Nội*: the form for lists."""
    return f"TP. {name}" if kind == "Thành phố" else f"tỉnh {name}"


def former_key(province: Province, index: int) -> str:
    """Key of the `index`-th former province that went into `province`."""
    return f"old.{province.key}.{index}"


def parts(items: tuple[District, ...], count: int) -> list[tuple[District, ...]]:
    """Cut `items` into `count` neighbouring groups of almost the same size."""
    bounds = [round(len(items) * n / count) for n in range(count + 1)]
    return [items[start:stop] for start, stop in pairwise(bounds)]


def supreme() -> Iterator[OfficeSpec]:
    yield OfficeSpec(
        SUPREME,
        "supreme",
        "Viện kiểm sát nhân dân tối cao",
        "VKSND tối cao",
        "VKSTC",
        "Hà Nội",
        AXIS_ROOT,
        f"000.00.00.{AXIS_ROOT}",
        None,
        FOUNDED_ON,
    )
    for number, (key, place, short) in enumerate(SEATS, 1):
        yield OfficeSpec(
            f"pt.{key}",
            "appellate",
            f"Viện Công tố và Kiểm sát xét xử phúc thẩm tại {place}",
            f"Viện phúc thẩm tại {short}",
            f"VPT{number}",
            place,
            f"{AXIS_ROOT}.PT{number}",
            "",
            SUPREME,
            REORGANISED_ON,
            number=number,
        )


def provincial(index: int, province: Province) -> Iterator[OfficeSpec]:
    """The procuracy of one province of today and its regional procuracies."""
    place = place_of(province.kind, province.name)
    axis = f"{AXIS_ROOT}.{index:02d}"
    yield OfficeSpec(
        province.key,
        "province",
        f"Viện kiểm sát nhân dân {title_of(province.kind, province.name)}",
        f"VKSND {short_title_of(province.kind, province.name)}",
        "VKS",
        place,
        axis,
        f"000.00.{index:02d}.{AXIS_ROOT}",
        SUPREME,
        REORGANISED_ON,
        number=index,
        covers=", ".join(short_title_of(former.kind, former.name) for former in province.former),
    )
    districts = tuple(district for former in province.former for district in former.districts)
    for number, group in enumerate(parts(districts, province.regions), 1):
        yield OfficeSpec(
            f"{province.key}.kv{number}",
            "region",
            f"Viện kiểm sát nhân dân khu vực {number}",
            f"VKSND khu vực {number} - {province.name}",
            f"VKSKV{number}",
            place,
            f"{axis}.{number:02d}",
            f"000.{number:02d}.{index:02d}.{AXIS_ROOT}",
            province.key,
            REORGANISED_ON,
            number=number,
            covers=", ".join(district.full_name for district in group),
        )


def region_of(province: Province, district: District) -> str:
    """Key of the regional procuracy that took a district over."""
    districts = tuple(item for former in province.former for item in former.districts)
    for number, group in enumerate(parts(districts, province.regions), 1):
        if any(item is district for item in group):
            return f"{province.key}.kv{number}"
    return province.key


def former(province: Province, index: int, old: FormerProvince) -> Iterator[OfficeSpec]:
    """One former provincial procuracy with its district procuracies."""
    key = former_key(province, index)
    yield OfficeSpec(
        key,
        "province",
        f"Viện kiểm sát nhân dân {title_of(old.kind, old.name)}",
        f"VKSND {short_title_of(old.kind, old.name)} (trước 01/7/2025)",
        "VKS",
        place_of(old.kind, old.name),
        "",
        "",
        SUPREME,
        FOUNDED_ON,
        LAST_DAY_OF_FOUR_LEVELS,
        province.key,
    )
    for number, district in enumerate(old.districts, 1):
        yield OfficeSpec(
            f"{key}.{number}",
            "district",
            f"Viện kiểm sát nhân dân {district.full_name}",
            f"VKSND {district.full_name}, {short_title_of(old.kind, old.name)} (trước 01/7/2025)",
            "VKS",
            district.name if not district.name.isdigit() else f"Quận {district.name}",
            "",
            "",
            key,
            FOUNDED_ON,
            LAST_DAY_OF_FOUR_LEVELS,
            region_of(province, district),
            number,
        )


def high() -> Iterator[OfficeSpec]:
    """The three high procuracies of 2015 to 2025; the appellate institutes continue them."""
    for number, (key, place, short) in enumerate(SEATS, 1):
        yield OfficeSpec(
            f"old.cc.{key}",
            "high",
            f"Viện kiểm sát nhân dân cấp cao tại {place}",
            f"VKSND cấp cao tại {short} (trước 01/7/2025)",
            f"VC{number}",
            place,
            "",
            "",
            SUPREME,
            FOUR_LEVELS_ON,
            LAST_DAY_OF_FOUR_LEVELS,
            f"pt.{key}",
            number,
        )


def military() -> Iterator[OfficeSpec]:
    """The military branch keeps its three levels."""
    yield OfficeSpec(
        "qs",
        "military_central",
        "Viện kiểm sát quân sự trung ương",
        "VKSQS trung ương",
        "VKSQSTW",
        "Hà Nội",
        f"{AXIS_ROOT}.QS",
        "",
        SUPREME,
        FOUNDED_ON,
    )
    for key, name, symbol, place, digit, regions in MILITARY_ZONES:
        yield OfficeSpec(
            f"qs.{key}",
            "military_zone",
            f"Viện kiểm sát quân sự {name}",
            f"VKSQS {name}",
            f"VKSQS{symbol}",
            place,
            f"{AXIS_ROOT}.QS.{symbol}",
            "",
            "qs",
            FOUNDED_ON,
        )
        for number in range(1, regions + 1):
            yield military_region(key, name, symbol, place, digit * 10 + number)


def military_region(key: str, name: str, symbol: str, place: str, number: int) -> OfficeSpec:
    """One regional military procuracy under its zone."""
    return OfficeSpec(
        f"qs.{key}.{number}",
        "military_region",
        f"Viện kiểm sát quân sự khu vực {number} - {name}",
        f"VKSQS khu vực {number} - {name}",
        f"VKSQSKV{number}",
        place,
        f"{AXIS_ROOT}.QS.{symbol}.{number:02d}",
        "",
        f"qs.{key}",
        FOUNDED_ON,
        number=number,
    )


@cache
def offices() -> tuple[OfficeSpec, ...]:
    """Every office, parents and successors before those who name them."""
    found = list(supreme())
    for index, province in enumerate(PROVINCES, 1):
        found += provincial(index, province)
    found += military()
    for province in PROVINCES:
        for number, old in enumerate(province.former, 1):
            found += former(province, number, old)
    found += high()
    return tuple(found)


@cache
def by_key() -> dict[str, OfficeSpec]:
    """Every office under its key."""
    return {office.key: office for office in offices()}
