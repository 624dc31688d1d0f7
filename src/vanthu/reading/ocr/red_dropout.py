"""Plugin of OCRmyPDF: the image that is read is without red, the page that is kept is not changed by it.

Pages on their way from one step to the next are packed lightly: the grain of a scan costs seconds to pack well, and
what is kept is packed again.
"""

from typing import IO

from ocrmypdf import hookimpl
from PIL import Image

_LIGHTLY = 1  # level of zlib

Image.preinit()
_pack = Image.SAVE["PNG"]


def _pack_lightly(image: Image.Image, file: IO[bytes], name: str | bytes) -> None:
    if image.mode in ("L", "RGB"):
        image.encoderinfo.setdefault("compress_level", _LIGHTLY)
    _pack(image, file, name)


Image.register_save("PNG", _pack_lightly)


@hookimpl
def filter_ocr_image(page: object, image: Image.Image) -> Image.Image:
    """Red stamps vanish and what they covered can be read."""
    if image.mode != "RGB":
        return image
    resolution = image.info.get("dpi")
    grey = image.getchannel("R")
    if resolution:
        grey.info["dpi"] = resolution
    return grey
