"""A scan is read in Vietnamese, through its stamp, askew or turned, and its words lie where the page shows them."""

import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests.reading.conftest import Put, pdf_of
from tests.reading.scans import SIGNER, SYMBOL, pdf_scan, printed, saved, scan
from vanthu.kernel.refusals import Invalid
from vanthu.reading import confined, layer
from vanthu.reading.ocr import pictures, quick, red, tesseract
from vanthu.reading.words import Box, Page


def _place(page: Page, text: str) -> Box:
    return next(word.box for word in page.words if word.text == text)


def _near(box: Box, other: Box) -> bool:
    return all(abs(one - two) < 0.012 for one, two in zip(box, other, strict=True))


def test_a_scan_is_read_where_it_stands(put: Put) -> None:
    page = quick.page(put("a.pdf", pdf_scan(scan())), 1)
    (truth,) = layer.pages(put("b.pdf", printed()))
    assert page.scanned
    assert page.skew == 0
    assert SIGNER in page.text, "the stamp lies over it"
    assert _near(_place(page, SYMBOL), _place(truth, SYMBOL))
    assert all(0 <= word.confidence <= 1 for word in page.words)


def test_words_of_a_skewed_scan(put: Put) -> None:
    """They lie askew as the page does; straight, they lie as in the print."""
    page = quick.page(put("a.pdf", pdf_scan(scan(skew=1.8))), 1)
    (truth,) = layer.pages(put("b.pdf", printed()))
    assert page.skew == pytest.approx(1.8, abs=0.15)
    straight = page.straight()
    assert [word.text for word in straight.words] == [word.text for word in page.words]
    assert _near(_place(straight, SYMBOL), _place(truth, SYMBOL))
    assert _place(page, SYMBOL).top > _place(truth, SYMBOL).top + 0.004, (
        "left of the middle it was turned down"
    )
    assert f"Số: {SYMBOL}" in page.text


def test_a_sheet_on_its_side(put: Put) -> None:
    page = quick.page(put("a.pdf", pdf_scan(scan(turned=90))), 1)
    (truth,) = layer.pages(put("b.pdf", printed()))
    assert page.turned == 90
    assert page.width > page.height
    straight = page.straight()
    assert straight.height > straight.width
    assert _near(_place(straight, SYMBOL), _place(truth, SYMBOL))
    box = _place(page, SYMBOL)
    assert box.bottom - box.top > box.right - box.left, "it stands upright on the page as it is shown"


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_pictures(put: Put, name: str) -> None:
    kind = {"a.png": "PNG", "a.jpg": "JPEG", "a.tif": "TIFF"}[name]
    page = quick.page(put(name, saved(scan(150), kind, dpi=(150, 150))), 1)
    assert SYMBOL in page.text
    assert (round(page.width / 10), round(page.height / 10)) == (60, 84)


def test_pages_of_a_tiff(put: Put) -> None:
    blank = Image.new("L", (600, 800), 255)
    data = saved(blank, "TIFF", save_all=True, append_images=[scan(150)])
    assert quick.page(put("a.tif", data), 1).words == ()
    assert SYMBOL in quick.page(put("a.tif", data), 2).text
    with pytest.raises(Invalid):
        quick.page(put("a.tif", data), 3)


def test_the_angle_is_found() -> None:
    for angle in (-2.5, -0.7, 0.0, 1.2, 3.1):
        assert pictures.skew(scan(150, skew=angle).convert("L")) == pytest.approx(angle, abs=0.15)


def test_red_goes_and_ink_stays() -> None:
    image = Image.new("RGB", (3, 1), "white")
    image.putpixel((1, 0), (215, 30, 40))
    image.putpixel((2, 0), (20, 20, 90))
    paper, stamp, ink = pictures.without_red(image).tobytes()
    assert paper == 255
    assert stamp > 200
    assert ink < 40
    clear = Image.new("RGBA", (1, 1), (0, 0, 0, 0))
    assert pictures.without_red(clear).tobytes() == b"\xff", "what is transparent is paper"


def test_a_machine_without_the_model(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    with pytest.raises(tesseract.OcrMissing, match="Tesseract"):
        quick.page(put("a.pdf", pdf_scan(scan())), 1)


def test_a_program_that_does_not_end_is_killed() -> None:
    with pytest.raises(confined.TooSlow):
        confined.run(["sleep", "30"], seconds=0.2, memory=1 << 30)


def test_a_program_gets_no_more_memory_than_it_may_have() -> None:
    code, _, _ = confined.run(["python3", "-c", "bytearray(1 << 30)"], seconds=20, memory=300 << 20)
    assert code != 0


def test_nothing_of_ours_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    _, out, _ = confined.run(["env"], seconds=20, memory=1 << 30)
    assert b"secret" not in out


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("degree", ["HỎA TỐC", "THƯỢNG KHẨN"])
def test_a_framed_degree_of_urgency_in_red_is_read(degree: str, dpi: int) -> None:
    box = "display:inline-block;border:1pt solid #e00000;color:#e00000;padding:1pt 10pt;font:bold 13pt Tinos"
    with pdfium.PdfDocument(pdf_of(f'<p>Số: {SYMBOL}</p><div style="{box}">{degree}</div>')) as document:
        image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    found = sorted(red.words(image, dpi), key=lambda one: one.left)
    assert " ".join(one.text for one in found) == degree
