"""The registers on paper and as tables: columns of Decree 30/2020, Phụ lục IV, as PDF and XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.documents.books.columns import (
    INCOMING,
    OUTGOING,
    Book,
    BookCover,
    Certificate,
    IncomingRow,
    OutgoingRow,
)
from vanthu.kernel.later import later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from vanthu.documents.books import paper, sheet
else:
    paper = later("vanthu.documents.books.paper")
    sheet = later("vanthu.documents.books.sheet")

__all__ = [
    "INCOMING",
    "OUTGOING",
    "Book",
    "BookCover",
    "Certificate",
    "IncomingRow",
    "OutgoingRow",
    "write_pdf",
    "write_xlsx",
]


def write_pdf(
    book: Book, cover: BookCover, rows: Iterable[IncomingRow | OutgoingRow], target: BinaryIO
) -> int:
    """Write the book as PDF; returns its pages. See `paper`."""
    return paper.write_pdf(book, cover, rows, target)


def write_xlsx(
    book: Book, cover: BookCover, rows: Iterable[IncomingRow | OutgoingRow], target: BinaryIO
) -> int:
    """Write the book as a table; returns its rows. See `sheet`."""
    return sheet.write_xlsx(book, cover, rows, target)
