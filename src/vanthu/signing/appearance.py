"""What a signature looks like on the page (Decree 30/2020, Annex I): picture, one line of text, or nothing."""

import io
import math
import random
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import BaseStampStyle, StaticStampStyle, TextStampStyle

from vanthu.signing import fonts
from vanthu.signing.places import CORNER

_BLUE, _RED = (16, 52, 166), (200, 16, 24)
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_SIZE, _LEADING = 10, 12  # points
_FINEST = 600  # pixels of the longer side: 300 per inch at 50 mm
_DRAWN_SIZE = 3  # pictures are drawn this many times larger and then reduced, for smooth edges


@dataclass(frozen=True, slots=True)
class Picture:
    """A transparent PNG: the blue signature of a person (case A) or the red seal of an office (case B).

    What is visible of it fills the field, in its own proportions: a seal is as large as its field.
    """

    png: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """A line in the corner of an attachment or a copy (cases D and E): Times, upright, 10 pt, black."""

    line: str


@dataclass(frozen=True, slots=True)
class Invisible:
    """Nothing on the page."""


type Appearance = Picture | Text | Invisible


def attachment_line(symbol: str, at: datetime) -> Text:
    """Case D: number and symbol of the document, and the time of signing in Vietnam with its zone (ISO 8601)."""
    return Text(f"{symbol}; {at.astimezone(_HANOI):%d/%m/%Y %H:%M:%S %:z}")


def copy_line(form: str, office: str, at: datetime) -> Text:
    """Case E: form of copying, office that copies, and the time of signing in Vietnam with its zone (ISO 8601)."""
    moment = at.astimezone(_HANOI).isoformat(timespec="seconds")
    return Text(f"{form}; {office.upper()}; {moment}")


def stamp_style(appearance: Appearance) -> BaseStampStyle:
    """The appearance as pyHanko draws it into the rectangle of the signature field."""
    match appearance:
        case Picture(png):
            return StaticStampStyle(
                background=PdfImage(_visible(png)),
                background_opacity=1.0,
                border_width=0,
                background_layout=_placed(AxisAlignment.ALIGN_MID, InnerScaling.STRETCH_TO_FIT),
            )
        case Text(line):
            layout = _placed(AxisAlignment.ALIGN_MAX, InnerScaling.NO_SCALING)
            style = TextBoxStyle(
                font=fonts.serif(_SIZE), font_size=_SIZE, leading=_LEADING, box_layout_rule=layout
            )
            text = "\n".join(_wrapped(line)).replace("%", "%%")
            return TextStampStyle(
                text_box_style=style, stamp_text=text, border_width=0, inner_content_layout=layout
            )
        case Invisible():
            return StaticStampStyle(border_width=0)


def _placed(across: AxisAlignment, scaling: InnerScaling) -> SimpleBoxLayoutRule:
    return SimpleBoxLayoutRule(
        x_align=across,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins.uniform(0),
        inner_content_scaling=scaling,
    )


@lru_cache(maxsize=64)
def _visible(png: bytes) -> Image.Image:
    """The picture without its transparent margins, and no finer than paper shows."""
    with Image.open(io.BytesIO(png)) as opened:
        image = opened.convert("RGBA")
    image = image.crop(image.getchannel("A").getbbox())
    image.thumbnail((_FINEST, _FINEST), Image.Resampling.LANCZOS)
    return image


def _wrapped(line: str) -> list[str]:
    """The line broken at spaces so that no part is wider than the corner; its letters keep their size."""
    face = _measuring_face()
    lines: list[str] = []
    for word in line.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) * _SIZE / face.size <= CORNER[0] - 2:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _measuring_face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_face(), 1000)


