"""The text of a file of any accepted type, page by page: the text layer where a page has one, else read as a scan.

Files are parsed apart (see `apart`); what comes back is words, or the bare image of a page for Tesseract.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from vanthu.kernel.refusals import Invalid
from vanthu.reading import apart, convert, layer, mail_text, office_text
from vanthu.reading import pages as page_images
from vanthu.reading.ocr import pictures, quick
from vanthu.reading.packing import packed, unpacked
from vanthu.reading.words import Page, typed

LAID_OUT = convert.CONVERTIBLE - {".docx", ".odt"}  # read from the PDF that LibreOffice makes of them
READABLE = frozenset(
    {".pdf", ".eml", *quick.PICTURES, *convert.CONVERTIBLE, *(f".{one}" for one in office_text.READERS)}
)
_MOST_PAGES = 5_000
_WORDS, _IMAGE = b"w", b"i"


def pages(path: Path, name: str, *, lay_out: bool = False) -> Iterator[Page]:
    """Every page in order, read when it is asked for; `name` says the type by its ending.

    With `lay_out` a DOCX or ODT is laid out first, so that its words have places. Raises `Invalid` for a file or page
    that cannot be read, `Unavailable` where this machine lacks the program.
    """
    with opened(path, name, lay_out=lay_out) as file:
        for number in range(1, file.pages + 1):
            yield file.page(number)


@contextmanager
def opened(path: Path, name: str, *, lay_out: bool = False) -> Iterator[Opened]:
    """A file whose pages can be read one at a time, in any order; raises as `pages` does."""
    ending = PurePosixPath(name).suffix.lower()
    if ending not in READABLE:
        raise Invalid(
            "Chưa đọc được chữ của loại tệp này. Lưu tệp thành PDF rồi tải lại.", code="type_without_text"
        )
    with tempfile.TemporaryDirectory(prefix="vanthu-read-") as folder:
        if _to_lay_out(path, ending, lay_out=lay_out):
            path, ending = convert.to_pdf(_named(path, ending, folder), Path(folder) / "laid-out.pdf"), ".pdf"
        yield Opened(_named(path, ending, folder), ending)


def _to_lay_out(path: Path, ending: str, *, lay_out: bool) -> bool:
    """Whether a file is read from its PDF; a broken DOCX or ODT, which LibreOffice takes for plain text, is refused."""
    if ending in LAID_OUT or not lay_out or ending not in convert.CONVERTIBLE:
        return ending in LAID_OUT
    apart.parsed_page(path, ending, 1)
    return convert.available()


class Opened:
    """A file of which `pages` pages can be read."""

    def __init__(self, path: Path, ending: str) -> None:
        self._path, self._ending = path, ending
        self.pages = min(apart.count_to_read(path, ending), _MOST_PAGES)

    def page(self, number: int) -> Page:
        """Read one page, from 1. Raises `Invalid`, `OcrMissing`."""
        data = apart.parsed_page(self._path, self._ending, number)
        if data[:1] == _WORDS:
            return unpacked(number, data[1:])
        return quick.read(pictures.received(data[1:]), number)


def count(path: Path, ending: str) -> int:
    """How many pages there are to read. Runs apart."""
    if ending == ".pdf":
        return page_images.page_count(path)
    return pictures.count(path) if ending in quick.PICTURES else 1


def parsed(path: Path, ending: str, number: int) -> bytes:
    """The words of a page where the file has them, else its image; the first byte tells which. Runs apart."""
    if ending in quick.PICTURES:
        return _IMAGE + pictures.sent(pictures.of_picture(path, number))
    if ending == ".pdf":
        found = layer.page(path, number)
        return _WORDS + packed(found) if found else _IMAGE + pictures.sent(pictures.of_pdf(path, number))
    lines = mail_text.lines(path) if ending == ".eml" else office_text.lines(path, f"x{ending}")
    return _WORDS + packed(typed(lines, number))


def _named(path: Path, ending: str, folder: str) -> Path:
    """The file under a name with its ending, which the programs go by."""
    if path.suffix.lower() == ending:
        return path
    link = Path(folder) / f"file{ending}"
    link.symlink_to(path.resolve())
    return link
