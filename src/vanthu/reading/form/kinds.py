"""The kinds of administrative document as their form is checked: what stands over the text, what follows the number.

Decree 30/2020/NĐ-CP, article 7 and Phụ lục III. A test holds the codes and abbreviations equal to `documents.kinds`.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """`title` is "" for the official letter; `addressed` has "Kính gửi"; `enacts` is the word before the articles."""

    code: str
    title: str
    abbreviation: str
    addressed: bool = False
    enacts: str = ""


ADMINISTRATIVE = (
    Kind("NQ", "NGHỊ QUYẾT", "NQ", enacts="QUYẾT NGHỊ:"),
    Kind("QD", "QUYẾT ĐỊNH", "QĐ", enacts="QUYẾT ĐỊNH:"),
    Kind("CT", "CHỈ THỊ", "CT"),
    Kind("QC", "QUY CHẾ", "QC"),
    Kind("QYD", "QUY ĐỊNH", "QyĐ"),
    Kind("TC", "THÔNG CÁO", "TC"),
    Kind("TB", "THÔNG BÁO", "TB"),
    Kind("HD", "HƯỚNG DẪN", "HD"),
    Kind("CTR", "CHƯƠNG TRÌNH", "CTr"),
    Kind("KH", "KẾ HOẠCH", "KH"),
    Kind("PA", "PHƯƠNG ÁN", "PA"),
    Kind("DEAN", "ĐỀ ÁN", "ĐA"),
    Kind("DUAN", "DỰ ÁN", "DA"),
    Kind("BC", "BÁO CÁO", "BC", addressed=True),
    Kind("BB", "BIÊN BẢN", "BB"),
    Kind("TTR", "TỜ TRÌNH", "TTr", addressed=True),
    Kind("HOPDONG", "HỢP ĐỒNG", "HĐ"),
    Kind("CV", "", "", addressed=True),
    Kind("CD", "CÔNG ĐIỆN", "CĐ"),
    Kind("BGN", "BẢN GHI NHỚ", "BGN"),
    Kind("BTT", "BẢN THỎA THUẬN", "BTT"),
    Kind("GUQ", "GIẤY ỦY QUYỀN", "GUQ"),
    Kind("GM", "GIẤY MỜI", "GM"),
    Kind("GGT", "GIẤY GIỚI THIỆU", "GGT"),
    Kind("GNP", "GIẤY NGHỈ PHÉP", "GNP"),
    Kind("PG", "PHIẾU GỬI", "PG"),
    Kind("PC", "PHIẾU CHUYỂN", "PC"),
    Kind("PB", "PHIẾU BÁO", "PB"),
    Kind("THUCONG", "THƯ CÔNG", ""),
)
COPIES = (Kind("SY", "SAO Y", "SY"), Kind("TRS", "TRÍCH SAO", "TrS"), Kind("SL", "SAO LỤC", "SL"))

UNCHECKED = frozenset(
    "LUAT PL NQQP LENH ND QDQP TT TTLT CAOTRANG KN KNG YC QDTT BBTT KL LENHTT".split()  # noqa: SIM905 - reads better
)
"""Codes of documents whose form other rules set: norms, and what the procedure codes know."""
PARTY = {
    "DNQ": "NQ", "DQD": "QĐ", "DCT": "CT", "DKL": "KL", "DQC": "QC", "DQYD": "QĐi", "DTT": "TT", "DHD": "HD",
    "DTB": "TB", "DBC": "BC", "DKH": "KH", "DCTR": "CTr", "DTTR": "TTr", "DCV": "CV",
}  # fmt: skip
"""Codes of documents of the Party with what their symbols begin with."""

_BY_CODE = {kind.code: kind for kind in (*ADMINISTRATIVE, *COPIES)}
_TITLES = sorted((kind for kind in ADMINISTRATIVE if kind.title), key=lambda kind: -len(kind.title))


def by_code(code: str) -> Kind | None:
    """The kind with this code, None for one whose form Phụ lục I does not set."""
    return _BY_CODE.get(code)


def titled(text: str) -> Kind | None:
    """The kind that a line names as its title: "QUYẾT ĐỊNH", "KẾ HOẠCH CÔNG TÁC"; letter case does not count."""
    words = " ".join(text.upper().split()).replace("THOẢ", "THỎA").replace("UỶ", "ỦY")
    return next((kind for kind in _TITLES if words == kind.title or words.startswith(f"{kind.title} ")), None)


def abbreviated(notation: str) -> Kind | None:
    """The kind that a symbol begins with: "QĐ-VKS"; None for that of an official letter."""
    first = notation.split("-", maxsplit=1)[0].upper()
    known = (kind for kind in (*ADMINISTRATIVE, *COPIES) if kind.abbreviation.upper() == first and first)
    return next(known, None)


def of_party(notation: str) -> str:
    """The code of the kind in the symbol of a document of the Party, "Số 12-TB/ĐU"; "" where it names none."""
    first = notation.rpartition("/")[0].rpartition("-")[2].strip()
    return next((code for code, abbreviation in PARTY.items() if abbreviation == first), "")
