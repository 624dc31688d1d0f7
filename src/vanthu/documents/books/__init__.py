"""The registers on paper and as tables: columns of Decree 30/2020, Phụ lục IV, as PDF and XLSX."""

from vanthu.documents.books.columns import INCOMING, OUTGOING, Book, BookCover, IncomingRow, OutgoingRow
from vanthu.documents.books.paper import write_pdf
from vanthu.documents.books.sheet import write_xlsx

__all__ = [
    "INCOMING",
    "OUTGOING",
    "Book",
    "BookCover",
    "IncomingRow",
    "OutgoingRow",
    "write_pdf",
    "write_xlsx",
]
