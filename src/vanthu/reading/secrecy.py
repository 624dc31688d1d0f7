"""The stamp of a state secret at the head of a document (Law 117/2025/QH15): such a file may not be kept here."""

import re
import unicodedata
import zipfile
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from vanthu.kernel.refusals import Invalid
from vanthu.reading.pdfium import opened, page_of

SENTENCE = (
    "Văn bản bí mật nhà nước không được soạn thảo, đăng ký, lưu giữ trên hệ thống này; "
    "thực hiện theo Luật 117/2025/QH15 và NĐ 63/2026/NĐ-CP."
)
MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
# The stamp (ô 10a of Decree 30/2020) lies in the upper half of page 1.
_HEAD = 0.5
# The head of a DOCX: so many paragraphs with words.
_PARAGRAPHS, _MOST_BYTES = 25, 4 << 20
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_SPACED = {mark.replace(" ", ""): mark for mark in MARKS}
_FRAME = ' \t\r\n\u00a0-–—*_|[]()"“”'


def mark_of(line: str) -> str:
    """The mark that a line consists of, also in spaced letters ("M Ậ T"), else an empty string."""
    letters = re.sub(r"\s", "", unicodedata.normalize("NFC", line).strip(_FRAME))
    return _SPACED.get(letters, "")


def mark_on(pdf_path: Path) -> str:
    """The mark stamped on the head of page 1 in its text layer, else an empty string."""
    with opened(pdf_path) as document:
        if len(document) == 0:
            return ""
        with page_of(document, 1) as page:
            text_page = page.get_textpage()
            try:
                return _stamped(page, text_page)
            finally:
                text_page.close()


def check(path: Path, name: str) -> None:
    """Raise `Invalid` for an uploaded PDF or DOCX that carries the stamp; run it after the gate."""
    ending = name.lower().rpartition(".")[2]
    if ending == "pdf":
        refuse_secret(path)
    elif ending == "docx" and any(map(mark_of, _first_paragraphs(path))):
        raise Invalid(SENTENCE, code="secret_documents_stay_out")


def refuse_secret(pdf_path: Path) -> None:
    """Raise `Invalid` with the sentence of the law when the file carries the stamp of a state secret."""
    if mark_on(pdf_path):
        raise Invalid(SENTENCE, code="secret_documents_stay_out")


def _first_paragraphs(docx_path: Path) -> list[str]:
    """The paragraphs on the first page of a DOCX, those of tables and text boxes included."""
    with zipfile.ZipFile(docx_path) as archive, archive.open("word/document.xml") as part:
        text = part.read(_MOST_BYTES).decode("utf-8", errors="replace")
    paragraphs = ("".join(_WORDS.findall(piece)) for piece in text.split("</w:p>"))
    return list(islice(filter(None, paragraphs), _PARAGRAPHS))


def _stamped(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> str:
    _, page_bottom, _, page_top = page.get_bbox()
    lowest = page_top - _HEAD * (page_top - page_bottom)
    for index in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(index)
        if bottom < lowest:
            continue
        mark = mark_of(text_page.get_text_bounded(left, bottom, right, top))
        if mark and _alone(text_page, left, bottom, right, top):
            return mark
    return next(filter(None, map(mark_of, _head_lines(text_page, lowest, page_top))), "")


def _head_lines(text_page: pdfium.PdfTextPage, lowest: float, top: float) -> list[str]:
    return str(text_page.get_text_bounded(bottom=lowest, top=top)).splitlines()


def _alone(text_page: pdfium.PdfTextPage, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether no word stands near on the same line: a bold MẬT inside a sentence is no stamp."""
    reach = 2 * (top - bottom)
    before = text_page.get_text_bounded(left - reach, bottom, left - 0.5, top)
    after = text_page.get_text_bounded(right + 0.5, bottom, right + reach, top)
    return not before.strip() and not after.strip()
