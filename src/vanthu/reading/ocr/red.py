"""Words stamped in red on the head of a page (ô 10a, 10b, 11), which the page without red does not show.

Only the words of such stamps are taken: what seals and the stamp "ĐẾN" say would stand among the words of the letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps

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
    cut, left, top = found
    try:
        said = tesseract.words(cut, dpi, sparse=True)
    except Invalid:  # nothing that could be read
        return []
    return list(_stamped(said, left, top))


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


def _straight(ink: Image.Image, height: int, angle: float, dpi: int) -> Image.Image:
    """The head's ink turned about the middle of the whole page."""
    whole = Image.new("L", (ink.width, height))
    whole.paste(ink)
    return straightened(whole, angle, dpi, paper=0).crop((0, 0, ink.width, ink.height))


def _above_seal(seen: Image.Image) -> Image.Image:
    """The spots without those that reach the lower edge of the head: that is the seal below, up to where no ink is."""
    rows = seen.resize((1, seen.height), Image.Resampling.BOX).tobytes()
    return seen.crop((0, 0, seen.width, max(rows.rfind(0), 1))) if rows[-1] else seen


def _stamped(found: list[Found], left: int, top: int) -> Iterator[Found]:
    """Those that stamps say, in the right spelling and at their place."""
    for one in found:
        said = _STAMPED.get(re.sub(r"[^a-z]", "", fold(one.text)))
        if said and not any(map(str.islower, one.text)):
            yield Found(
                said, one.left + left, one.top + top, one.right + left, one.bottom + top, one.confidence
            )
