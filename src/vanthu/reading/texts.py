"""The text of a file of any accepted type, page by page: the text layer where a page has one, else read as a scan."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from vanthu.kernel.refusals import Invalid
from vanthu.reading import convert, layer, mail_text, office_text
from vanthu.reading import pages as page_images
from vanthu.reading.ocr import quick
from vanthu.reading.words import Page, typed

LAID_OUT = convert.CONVERTIBLE - {".docx", ".odt"}  # read from the PDF that LibreOffice makes of them
READABLE = frozenset(
    {".pdf", ".eml", *quick.PICTURES, *convert.CONVERTIBLE, *(f".{one}" for one in office_text.READERS)}
)
_MOST_PAGES = 5_000


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
    office_text.lines(path, f"x{ending}")
    return convert.available()


class Opened:
    """A file of which `pages` pages can be read."""

    def __init__(self, path: Path, ending: str) -> None:
        self._path, self._ending = path, ending
        self.pages = min(self._count(), _MOST_PAGES)

    def page(self, number: int) -> Page:
        """Read one page, from 1. Raises `Invalid`, `OcrMissing`."""
        if self._ending == ".pdf":
            return layer.page(self._path, number) or quick.page(self._path, number)
        if self._ending in quick.PICTURES:
            return quick.page(self._path, number)
        if self._ending == ".eml":
            return typed(mail_text.lines(self._path), number)
        return typed(office_text.lines(self._path, f"x{self._ending}"), number)

    def _count(self) -> int:
        if self._ending == ".pdf":
            return page_images.page_count(self._path)
        if self._ending not in quick.PICTURES:
            return 1
        try:
            with Image.open(self._path) as picture:
                return int(getattr(picture, "n_frames", 1))
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
            raise Invalid(
                "Tệp ảnh hỏng nên không đọc được. Quét lại rồi tải lại.", code="file_broken"
            ) from error


def _named(path: Path, ending: str, folder: str) -> Path:
    """The file under a name with its ending, which the programs go by."""
    if path.suffix.lower() == ending:
        return path
    link = Path(folder) / f"file{ending}"
    link.symlink_to(path.resolve())
    return link
