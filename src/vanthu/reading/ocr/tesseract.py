"""Tesseract with its Vietnamese model on one image, as a confined process."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading import confined

if TYPE_CHECKING:
    from PIL import Image

SECONDS = 90  # a page of A4 at 300 dpi takes two, one that is all noise twenty
_MEMORY = 3 << 30
_LANGUAGE = "vie"
# One thread: two of them gain a fifth and cost a whole core.
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}
# The head of a document, two columns side by side, is no table: taken for one, its lines run into each other and half
# of their words are lost. Lines that are read badly are not read in white on black again.
_SETTINGS = ("textord_tabfind_find_tables=0", "invert_threshold=0")
CONFIG = "".join(f"{setting.replace('=', ' ')}\n" for setting in _SETTINGS)  # the same as a file
_OPTIONS = [part for setting in _SETTINGS for part in ("-c", setting)]
_COLUMNS = 12  # of a line of its table; the last is the text
_LEVEL_OF_WORDS = "5"
_ROTATE = re.compile(rb"^Rotate: (\d+)$", re.MULTILINE)


class OcrMissing(Unavailable):
    """This machine cannot read scans."""

    code = "ocr_missing"
    default = (
        "Máy chủ chưa cài Tesseract và mô hình tiếng Việt nên chưa đọc được bản quét. "
        "Nhập thông tin bằng tay; người quản trị cài gói tesseract-ocr-vie."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A word with its place in pixels of the image, and how sure the program is of it (0 to 1)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float


@cache
def available() -> bool:
    """Whether Tesseract and its Vietnamese model are on this machine."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=20)
    return _LANGUAGE in told.stdout.decode(errors="replace").split()


def words(image: Image.Image, dpi: int, *, sparse: bool = False, block: bool = False) -> list[Found]:
    """The words of an image in greys, in reading order.

    `sparse` for lone words in no order, as on a stamp; `block` for an image that is one block of lines.

    Raises `OcrMissing`, `Invalid` for what cannot be read.
    """
    layout = ["--psm", "11"] if sparse else ["--psm", "6"] if block else []
    out = _run(image, ["-l", _LANGUAGE, "--dpi", str(dpi), *layout, *_OPTIONS, "tsv"])
    rows = (line.split("\t") for line in out.decode("utf-8", errors="replace").splitlines()[1:])
    found = (_word(row) for row in rows if len(row) == _COLUMNS and row[0] == _LEVEL_OF_WORDS)
    return [word for word in found if word is not None]


def upright(image: Image.Image, dpi: int) -> int:
    """By how many degrees (0, 90, 180, 270) an image must be turned clockwise to be read; 0 when nothing tells."""
    try:
        found = _ROTATE.search(_run(image, ["-l", "osd", "--psm", "0", "--dpi", str(dpi)]))
    except Invalid:  # too few letters
        return 0
    return int(found[1]) if found else 0


def _run(image: Image.Image, arguments: list[str]) -> bytes:
    if not available():
        raise OcrMissing
    bitmap = b"P5 %d %d 255\n" % image.size + image.tobytes()
    command = [shutil.which("tesseract") or "tesseract", "stdin", "stdout", *arguments]
    try:
        code, out, _ = confined.run(command, seconds=SECONDS, memory=_MEMORY, given=bitmap, also=_ENVIRONMENT)
    except confined.TooSlow:
        raise Invalid(
            "Đọc trang này quá lâu nên đã dừng. Nhập thông tin bằng tay.", code="page_too_slow"
        ) from None
    if code:
        raise Invalid(
            "Không đọc được chữ trên trang này. Quét lại trang rồi tải lại.", code="page_unreadable"
        )
    return out


def _word(row: list[str]) -> Found | None:
    left, top, width, height = map(int, row[6:10])
    text = unicodedata.normalize("NFC", row[11].strip())
    if not text:
        return None
    return Found(text, left, top, left + width, top + height, max(float(row[10]), 0.0) / 100)
