"""Plugin of OCRmyPDF: the image that is read is without red, the page that is kept is not changed by it."""

from ocrmypdf import hookimpl
from PIL import Image


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
