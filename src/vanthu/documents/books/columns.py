"""What a register shows: rows, cover, and the columns in the order and words of the decree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

type Value = str | int | date | None


def shown(value: Value) -> str:
    """A value as a printed table shows it."""
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """One line of the register of incoming documents (Phụ lục IV, mẫu sổ đăng ký văn bản đến)."""

    arrived_on: date
    arrival_number: int
    issuer: str
    symbol: str
    """Number and symbol: "2143/KH-VKS-VP"."""
    dated_on: date | None
    kind: str
    subject: str
    receiver: str = ""
    handed_on: date | None = None
    signed_for: str = ""
    """Who accepted it and when; on paper the signature."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One line of the register of outgoing documents (Phụ lục IV, mẫu sổ đăng ký văn bản đi)."""

    symbol: str
    dated_on: date | None
    kind: str
    subject: str
    signer: str
    recipients: str = ""
    kept_by: str = ""
    copies: int | None = None
    dispatched_on: date | None = None
    signed_for: str = ""
    note: str = ""
    voided: str = ""
    """Why the number was voided; empty for a document that was issued."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The closing page of a closed book: what it holds, who closed it and when."""

    first: int
    last: int
    documents: int
    voided: int
    supplementary: int
    closed_on: date
    closed_by: str
    reason: str = ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(what, how much) in order."""
        span = (
            f"từ số {self.first:02d} đến số {self.last:02d}" if self.last >= self.first else "không có số nào"
        )
        found = [
            ("Số đã cấp", span),
            ("Số văn bản đã đăng ký", grouped(self.documents)),
            ("Số đã hủy", grouped(self.voided)),
            ("Số phụ", grouped(self.supplementary)),
            ("Ngày đóng sổ", f"{self.closed_on:%d/%m/%Y}"),
            ("Người đóng sổ", self.closed_by),
        ]
        return [*found, ("Lý do đóng sổ trước kỳ", self.reason)] if self.reason else found


@dataclass(frozen=True, slots=True)
class BookCover:
    """Cover and first page of a book."""

    office: str
    year: int
    from_on: date
    to_on: date
    superior: str = ""
    from_number: int | None = None
    to_number: int | None = None
    volume: str = "01"
    part: str = ""
    """Which of several books of the office: "Kế hoạch"."""
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the decree's title, its width in millimetres on A4 landscape, what it shows of a row."""

    title: str
    width_mm: int
    value: Callable[[Any], Value]
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A kind of register: title on the cover, columns, and the noun of its closing line."""

    title: str
    columns: tuple[Column, ...]
    noun: str
    closing: str = ""  # instead of the sentence that counts what was registered
    maker: str = "NGƯỜI LẬP SỔ"


def _title_and_subject(row: IncomingRow | OutgoingRow) -> str:
    return ": ".join(filter(None, (row.kind, row.subject)))


def _outgoing_note(row: OutgoingRow) -> str:
    return "\n".join(filter(None, (f"Số đã hủy: {row.voided}" if row.voided else "", row.note)))


def together(recipients: str) -> str:
    """Recipients that differ only in their number share their name: "khu vực 1; khu vực 2" is "khu vực 1, 2"."""
    found: list[tuple[str, list[str]]] = []
    for name in filter(None, map(str.strip, recipients.split(";"))):
        stem, _, number = name.rpartition(" ")
        if not (stem and number.isdecimal()):
            found.append((name, []))
        elif found and found[-1][0] == stem and found[-1][1]:
            found[-1][1].append(number)
        else:
            found.append((stem, [number]))
    return "; ".join(f"{stem} {', '.join(numbers)}" if numbers else stem for stem, numbers in found)


OUTGOING = Book(
    "SỔ ĐĂNG KÝ VĂN BẢN ĐI",
    (
        Column("Số, ký hiệu văn bản", 31, lambda row: row.symbol),
        Column("Ngày tháng văn bản", 20, lambda row: row.dated_on, centred=True),
        Column("Tên loại và trích yếu nội dung văn bản", 64, _title_and_subject),
        Column("Người ký", 26, lambda row: row.signer),
        Column("Nơi nhận văn bản", 40, lambda row: together(row.recipients)),
        Column("Đơn vị, người nhận bản lưu", 23, lambda row: row.kept_by),
        Column("Số lượng bản", 13, lambda row: row.copies, centred=True),
        Column("Ngày chuyển", 20, lambda row: row.dispatched_on, centred=True),
        Column("Ký nhận", 20, lambda row: row.signed_for),
        Column("Ghi chú", 20, _outgoing_note),
    ),
    "văn bản đi",
)
INCOMING = Book(
    "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
    (
        Column("Ngày đến", 20, lambda row: row.arrived_on, centred=True),
        Column("Số đến", 13, lambda row: row.arrival_number, centred=True),
        Column("Tác giả", 34, lambda row: row.issuer),
        Column("Số, ký hiệu văn bản", 31, lambda row: row.symbol),
        Column("Ngày tháng văn bản", 20, lambda row: row.dated_on, centred=True),
        Column("Tên loại và trích yếu nội dung văn bản", 66, _title_and_subject),
        Column("Đơn vị hoặc người nhận", 30, lambda row: row.receiver),
        Column("Ngày chuyển", 20, lambda row: row.handed_on, centred=True),
        Column("Ký nhận", 23, lambda row: row.signed_for),
        Column("Ghi chú", 20, lambda row: row.note),
    ),
    "văn bản đến",
)


def cover_lines(cover: BookCover) -> list[str]:
    """The lines under the title of a cover, in the order of the decree."""
    part = [f"({cover.part})"] if cover.part else []
    lines = [*part, f"Năm: {cover.year}", f"Từ ngày {cover.from_on:%d/%m/%Y} đến ngày {cover.to_on:%d/%m/%Y}"]
    if cover.from_number is not None and cover.to_number is not None:
        lines.append(f"Từ số {cover.from_number:02d} đến số {cover.to_number:02d}")
    return [*lines, f"Quyển số: {cover.volume}"] if cover.volume else lines


def grouped(number: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{number:,}".replace(",", ".")
