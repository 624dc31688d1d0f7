"""The stamp of a state secret on the head of a scanned page: in its words, and in the red ink that these leave out.

What is read for the form is read without red (`ocr.pictures.without_red`), so that seals do not hide a signature; a
red stamp is gone there. It is looked for in the red ink alone, where letters and lines in black are gone instead.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import fold
from vanthu.reading import apart
from vanthu.reading.ocr import pictures, red, tesseract
from vanthu.reading.secrecy import MARKS, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vanthu.reading.words import Page, Word

_HEAD = (
    0.5  # the stamp (ô 10a of Decree 30/2020, Phụ lục I) lies in the upper half of a document's first page
)
_APART = 2.0  # heights of a word: what stands so far from the next word stands alone
_UNSURE = {
    "TUYETMAT": "TUYỆT MẬT",
    "TOIMAT": "TỐI MẬT",
}  # OCR loses marks of capitals; these two mean nothing else
_MISREAD = ("MẠT", "MÂT", "MAT")  # MẬT with a mark less; MẶT is another word
_RED_ALONE = _UNSURE | {"MAT": "MẬT"}  # in red ink no other word is looked for
_NATION = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
_LETTERS = re.compile(r"[^A-Z]+")
_LINE = 140  # how dark (0 is black) a row or column of the ink is on average where a line runs across it
_TILTS = (-6, 6, -12, 12)  # degrees: a stamp is set by hand


def mark_on(path: Path, page: Page) -> str:
    """The mark stamped on the head of a page, else an empty string; `path` is its PDF or picture.

    The words of a text layer are the business of the gate (`secrecy.check`); a red stamp may be a picture on them.
    """
    if not page.placed or not begins_document(page):
        return ""
    return (mark_in(page) if page.scanned else "") or _in_red(path, page)


def begins_document(page: Page) -> bool:
    """Whether a document begins here: on the first page, and where the name of the state or the Party is."""
    if page.number == 1:
        return True
    head = fold(" ".join(word.text for word in page.straight().words if word.box.bottom < _HEAD))
    return any(name in head for name in _NATION)


def mark_in(page: Page) -> str:
    """The mark that stands alone among the words on the head of a page, else an empty string."""
    head = [
        word for word in page.straight().words if word.box.top < _HEAD and any(map(str.isalnum, word.text))
    ]
    for texts in _alone(head, page):
        text = " ".join(texts)
        if mark := mark_of(text) or _UNSURE.get(_plain(text), ""):
            return mark
        if text.strip("[]|(){}-_.,:;'\"") in _MISREAD:
            return MARKS[-1]
    return ""


def _alone(words: Iterable[Word], page: Page) -> Iterator[list[str]]:
    """Words that follow each other closely on one line, group by group."""
    group: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None and not _near(before, word, page):
            yield group
            group = []
        group.append(word.text)
        before = word
    if group:
        yield group


def _near(before: Word, word: Word, page: Page) -> bool:
    height = max(before.box.bottom - before.box.top, word.box.bottom - word.box.top)
    if min(before.box.bottom, word.box.bottom) - max(before.box.top, word.box.top) < height / 3:
        return False
    gap = (word.box.left - before.box.right) * page.straight().width
    return abs(gap) < _APART * height * page.straight().height


def _plain(text: str) -> str:
    """A line in capitals without marks and blanks; a line with small letters gives an empty text."""
    return "" if any(map(str.islower, text)) else _LETTERS.sub("", fold(text).upper())


def _in_red(path: Path, page: Page) -> str:
    """The mark in the red ink on the head of a page."""
    ink = red_ink(_upright(path, page))
    if ink is None:
        return ""
    if page.skew:  # the ink alone: turning a whole page takes as long as half of its reading
        ink = ink.rotate(-page.skew, pictures.SMOOTH, expand=True, fillcolor=255)
    return _read([ink, without_frame(ink)]) or _read(list(_tilted(ink)))


def _tilted(ink: Image.Image) -> Iterator[Image.Image]:
    for tilt in _TILTS:
        turned = ink.rotate(tilt, pictures.SMOOTH, expand=True, fillcolor=255)
        yield from (turned, without_frame(turned))


def without_frame(ink: Image.Image) -> Image.Image:
    """The ink without lines that run across most of it: letters that touch the frame of a stamp are not read."""
    bare = ink.copy()
    pen = ImageDraw.Draw(bare)
    for across, lines in ((True, (1, ink.height)), (False, (ink.width, 1))):
        shades = ink.resize(lines, Image.Resampling.BOX).tobytes()
        for place in (at for at, shade in enumerate(shades) if shade < _LINE):
            end = (ink.width, place) if across else (place, ink.height)
            pen.line(((0, place) if across else (place, 0), end), fill=255)
    return bare


def _upright(path: Path, page: Page) -> Image.Image:
    """The head of the page in colours, the right way up; lines may still rise."""
    image = pictures.received(apart.picture(path, page.number)).image.convert("RGB")
    if page.turned:
        image = image.rotate(-page.turned, expand=True)
    return image.crop((0, 0, image.width, round(image.height * _HEAD)))


def red_ink(image: Image.Image) -> Image.Image | None:
    """The red ink of a picture in greys on white paper, cut to where it is; None when there is no such ink."""
    ink = red.ink_of(image)
    found = red.cut_out(ink, red.spots(ink))
    return found[0] if found else None


def _read(views: Sequence[Image.Image]) -> str:
    """The mark in one of these pictures of the same ink; Tesseract, slow to start, is given all of them as one."""
    sheet = Image.new("L", (max(one.width for one in views), sum(one.height for one in views)), 255)
    edges = [0]
    for one in views:
        sheet.paste(one, (0, edges[-1]))
        edges.append(edges[-1] + one.height)
    try:
        found = tesseract.words(sheet, 300, sparse=True)
    except Invalid:  # nothing that could be read
        return ""
    for top, bottom in pairwise(edges):
        texts = [_plain(word.text) for word in found if top <= (word.top + word.bottom) / 2 < bottom]
        if mark := _RED_ALONE.get("".join(texts), "") or next(
            filter(None, map(_RED_ALONE.get, _pieces(texts))), ""
        ):
            return mark
    return ""


def _pieces(texts: list[str]) -> Iterator[str]:
    """Each word, and each pair of words that follow each other: the longer ones first."""
    letters = [text for text in texts if text]
    yield from (first + second for first, second in pairwise(letters))
    yield from letters
