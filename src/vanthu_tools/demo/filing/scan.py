"""Paper on a scanner: a stamp and a hand on the letter, then pages as slightly skewed, noisy images in a PDF."""

from io import BytesIO
from random import Random

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter

SCALE = 150 / 72
QUALITY = 55
PAPER = (250, 249, 244)
SKEW_DEGREES = 0.9
NOISE = 9


def stamp_and_hand(random: Random, office: str) -> str:
    """SVG of a round red stamp over a third of a signature in blue ink."""
    points = [(60 + step * random.randint(16, 24), 45 + random.randint(-26, 26)) for step in range(7)]
    path = f"M40 60 C {' '.join(f'{x} {y}' for x, y in points[:3])} S {' '.join(f'{x} {y}' for x, y in points[3:5])}"
    path += f" S {' '.join(f'{x} {y}' for x, y in points[5:7])} q 20 -30 34 6 t 40 -10"
    words = office.upper()[:38]
    tilt = random.randint(-14, 14)
    return (
        '<svg viewBox="0 0 260 140">'
        f'<path d="{path}" fill="none" stroke="#1b3a9c" stroke-width="2.4" stroke-linecap="round"/>'
        f'<g transform="rotate({tilt} 62 66)" fill="none" stroke="#c8102e" opacity=".82">'
        '<circle cx="62" cy="66" r="56" stroke-width="3"/><circle cx="62" cy="66" r="38" stroke-width="1.6"/>'
        f'<text x="62" y="27" fill="#c8102e" stroke="none" font-size="6.4" text-anchor="middle">{words}</text>'
        '<path d="M62 44l5.6 15.6 16.4.4-13 10 4.7 15.8L62 76.4 48.3 85.8 53 70l-13-10 16.4-.4z" fill="#c8102e"/>'
        "</g></svg>"
    )


def scanned(document: bytes, random: Random) -> bytes:
    """The pages as images: 150 dots per inch, a little crooked, with the grain of paper."""
    source = pdfium.PdfDocument(document)
    try:
        pages = [crooked(page.render(scale=SCALE).to_pil(), random) for page in source]
    finally:
        source.close()
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=QUALITY)
    return out.getvalue()


def crooked(page: Image.Image, random: Random) -> Image.Image:
    """One page as it comes from the glass."""
    angle = random.uniform(-SKEW_DEGREES, SKEW_DEGREES)
    turned = page.convert("RGB").rotate(angle, Image.Resampling.BICUBIC, fillcolor=PAPER)
    tinted = ImageChops.multiply(turned, Image.new("RGB", turned.size, PAPER))
    grain = Image.effect_noise(turned.size, NOISE).convert("RGB")
    return Image.blend(tinted, ImageChops.multiply(tinted, grain.point(bright)), 0.35).filter(
        ImageFilter.GaussianBlur(0.35)
    )


def bright(value: int) -> int:
    """Noise around the middle becomes noise under white."""
    return min(255, value + 122)
