"""The reports as tables for the writers of registers: PDF to print and XLSX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vanthu.documents.books.columns import Book, Column
from vanthu.statistics.exchanged import EDGES

if TYPE_CHECKING:
    from vanthu.statistics.periods import Group


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names the group below it and counts nothing."""

    label: str


def _of(name: str) -> Any:
    return lambda line: getattr(line, name, None)


def _share(line: Any) -> str:
    share = getattr(line, "share_in_time", None)
    return f"{share}%" if share is not None else ""


def _digital_share(line: Any) -> str:
    share = getattr(line, "share", None)
    return f"{share}%" if share is not None else ""


def _at(place: int) -> Any:
    return lambda line: line.at[place] if hasattr(line, "at") else None


def _label(line: Any) -> str:
    return line.label.upper() if isinstance(line, Heading) else str(line.label)


_CLOSING = "Người lập báo cáo chịu trách nhiệm về số liệu trên, lấy từ Hệ thống quản lý tài liệu điện tử."
_MAKER = "NGƯỜI LẬP BÁO CÁO"
_FIRST = Column("Nội dung", 72, _label)

HANDLED = Book(
    "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐẾN",
    (
        _FIRST,
        Column("Tổng số đến", 20, _of("total"), centred=True),
        Column("Đã giải quyết đúng hạn", 22, _of("in_time"), centred=True),
        Column("Đã giải quyết quá hạn", 22, _of("late"), centred=True),
        Column("Tỷ lệ đúng hạn", 18, _share, centred=True),
        Column("Đang giải quyết, trong hạn", 22, _of("open"), centred=True),
        Column("Chưa giải quyết, quá hạn", 22, _of("overdue"), centred=True),
        Column("Trong đó chưa phân công", 22, _of("undirected"), centred=True),
        Column("Có văn bản trả lời", 20, _of("replied"), centred=True),
        Column("Được gia hạn", 18, _of("extended"), centred=True),
        Column("Bị đôn đốc", 18, _of("chased"), centred=True),
    ),
    "dòng",
    closing=_CLOSING,
    maker=_MAKER,
)
ISSUED = Book(
    "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN ĐI",
    (
        _FIRST,
        Column("Tổng số cấp số", 20, _of("total"), centred=True),
        Column("Phát hành đúng hạn", 20, _of("in_time"), centred=True),
        Column("Phát hành chậm", 20, _of("late"), centred=True),
        Column("Tỷ lệ đúng hạn", 16, _share, centred=True),
        Column("Đang phát hành", 20, _of("open"), centred=True),
        Column("Chậm, chưa phát hành", 20, _of("overdue"), centred=True),
        Column("Số đã hủy", 15, _of("voided"), centred=True),
        Column("Ký số", 15, _of("signed"), centred=True),
        Column("Trả lời văn bản đến", 18, _of("replies"), centred=True),
        Column("Nơi nhận trên hệ thống", 18, _of("places"), centred=True),
        Column("Đã vào sổ", 15, _of("booked"), centred=True),
        Column("Bị trả lại", 15, _of("returned"), centred=True),
    ),
    "dòng",
    closing=_CLOSING,
    maker=_MAKER,
)
STOCK = Book(
    "THỐNG KÊ TÀI LIỆU VÀ LƯỢT SỬ DỤNG",
    (
        _FIRST,
        Column("Số lượng", 24, _of("total"), centred=True),
        Column("Số tệp", 24, _of("files"), centred=True),
        Column("Đã có người xem", 24, _of("viewed"), centred=True),
        Column("Lượt xem", 24, _of("views"), centred=True),
        Column("Lượt tải", 24, _of("downloads"), centred=True),
        Column("Lượt in", 24, _of("prints"), centred=True),
    ),
    "dòng",
    closing=_CLOSING,
    maker=_MAKER,
)

SIGNED = Book(
    "BÁO CÁO TÌNH HÌNH KÝ SỐ VĂN BẢN ĐI",
    (
        _FIRST,
        Column("Tổng số văn bản đi", 26, _of("total"), centred=True),
        Column("Ký số", 24, _of("digital"), centred=True),
        Column("Ký giấy", 24, _of("paper"), centred=True),
        Column("Tỷ lệ ký số", 24, _digital_share, centred=True),
        *(
            Column(f"Mức {level}", 22, _at(place), centred=True)
            for place, level in enumerate(("B-B", "B-T", "B-LT", "B-LTA"))
        ),
    ),
    "dòng",
    closing=_CLOSING,
    maker=_MAKER,
)


def _hours(name: str) -> Any:
    """Hours as people read them: "30 phút", "4 giờ", "3 ngày"; infinity is more than the last edge."""

    def shown(line: Any) -> str:
        hours = getattr(line, name, None)
        if hours is None:
            return ""
        if hours < 1:
            return f"{hours * 60:.0f} phút"
        if hours < 48:
            return f"{hours:.0f} giờ"
        days = f"{min(hours, EDGES[-1]) / 24:.0f} ngày"
        return f"hơn {days}" if hours > EDGES[-1] else days

    return shown


EXCHANGED = Book(
    "BÁO CÁO TÌNH HÌNH GỬI, NHẬN VĂN BẢN",
    (
        _FIRST,
        Column("Số lượt gửi, nhận", 24, _of("total"), centred=True),
        Column("Nơi nhận đã tiếp nhận", 24, _of("received"), centred=True),
        Column("Có văn bản trả lời", 22, _of("answered"), centred=True),
        Column("Bị từ chối, trả lại", 22, _of("refused"), centred=True),
        Column("Không gửi được", 22, _of("failed"), centred=True),
        Column("Một nửa được nhận trong", 26, _hours("median"), centred=True),
        Column("90% được nhận trong", 26, _hours("most"), centred=True),
    ),
    "dòng",
    closing=_CLOSING,
    maker=_MAKER,
)


def lines(groups: Iterable[Group[Any]]) -> Iterator[Any]:
    """The lines of a table: each group under its heading."""
    for group in groups:
        if group.heading:
            yield Heading(group.heading)
        yield from group.lines
