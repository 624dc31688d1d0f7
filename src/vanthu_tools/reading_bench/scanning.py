"""A printed document as a scanner gives it: stamp and signature over the name, askew, grained, compressed."""

import io
import math
import random
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from vanthu_tools.reading_bench import arriving

_RED, _BLUE = (214, 32, 44), (28, 52, 150)


@dataclass(frozen=True, slots=True)
class Quality:
    """A way to scan: degrees askew at most, strength of the grain (0 to 255), quality of the JPEG."""

    name: str
    dpi: int
    skew: float
    grain: float
    jpeg: int
    blur: float


SCANS = (
    Quality("300 dpi", 300, 0.5, 9, 80, 0.0),
    Quality("200 dpi", 200, 0.5, 9, 75, 0.0),
    Quality("150 dpi, stamp and skew", 150, 1.6, 13, 65, 0.3),
)


def scan(pdf: bytes, signer: str, quality: Quality, seed: str, *, received: bool = False) -> bytes:
    """The PDF of a scan of every page; the seal lies on the page that has the signer's name.

    `received` puts the stamp of a registry on the first page of some.
    """
    draw = random.Random(seed)
    pages: list[Image.Image] = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            image = page.render(scale=quality.dpi / 72).to_pil().convert("RGB")
            place = _place(page, signer)
            if place is not None:
                _sign(image, place, quality.dpi / 72, draw)
            if received and not pages:
                arriving.stamp(image, quality.dpi, random.Random(f"{seed} received"))
            pages.append(_worn(image, quality, draw))
    stream = io.BytesIO()
    first, *others = pages
    first.save(
        stream, "PDF", resolution=quality.dpi, quality=quality.jpeg, save_all=True, append_images=others
    )
    return stream.getvalue()


def _place(page: pdfium.PdfPage, signer: str) -> tuple[float, float] | None:
    """The middle of the signer's name in points from the upper left."""
    text = page.get_textpage()
    found = text.search(signer)
    last = None
    while (hit := found.get_next()) is not None:
        last = hit
    if last is None:
        return None
    boxes = [text.get_rect(at) for at in range(text.count_rects(*last))]
    left, top = min(box[0] for box in boxes), max(box[3] for box in boxes)
    right = max(box[2] for box in boxes)
    return (left + right) / 2, page.get_height() - top


def _sign(image: Image.Image, place: tuple[float, float], unit: float, draw: random.Random) -> None:
    """A blue signature over the name's head, and a red round stamp (36 mm) over a third of it on its left."""
    x, y = place[0] * unit, place[1] * unit
    ink = ImageDraw.Draw(image)
    points = [
        (x + unit * (at * 2.4 - 48), y - unit * (34 + 15 * math.sin(at * draw.uniform(0.5, 0.9)) + draw.uniform(-4, 4)))
        for at in range(40)
    ]  # fmt: skip
    ink.line(points, fill=_BLUE, width=max(1, round(1.3 * unit)), joint="curve")
    over = Image.new("RGB", image.size, "white")
    red = ImageDraw.Draw(over)
    radius = 51 * unit
    middle = (x - unit * draw.uniform(38, 55), y - unit * draw.uniform(26, 42))
    for size, width in ((radius, 2.4), (radius * 0.94, 0.9), (radius * 0.62, 0.9)):
        red.ellipse(
            [middle[0] - size, middle[1] - size, middle[0] + size, middle[1] + size],
            outline=_RED,
            width=max(1, round(width * unit)),
        )
    for spoke in range(60):
        angle = spoke * math.tau / 60
        near, far = radius * 0.7, radius * draw.uniform(0.78, 0.9)
        ends = [(middle[0] + r * math.cos(angle), middle[1] + r * math.sin(angle)) for r in (near, far)]
        red.line(ends, fill=_RED, width=max(1, round(1.6 * unit)))
    star = [
        (middle[0] + radius * r * math.sin(at * math.pi / 5), middle[1] - radius * r * math.cos(at * math.pi / 5))
        for at, r in enumerate((0.5, 0.2) * 5)
    ]  # fmt: skip
    red.polygon(star, fill=_RED)
    image.paste(ImageChops.multiply(image, over))


def _worn(image: Image.Image, quality: Quality, draw: random.Random) -> Image.Image:
    """Greyer paper, grain, a little out of focus, askew; then through the JPEG of the scanner."""
    paper = draw.randint(242, 252)
    image = ImageChops.multiply(image, Image.new("RGB", image.size, (paper, paper, paper - 3)))
    if quality.blur:
        image = image.filter(ImageFilter.GaussianBlur(quality.blur))
    image = image.rotate(
        draw.uniform(-quality.skew, quality.skew), Image.Resampling.BICUBIC, fillcolor=(250, 250, 248)
    )
    grain = _grain(image.size, quality.grain, draw)
    image = ImageChops.add(image, grain, offset=-128)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality.jpeg)
    return Image.open(io.BytesIO(stream.getvalue())).convert("RGB")


def _grain(size: tuple[int, int], strength: float, draw: random.Random) -> Image.Image:
    """Grey noise about 128, the same for the same seed: a tile of it laid over the page."""
    edge = 256
    tile = Image.frombytes(
        "L", (edge, edge), bytes(max(0, min(255, round(draw.gauss(128, strength)))) for _ in range(edge * edge))
    )  # fmt: skip
    whole = Image.new("L", size)
    for left in range(0, size[0], edge):
        for top in range(0, size[1], edge):
            turned = tile.transpose(Image.Transpose(draw.randrange(7)))
            whole.paste(turned, (left, top))
    return whole.convert("RGB")
