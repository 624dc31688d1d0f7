"""Thời hạn lưu trữ (thời hạn bảo quản): for ever, or a number of years (Decree 30/2020, Phụ lục V)."""

import re

from vanthu.organisations.names import key_of

PERMANENT = 0  # years; None is "not fixed yet"
SHORTEST, LONGEST = 2, 70
OFFERED = (PERMANENT, 70, 50, 30, 20, 15, 10, 5, 2)
CODES = {
    PERMANENT: "01",
    70: "02",
    50: "03",
    30: "04",
    20: "05",
    10: "06",
}  # `maintenance` of TT 05/2025/TT-BNV
OTHER = "07"

_YEARS = re.compile(r"(\d{1,3})(?: nam)?")


def name(years: int | None) -> str:
    """As the forms print it: "Vĩnh viễn", "10 năm", "" while it is not fixed."""
    if years is None:
        return ""
    return "Vĩnh viễn" if years == PERMANENT else f"{years} năm"


def code(years: int | None) -> str:
    """The code of TT 05/2025/TT-BNV; "07" for any other number of years, "" while it is not fixed."""
    return "" if years is None else CODES.get(years, OTHER)


def allowed(years: int | None) -> bool:
    """Whether the law knows this period."""
    return years is None or years == PERMANENT or SHORTEST <= years <= LONGEST


def longest(*periods: int | None) -> int | None:
    """The longest of some periods, for ever before all; None when none is fixed."""
    return max((years for years in periods if years is not None), key=_rank, default=None)


def shorter(years: int, least: int | None) -> bool:
    """Whether a period ends before the least one."""
    return least is not None and _rank(years) < _rank(least)


def _rank(years: int) -> int:
    return LONGEST + 1 if years == PERMANENT else years


def read(text: str) -> int | None:
    """What somebody wrote into a plan: "Vĩnh viễn", "VV", "10 năm", "10"; None for nothing. Raises `ValueError`."""
    words = " ".join(key_of(text).split())
    if not words:
        return None
    if words in ("vinh vien", "vv"):
        return PERMANENT
    found = _YEARS.fullmatch(words)
    if found is None or not SHORTEST <= int(found[1]) <= LONGEST:
        raise ValueError(text)
    return int(found[1])


def choices() -> list[tuple[str, str]]:
    """For a form: the periods of the tables of the State."""
    return [(str(years), name(years)) for years in OFFERED]
