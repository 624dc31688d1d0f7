"""A list as PDF: head of the office, title, table with its head on every page, closing lines, place to sign."""

from collections.abc import Sequence
from html import escape
from typing import Any, BinaryIO

from weasyprint import HTML

from vanthu.documents.books import table
from vanthu.dossiers.lists.columns import ListForm, ListHead

_STYLE = """
@page { size: A4; margin: 20mm 15mm 16mm 25mm;
  @bottom-right { content: "Trang " counter(page) "/" counter(pages); font: 10pt Tinos, "Times New Roman", serif } }
html { font-family: Tinos, "Times New Roman", "Liberation Serif", serif; font-size: 11.5pt; line-height: 1.25 }
body { margin: 0 }
.top { display: flex; justify-content: space-between; text-align: center; font-size: 12pt }
.top p, .lines p, .end p { margin: 0 }
.top .left { width: 44% } .top .right { width: 55% }
h1 { font-size: 15pt; text-align: center; margin: 9mm 0 2mm }
.lines { text-align: center; margin-bottom: 6mm }
table { width: 100%; border-spacing: 0; table-layout: fixed; border-left: .25mm solid }
th, td { border-right: .25mm solid; border-bottom: .25mm solid; padding: 1mm 1.2mm; overflow-wrap: anywhere }
th { border-top: .25mm solid; font-size: 10.5pt; text-align: center; vertical-align: middle }
td { vertical-align: top }
.index th { border-top: 0; font: italic 9.5pt Tinos, "Times New Roman", serif; padding: .2mm }
tr { break-inside: avoid }
.middle { text-align: center }
.one td { font-weight: bold } .two td { font-weight: bold; font-style: italic }
.end { break-inside: avoid; margin-top: 5mm }
.sign { break-inside: avoid; margin: 6mm 0 0 52%; text-align: center; height: 30mm }
"""


def write_pdf(form: ListForm, head: ListHead, rows: Sequence[Any], target: BinaryIO) -> None:
    """Write the list to `target`; about 12 ms a row."""
    body = [_top(head), f"<h1>{escape(form.title)}</h1>", _lines(head.lines), _table(form, rows)]
    body.append(f'<div class="end">{"".join(f"<p>{escape(line)}</p>" for line in head.closing)}</div>')
    if head.signer:
        sign = (
            f"<i>Ngày ….. tháng ….. năm ………</i><br><b>{escape(head.signer)}</b><br><i>(Ký, ghi rõ họ tên)</i>"
        )
        body.append(f'<p class="sign">{sign}</p>')
    page = f'<html lang="vi"><title>{escape(form.title)}</title><style>{_STYLE}</style><body>{"".join(body)}'
    HTML(string=page).write_pdf(target)


def _top(head: ListHead) -> str:
    left = f"<p>{escape(head.superior.upper())}</p><p><b>{escape(head.office.upper())}</b></p>"
    right = "<p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p><p><b>Độc lập - Tự do - Hạnh phúc</b></p>"
    return f'<div class="top"><div class="left">{left}</div><div class="right">{right}</div></div>'


def _lines(lines: Sequence[str]) -> str:
    return f'<div class="lines">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'


def _table(form: ListForm, rows: Sequence[Any]) -> str:
    body = "".join(_row(form, row) for row in rows)
    return f"<table>{table.head(form.columns)}<tbody>{body}</tbody></table>"


def _row(form: ListForm, row: Any) -> str:
    look = {1: ' class="one"', 2: ' class="two"'}.get(getattr(row, "level", 0), "")
    return f"<tr{look}>{table.cells(form.columns, row)}</tr>"
