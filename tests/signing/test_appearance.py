"""What signatures look like on the page: cases A, B, D and E of Decree 30/2020, Annex I, measured in rendered pages."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw

from tests.signing.papers import SIGNER
from vanthu.signing import fonts, pades
from vanthu.signing.appearance import (
    Appearance,
    Picture,
    attachment_line,
    copy_line,
    invented_seal,
    invented_signature,
    stamp_style,
)
from vanthu.signing.fields import prepare, prepare_attachment
from vanthu.signing.geometry import POINTS_PER_MM, Rect
from vanthu.signing.places import LEADER, OFFICE, Places, corner_rect, find_places
from vanthu.signing.textlines import lines_of
from vanthu_tools.test_pki import Authority, Holder

SCALE = 4  # pixels per point
AT = datetime(2026, 11, 22, 7, 5, 33, tzinfo=UTC)
LONG_NAME = "Viện kiểm sát nhân dân khu vực 7 thuộc Viện kiểm sát nhân dân thành phố Hồ Chí Minh"

type Draw = Callable[[Path, str, Appearance], Path]


@pytest.fixture
def draw(authority: Authority, tmp_path: Path) -> Draw:
    """Writes a file with an appearance in one of its fields; the signature itself is still missing."""
    chain = [authority.issue(Holder("person", 1, SIGNER, "VKSND")).certificate, authority.certificate("ca")]

    def drawn(form: Path, field: str, appearance: Appearance) -> Path:
        out = tmp_path / f"{field}-drawn.pdf"
        pades.prepare(form, out, field=field, chain=chain, style=stamp_style(appearance))
        return out

    return drawn


def flat_page(path: Path) -> pdfium.PdfPage:
    """Page 1 with everything that a reader sees as part of it."""
    document = pdfium.PdfDocument(path)
    document.init_forms()
    page = document[0]
    assert page.flatten() != pdfium_c.FLATTEN_FAIL
    page.close()
    return document[0]


def coloured(page: pdfium.PdfPage, strong: int, weak: int) -> Rect:
    """Where one channel of colour clearly outweighs another (0 red, 2 blue), in points."""
    image = page.render(scale=SCALE).to_pil().convert("RGB")
    channels = image.split()
    excess = ImageChops.subtract(channels[strong], channels[weak])
    box = Image.eval(excess, lambda value: 255 if value > 60 else 0).getbbox()
    assert box, "nothing of this colour"
    left, top, right, bottom = (value / SCALE for value in box)
    height = page.get_height()
    return Rect(left, height - bottom, right, height - top)


def forms_of(paper: Path, folder: Path, millimetres: float = 36) -> tuple[Path, Places]:
    places = find_places(paper, SIGNER, seal=millimetres * POINTS_PER_MM)
    prepare(paper, places, folder / "form.pdf")
    return folder / "form.pdf", places


def test_a_the_blue_signature_stands_centred_between_title_and_name(
    paper: Path, draw: Draw, tmp_path: Path
) -> None:
    form, places = forms_of(paper, tmp_path)
    seen = coloured(flat_page(draw(form, LEADER, invented_signature(SIGNER))), strong=2, weak=0)
    lines = [part for line in lines_of(pdfium.PdfDocument(paper)[0]) for part in line.columns()]
    name = [one for one in lines if one.text == SIGNER][-1]
    title = next(one for one in lines if one.text == "PHÓ VIỆN TRƯỞNG")
    assert seen.centre[0] == pytest.approx(name.rect.centre[0], abs=1.5)
    assert seen.centre[1] == pytest.approx((title.rect.bottom + name.rect.top) / 2, abs=1.5)
    assert name.rect.top < seen.bottom < seen.top < title.rect.bottom
    assert seen.width == pytest.approx(places.found[LEADER].rect.width, abs=1.5)


@pytest.mark.parametrize("millimetres", [36, 30, 42])
def test_b_the_red_seal_has_its_real_size_over_a_third_of_the_signature(
    paper: Path, draw: Draw, tmp_path: Path, millimetres: float
) -> None:
    form, places = forms_of(paper, tmp_path, millimetres)
    seen = coloured(flat_page(draw(form, OFFICE, invented_seal("Viện kiểm sát"))), strong=0, weak=2)
    signature = places.found[LEADER].rect
    assert seen.width / POINTS_PER_MM == pytest.approx(millimetres, abs=0.3)
    assert seen.height / POINTS_PER_MM == pytest.approx(millimetres, abs=0.3)
    assert seen.right == pytest.approx(signature.left + signature.width / 3, abs=0.6)
    assert seen.centre[1] == pytest.approx(signature.centre[1], abs=0.6)


@pytest.mark.parametrize("side", [80, 900])
def test_a_seal_is_as_large_whatever_the_picture_measures_and_leaves_empty(
    paper: Path, draw: Draw, tmp_path: Path, side: int
) -> None:
    image = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((side // 4, side // 4, side // 2, side // 2), fill=(200, 16, 24, 255))
    png = io.BytesIO()
    image.save(png, "PNG")
    form, _ = forms_of(paper, tmp_path)
    seen = coloured(flat_page(draw(form, OFFICE, Picture(png.getvalue()))), strong=0, weak=2)
    assert seen.width / POINTS_PER_MM == pytest.approx(36, abs=0.5)


def test_the_text_shines_through_pictures(paper: Path, draw: Draw, tmp_path: Path) -> None:
    form, _ = forms_of(paper, tmp_path)
    before = {line.text for line in lines_of(pdfium.PdfDocument(paper)[0])}
    page = flat_page(draw(form, OFFICE, invented_seal("Viện kiểm sát")))
    assert before == {line.text for line in lines_of(page)}
    picture = page.render(scale=1).to_pil().convert("RGB")
    left, bottom, right, top = find_places(paper, SIGNER).found[OFFICE].rect
    inside = picture.crop((int(left), int(842 - top), int(right), int(842 - bottom)))
    assert inside.getcolors(100_000) is not None
    whites = sum(count for count, colour in inside.getcolors(100_000) or () if min(colour) > 250)
    assert whites > 0.3 * inside.width * inside.height


def said_in_corner(path: Path) -> str:
    """The words at the top right of page 1, all inside the corner and one of them at its edge."""
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
    corner = corner_rect(Rect(0, 0, 595.276, 841.89))
    words = [
        (Rect(left, 841.89 - bottom, right, 841.89 - top), unescape(word))
        for left, top, right, bottom, word in _boxes(done.stdout)
        if 841.89 - bottom > corner.bottom - 2
    ]
    for place, word in words:
        assert corner.left - 0.5 < place.left < place.right < corner.right + 0.5, word
    assert max(place.right for place, _ in words) == pytest.approx(corner.right, abs=2)
    return " ".join(word for _, word in words)


def _boxes(html: str) -> Iterator[tuple[float, float, float, float, str]]:
    for found in re.finditer(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', html):
        left, top, right, bottom = (float(found[number]) for number in (1, 2, 3, 4))
        yield left, top, right, bottom, found[5]


def letters_of(path: Path) -> set[tuple[float, str, str]]:
    """(size in points, typeface, what is painted) of all that the signature's appearance draws."""
    with pikepdf.open(path) as document:
        field = next(one for one in document.Root.AcroForm.Fields if str(one.T) == OFFICE)
        return set(_drawn(field.AP.N, 1.0))


