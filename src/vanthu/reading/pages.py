"""Page images for the screen: 16 greys where the page is black on white, a colour palette where there is a seal."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from vanthu.reading.pdfium import opened, page_of

MOST_PIXELS = 12_000_000  # an image is never larger, however long the page
_GREYS, _COLOURS = 16, 64
# A page has colour when at least this share of a thumbnail's pixels differ by _CHROMA between two of their channels.
# Yellowed paper stays below, a stamp of 30 mm and a signature in blue ink lie far above.
_CHROMA, _COLOURED_SHARE = 60, 0.0004
_THUMBNAIL_WIDTH = 400
_WHITE = 250


def page_count(pdf_path: Path) -> int:
    """How many pages a PDF has; raises `Invalid` when it cannot be opened."""
    with opened(pdf_path) as document:
        return len(document)


def render(pdf_path: Path, page: int, width: int) -> bytes:
    """A page (from 1) as PNG, `width` pixels wide, with its form fields and signatures drawn.

    Raises `Invalid` for a broken file or a page that is not there.
    """
    with opened(pdf_path) as document:
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()
            # pdfium paints fields light blue for the screen; a document is shown as it prints
            pdfium_c.FPDF_SetFormFieldHighlightAlpha(document.formenv, 0)
        with page_of(document, page) as opened_page:
            image = opened_page.render(scale=_scale(opened_page, width)).to_pil().convert("RGB")
    stream = BytesIO()
    _reduced(image).save(stream, "PNG")
    return stream.getvalue()


def has_colour(image: Image.Image) -> bool:
    """Whether an RGB page carries a red seal, blue ink or the like."""
    small = image.copy()
    small.thumbnail((_THUMBNAIL_WIDTH, _THUMBNAIL_WIDTH * 4))
    red, green, blue = small.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    coloured = sum(ImageChops.difference(brightest, darkest).histogram()[_CHROMA:])
    return coloured >= _COLOURED_SHARE * small.width * small.height


def _scale(page: pdfium.PdfPage, width: int) -> float:
    """Pixels per point; the page's own rotation is already in its size."""
    page_width, page_height = page.get_size()
    wanted = width / max(page_width, 1)
    most = (MOST_PIXELS / max(page_width * page_height, 1)) ** 0.5
    return float(min(wanted, most))


def _reduced(image: Image.Image) -> Image.Image:
    if has_colour(image):
        coloured = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        coloured.putpalette(_whitened(coloured.getpalette() or []))
        return coloured
    step = 255 / (_GREYS - 1)
    levels = image.convert("L").point([round(value / step) for value in range(256)])
    levels = Image.frombytes("P", levels.size, levels.tobytes())
    levels.putpalette([channel for level in range(_GREYS) for channel in [round(level * step)] * 3])
    return levels


def _whitened(palette: list[int]) -> list[int]:
    """The quantizer averages paper to 254: make it white again."""
    return [255 if value >= _WHITE else value for value in palette]
