"""Plugin of OCRmyPDF: the image that is read is without red, the page that is kept is not changed by it.

How far a page lies askew is told by the same measure as on the quick path: Tesseract would be started once more for it.

Pages on their way from one step to the next are not packed, for the grain of a scan costs seconds; what is kept is
packed again, and what only went from step to step is erased with its page.
"""

from pathlib import Path
from typing import IO

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from PIL import Image

from vanthu.reading.ocr import pictures

Image.init()
_as_png, _plain = Image.SAVE["PNG"], Image.SAVE["TIFF"]


def _write(image: Image.Image, file: IO[bytes], name: str | bytes) -> None:
    """A file on its way, whatever its name says, is a TIFF that is not packed; readers go by content."""
    on_its_way = name and image.mode in ("L", "RGB")
    (_plain if on_its_way else _as_png)(image, file, name)


Image.register_save("PNG", _write)


class Engine(TesseractOcrEngine):
    @staticmethod
    def get_deskew(input_file: Path, options: object) -> float:
        """Degrees, counter-clockwise, by which the page is to be turned."""
        with Image.open(input_file) as page:
            grey = page.getchannel("R") if page.mode == "RGB" else page.convert("L")
        return -pictures.skew(grey)

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: object) -> None:
        """The last step of a page: its images on the way are not needed any more."""
        TesseractOcrEngine.generate_hocr(input_file, output_hocr, output_text, options)  # type: ignore[no-untyped-call]
        of_page = input_file.name.partition("_")[0]
        for image in input_file.parent.glob(f"{of_page}_*.png"):
            image.unlink()


@hookimpl
def get_ocr_engine(options: object) -> Engine:
    return Engine()


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
