"""The words of a scanned page for the form: red left out, straight, read by Tesseract, placed on the page as shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vanthu.reading.ocr import pictures, red, tesseract
from vanthu.reading.words import Box, Page, Word, quarters, turn

if TYPE_CHECKING:
    from PIL import Image

    from vanthu.reading.ocr.pictures import Picture
    from vanthu.reading.ocr.tesseract import Found

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_DOUBTFUL, _FEW = 0.5, 3  # a page read with less confidence, or with fewer words, may lie on its side


def page(path: Path, number: int) -> Page:
    """Read a page (from 1) of a PDF or a picture, told apart by the ending of its name.

    Raises `Invalid` for a page that cannot be read, `OcrMissing` (an `Unavailable`) without Tesseract.
    """
    return read(picture(path, number), number)


def picture(path: Path, number: int) -> Picture:
    """The image of a page as it is read; raises `Invalid`."""
    draw = pictures.of_picture if path.suffix.lower() in PICTURES else pictures.of_pdf
    return draw(path, number)


def read(picture: Picture, number: int) -> Page:
    """Read a page from its image; when hardly anything can be read, it is turned upright and read again."""
    grey = pictures.without_red(picture.image)
    angle, found = _read(grey, picture.dpi)
    turned = 0
    if len(found) < _FEW or _confidence(found) < _DOUBTFUL:
        turned = tesseract.upright(grey, picture.dpi)
    if turned:
        grey = grey.rotate(-turned, expand=True)
        angle, found = _read(grey, picture.dpi)
    found += _stamped_in_red(picture, turned, angle)
    width, height = picture.width, picture.height
    across, down = (height, width) if turned % 180 else (width, height)
    words = (
        Word(one.text, quarters(turn(_box(one, grey), across, down, angle), turned), one.confidence)
        for one in found
    )
    return Page(number, width, height, tuple(words), scanned=True, turned=turned, skew=angle)


def _read(grey: Image.Image, dpi: int) -> tuple[float, list[Found]]:
    """How far the lines rise, and the words with their places in the image turned straight."""
    angle = pictures.skew(grey)
    return angle, tesseract.words(pictures.straightened(grey, angle, dpi), dpi)


def _stamped_in_red(picture: Picture, turned: int, angle: float) -> list[Found]:
    """The words of red stamps on the head (ô 10 of Decree 30/2020), placed in the image turned straight."""
    image = picture.image.rotate(-turned, expand=True) if turned else picture.image
    return red.words(image, picture.dpi, angle)


def _box(found: Found, grey: Image.Image) -> Box:
    return Box(
        found.left / grey.width, found.top / grey.height, found.right / grey.width, found.bottom / grey.height
    )


def _confidence(found: list[Found]) -> float:
    letters = sum(len(one.text) for one in found)
    return sum(one.confidence * len(one.text) for one in found) / max(letters, 1)
