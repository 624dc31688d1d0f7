"""Kinds of documents as data: name, abbreviation in symbols, layout, code of the archive."""

from dataclasses import dataclass
from typing import Literal

from vanthu.kernel.vietnamese import fold

type Family = Literal["administrative", "legal", "procedural", "party", "copy"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document (tên loại văn bản).

    `code` is stored and never changes; `abbreviation` stands in symbols ("" = none, as in official letters);
    `template` is the model of Phụ lục III, Nghị định 30/2020/NĐ-CP; `type_code` is typeName of Thông tư
    05/2025/TT-BNV; `addressed` = has the line "Kính gửi"; `basis` is the article that the row comes from.
    """

    code: str
    name: str
    abbreviation: str
    family: Family
    basis: str
    template: str = ""
    type_code: str = "32"  # Khác
    addressed: bool = False


def _administrative(
    code: str, name: str, abbreviation: str, template: str, type_code: str, *, addressed: bool = False
) -> Kind:
    basis = "Nghị định 30/2020/NĐ-CP, Điều 7 và Phụ lục III"
    return Kind(code, name, abbreviation, "administrative", basis, template, type_code, addressed)


def _legal(code: str, name: str, abbreviation: str, type_code: str = "32") -> Kind:
    basis = "Luật Ban hành văn bản quy phạm pháp luật 2025, Điều 4"
    return Kind(code, name, abbreviation, "legal", basis, type_code=type_code)


def _procedural(code: str, name: str, abbreviation: str, basis: str, type_code: str = "32") -> Kind:
    return Kind(code, name, abbreviation, "procedural", basis, type_code=type_code)


def _party(code: str, name: str, abbreviation: str, type_code: str = "32") -> Kind:
    basis = "Hướng dẫn 36-HD/VPTW ngày 03/4/2018"
    return Kind(code, f"{name} (của Đảng)", abbreviation, "party", basis, type_code=type_code)


def _copy(code: str, name: str, abbreviation: str) -> Kind:
    basis = "Nghị định 30/2020/NĐ-CP, Điều 25 và Phụ lục III (Mẫu 3.1, 3.2)"
    return Kind(code, name, abbreviation, "copy", basis, "3.2")


# The 29 kinds in the order of the decree. "Kính gửi" stands in official letters, and in reports and
# submissions that go up (Phụ lục I, phần II, mục I, điểm 9a).
ADMINISTRATIVE = (
    _administrative("NQ", "Nghị quyết", "NQ", "1.1", "01"),
    _administrative("QD", "Quyết định", "QĐ", "1.2", "02"),
    _administrative("CT", "Chỉ thị", "CT", "1.4", "03"),
    _administrative("QC", "Quy chế", "QC", "1.4", "04"),
    _administrative("QYD", "Quy định", "QyĐ", "1.4", "05"),
    _administrative("TC", "Thông cáo", "TC", "1.4", "06"),
    _administrative("TB", "Thông báo", "TB", "1.4", "07"),
    _administrative("HD", "Hướng dẫn", "HD", "1.4", "08"),
    _administrative("CTR", "Chương trình", "CTr", "1.4", "09"),
    _administrative("KH", "Kế hoạch", "KH", "1.4", "10"),
    _administrative("PA", "Phương án", "PA", "1.4", "11"),
    _administrative("DEAN", "Đề án", "ĐA", "1.4", "12"),
    _administrative("DUAN", "Dự án", "DA", "1.4", "13"),
    _administrative("BC", "Báo cáo", "BC", "1.4", "14", addressed=True),
    _administrative("BB", "Biên bản", "BB", "1.9", "20"),
    _administrative("TTR", "Tờ trình", "TTr", "1.4", "15", addressed=True),
    _administrative("HOPDONG", "Hợp đồng", "HĐ", "", "21"),
    _administrative("CV", "Công văn", "", "1.5", "22", addressed=True),
    _administrative("CD", "Công điện", "CĐ", "1.6", "23"),
    _administrative("BGN", "Bản ghi nhớ", "BGN", "", "24"),
    _administrative("BTT", "Bản thỏa thuận", "BTT", "", "25"),
    _administrative("GUQ", "Giấy ủy quyền", "GUQ", "1.4", "16"),
    _administrative("GM", "Giấy mời", "GM", "1.7", "26"),
    _administrative("GGT", "Giấy giới thiệu", "GGT", "1.8", "27"),
    _administrative("GNP", "Giấy nghỉ phép", "GNP", "1.10", "28"),
    _administrative("PG", "Phiếu gửi", "PG", "1.4", "17"),
    _administrative("PC", "Phiếu chuyển", "PC", "1.4", "18"),
    _administrative("PB", "Phiếu báo", "PB", "1.4", "19"),
    _administrative("THUCONG", "Thư công", "", "", "29"),
)

# A symbol is read as the first kind below that fits, so the order within an abbreviation matters.
LEGAL = (
    _legal("LUAT", "Luật", ""),
    _legal("PL", "Pháp lệnh", "PL"),
    _legal("NQQP", "Nghị quyết (quy phạm pháp luật)", "NQ", "01"),
    _legal("LENH", "Lệnh", "L"),
    _legal("ND", "Nghị định", "NĐ"),
    _legal("QDQP", "Quyết định (quy phạm pháp luật)", "QĐ", "02"),
    _legal("TT", "Thông tư", "TT"),
    _legal("TTLT", "Thông tư liên tịch", "TTLT"),
)

# "CT" is a directive as well as an indictment, "QĐ" and "BB" exist in both families: a symbol alone is
# read as administrative, and the person who registers chooses the procedural kind. Numbered 01/12–30/11
# (Quyết định 393/QĐ-VKSTC ngày 01/7/2016, Điều 9).
PROCEDURAL = (
    _procedural("CAOTRANG", "Cáo trạng", "CT", "Bộ luật Tố tụng hình sự 2015, Điều 243"),
    _procedural("KN", "Kháng nghị", "KN", "Luật Tổ chức VKSND 2014, Điều 5"),
    _procedural("KNG", "Kiến nghị", "KNg", "Luật Tổ chức VKSND 2014, Điều 5"),
    _procedural("YC", "Yêu cầu", "YC", "Bộ luật Tố tụng hình sự 2015, Điều 132"),
    _procedural("QDTT", "Quyết định tố tụng", "QĐ", "Bộ luật Tố tụng hình sự 2015, Điều 132", "02"),
    _procedural("BBTT", "Biên bản tố tụng", "BB", "Bộ luật Tố tụng hình sự 2015, Điều 133", "20"),
    _procedural("KL", "Kết luận", "KL", "Luật Tổ chức VKSND 2014, Điều 4"),
    _procedural("LENHTT", "Lệnh tố tụng", "L", "Bộ luật Tố tụng hình sự 2015, Điều 132"),
)

PARTY = (
    _party("DNQ", "Nghị quyết", "NQ", "01"),
    _party("DQD", "Quyết định", "QĐ", "02"),
    _party("DCT", "Chỉ thị", "CT", "03"),
    _party("DKL", "Kết luận", "KL"),
    _party("DQC", "Quy chế", "QC", "04"),
    _party("DQYD", "Quy định", "QĐi", "05"),
    _party("DTT", "Thông tri", "TT"),
    _party("DHD", "Hướng dẫn", "HD", "08"),
    _party("DTB", "Thông báo", "TB", "07"),
    _party("DBC", "Báo cáo", "BC", "14"),
    _party("DKH", "Kế hoạch", "KH", "10"),
    _party("DCTR", "Chương trình", "CTr", "09"),
    _party("DTTR", "Tờ trình", "TTr", "15"),
    _party("DCV", "Công văn", "CV", "22"),
)

COPIES = (
    _copy("SY", "Bản sao y", "SY"),
    _copy("TRS", "Bản trích sao", "TrS"),
    _copy("SL", "Bản sao lục", "SL"),
)

ALL: tuple[Kind, ...] = (*ADMINISTRATIVE, *LEGAL, *PROCEDURAL, *PARTY, *COPIES)

_BY_CODE = {kind.code: kind for kind in ALL}
CODES = frozenset(_BY_CODE)
ABBREVIATIONS: tuple[str, ...] = tuple(dict.fromkeys(kind.abbreviation for kind in ALL if kind.abbreviation))


def by_code(code: str) -> Kind:
    """The kind with this code; `KeyError` when there is none."""
    return _BY_CODE[code]


def choices(*families: Family) -> list[tuple[str, str]]:
    """(code, name) of the kinds of these families (none = all), in the order of the law."""
    return [(kind.code, kind.name) for kind in ALL if not families or kind.family in families]


def suggest(text: str, *, limit: int = 8) -> list[Kind]:
    """Kinds for what was typed, with or without marks: abbreviation, beginning, initials, then words in it.

    An empty text gives the first kinds of the decree.
    """
    typed = fold(text)
    ranked = [(rank, kind) for kind in ALL if (rank := _rank(typed, text.strip(), kind)) is not None]
    return [kind for _, kind in sorted(ranked, key=lambda pair: pair[0])][:limit]


def _rank(typed: str, exact: str, kind: Kind) -> int | None:
    """How well a kind fits, 0 best; None when it does not."""
    name = fold(kind.name)
    if exact and exact.casefold() in (kind.abbreviation.casefold(), kind.code.casefold()):
        return 0
    if typed and typed == fold(kind.abbreviation):
        return 1
    if name.startswith(typed):
        return 2 if kind.family == "administrative" else 3
    if "".join(word[0] for word in name.split() if word[0].isalpha()).startswith(typed):
        return 4
    if all(any(word.startswith(part) for word in name.split()) for part in typed.split()):
        return 5
    return None


def abbreviation_in(text: str) -> str:
    """The abbreviation that a part of a symbol stands for ("qđ", "QD" give "QĐ"), or ""."""
    for written in (str, str.casefold, fold):
        for abbreviation in ABBREVIATIONS:
            if written(abbreviation) == written(text):
                return abbreviation
    return ""


def with_abbreviation(abbreviation: str, *families: Family) -> Kind | None:
    """The first kind of these families (none = all) that symbols carry so; None when there is none.

    Official letters carry no kind, but some bodies write "CV" all the same: their code is read too.
    """
    for kind in ALL:
        if abbreviation in (kind.abbreviation, kind.code) and (not families or kind.family in families):
            return kind
    return None
