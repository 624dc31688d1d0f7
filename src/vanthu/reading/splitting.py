"""One scan of many documents, cut at printed separator sheets, pages with their barcode, or blank pages.

A separator sheet carries a barcode and seven broad stripes, black and white in turn. These are looked for in three
narrow strips of the page, so that a sheet that lies askew, upside down or across is known too; a photo or table has no
such rhythm. The barcode tells a sheet that was copied badly; other barcodes divide nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PIL import Image

from vanthu.reading import barcodes
from vanthu.reading.pdfium import opened, page_of

# Millimetres of the stripes of a separator sheet, black first; read from the other end it is another rhythm.
STRIPES_MM = (30, 15, 15, 15, 30, 15, 15)
_WIDTH = 320  # pixels of the image that is looked at
_STRIPS = (0.3, 0.5, 0.7)  # middles of the strips, as shares of the page
_STRIP = 0.06  # half of a strip's breadth
_TOLERANCE = 0.35  # of a stripe's height
_DARK, _LIGHT = 0.8, 0.25  # share of black in a line of a black, of a white stripe
# A page is blank when less of it than this is ink; a printed page number alone is 0.01 %, a line of text 0.2 %.
_INK_SHARE = 0.0008
_MARGIN = 0.05  # share of the page that holes, staples and the edge of the glass may blacken
_INK = 60  # so much darker than the paper is ink (of 255)


class PageKind(Enum):
    """What a page of a stack is."""

    TEXT = "text"
    BLANK = "blank"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Range:
    """Pages of one document, counted from 1, both ends included."""

    first: int
    last: int


def kinds_of_pages(pdf_path: Path) -> list[PageKind]:
    """What every page is, in order, read one at a time; raises `Invalid` for a broken file."""
    found = []
    with opened(pdf_path) as document:
        for number in range(1, len(document) + 1):
            with page_of(document, number) as page:
                scale = _WIDTH / max(page.get_width(), 1)
                kind = kind_of(page.render(scale=scale, grayscale=True).to_pil().convert("L"))
                if kind is PageKind.TEXT and barcodes.label_of(barcodes.for_reading(page)) is not None:
                    kind = PageKind.SEPARATOR
                found.append(kind)
    return found


def labels_of(pdf_path: Path, kinds: Sequence[PageKind], found: Sequence[Range]) -> list[str]:
    """What the sheet before each of these documents says of it; "" for a plain sheet or none."""
    labels: dict[int, str] = {}
    with opened(pdf_path) as document:
        for number, kind in enumerate(kinds, start=1):
            if kind is PageKind.SEPARATOR:
                with page_of(document, number) as page:
                    labels[number] = barcodes.label_of(barcodes.for_reading(page)) or ""
    return [labels.get(_sheet_before(one, kinds), "") for one in found]


def _sheet_before(document: Range, kinds: Sequence[PageKind]) -> int:
    """The page before the document, or the one before that where the back of a sheet was scanned; 0 without any."""
    number = document.first - 1
    back = number > 0 and kinds[number - 1] is PageKind.BLANK
    return number - 1 if back else number


def kind_of(image: Image.Image) -> PageKind:
    """What a page is by its looks, from its image in greys."""
    if _is_separator(image) or _is_separator(image.transpose(Image.Transpose.ROTATE_90)):
        return PageKind.SEPARATOR
    return PageKind.BLANK if _ink_share(image) < _INK_SHARE else PageKind.TEXT


def ranges(kinds: Sequence[PageKind], *, at_blank: bool) -> list[Range]:
    """The documents between separators (with `at_blank` also between blank pages); dividers belong to none.

    The blank back of a separator sheet, scanned from both sides, goes with it.
    """
    found: list[Range] = []
    start, before = 0, PageKind.TEXT
    for number, kind in enumerate([*kinds, PageKind.SEPARATOR], start=1):
        back = kind is PageKind.BLANK and before is PageKind.SEPARATOR
        if kind is PageKind.SEPARATOR or back or (at_blank and kind is PageKind.BLANK):
            if start:
                found.append(Range(start, number - 1))
            start = 0
        elif not start:
            start = number
        before = kind
    return found


def _ink_share(image: Image.Image) -> float:
    width, height = image.size
    inner = image.crop(
        (
            round(width * _MARGIN),
            round(height * _MARGIN),
            width - round(width * _MARGIN),
            height - round(height * _MARGIN),
        )
    )
    histogram = inner.histogram()
    paper = max(range(128, 256), key=histogram.__getitem__)  # the commonest light grey: paper may be yellow
    return sum(histogram[: max(paper - _INK, 1)]) / max(inner.width * inner.height, 1)


def _is_separator(image: Image.Image) -> bool:
    """Whether at least two of the three strips show the stripes from top to bottom, or from bottom to top."""
    millimetre = image.height / 297
    return sum(_has_stripes(_profile(image, middle), millimetre) for middle in _STRIPS) >= 2


def _profile(image: Image.Image, middle: float) -> list[float]:
    """The share of black of every line of a strip."""
    left, right = round(image.width * (middle - _STRIP)), round(image.width * (middle + _STRIP))
    strip = image.crop((left, 0, right, image.height)).point(
        [255 if grey < 128 else 0 for grey in range(256)]
    )
    column = strip.resize((1, image.height), Image.Resampling.BOX)
    return [value / 255 for value in column.tobytes()]


def _has_stripes(profile: Sequence[float], millimetre: float) -> bool:
    runs = _runs(profile)
    wanted = STRIPES_MM, STRIPES_MM[::-1]
    count = len(STRIPES_MM)
    for place in range(len(runs) - count + 1):
        part = runs[place : place + count]
        if part[0][0] and any(_fits(part, stripes, millimetre) for stripes in wanted):
            return True
    return False


def _fits(part: Sequence[tuple[bool, int]], stripes: Sequence[int], millimetre: float) -> bool:
    """Scans are made smaller or larger: the stripes fit each other, and the page by at most a third."""
    unit = sum(length for _, length in part) / sum(stripes)
    if not 0.66 * millimetre < unit < 1.5 * millimetre:
        return False
    return all(
        abs(length - stripe * unit) < _TOLERANCE * stripe * unit
        for (_, length), stripe in zip(part, stripes, strict=True)
    )


def _runs(profile: Sequence[float]) -> list[tuple[bool, int]]:
    """(black, lines) of the stretches of a strip; lines that are neither belong to the stretch before."""
    found: list[tuple[bool, int]] = []
    for share in profile:
        black = share > _DARK if not found or not found[-1][0] else share > _LIGHT
        if found and found[-1][0] == black:
            found[-1] = (black, found[-1][1] + 1)
        else:
            found.append((black, 1))
    return found
