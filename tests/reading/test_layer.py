"""Words of the text layer lie where the page shows them, however it is turned and cropped."""

import pikepdf
import pytest

from tests.reading.conftest import Put, pdf_of, spoiled
from tests.reading.scans import SYMBOL, pdf_scan, printed, scan
from vanthu.kernel.refusals import Invalid
from vanthu.reading import layer
from vanthu.reading.words import Box, Page

_CORNER = pdf_of("<p>Viện kiểm sát</p>", "body,p{margin:0}")  # A4, margins of 20 mm


def _first(page: Page) -> Box:
    assert page.words[0].text == "Viện"
    return page.words[0].box


def test_words_with_their_places(put: Put) -> None:
    (page,) = layer.pages(put("a.pdf", _CORNER))
    assert [word.text for word in page.words] == ["Viện", "kiểm", "sát"]
    assert (round(page.width), round(page.height), page.scanned) == (595, 842, False)
    box = _first(page)
    assert box.left == pytest.approx(20 / 210, abs=0.005)
    assert 20 / 297 - 0.005 < box.top < box.bottom < 30 / 297
    assert page.text == "Viện kiểm sát"


@pytest.mark.parametrize(
    ("turn", "left", "top"),
    [(90, 1 - 20 / 297, 20 / 210), (180, 1 - 20 / 210, 1 - 20 / 297), (270, 20 / 297, 1 - 20 / 210)],
)
def test_a_turned_page(put: Put, turn: int, left: float, top: float) -> None:
    """The corner of the first letter lies where the turned page shows it."""
    data = spoiled(_CORNER, lambda pdf: pdf.pages[0].rotate(turn, relative=False))
    (page,) = layer.pages(put("a.pdf", data))
    assert (page.width > page.height) == (turn != 180)
    box = _first(page)
    assert min(abs(box.left - left), abs(box.right - left)) < 0.01
    assert min(abs(box.top - top), abs(box.bottom - top)) < 0.01


def test_a_cropped_page(put: Put) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].cropbox = pikepdf.Array([30, 400, 330, 800])

    (page,) = layer.pages(put("a.pdf", spoiled(_CORNER, crop)))
    assert (page.width, page.height) == (300, 400)
    assert _first(page).left == pytest.approx((20 / 25.4 * 72 - 30) / 300, abs=0.005)


def test_some_pages_and_no_others(put: Put, clean_pdf) -> None:
    path = put("a.pdf", clean_pdf)
    assert [page.number for page in layer.pages(path)] == [1, 2]
    assert [page.text for page in layer.pages(path, 2, 2)] == ["Trang hai"]


def test_lines_end_where_the_page_ends_them(put: Put) -> None:
    (page,) = layer.pages(put("a.pdf", pdf_of("<p>Kế hoạch</p><p>Số: 12/KH-VKS</p>")))
    assert page.text == "Kế hoạch\nSố: 12/KH-VKS"


def test_what_stands_outside_of_the_page_is_not_read(put: Put) -> None:
    body = "<p>Kế hoạch<span style='position:absolute;left:-400mm'>ngoài</span></p>"
    assert layer.pages(put("a.pdf", pdf_of(body)))[0].text == "Kế hoạch"


def test_a_scan_has_no_layer_and_a_print_has_one(put: Put) -> None:
    found = layer.page(put("a.pdf", printed()), 1)
    assert found is not None
    assert SYMBOL in found.text
    assert layer.page(put("b.pdf", pdf_scan(scan())), 1) is None


def test_a_foreign_layer_over_a_scan_does_not_count(put: Put) -> None:
    """What a signature's stamp or a scanner without Vietnamese wrote over a picture of the page is not its text."""

    def write_over(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(
            put("over.pdf", pdf_of("<p>VIEN KIEM SAT NHAN DAN Ke hoach cong tac</p>" * 12))
        ) as over:
            pdf.pages[0].add_overlay(over.pages[0])

    path = put("a.pdf", spoiled(pdf_scan(scan()), write_over))
    assert len(layer.pages(path)[0].words) > 100
    assert layer.page(path, 1) is None


def test_a_broken_file(put: Put) -> None:
    with pytest.raises(Invalid):
        layer.pages(put("a.pdf", b"no pdf"))
