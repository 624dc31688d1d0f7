"""Phiếu giải quyết văn bản đến: the form of Phụ lục IV, Decree 30/2020, filled from the trace of an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING, BinaryIO

from vanthu.kernel.later import later

if TYPE_CHECKING:
    import weasyprint
else:
    weasyprint = later("weasyprint")

_STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm;
  @bottom-right { content: counter(page) "/" counter(pages); font: 10pt Tinos, "Times New Roman", serif } }
html { font: 14pt/1.3 Tinos, "Times New Roman", serif }
body { margin: 0 }
p { margin: 0 0 1.5mm }
.head { display: flex; text-align: center; font-size: 12pt }
.head div { flex: 1 } .head div:last-child { flex: none; white-space: nowrap }
.line { display: inline-block; border-bottom: .25mm solid; width: 30mm }
h1 { font-size: 14pt; text-align: center; margin: 8mm 0 2mm }
.about { text-align: center; margin: 0 8mm 6mm; font-style: italic }
h2 { font-size: 14pt; margin: 5mm 0 1mm; break-after: avoid }
.said { margin-left: 6mm }
.who { margin: 0 0 3mm 6mm; font-size: 12.5pt }
.note { font-style: italic }
.blank { border-bottom: .25mm dotted; height: 7mm }
section { break-inside: auto }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Who was given what in an opinion: a unit or person, their role ("chủ trì") and deadline."""

    name: str
    role: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One opinion: its words, to whom it gave work, who wrote it on which day; `note` says how it came in."""

    text: str
    given: Sequence[Given] = ()
    author: str
    written_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """All that the form shows. `about` names the document: kind, symbol, day, issuer, subject."""

    superior: str
    office: str
    place: str
    day: date
    about: str
    arrival: str
    leaders: Sequence[Opinion]
    units: Sequence[Opinion]
    proposals: Sequence[Opinion]


_PARTS = (
    ("1. Ý kiến của lãnh đạo cơ quan, tổ chức", "leaders"),
    ("2. Ý kiến của lãnh đạo đơn vị", "units"),
    ("3. Ý kiến đề xuất của người giải quyết", "proposals"),
)


def write_slip(slip: Slip, target: BinaryIO) -> None:
    """Write the form as PDF; a part without an opinion keeps lines to be filled by hand."""
    body = "".join(_part(title, getattr(slip, name)) for title, name in _PARTS)
    day = slip.day
    text = (
        f'<div class="head"><div>{escape(slip.superior.upper())}<br><b>{escape(slip.office.upper())}</b><br>'
        '<span class="line"></span></div><div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br>'
        '<b>Độc lập - Tự do - Hạnh phúc</b><br><span class="line"></span><br>'
        f"<i>{escape(slip.place)}, ngày {day:%d} tháng {day:%m} năm {day:%Y}</i></div></div>"
        "<h1>PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN</h1>"
        f'<p class="about">{escape(slip.about)}<br>{escape(slip.arrival)}</p>{body}'
    )
    weasyprint.HTML(string=f'<html lang="vi"><style>{_STYLE}</style><body>{text}').write_pdf(target)


def _part(title: str, opinions: Sequence[Opinion]) -> str:
    said = "".join(map(_opinion, opinions)) or '<div class="blank"></div>' * 3
    return f"<section><h2>{title}</h2>{said}</section>"


def _opinion(one: Opinion) -> str:
    words = f'<p class="said">{escape(one.text)}</p>' if one.text else ""
    given = "".join(f'<p class="said">{escape(_line(each))}</p>' for each in one.given)
    note = f' <span class="note">({escape(one.note)})</span>' if one.note else ""
    return f'{words}{given}<p class="who">{escape(one.author)}, ngày {one.written_on:%d/%m/%Y}{note}</p>'


def _line(given: Given) -> str:
    until = f", thời hạn {given.due_on:%d/%m/%Y}" if given.due_on else ""
    return f"- Giao {given.name} {given.role}{until}."
