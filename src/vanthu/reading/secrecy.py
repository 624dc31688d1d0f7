"""The stamp of a state secret at the head of a document (Law 117/2025/QH15): such a file may not be kept here."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from vanthu.kernel.files.checks import MAY_NOT_BE_KEPT
from vanthu.kernel.refusals import Invalid
from vanthu.reading.pdfium import opened, page_of

SENTENCE = (
    "Văn bản bí mật nhà nước không được soạn thảo, đăng ký, lưu giữ trên hệ thống này; "
    "thực hiện theo Luật 117/2025/QH15 và NĐ 63/2026/NĐ-CP."
)
STAYS_OUT = MAY_NOT_BE_KEPT  # the code of the refusal
MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
# The stamp (ô 10a of Decree 30/2020) lies in the upper half of page 1.
_HEAD = 0.5
# The head of a text file: so many paragraphs with words.
_PARAGRAPHS, _MOST_BYTES = 25, 4 << 20
_LONGEST_MARK = 40
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_UNTAGGED = re.compile(r"(?:^|>)([^<>]+)")
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
    """Raise `Invalid` for an uploaded file with text that carries the stamp; run it after the gate."""
    ending = name.lower().rpartition(".")[2]
    if ending == "pdf":
        refuse_secret(path)
    elif any(map(mark_of, _HEADS[ending](path) if ending in _HEADS else ())):
        raise Invalid(SENTENCE, code=STAYS_OUT)


def refuse_secret(pdf_path: Path) -> None:
    """Raise `Invalid` with the sentence of the law when the file carries the stamp of a state secret."""
    if mark_on(pdf_path):
        raise Invalid(SENTENCE, code=STAYS_OUT)


def _of_docx(path: Path) -> list[str]:
    """The paragraphs on the first page of a DOCX, those of headers, tables and text boxes included."""
    with zipfile.ZipFile(path) as archive:
        headers = [name for name in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
        texts = [_part(archive, name) for name in ("word/document.xml", *headers)]
    return [line for text in texts for line in _lines(_WORDS.findall, text.split("</w:p>"))]


def _of_odt(path: Path) -> list[str]:
    """The same of an ODT, whose headers stand in its styles."""
    with zipfile.ZipFile(path) as archive:
        known = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
        texts = [_part(archive, name) for name in known]
    return [line for text in texts for line in _lines(_UNTAGGED.findall, re.split(r"</text:[ph]>", text))]


def _of_txt(path: Path) -> list[str]:
    data = _start_of(path)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return _lines(list, data.decode(encoding, errors="replace").splitlines())


def _of_rtf(path: Path) -> list[str]:
    """RTF writes Ậ as \\u7852?; what else begins with a backslash is no text."""
    text = _start_of(path).decode("cp1252", errors="replace")
    text = re.sub(r"\\u(\d+) ?(?:\\'[0-9a-f]{2}|\?)?", lambda found: chr(int(found[1]) % 0x110000), text)
    pieces = re.split(r"\\(?:par|cell|line)\b", text)
    return _lines(list, [re.sub(r"\\[a-z]+-?\d* ?|[{}\r\n]", "", piece) for piece in pieces], most=200)


def _of_doc(path: Path) -> list[str]:
    """Word 97-2003 keeps Vietnamese text as UTF-16, its paragraphs between control characters."""
    data = _start_of(path)
    texts = (data[start:].decode("utf-16-le", errors="replace") for start in (0, 1))
    return [line for text in texts for line in re.split(r"[\x00-\x1f]", text) if len(line) < _LONGEST_MARK]


def _lines(read: Callable[[str], Iterable[str]], pieces: Iterable[str], most: int = _PARAGRAPHS) -> list[str]:
    return list(islice(filter(None, ("".join(read(piece)).strip() for piece in pieces)), most))


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_MOST_BYTES).decode("utf-8", errors="replace")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


_HEADS: dict[str, Callable[[Path], list[str]]] = {
    "docx": _of_docx,
    "odt": _of_odt,
    "txt": _of_txt,
    "rtf": _of_rtf,
    "doc": _of_doc,
}


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
