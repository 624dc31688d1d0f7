"""The summary of opinions (bảng tổng hợp ý kiến) as a PDF to print and keep in the dossier."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from weasyprint import HTML

from vanthu.documents import kinds
from vanthu.issuing.opinions import counted, name_of
from vanthu.issuing.states import Answer
from vanthu.kernel.calendar import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.issuing.models import Consultation, Draft, Opinion

_STYLE = """
@page { size: A4 landscape; margin: 20mm 15mm 20mm 30mm;
  @top-center { content: counter(page); font: 13pt Tinos, "Times New Roman", serif } }
@page :first { @top-center { content: none } }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 13pt; line-height: 1.25 }
body { margin: 0 }
p { margin: 0 0 1.5mm }
.head { display: flex; justify-content: space-between; text-align: center; font-size: 12pt; margin-bottom: 8mm }
.head p { margin: 0 }
.head .nation { flex: none; white-space: nowrap; margin-left: 10mm }
h1 { font-size: 14pt; text-align: center; margin: 0 0 1mm }
.about { text-align: center; font-weight: bold; margin-bottom: 6mm }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: 3mm 0 }
th, td { box-sizing: border-box; border: .25mm solid; padding: 1mm 1.5mm; font-size: 12pt; vertical-align: top;
  overflow-wrap: anywhere }
th { text-align: center }
td { white-space: pre-line }
td:first-child { text-align: center }
tr { break-inside: avoid }
thead { display: table-header-group }
.end { break-inside: avoid; margin: 6mm 0 0 150mm; text-align: center }
"""
_COLUMNS = (
    ("STT", 5), ("Đơn vị, cá nhân", 21), ("Ý kiến", 12), ("Nội dung ý kiến", 34), ("Tiếp thu, giải trình", 28),
)  # fmt: skip


def write(draft: Draft, rounds: Sequence[tuple[Consultation, list[Opinion]]], *, by_name: str) -> bytes:
    """The summary of all rounds, the first asked first; `by_name` is who makes it."""
    parts = [_head(draft), *(_round(one, said) for one, said in reversed(rounds)), _end(draft, by_name)]
    text = f'<html lang="vi"><title>Bảng tổng hợp ý kiến</title><style>{_STYLE}</style><body>{"".join(parts)}'
    pdf: bytes = HTML(string=text).write_pdf()
    return pdf


def _head(draft: Draft) -> str:
    kind = kinds.by_code(draft.kind).name
    unit = f"<p><b>{escape(draft.unit.short_name.upper())}</b></p>" if draft.unit else ""
    return (
        f'<div class="head"><div><p>{escape(draft.office.name.upper())}</p>{unit}</div><div class="nation">'
        "<p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p><b>Độc lập - Tự do - Hạnh phúc</b></p></div></div>"
        f'<h1>BẢNG TỔNG HỢP Ý KIẾN</h1><p class="about">đối với dự thảo {escape(kind)}: {escape(draft.subject)}</p>'
    )


def _round(consultation: Consultation, opinions: Sequence[Opinion]) -> str:
    asked = f"Lấy ý kiến về bản {consultation.version.ordinal}, hạn trả lời {consultation.due_on:%d/%m/%Y}."
    question = f"<p>{escape(consultation.question)}</p>" if consultation.question else ""
    head = "".join(f'<th style="width:{width}%">{title}</th>' for title, width in _COLUMNS)
    rows = "".join(_row(place, one) for place, one in enumerate(opinions, 1))
    return (
        f"<p>{asked} {counted(opinions)}</p>{question}"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(place: int, one: Opinion) -> str:
    who = name_of(one)
    if one.author and one.unit:
        who += f"\n({one.author_title} {one.author.full_name}{f', thay {one.behalf_of}' if one.behalf_of else ''})"
    answer = Answer(one.answer).label if one.answer else "Chưa trả lời"
    day = f"\n{one.answered_at.astimezone():%d/%m/%Y}" if one.answered_at else ""
    cells = (str(place), who, answer + day, one.text, one.response)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _end(draft: Draft, by_name: str) -> str:
    day = today()
    return (
        f'<div class="end"><p><i>{escape(draft.office.place)}, ngày {day:%d} tháng {day:%m} năm {day:%Y}</i></p>'
        f"<p><b>NGƯỜI TỔNG HỢP</b></p><br><br><br><p><b>{escape(by_name)}</b></p></div>"
    )
