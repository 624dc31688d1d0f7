"""Words stamped in red on the head of a page (ô 10a, 10b, 11), which the page without red does not show.

Only the words of such stamps are taken: what seals and the stamp "ĐẾN" say would stand among the words of the letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps
from rapidfuzz import fuzz, process

from vanthu.kernel.refusals import Invalid
from vanthu.kernel.vietnamese import fold
from vanthu.reading.ocr import tesseract
from vanthu.reading.ocr.pictures import straightened
from vanthu.reading.ocr.tesseract import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 0.5  # of the page: where such stamps lie
_RED = 70  # how much more red than green and blue an ink has (of 255)
_REDUCED = 3  # pixels to one, where ink is looked for: a lone red pixel of a noisy scan vanishes
_LEAST_INK, _MOST_INK = 0.0004, 0.25  # of the head's area: less is a speck, more a coloured page
_MARGIN = 30  # pixels of paper around the ink
_STAMPED = {
    "hoa": "HỎA", "toc": "TỐC", "thuong": "THƯỢNG", "khan": "KHẨN", "mat": "MẬT", "toi": "TỐI", "tuyet": "TUYỆT",
    "luu": "LƯU", "hanh": "HÀNH", "noi": "NỘI", "bo": "BỘ", "xem": "XEM", "xong": "XONG", "tra": "TRẢ", "lai": "LẠI",
}  # fmt: skip

_WHOLE = (["HỎA", "TỐC"], ["THƯỢNG", "KHẨN"])  # beside which another stamp may say what it likes
_URGENT = {"hoatoc": "hoa toc", "thuongkhan": "thuong khan", "khan": "khan"}
_NEAR = 78  # of 100: how like one of these the letters of a stamp must be
_SURE_OF_NEAR = 0.8
_PALE = 200  # of 255
_RULE_ACROSS, _RULE_DOWN = (
    150,
    175,
)  # mean shades (of 255) below which a row or a column is a line of the frame


def words(image: Image.Image, dpi: int, angle: float = 0.0) -> list[Found]:
    """The words of red stamps on the upper half of a page in colours, their places in pixels of the whole page.

    Lines of the page rise by `angle` (degrees); the places are those once it lies straight.
    """
    if image.mode != "RGB":
        return []
    ink = ink_of(image.crop((0, 0, image.width, round(image.height * _HEAD))))
    seen = _above_seal(spots(ink))
    if angle and seen.getbbox() is not None:
        ink = _straight(ink, image.height, angle, dpi)
        seen = _above_seal(spots(ink))
    found = cut_out(ink, seen)
    if found is None:
        return []
    return _read(*found, dpi)


def _read(cut: Image.Image, left: int, top: int, dpi: int) -> list[Found]:
    """What the ink says: as it is, and when something in it cannot be read, without the frame around it."""
    best: list[Found] = []
    others: list[list[Found]] = []
    bare = _unframed(cut)
    for image, sparse in ((cut, True), (bare, False), (_thinned(bare), False), (cut, False)):
        try:
            said = tesseract.words(image, dpi, sparse=sparse, block=not sparse)
        except Invalid:  # nothing that could be read
            continue
        said = [one for one in said if any(map(str.isalpha, one.text))]
        stamped = list(_stamped(said, left, top))
        if said and (len(stamped) == len(said) or [one.text for one in stamped] in _WHOLE):
            return stamped
        best = max(best, stamped, key=len)
        others.append(said)
    return next((alike for said in others if (alike := _alike(said, left, top))), best)


def ink_of(image: Image.Image) -> Image.Image:
    """How much of each pixel is red ink: black where there is none."""
    red, green, blue = image.split()
    return ImageChops.subtract(red, ImageChops.lighter(green, blue))


def spots(ink: Image.Image) -> Image.Image:
    """Where there is ink, in fewer pixels."""
    return ink.reduce(_REDUCED).point([255 if value > _RED else 0 for value in range(256)])


def cut_out(ink: Image.Image, seen: Image.Image) -> tuple[Image.Image, int, int] | None:
    """The ink at its spots in greys on white paper, and where its left and top edge lie; None without such ink."""
    place = seen.getbbox()
    share = seen.histogram()[255] / (seen.width * seen.height)
    if place is None or not _LEAST_INK <= share <= _MOST_INK:
        return None
    left, top, right, bottom = (side * _REDUCED for side in place)
    cut = ink.crop((left, top, right, bottom)).point([max(0, 255 - 2 * value) for value in range(256)])
    return ImageOps.expand(cut, _MARGIN, fill=255), left - _MARGIN, top - _MARGIN


def _unframed(cut: Image.Image) -> Image.Image:
    """Ink without the lines of a frame: rows and columns that are ink for most of their length."""
    across, down = cut.size
    bare = cut.copy()
    for at, shade in enumerate(cut.resize((1, down), Image.Resampling.BOX).tobytes()):
        if shade < _RULE_ACROSS:
            bare.paste(255, (0, at - 1, across, at + 2))
    for at, shade in enumerate(cut.resize((across, 1), Image.Resampling.BOX).tobytes()):
        if shade < _RULE_DOWN:
            bare.paste(255, (at - 1, 0, at + 2, down))
    return bare


def _thinned(cut: Image.Image) -> Image.Image:
    """Pale pixels made paper: at few dots to an inch the letters run into each other."""
    return cut.point([value if value < _PALE else 255 for value in range(256)])


def _straight(ink: Image.Image, height: int, angle: float, dpi: int) -> Image.Image:
    """The head's ink turned about the middle of the whole page."""
    whole = Image.new("L", (ink.width, height))
    whole.paste(ink)
    return straightened(whole, angle, dpi, paper=0).crop((0, 0, ink.width, ink.height))


def _above_seal(seen: Image.Image) -> Image.Image:
    """The spots without those that reach the lower edge of the head: that is the seal below, up to where no ink is."""
    rows = seen.resize((1, seen.height), Image.Resampling.BOX).tobytes()
    return seen.crop((0, 0, seen.width, max(rows.rfind(0), 1))) if rows[-1] else seen


def _alike(found: list[Found], left: int, top: int) -> list[Found]:
    """The degree of urgency that all the letters together nearly are, at the place of the whole."""
    letters = "".join(re.sub(r"[^a-z]", "", fold(one.text)) for one in found)
    near = process.extractOne(letters, _URGENT, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is None:
        return []
    words = [_STAMPED[word] for word in _URGENT[near[2]].split()]
    start, end = min(one.left for one in found), max(one.right for one in found)
    high, low = min(one.top for one in found) + top, max(one.bottom for one in found) + top
    width = (end - start) // len(words)
    sure = near[1] / 100 * _SURE_OF_NEAR
    return [
        Found(word, left + start + at * width, high, left + start + (at + 1) * width - 1, low, sure)
        for at, word in enumerate(words)
    ]


def _stamped(found: list[Found], left: int, top: int) -> Iterator[Found]:
    """Those that stamps say, in the right spelling and at their place."""
    for one in found:
        said = _STAMPED.get(re.sub(r"[^a-z]", "", fold(one.text)))
        if said and not any(map(str.islower, one.text)):
            yield Found(
                said, one.left + left, one.top + top, one.right + left, one.bottom + top, one.confidence
            )
