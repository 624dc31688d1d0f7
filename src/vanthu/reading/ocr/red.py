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


def words(image: Image.Image, dpi: int) -> list[Found]:
    """The words of red stamps on the upper half of a page in colours, their places in pixels of the whole page."""
    if image.mode != "RGB":
        return []
    head = image.crop((0, 0, image.width, round(image.height * _HEAD)))
    red, green, blue = head.split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    spots = ink.reduce(_REDUCED).point([255 if value > _RED else 0 for value in range(256)])
    place = spots.getbbox()
    share = spots.histogram()[255] / (spots.width * spots.height)
    if place is None or not _LEAST_INK <= share <= _MOST_INK:
        return []
    left, top, right, bottom = (side * _REDUCED for side in place)
    cut = ink.crop((left, top, right, bottom)).point([max(0, 255 - 2 * value) for value in range(256)])
    try:
        found = tesseract.words(ImageOps.expand(cut, _MARGIN, fill=255), dpi, sparse=True)
    except Invalid:  # nothing that could be read
        return []
    return list(_stamped(found, left - _MARGIN, top - _MARGIN))


def _stamped(found: list[Found], left: int, top: int) -> Iterator[Found]:
    """Those that stamps say, in the right spelling and at their place."""
    for one in found:
        said = _STAMPED.get(re.sub(r"[^a-z]", "", fold(one.text)))
        if said and not any(map(str.islower, one.text)):
            yield Found(
                said, one.left + left, one.top + top, one.right + left, one.bottom + top, one.confidence
            )
