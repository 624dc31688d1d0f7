"""Plans of dossiers read from XLSX: the five columns of Phụ lục V; every bad row is named before anything is saved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from vanthu.dossiers import retention
from vanthu.dossiers.plans import MOST_ROWS, NOTATION, SHORTEST_TITLE, PlannedFields
from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import nfc
from vanthu.organisations.names import key_of

HEAD = (
    "Số và ký hiệu hồ sơ",
    "Tên đề mục và tiêu đề hồ sơ",
    "Thời hạn bảo quản",
    "Người lập hồ sơ",
    "Ghi chú",
)
_SEARCHED = 40  # rows in which the head of the table is looked for
_LARGE = re.compile(r"(?:[IVXLC]+)[.\s]")  # I. ĐỀ MỤC LỚN
_END = "danh muc ho so nay co"  # the closing line of the form

type People = Mapping[
    str, int | None
]  # key_of(name): person id, 0 for a unit, None where two have the same name


@dataclass(slots=True)
class Sheet:
    """What a table holds: lines, and {row number: why it cannot be taken}."""

    rows: list[PlannedFields] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)


def read(path: Path, people: People) -> Sheet:
    """The lines of the first sheet with the head of Phụ lục V. Raises `Invalid` for a file without one."""
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise Invalid(
            fields={"file": "Không đọc được tệp Excel này. Lưu lại dạng .xlsx rồi tải lên."}
        ) from error
    try:
        for sheet in workbook.worksheets:
            rows = sheet.iter_rows(max_col=12, values_only=True)
            columns = _head(rows)
            if columns is not None:
                return _read(rows, *columns, people)
    finally:
        workbook.close()
    names = "; ".join(HEAD)
    raise Invalid(fields={"file": f"Không thấy hàng tiêu đề của danh mục. Tệp phải có đủ năm cột: {names}."})


def _head(rows: Iterator[tuple[Any, ...]]) -> tuple[list[int], int] | None:
    """(the places of the five columns, the number of the row they stand in)."""
    wanted = [key_of(title) for title in HEAD]
    for number, row in enumerate(rows, start=1):
        cells = [key_of(str(cell or "")) for cell in row]
        if all(title in cells for title in wanted):
            return [cells.index(title) for title in wanted], number
        if number >= _SEARCHED:
            return None
    return None


def _read(rows: Iterator[tuple[Any, ...]], places: list[int], head: int, people: People) -> Sheet:
    sheet, seen = Sheet(), dict[str, int]()
    for number, row in enumerate(rows, start=head + 1):
        cells = [_text(row[place]) if place < len(row) else "" for place in places]
        if key_of(cells[0]).startswith(_END):
            break
        if not any(cells) or re.fullmatch(r"\(\d\)", cells[0]):
            continue
        if len(sheet.rows) + len(sheet.problems) >= MOST_ROWS:
            raise Invalid(fields={"file": f"Tệp có hơn {MOST_ROWS} dòng. Chia theo đơn vị rồi nhập lại."})
        why, fields = _line(cells, people)
        if not why and fields.notation in seen:
            why = f"số, ký hiệu {fields.notation} đã có ở dòng {seen[fields.notation]}"
        if why:
            sheet.problems[number] = why
            continue
        sheet.rows.append(fields)
        if fields.notation:
            seen[fields.notation] = number
    return sheet


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return nfc(str(value)) if value is not None else ""


def _line(cells: list[str], people: People) -> tuple[str, PlannedFields]:
    """(why not, the line)."""
    notation, title, period, keeper, remark = cells
    if _is_heading(notation, period):
        large = bool(_LARGE.match(f"{notation} ") or _LARGE.match(title))
        mark = f"{notation.rstrip('.')}. " if notation else ""
        fields = PlannedFields(level=1 if large else 2, title=f"{mark}{title}"[:1000])
        return ("" if len(title) >= 3 else "đề mục chưa có tên"), fields
    return _dossier(notation, title, period, keeper, remark, people)


def _is_heading(notation: str, period: str) -> bool:
    """A heading has no period, and in the first column nothing or its own number (I, 1)."""
    return not period and (not notation or re.fullmatch(r"(?:[IVXLC]+|\d{1,2})\.?", notation) is not None)


def _dossier(
    notation: str, title: str, period: str, keeper: str, remark: str, people: People
) -> tuple[str, PlannedFields]:
    why = []
    if notation and NOTATION.fullmatch(notation) is None:
        why.append(f"số, ký hiệu “{notation}” sai dạng, cần như 01.TCCB")
    if not SHORTEST_TITLE <= len(title) <= 1000:
        why.append("tiêu đề phải từ 10 đến 1000 ký tự")
    years = None
    try:
        years = retention.read(period)
        if years is None:
            why.append("chưa ghi thời hạn bảo quản")
    except ValueError:
        why.append(f"thời hạn “{period}” không hiểu được, cần “Vĩnh viễn” hoặc số năm từ 2 đến 70")
    person = people.get(key_of(keeper)) if keeper else None
    if keeper and person is None:
        twice = key_of(keeper) in people
        why.append(
            f"cơ quan có nhiều người tên {keeper}; để trống rồi chọn trên trang"
            if twice
            else f"không có ai tên {keeper} ở cơ quan; ghi đúng họ tên hoặc để trống"
        )
    if len(remark) > 500:
        why.append("ghi chú dài quá 500 ký tự")
    fields = PlannedFields(
        notation=notation, title=title, retention_years=years, keeper_id=person or None, remark=remark[:500]
    )
    return "; ".join(why), fields
