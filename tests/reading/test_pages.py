"""Page images are small, true to the paper, and coloured only where the page is."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.reading.conftest import Put, pdf_of, spoiled
from vanthu.kernel.refusals import Invalid
from vanthu.reading.pages import page_count, render


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "PNG"
    return image


@pytest.mark.parametrize("width", [800, 1200])
def test_a_page_of_text_is_sixteen_greys(put: Put, clean_pdf, width: int) -> None:
    data = render(put("a.pdf", clean_pdf), 1, width)
    image = opened(data)
    assert image.mode == "P"
    assert abs(image.width - width) <= 1
    assert abs(image.height - width * 297 / 210) <= 2
    colours = image.convert("RGB").getcolors(256)
    assert colours is not None
    assert len(colours) <= 16
    assert all(red == green == blue for _, (red, green, blue) in colours)
    assert len(data) < 60_000


@pytest.mark.parametrize("colour", ["#d00000", "#1030c0"])
def test_a_seal_or_blue_signature_keeps_its_colour(put: Put, colour: str) -> None:
    seal = f"<div style='width:30mm;height:30mm;border-radius:50%;border:1mm solid {colour}'></div>"
    image = opened(render(put("a.pdf", pdf_of(f"<p>Viện trưởng</p>{seal}")), 1, 800)).convert("RGB")
    wanted = tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
    colours = image.getcolors(1 << 20) or []
    assert any(all(abs(a - b) < 24 for a, b in zip(found, wanted, strict=True)) for _, found in colours)
    assert image.getpixel((2, 2)) == (255, 255, 255)


def test_a_filled_field_is_drawn_without_a_blue_ground(put: Put, clean_pdf) -> None:
    def add_field(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 g 10 5 40 10 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 60, 20])
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="SoVB", V="12", F=4,
            Rect=[300, 700, 360, 720], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        widget = pdf.make_indirect(field)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([widget]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[widget])

    page = put("a.pdf", spoiled(clean_pdf, add_field))
    image = opened(render(page, 1, 595)).convert("RGB")
    assert image.getpixel((330, 842 - 710)) == (0, 0, 0)
    assert image.getpixel((303, 842 - 702)) == (255, 255, 255)


def test_a_page_that_is_not_there(put: Put, clean_pdf) -> None:
    path = put("a.pdf", clean_pdf)
    assert page_count(path) == 2
    for page in (0, 3, -1):
        with pytest.raises(Invalid, match="Không đọc được trang"):
            render(path, page, 800)


def test_a_broken_file(put: Put, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="không mở được"):
        page_count(put("a.pdf", b"%PDF-1.7 nothing"))


def test_a_very_long_page_stays_within_bounds(put: Put) -> None:
    data = pdf_of("<p>dài</p>", "@page{size:50mm 4000mm;margin:5mm}")
    image = opened(render(put("a.pdf", data), 1, 1200))
    assert image.width * image.height <= 12_100_000
