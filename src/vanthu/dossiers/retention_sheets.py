"""The retention schedule as XLSX: written to be filled in, and read back; every bad row is named."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from vanthu.dossiers import retention
from vanthu.dossiers.retention_models import Period
from vanthu.dossiers.schedule import MOST_LINES, Fields
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.names import key_of

HEAD = ("Nhóm hồ sơ", "Hồ sơ, tài liệu", "Thời hạn lưu trữ", "Căn cứ", "Đã thẩm định")
_WIDTHS = (28, 70, 26, 40, 14)
_YES = "x"


def write(lines: Sequence[Period], target: BinaryIO) -> None:
    """Write the lines with the head that `read` looks for."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Bảng thời hạn"
    sheet.append(HEAD)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for one in lines:
        sheet.append((one.group, one.title, one.name, one.basis, _YES if one.confirmed else ""))
    for column, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    workbook.save(target)


def read(path: Path) -> list[Fields]:
    """The lines of the first sheet with the head. Raises `Invalid` that names what cannot be taken."""
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise Invalid("Không đọc được tệp Excel này. Lưu lại dạng .xlsx rồi tải lên.") from error
    try:
        for sheet in workbook.worksheets:
            rows = sheet.iter_rows(max_col=len(HEAD), values_only=True)
            if [key_of(_text(cell)) for cell in next(rows, ())] == [key_of(title) for title in HEAD]:
                return list(_lines(rows))
    finally:
        workbook.close()
    raise Invalid(f"Hàng đầu của tệp phải là năm cột: {'; '.join(HEAD)}. Xuất bảng ra Excel để lấy mẫu.")


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[Fields]:
    for number, row in enumerate(rows, start=2):
        group, title, period, basis, confirmed = (
            _text(cell) for cell in (*row, *[None] * len(HEAD))[: len(HEAD)]
        )
        if not any((group, title, period)):
            continue
        if number > MOST_LINES + 1:
            raise Invalid(f"Tệp có hơn {MOST_LINES} dòng. Chia thành nhiều tệp rồi nhập lại.")
        if not (group and title and period):
            raise Invalid(f"Hàng {number} thiếu nhóm, tên hồ sơ hoặc thời hạn. Chưa nhập dòng nào.")
        years, until = _period(period)
        yield Fields(
            group=group, title=title, years=years, until=until, basis=basis, confirmed=bool(confirmed)
        )


def _period(text: str) -> tuple[int | None, str]:
    """Years, or until when in words."""
    try:
        return retention.read(text), ""
    except ValueError:
        return None, text


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)).strip() if value is not None else ""