@lru_cache(maxsize=64)
def invented_signature(name: str) -> Picture:
    """A blue signature for an invented person, the same for the same name; 600 x 300 pixels, transparent."""
    chance = random.Random(name)  # noqa: S311 - a drawing, not a secret
    width, height = 600 * _DRAWN_SIZE, 300 * _DRAWN_SIZE
    image = Image.new("RGBA", (width, height), (*_BLUE, 0))
    pen = ImageDraw.Draw(image)
    letters = len(name.rsplit(maxsplit=1)[-1]) + 3
    points = [(0.12 * width, 0.62 * height)]
    for number in range(letters * 2):
        x = width * (0.14 + 0.66 * (number + chance.uniform(-1.3, 1.3)) / (letters * 2))
        tall = 0.06 if number < 2 else chance.choice((0.24, 0.42, 0.46))  # the first letter is large
        y = height * (chance.uniform(tall, tall + 0.10) if number % 2 == 0 else chance.uniform(0.54, 0.74))
        points.append((x, y))
    _stroke(pen, points, 5 * _DRAWN_SIZE)
    flourish = [
        (0.84 * width, 0.52 * height),
        (0.95 * width, chance.uniform(0.60, 0.72) * height),
        (0.50 * width, chance.uniform(0.80, 0.92) * height),
        (0.08 * width, chance.uniform(0.74, 0.86) * height),
        (0.90 * width, chance.uniform(0.66, 0.78) * height),
    ]
    _stroke(pen, [points[-1], *flourish], 4 * _DRAWN_SIZE)
    return Picture(_png(image))


@lru_cache(maxsize=64)
def invented_seal(office_name: str) -> Picture:
    """A red round seal for the demonstration: rings, star, the name around; 440 x 440 pixels, transparent."""
    side = 440 * _DRAWN_SIZE
    image = Image.new("RGBA", (side, side), (*_RED, 0))
    pen = ImageDraw.Draw(image)
    for edge, line in ((0.01, 0.014), (0.045, 0.005), (0.235, 0.005)):
        box = (edge * side, edge * side, (1 - edge) * side, (1 - edge) * side)
        pen.ellipse(box, outline=_RED, width=round(line * side))
    _star(pen, side / 2, side / 2, side * 0.18)
    _around(image, office_name.upper(), radius=side * 0.365, most=math.radians(286), top=True)
    _around(image, "TRÌNH DIỄN", radius=side * 0.365, most=math.radians(52), top=False)
    return Picture(_png(image))


def _stroke(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: int) -> None:
    """A smooth curve through the points (Catmull-Rom), thicker on the way down like ink."""
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        steps = 8 + round(math.dist(b, c) / (0.3 * width))
        for step in range(steps):
            t = step / steps
            x, y = (_between(a[i], b[i], c[i], d[i], t) for i in (0, 1))
            radius = width * (0.62 if c[1] > b[1] else 0.42)
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_BLUE)


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    corners = []
    for number in range(10):
        reach = radius if number % 2 == 0 else radius * 0.382
        angle = math.pi * number / 5
        corners.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    pen.polygon(corners, fill=_RED)


def _around(image: Image.Image, text: str, *, radius: float, most: float, top: bool) -> None:
    """Write `text` on a circle, in at most `most` radians, readable from inside at the top or at the bottom."""
    side = image.width
    size = int(side * 0.085)
    font = ImageFont.truetype(_face(), size)
    while size > side * 0.03 and font.getlength(text) * 1.06 / radius > most:
        size -= 2
        font = ImageFont.truetype(_face(), size)
    spread = font.getlength(text) * 1.06 / radius
    angle = -spread / 2
    for letter in text:
        step = font.getlength(letter) * 1.06 / radius
        middle = angle + step / 2
        turn = middle if top else math.pi - middle
        tile = _letter(letter, font, size)
        turned = tile.rotate(-math.degrees(middle if top else -middle), resample=Image.Resampling.BICUBIC)
        x, y = side / 2 + radius * math.sin(turn), side / 2 - radius * math.cos(turn)
        image.alpha_composite(turned, (round(x - turned.width / 2), round(y - turned.height / 2)))
        angle += step


def _letter(letter: str, font: ImageFont.FreeTypeFont, size: int) -> Image.Image:
    tile = Image.new("RGBA", (size * 2, size * 2), (*_RED, 0))
    ImageDraw.Draw(tile).text(
        (size, size * 1.35),
        letter,
        font=font,
        fill=_RED,
        anchor="ms",
        stroke_width=size // 40,
        stroke_fill=_RED,
    )
    return tile


def _face() -> Path:
    return fonts.source_face()


def _png(image: Image.Image) -> bytes:
    smaller = image.resize(
        (image.width // _DRAWN_SIZE, image.height // _DRAWN_SIZE), Image.Resampling.LANCZOS
    )
    out = io.BytesIO()
    smaller.save(out, "PNG", optimize=True)
    return out.getvalue()
