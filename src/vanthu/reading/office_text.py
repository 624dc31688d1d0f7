"""The lines of files without pages, read directly and cheaply: nothing is laid out, run or fetched."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from lxml import etree

from vanthu.kernel.refusals import Invalid
from vanthu.reading import legacy_encodings
from vanthu.reading.text import cleaned

MOST_LINES, MOST_PART = 5_000, 60 << 20  # of one file, bytes of one part; what comes after is not read
_MOST_STYLES = 10  # based on each other; a file may have them in a circle
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DOCX_PARTS = re.compile(r"word/(?:header\d*|document|footnotes|endnotes|footer\d*)\.xml")
_SLIDES = re.compile(r"ppt/slides/slide\d+\.xml")
_SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
# Workbooks of Excel 97-2003 keep Vietnamese texts as UTF-16: runs of letters, digits and marks of this length.
_RUN = re.compile(r"[\w \t.,;:/()%+\-–“”\"'&]{4,}")


def lines(path: Path, name: str) -> list[str]:
    """The lines of a DOCX, ODT, XLSX, ODS, PPTX, XLS or TXT, in order. Raises `Invalid` for what is broken."""
    reader = READERS.get(name.lower().rpartition(".")[2])
    if reader is None:
        raise Invalid(
            "Chưa đọc được chữ của loại tệp này. Lưu tệp thành PDF rồi tải lại.", code="type_without_text"
        )
    try:
        pieces = (cleaned(line) for line in reader(path))
        return list(islice((line for piece in pieces for line in piece.split("\n") if line), MOST_LINES))
    except (zipfile.BadZipFile, KeyError, OSError, zlib.error, etree.XMLSyntaxError, UnicodeError) as error:
        raise Invalid(
            "Tệp hỏng nên không đọc được chữ. Mở và lưu lại tệp rồi tải lên.", code="file_broken"
        ) from error


def _docx(path: Path) -> Iterator[str]:
    """Paragraphs of headers, body, notes and footers; what was deleted under tracked changes is left out."""
    fonts = _fonts_of_styles(path)
    for root in _roots(path, _DOCX_PARTS, first="word/document.xml"):
        for paragraph in root.iter(f"{_WORD}p"):
            yield "".join(_runs(paragraph, fonts))


def _runs(paragraph: etree._Element, fonts: dict[str, str]) -> Iterator[str]:
    for part in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br"):
        # a text box stands inside of a paragraph and has paragraphs of its own
        if next(part.iterancestors(f"{_WORD}p")) is paragraph:
            text = (part.text or "") if part.tag == f"{_WORD}t" else " "
            yield legacy_encodings.converted(text, _font(part, paragraph, fonts))


def _font(part: etree._Element, paragraph: etree._Element, fonts: dict[str, str]) -> str:
    """The font of a text: what its run says, else the style of the run, of the paragraph, of the document."""
    run = next(part.iterancestors(f"{_WORD}r"), part)
    return (
        _named(run.find(f"{_WORD}rPr"))
        or fonts.get(_style(run.find(f"{_WORD}rPr/{_WORD}rStyle")))
        or fonts.get(_style(paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")))
        or fonts.get("", "")
    )


def _fonts_of_styles(path: Path) -> dict[str, str]:
    """{id of a style: its font, of its own or of what it is based on}; of the default style under an empty id too."""
    with zipfile.ZipFile(path) as archive:
        if "word/styles.xml" not in archive.namelist():
            return {}
        root = _parsed(archive, "word/styles.xml")
    fonts = {"": _named(root.find(f"{_WORD}docDefaults/{_WORD}rPrDefault/{_WORD}rPr"))}
    above: dict[str, str] = {}
    for style in root.iter(f"{_WORD}style"):
        name = style.get(f"{_WORD}styleId", "")
        fonts[name] = _named(style.find(f"{_WORD}rPr"))
        above[name] = _style(style.find(f"{_WORD}basedOn"))
        if style.get(f"{_WORD}type") == "paragraph" and style.get(f"{_WORD}default") in ("1", "true"):
            fonts[""] = fonts[name] or fonts[""]
    for name in above:
        at, steps = name, 0
        while at and not fonts.get(at) and steps < _MOST_STYLES:
            at, steps = above.get(at, ""), steps + 1
        fonts[name] = fonts.get(at, "")
    return fonts


def _named(properties: etree._Element | None) -> str:
    """The font that these properties of a run name; empty when they name none."""
    found = None if properties is None else properties.find(f"{_WORD}rFonts")
    return "" if found is None else found.get(f"{_WORD}ascii") or found.get(f"{_WORD}hAnsi") or ""


def _style(element: etree._Element | None) -> str:
    return "" if element is None else element.get(f"{_WORD}val", "")


def _pptx(path: Path) -> Iterator[str]:
    for root in _roots(path, _SLIDES):
        for paragraph in root.iter(f"{_DRAW}p"):
            yield "".join(part.text or "" for part in paragraph.iter(f"{_DRAW}t"))


def _xlsx(path: Path) -> Iterator[str]:
    """Rows of every sheet, cell beside cell, as they were last calculated."""
    with zipfile.ZipFile(path) as archive:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = _parsed(archive, "xl/sharedStrings.xml")
            shared = ["".join(part.text or "" for part in one.iter(f"{_SHEET}t")) for one in root]
    for root in _roots(path, _SHEETS):
        for row in root.iter(f"{_SHEET}row"):
            yield " ".join(filter(None, (_cell(cell, shared) for cell in row)))


def _cell(cell: etree._Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    match cell.get("t"):
        case "s":
            return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
        case "inlineStr":
            return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))
        case _:
            return value


def _odf(path: Path) -> Iterator[str]:
    """Paragraphs and headings; the cells of a row of a sheet side by side."""
    for root in _roots(path, re.compile(r"content\.xml")):
        rows = list(root.iter(f"{_TABLE}table-row")) if root.find(".//{*}spreadsheet") is not None else []
        if rows:
            for row in rows:
                yield " ".join("".join(one.itertext()) for one in row.iter(f"{_TEXT}p"))
            continue
        for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
            yield "".join(paragraph.itertext())


def _txt(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        data = file.read(MOST_PART)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    yield from data.decode(encoding, errors="replace").splitlines()


def _xls(path: Path) -> Iterator[str]:
    """Texts of the cells in no certain order: enough to find the file by."""
    with path.open("rb") as file:
        data = file.read(MOST_PART)
    for start in (0, 1):
        yield from _RUN.findall(data[start:].decode("utf-16-le", errors="replace"))


def _roots(path: Path, parts: re.Pattern[str], first: str = "") -> Iterator[etree._Element]:
    """The parsed parts whose name fits, in their order by number; `first` goes before the others."""
    with zipfile.ZipFile(path) as archive:
        known = sorted(filter(parts.fullmatch, archive.namelist()), key=lambda one: (len(one), one))
        for name in sorted(known, key=lambda one: one != first):
            yield _parsed(archive, name)


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as part:
        return etree.fromstring(_whole(part), _parser())


def _whole(part: IO[bytes]) -> bytes:
    data = part.read(MOST_PART + 1)
    if len(data) > MOST_PART:
        raise Invalid(
            "Tệp quá lớn để đọc chữ. Tách thành nhiều tệp rồi tải lại.", code="file_too_large_to_read"
        )
    return data


def _parser() -> etree.XMLParser:
    """Neither entities nor anything from outside."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "odt": _odf,
    "ods": _odf,
    "txt": _txt,
    "xls": _xls,
}