def _drawn(form: pikepdf.Object, scale: float) -> Iterator[tuple[float, str, str]]:
    face, size, scales = "", 0.0, [scale]
    for one in pikepdf.parse_content_stream(form):
        operands: Any = one.operands
        match str(one.operator):
            case "q":
                scales.append(scales[-1])
            case "Q":
                scales.pop()
            case "cm":
                scales[-1] *= float(operands[0])
            case "Tf":
                face, size = str(form.Resources.Font[operands[0]].BaseFont), float(operands[1])
            case "Tj" | "TJ":
                yield round(size * scales[-1], 3), face.partition("+")[2], "text"
            case "rg" | "RG" | "k" | "K" | "sc" | "scn":
                assert {float(value) for value in operands} == {0}, "only black"
            case "Do":
                inner = form.Resources.XObject[operands[0]]
                if inner.Subtype == "/Image":
                    yield 0, "", "image"
                else:
                    yield from _drawn(inner, scales[-1])


TIMES_10 = {(10.0, "Tinos-Identity-H", "text")}


def test_d_an_attachment_has_words_in_its_corner_and_no_picture(
    paper: Path, draw: Draw, tmp_path: Path
) -> None:
    prepare_attachment(paper, tmp_path / "form.pdf")
    drawn = draw(tmp_path / "form.pdf", OFFICE, attachment_line("129/KH-VKS", AT))
    assert said_in_corner(drawn) == "129/KH-VKS; 22/11/2026 14:05:33 +07:00"
    assert letters_of(drawn) == TIMES_10


@pytest.mark.parametrize("office", ["Viện kiểm sát nhân dân tỉnh Bắc Ninh", LONG_NAME])
def test_e_a_copy_has_form_office_and_time_in_letters_of_the_same_size(
    paper: Path, draw: Draw, tmp_path: Path, office: str
) -> None:
    prepare_attachment(paper, tmp_path / "form.pdf")
    drawn = draw(tmp_path / "form.pdf", OFFICE, copy_line("SAO Y", office, AT))
    assert said_in_corner(drawn) == f"SAO Y; {office.upper()}; 2026-11-22T14:05:33+07:00"
    assert letters_of(drawn) == TIMES_10


def test_set_up_cuts_both_faces(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    fonts.face.cache_clear()
    try:
        fonts.cut_faces()
    finally:
        fonts.face.cache_clear()
    assert sorted(one.name for one in (tmp_path / "fonts").iterdir()) == [
        "Tinos-Italic-1000.ttf",
        "Tinos-Regular-1000.ttf",
    ]


def test_the_typeface_is_times_cut_to_vietnamese_letters() -> None:
    prepared = fonts.face()
    assert prepared.stat().st_size < 80_000
    face = TTFont(prepared)
    assert face["head"].unitsPerEm == 1000
    assert face["name"].getBestFamilyName() == "Tinos"
    letters = set(face.getBestCmap())
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    composed = (unicodedata.normalize("NFC", vowel + mark) for vowel in "AĂÂEÊIOÔƠUƯY" for mark in marks)
    capitals = "Đ" + "".join(composed)
    vietnamese = capitals + capitals.lower()
    assert len(vietnamese) == 146
    assert {ord(letter) for letter in vietnamese} <= letters
