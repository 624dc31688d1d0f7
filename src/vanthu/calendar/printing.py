"""The schedule of a week on paper: A4 across, one table, as offices post it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

from django.utils import timezone

from vanthu.calendar.lines import hours_on
from vanthu.kernel.later import later

if TYPE_CHECKING:
    import weasyprint

    from vanthu.calendar.lines import Line
else:
    weasyprint = later("weasyprint")

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

_STYLE = """
@page { size: A4 landscape; margin: 15mm 12mm 14mm 20mm;
  @bottom-right { content: "Trang " counter(page) "/" counter(pages); font: 9.5pt Tinos, "Times New Roman", serif } }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 11.5pt; line-height: 1.25 }
body { margin: 0 }
.head { display: table; width: 100% } .head div { display: table-cell; width: 50%; text-align: center }
.head p { margin: 0 } .rule { border-top: .3mm solid; width: 40mm; margin: 1mm auto 0 !important }
h1 { font-size: 15pt; text-align: center; margin: 6mm 0 0 }
.under { text-align: center; margin: 0 0 4mm; font-style: italic }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
th, td { border: .25mm solid; padding: 1mm 1.4mm; vertical-align: top; overflow-wrap: anywhere }
th { text-align: center; vertical-align: middle } thead { display: table-header-group } tr { break-inside: avoid }
.day { text-align: center; font-weight: bold } .gone { text-decoration: line-through } .mark { font-style: italic }
.foot { break-inside: avoid; margin-top: 5mm } .foot p { margin: 0 }
.foot .sign { margin-left: 58%; text-align: center }
"""
_WIDTHS = (11, 11, 34, 13, 19, 12)  # percent
_TITLES = ("Thứ, ngày", "Thời gian", "Nội dung", "Chủ trì", "Thành phần; chuẩn bị", "Địa điểm; xe")
_MARKS = {"new": " (bổ sung)", "changed": " (điều chỉnh)", "gone": " (hủy)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed: names of the offices, the week, its lines; `ordinal` 0 is a week not published yet."""

    superior: str
    office: str
    place: str
    monday: date
    lines: Sequence[Line]
    ordinal: int = 0
    reason: str = ""
    published_at: datetime | None = None
    approved_name: str = ""
    approved_title: str = ""


def write_pdf(sheet: Sheet) -> bytes:
    """The schedule as PDF."""
    body = _head(sheet) + _table(sheet) + _foot(sheet)
    document = weasyprint.HTML(
        string=f'<html lang="vi"><title>{_title(sheet)}</title><style>{_STYLE}</style><body>{body}'
    )
    pdf: bytes = document.write_pdf()
    return pdf


def _title(sheet: Sheet) -> str:
    return f"Lịch công tác tuần {sheet.monday.isocalendar().week} năm {sheet.monday.isocalendar().year}"


def _head(sheet: Sheet) -> str:
    last = sheet.monday + timedelta(days=6)
    day = timezone.localtime(sheet.published_at) if sheet.published_at else None
    dated = f"{sheet.place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}" if day else "DỰ THẢO, chưa ban hành"
    again = ""
    if sheet.ordinal > 1:
        again = f"<br>Điều chỉnh lần {sheet.ordinal - 1}, thay lịch đã ban hành"
        again += f": {escape(sheet.reason)}" if sheet.reason else ""
    superior = f"<p>{escape(sheet.superior.upper())}</p>" if sheet.superior else ""
    return (
        f'<div class="head"><div>{superior}<p><b>{escape(sheet.office.upper())}</b></p><p class="rule"></p></div>'
        "<div><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p><b>Độc lập - Tự do - Hạnh phúc</b></p>"
        f'<p class="rule"></p><p><i>{escape(dated)}</i></p></div></div>'
        f"<h1>{_title(sheet).upper()}</h1>"
        f'<p class="under">(Từ ngày {sheet.monday:%d/%m/%Y} đến ngày {last:%d/%m/%Y}){again}</p>'
    )


def _table(sheet: Sheet) -> str:
    widths = "".join(f'<col style="width:{width}%">' for width in _WIDTHS)
    titles = "".join(f"<th>{title}</th>" for title in _TITLES)
    rows = "".join(_day(sheet.monday + timedelta(days=number), sheet) for number in range(7))
    return (
        f"<table><colgroup>{widths}</colgroup><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _day(day: date, sheet: Sheet) -> str:
    lines = [one for one in sheet.lines if one.touches(day, day)]
    if not lines and day.weekday() > 4:
        return ""
    name = f"{WEEKDAYS[day.weekday()]}<br>{day:%d/%m}"
    if not lines:
        return f'<tr><td class="day">{name}</td><td></td><td>Làm việc tại cơ quan</td><td></td><td></td><td></td></tr>'
    return "".join(_row(name if not number else "", line, day) for number, line in enumerate(lines))


def _row(name: str, line: Line, day: date) -> str:
    mark = f'<span class="mark">{_MARKS[line.mark]}</span>' if line.mark else ""
    gone = ' class="gone"' if line.mark == "gone" else ""
    more = f"Chuẩn bị: {line.preparation}" if line.preparation else ""
    who = "<br>".join(escape(part) for part in (line.who, more) if part)
    where = "<br>".join(escape(part) for part in (line.where, line.car) if part)
    when = hours_on(day, line.starts_at, line.ends_at)
    cells = (
        f"<td>{when}</td><td><span{gone}>{escape(line.subject)}</span>{mark}</td>"
        f"<td>{escape(line.chair[1]) if line.chair else ''}</td><td>{who}</td><td>{where}</td>"
    )
    return f'<tr><td class="day">{name}</td>{cells}</tr>'


def _foot(sheet: Sheet) -> str:
    if not sheet.approved_name:
        return ""
    return (
        '<div class="foot"><div class="sign"><p><b>NGƯỜI DUYỆT</b></p>'
        f"<p>{escape(sheet.approved_title.upper())}</p><p>(Đã duyệt trên hệ thống)</p>"
        f"<p><b>{escape(sheet.approved_name)}</b></p></div></div>"
    )
