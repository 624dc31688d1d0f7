"""Barcodes on scanned pages: the one of this product says that another document begins, others say nothing to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanthu.kernel.later import later

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    import zxingcpp
    from PIL import Image
else:
    zxingcpp = later("zxingcpp")

NEW_DOCUMENT = "VANTHU:VAN-BAN-MOI"  # what the barcode of a separator sheet says
LONGER_SIDE = 1754  # pixels of the page that is read: A4 at 150 dots per inch


def drawing(text: str) -> str:
    """A QR code as SVG with its quiet zone; a third of it may be soiled."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    return made.to_svg(add_quiet_zones=True).partition("?>")[2].partition(">")[2]


def new_document(label: str = "") -> str:
    """What the barcode of a sheet says; the label tells what is known of the documents that it announces."""
    return f"{NEW_DOCUMENT}|{label}" if label else NEW_DOCUMENT


def label_of(image: Image.Image) -> str | None:
    """The label of the separator sheet that a page, in greys, carries however it lies; None for any other page."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    for one in found:
        begins, _, label = one.text.partition("|")
        if begins == NEW_DOCUMENT:
            return str(label)
    return None


def for_reading(page: pdfium.PdfPage) -> Image.Image:
    """The page in greys, large enough for its barcodes."""
    scale = LONGER_SIDE / max(*page.get_size(), 1)
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return image.convert("L")
