"""The stamp "ĐẾN" that a registry puts on paper it receives, where a scanned page is blank."""

import io
import random

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from weasyprint import HTML

_WIDE, _HIGH = 34, 21
"""Of the stamp, in millimetres."""
_SHARE = 0.4
"""Of the scans that get one."""
_INK = 170
"""Darker than this (0 to 255) is ink."""


def stamp(image: Image.Image, dpi: int, draw: random.Random) -> None:
    """Put the stamp on some first pages, a little turned, in a blank place about the head."""
    if draw.random() >= _SHARE:
        return
    day = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/2026"
    one = _stamp(draw.randint(1, 4200), day, dpi).rotate(
        draw.uniform(-4, 4), Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    )
    grey = image.convert("L")
    unit = dpi / 25.4
    places = [(round(x * unit), round(y * unit)) for x in (3, 32, 60, 110, 140, 168) for y in range(2, 80, 3)]
    blank = [
        (x, y)
        for x, y in places
        if x + one.width <= image.width and _darkest(grey, (x, y, x + one.width, y + one.height)) > _INK
    ]
    if not blank:
        return
    at = draw.choice(blank)
    box = (*at, at[0] + one.width, at[1] + one.height)
    image.paste(ImageChops.multiply(image.crop(box), one), box)


def _darkest(grey: Image.Image, box: tuple[int, int, int, int]) -> int:
    """The darkest of the pixels in the box."""
    lowest, _ = grey.crop(box).getextrema()
    return int(lowest)  # type: ignore[arg-type] # one band gives one number


def _stamp(number: int, day: str, dpi: int) -> Image.Image:
    """A red frame with its words, number and date written by hand in blue."""
    hand = "font:italic 10pt Tinos;color:#1c3496"
    html = f"""<style>@page{{size:{_WIDE}mm {_HIGH}mm;margin:1mm}}
body{{margin:0;color:#d6202c;font:bold 8pt Tinos}}
div{{border:1pt solid #d6202c;height:{_HIGH - 2.8}mm;padding:0 1.5mm}}
p{{margin:1pt 0}} h1{{font-size:12pt;margin:1pt;text-align:center}}
</style><div><h1>ĐẾN</h1><p>Số: <span style="{hand}">{number}</span></p><p>Ngày: <span style="{hand}">{day}</span></p>
<p>Chuyển: ...................</p></div>"""
    with pdfium.PdfDocument(io.BytesIO(HTML(string=html).write_pdf())) as document:
        image: Image.Image = document[0].render(scale=dpi / 72).to_pil()
    return image.convert("RGB")
