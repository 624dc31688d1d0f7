"""What the lists show: rows, heads, and the columns in the order and words of the decree (Phụ lục V)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vanthu.documents.books.columns import Column, grouped
from vanthu.dossiers import retention


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """One line of the contents of a dossier; `sheet` is the page it begins on and the one it ends on ("3-8")."""

    ordinal: int
    symbol: str
    dated_on: date | None
    kind: str
    subject: str
    author: str
    sheet: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One dossier of the list that goes with a hand-over."""

    ordinal: int
    notation: str
    title: str
    started_on: date
    ended_on: date | None
    retention_years: int | None
    pages: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class FondsRow:
    """A heading of that list: whose fonds the dossiers under it belong to."""

    title: str
    ordinal: None = None
    notation: str = ""
    started_on: None = None
    ended_on: None = None
    retention_years: None = None
    pages: int = 0
    note: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class PlanFormRow:
    """One line of a plan; `level` 1 and 2 are headings."""

    level: int
    notation: str
    title: str
    retention_years: int | None
    keeper: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands around the table: who made it, the lines under the title, those after the table, who signs."""

    office: str
    superior: str = ""
    lines: Sequence[str] = ()
    closing: Sequence[str] = ()
    signer: str = ""


@dataclass(frozen=True, slots=True)
class ListForm:
    """A kind of list: its title and columns."""

    title: str
    columns: tuple[Column, ...]


def _title(row: ContentsRow) -> str:
    return ": ".join(filter(None, (row.kind, row.subject)))


def _span(row: HandOverRow | FondsRow) -> str:
    return " - ".join(f"{day:%d/%m/%Y}" for day in (row.started_on, row.ended_on) if day)


PLAN = ListForm(
    "DANH MỤC HỒ SƠ",
    (
        Column("Số và ký hiệu hồ sơ", 24, lambda row: row.notation),
        Column("Tên đề mục và tiêu đề hồ sơ", 78, lambda row: row.title),
        Column("Thời hạn bảo quản", 22, lambda row: retention.name(row.retention_years), centred=True),
        Column("Người lập hồ sơ", 28, lambda row: row.keeper),
        Column("Ghi chú", 20, lambda row: row.note),
    ),
)
CONTENTS = ListForm(
    "MỤC LỤC VĂN BẢN, TÀI LIỆU",
    (
        Column("STT", 10, lambda row: row.ordinal, centred=True),
        Column("Số, ký hiệu văn bản", 30, lambda row: row.symbol),
        Column("Ngày tháng năm văn bản", 22, lambda row: row.dated_on, centred=True),
        Column("Tên loại và trích yếu nội dung văn bản", 58, _title),
        Column("Tác giả văn bản", 28, lambda row: row.author),
        Column("Tờ số/Trang số", 14, lambda row: row.sheet, centred=True),
        Column("Ghi chú", 14, lambda row: row.note),
    ),
)
HAND_OVER = ListForm(
    "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU",
    (
        Column("Số TT", 10, lambda row: row.ordinal, centred=True),
        Column("Số, ký hiệu hồ sơ", 22, lambda row: row.notation),
        Column("Tiêu đề hồ sơ", 62, lambda row: row.title),
        Column("Thời gian tài liệu", 26, _span, centred=True),
        Column("Thời hạn bảo quản", 20, lambda row: retention.name(row.retention_years), centred=True),
        Column("Số tờ/Số trang", 14, lambda row: row.pages or None, centred=True),
        Column("Ghi chú", 20, lambda row: row.note),
    ),
)


def plan_closing(rows: Sequence[PlanFormRow]) -> list[str]:
    """The closing line of a plan, as the decree words it."""
    years = [row.retention_years for row in rows if not row.level]
    kept = sum(one == retention.PERMANENT for one in years)
    return [
        f"Danh mục hồ sơ này có {grouped(len(years))} hồ sơ, bao gồm:",
        f"{grouped(kept)} hồ sơ bảo quản vĩnh viễn;",
        f"{grouped(len(years) - kept)} hồ sơ bảo quản có thời hạn.",
    ]


def hand_over_closing(count: int) -> list[str]:
    """The closing line of a list of a hand-over, the number also in words."""
    spoken = words(count)
    return [
        f"Mục lục này gồm: {grouped(count)} hồ sơ (đơn vị bảo quản).",
        f"Viết bằng chữ: {spoken[:1].upper()}{spoken[1:]} hồ sơ.",
    ]


_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def words(number: int) -> str:
    """A number below a million in Vietnamese words: 125 is "một trăm hai mươi lăm"."""
    if number >= 1000:
        rest = number % 1000
        return f"{words(number // 1000)} nghìn" + (f" {_below_thousand(rest, whole=True)}" if rest else "")
    return _below_thousand(number, whole=False)


def _below_thousand(number: int, *, whole: bool) -> str:
    """With `whole`, also the hundreds and tens that are nought: "không trăm linh năm"."""
    hundreds, rest = divmod(number, 100)
    said = [f"{_UNITS[hundreds]} trăm"] if hundreds or whole else []
    tens, units = divmod(rest, 10)
    if not rest:
        return " ".join(said) or _UNITS[0]
    if tens == 0:
        return " ".join([*said, "linh", _UNITS[units]]) if said else _UNITS[units]
    said.append("mười" if tens == 1 else f"{_UNITS[tens]} mươi")
    if units:
        said.append({1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(units, _UNITS[units]))
    return " ".join(said)
