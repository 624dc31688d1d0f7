"""The block that makes a copy of a paper (Decree 30/2020, Phụ lục I, phần II; Phụ lục III, mẫu 3.1), as a DOCX.

It stands under a rule after the copied text: kind of copy and date on the right, office and number on the left, then
who signs and who gets it. An electronic copy (mẫu 3.2) carries the office's signature in words instead.
"""

from docx.document import Document as DocumentFile

from vanthu.issuing.layout import measures, paper
from vanthu.issuing.layout.foot import write_foot
from vanthu.issuing.layout.forms import Form
from vanthu.issuing.layout.head import fill, write_offices
from vanthu.issuing.layout.letter import LetterData

TITLES = {"SY": "SAO Y", "TRS": "TRÍCH SAO", "SL": "SAO LỤC"}
"""Hình thức sao by code of `documents.kinds`."""


def copy_document(data: LetterData) -> DocumentFile:
    """The block; number, day and month stay blank."""
    title = TITLES[data.kind]
    document = paper.blank()
    document._body.clear_content()
    paper.rule(document.add_paragraph(), 0, 0)
    table = paper.columns(document, [measures.HEAD_LEFT_MM, measures.HEAD_RIGHT_MM], rows=2)
    (left, right), (number, date) = table.rows[0].cells, table.rows[1].cells
    write_offices(left, data)
    fill(right, [("5a Tên loại", title)])
    fill(number, [("3 Số, ký hiệu", f"Số:{measures.NUMBER_BLANK}/{data.symbol}")])
    blank = measures.DAY_BLANK
    dated = f"{data.place}, ngày{blank}tháng{blank}năm {data.year}"
    fill(date, [("4 Địa danh, thời gian", dated)])
    paper.shrink(document.add_paragraph())
    write_foot(document, Form(title), data)
    paper.shrink(document.add_paragraph())
    document.core_properties.title = f"{title} {data.subject}".strip()
    document.core_properties.author = data.office
    document.core_properties.language = measures.LANGUAGE
    return document
