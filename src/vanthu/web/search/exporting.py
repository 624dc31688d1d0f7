"""The results of a search as a table to keep: XLSX, DOCX and PDF (Decree 30/2020, Phụ lục VI, III.6.h)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vanthu.kernel.files.contract import DOCX, PDF, XLSX
from vanthu.kernel.later import later
from vanthu.search.habits import FIELDS
from vanthu.search.marks import plain
from vanthu.web.search.showing import VALUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.documents.books.columns import Value
    from vanthu.search.queries import Hit
    from vanthu.web.search import tables
else:
    tables = later("vanthu.web.search.tables")

TITLE = "Trích yếu nội dung"


class Format(NamedTuple):
    """How a file is called, and how many hits are written into it while the browser waits."""

    media_type: str
    most: int


FORMATS = {
    "xlsx": Format(XLSX, 1000),
    "docx": Format(DOCX, 300),
    "pdf": Format(PDF, 300),
}


def write(name: str, title: str, note: str, hits: Sequence[Hit], fields: Sequence[str]) -> bytes:
    """The file of this format: an ordinal, the chosen fields and the title of each hit."""
    heads = ["STT", *(FIELDS[field] for field in fields), TITLE]
    rows: list[list[Value]] = [
        [place, *(VALUES[field](hit) for field in fields), plain(hit.title)]
        for place, hit in enumerate(hits, start=1)
    ]
    return tables.WRITERS[name](tables.Table(title, note, heads, rows))
