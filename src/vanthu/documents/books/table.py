"""The table of a printed book or list as HTML: widths, titles, the row of column numbers, cells."""

from collections.abc import Sequence
from html import escape
from typing import Any

from vanthu.documents.books.columns import Column, shown


def head(columns: Sequence[Column]) -> str:
    """Column widths and the head, which is repeated on every page."""
    total = sum(column.width_mm for column in columns)
    widths = "".join(f'<col style="width:{100 * column.width_mm / total:.3f}%">' for column in columns)
    titles = "".join(f"<th>{escape(column.title)}</th>" for column in columns)
    numbers = "".join(f"<th>({number})</th>" for number in range(1, len(columns) + 1))
    return f'<colgroup>{widths}</colgroup><thead><tr>{titles}</tr><tr class="index">{numbers}</tr></thead>'


def cells(columns: Sequence[Column], row: Any) -> str:
    """The cells of a row."""
    return "".join(
        f"<td{' class=middle' if column.centred else ''}>{escape(shown(column.value(row)))}</td>"
        for column in columns
    )
