"""The image of a page as OCR takes it: at the scan's own resolution, red left out, straight."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from vanthu.kernel.refusals import Invalid
from vanthu.reading.pdfium import opened, page_of

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MOST_DPI, LEAST_DPI = 300, 100  # above nothing is gained; enlarging what is below makes it worse
DRAWN_DPI = 200  # of a page without pictures, whose letters are drawn
MOST_PIXELS = 20_000_000  # A3 at 300 dpi
SMOOTH = Image.Resampling.BICUBIC  # how letters are turned
_WHITE = 255
_MANY_DOTS = 250  # to an inch: with so many a turn may be a little coarser, and takes a third of the time
_GREYS = ("1", "L", "I", "I;16", "F")
_POINTS = 72  # to an inch
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0
_BELIEVED = range(90, 1201)  # dots per inch that a picture may tell of itself
_TINY, _SMALL = 310, 620  # pixels across, of the images on which the angle is looked for
_MOST_ANGLE, _COARSE, _FINE = 4.0, 0.5, 0.1  # degrees
_LIGHT = 128  # the shade of paper is lighter than this (of 255)
_PAPER = 0.82  # of the shade of paper: what is lighter becomes white
_LEAST_ANGLE = 0.15  # less is not worth turning the page


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in colour or greys; `width` and `height` in points as it is shown."""

    image: Image.Image
    dpi: int
    width: float
    height: float


def of_pdf(pdf_path: Path, number: int) -> Picture:
    """A page (from 1) of a PDF. Raises `Invalid` for a broken file or a page that is not there."""
    with opened(pdf_path) as document, page_of(document, number) as page:
        width, height = page.get_size()
        inches = width * height / _POINTS**2
        dpi = min(_resolution(page), math.isqrt(int(MOST_PIXELS / max(inches, 1e-3))))
        image = page.render(scale=dpi / _POINTS, may_draw_forms=False, draw_annots=True).to_pil()
    return Picture(image, dpi, width, height)


def of_picture(path: Path, number: int) -> Picture:
    """A page (from 1) of a PNG, JPEG or TIFF, turned as its camera says. Raises `Invalid`."""
    try:
        with Image.open(path) as source:
            source.seek(number - 1)
            told = source.info.get("dpi", (0, 0))[0]
            image = ImageOps.exif_transpose(source)
            image.load()
    except (UnidentifiedImageError, OSError, EOFError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid(
            f"Không đọc được trang {number} của tệp ảnh. Quét lại rồi tải lại.", code="page_unreadable"
        ) from error
    dpi = round(told) if round(told) in _BELIEVED else _supposed(image)
    width, height = image.width * _POINTS / dpi, image.height * _POINTS / dpi
    share = min(1.0, MOST_DPI / dpi, math.sqrt(MOST_PIXELS / max(image.width * image.height, 1)))
    if share < 1:
        image = image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))))
        dpi = max(1, round(dpi * share))
    return Picture(image, dpi, width, height)


def count(path: Path) -> int:
    """How many pages a picture has. Raises `Invalid`."""
    try:
        with Image.open(path) as picture:
            return int(getattr(picture, "n_frames", 1))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Invalid("Tệp ảnh hỏng nên không đọc được. Quét lại rồi tải lại.", code="file_broken") from error


def sent(picture: Picture) -> bytes:
    """A page as plain bytes, from the process that parsed its file."""
    image = picture.image
    if image.mode not in ("L", "RGB"):
        image = image.convert("L") if image.mode in _GREYS else _on_paper(image)
    head = [image.mode, *image.size, picture.dpi, picture.width, picture.height]
    return json.dumps(head).encode() + b"\n" + image.tobytes()


def received(data: bytes) -> Picture:
    """The page that was sent."""
    head, _, pixels = data.partition(b"\n")
    mode, across, down, dpi, width, height = json.loads(head)
    return Picture(Image.frombytes(mode, (across, down), pixels), dpi, width, height)


def without_red(image: Image.Image) -> Image.Image:
    """The page in greys as a red lamp shows it: red stamps vanish, and what they covered can be read.

    Ink that is red leaves a shade even so, and paper has a grain: both become white, what is darker stays.
    """
    if image.mode in _GREYS:
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = _on_paper(image)
    red, green, _ = image.convert("RGB").split()
    shade = ImageChops.subtract(red, green).point([value // 2 for value in range(256)])
    return _whitened(ImageChops.add(red, shade))


def _whitened(grey: Image.Image) -> Image.Image:
    """Greys stretched so that paper, at its most frequent shade, and what is a little darker are white."""
    shades = grey.histogram()
    paper = max(range(_LIGHT, 256), key=shades.__getitem__)
    return grey.point([min(255, round(value * 255 / (_PAPER * paper))) for value in range(256)])


def skew(image: Image.Image) -> float:
    """How far the lines of an image in greys rise to the right, in degrees; 0 when they lie straight enough."""
    steps = round(_MOST_ANGLE / _COARSE)
    coarse = _best(image, _TINY, [step * _COARSE for step in range(-steps, steps + 1)])
    near = round(_COARSE / _FINE) - 1
    best = _best(image, _SMALL, [coarse + step * _FINE for step in range(-near, near + 1)])
    return round(best, 2) if abs(best) >= _LEAST_ANGLE else 0.0


def straightened(image: Image.Image, angle: float, dpi: int, paper: int = _WHITE) -> Image.Image:
    """An image in greys turned so that lines which rise by `angle` lie straight; where dots are few, with more care."""
    way = SMOOTH if dpi < _MANY_DOTS else Image.Resampling.BILINEAR
    return image.rotate(-angle, way, fillcolor=paper) if angle else image


def _best(image: Image.Image, width: int, angles: list[float]) -> float:
    small = ImageOps.invert(image.reduce(max(1, round(image.width / width))))
    return max(angles, key=lambda angle: _rhythm(small, angle))


def _rhythm(small: Image.Image, angle: float) -> float:
    """How sharply rows of ink and rows of paper differ once the lines that rise by `angle` lie straight."""
    turned = small.rotate(-angle, Image.Resampling.NEAREST) if angle else small
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((row - above) ** 2 for above, row in itertools.pairwise(rows)))


def _resolution(page: pdfium.PdfPage) -> int:
    """Dots per inch of the largest picture on the page, within bounds."""
    found = [
        _dots(picture) for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    ]
    if not found:
        return DRAWN_DPI
    _, dpi = max(found)
    return max(LEAST_DPI, min(MOST_DPI, dpi))


def _dots(picture: pdfium.PdfImage) -> tuple[float, int]:
    """The area of a picture on its page in square points, and its dots per inch there."""
    left, bottom, right, top = picture.get_bounds()
    wide, high = picture.get_px_size()
    area = max((right - left) * (top - bottom), 1e-6)
    return area, round(math.sqrt(wide * high / area) * _POINTS)


def _supposed(image: Image.Image) -> int:
    """What the resolution is if the picture shows a sheet of A4."""
    wide, high = sorted(image.size)
    return max(1, round(max(wide / _A4_WIDTH, high / _A4_HEIGHT) * _POINTS))


def _on_paper(image: Image.Image) -> Image.Image:
    coloured = image.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(paper, coloured).convert("RGB")
