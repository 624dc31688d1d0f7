"""A secret stamp on a scan is found in its words and in its red ink; what merely speaks of secrets is not stopped."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.reading.conftest import Put, pdf_of
from tests.reading.scans import pdf_scan
from vanthu.reading import secrecy_scan
from vanthu.reading.ocr import quick
from vanthu.reading.words import Page

RED, BLACK, BLUE = (205, 35, 45), (25, 25, 25), (40, 60, 170)
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
_HEAD = """<table style="width:100%;font-size:13pt;text-align:center"><tr>
<td>VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH BẮC NINH<br>Số: 12/KH-VKS<br><br><br><br><br></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
<i>Bắc Ninh, ngày 12 tháng 11 năm 2026</i></td></tr></table>"""
_BODY = (
    "<p>Thực hiện chương trình công tác năm 2026, Văn phòng xây dựng kế hoạch kiểm tra các đơn vị.</p>" * 5
)
SPEAKS = (
    """<h3 style="text-align:center">KẾ HOẠCH<br>BẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2026</h3>
<p>Văn bản đóng dấu <b>MẬT</b>, <b>TỐI MẬT</b>, <b>TUYỆT MẬT</b> được gửi theo đường riêng; mật ít dùng.</p>"""
    + _BODY
)
_CASH = (
    """<table border="1" style="width:100%"><tr><th>TIỀN<th>MẶT<th>SỐ DƯ<tr><td>1<td>2<td>3</table>""" + _BODY
)


@cache
def printed(body: str) -> Image.Image:
    """The first page of a document at 200 dpi."""
    with pdfium.PdfDocument(pdf_of(_HEAD + body)) as document:
        return document[0].render(scale=200 / 72).to_pil().convert("RGB")


def stamp(text: str, colour: tuple[int, int, int], tilt: float = 0.0) -> Image.Image:
    """A framed stamp on transparent paper."""
    font = ImageFont.truetype(_FONT, 52)
    width = round(font.getlength(text)) + 50
    image = Image.new("RGBA", (width, 96), (*colour, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((2, 2, width - 3, 93), outline=(*colour, 235), width=5)
    draw.text((25, 16), text, font=font, fill=(*colour, 235))
    return image.rotate(tilt, Image.Resampling.BICUBIC, expand=True)


def scanned(
    body: str = _BODY,
    mark: Image.Image | None = None,
    at: tuple[int, int] = (250, 310),
    skew: float = 0.0,
    grey: bool = False,
    pages: int = 1,
) -> bytes:
    """A scan of such a document as a PDF, stamped and grained."""
    image = printed(body).copy()
    if mark is not None:
        image.paste(mark, at, mark)
    image = ImageChops.add(image, Image.effect_noise(image.size, 14).convert("RGB"), offset=-128)
    image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    if grey:
        image = image.convert("L")
    return pdf_scan(*([printed(_BODY)] * (pages - 1)), image, dpi=200)


def mark_on(path: Path, number: int = 1) -> str:
    return secrecy_scan.mark_on(path, quick.page(path, number))


@pytest.mark.parametrize(
    ("text", "tilt", "skew"),
    [("MẬT", 0, 0), ("MẬT", 7, 1.2), ("TỐI MẬT", -5, 0), ("TUYỆT MẬT", 3, -1.0)],
)
def test_a_red_stamp_is_found(put: Put, text: str, tilt: float, skew: float) -> None:
    assert mark_on(put("a.pdf", scanned(mark=stamp(text, RED, tilt), skew=skew))) == text


def test_a_stamp_of_a_black_copy_is_found(put: Put) -> None:
    assert mark_on(put("a.pdf", scanned(mark=stamp("TỐI MẬT", BLACK), grey=True))) == "TỐI MẬT"
    assert mark_on(put("b.pdf", scanned(mark=stamp("MẬT", BLACK), grey=True))) == "MẬT"


def test_a_stamp_on_a_later_document_of_a_stack_is_found(put: Put) -> None:
    path = put("a.pdf", scanned(mark=stamp("MẬT", RED), pages=2))
    assert (mark_on(path, 1), mark_on(path, 2)) == ("", "MẬT")


@pytest.mark.parametrize(
    ("body", "mark", "at"),
    [
        (SPEAKS, None, (0, 0)),
        (_CASH, None, (0, 0)),
        (_BODY, stamp("HỎA TỐC", RED, 4), (180, 560)),
        (_BODY, stamp("CÔNG VĂN ĐẾN", BLUE), (180, 560)),
        (_BODY, stamp("ĐẾN Số: 214", RED), (180, 560)),
        (_BODY, stamp("MẬT", RED), (700, 1700)),
    ],
)
def test_what_is_no_stamp_does_not_stop(
    put: Put, body: str, mark: Image.Image | None, at: tuple[int, int]
) -> None:
    assert mark_on(put("a.pdf", scanned(body, mark, at))) == ""


def test_a_photograph_is_looked_at_too(put: Put) -> None:
    image = printed(_BODY).copy()
    mark = stamp("MẬT", RED)
    image.paste(mark, (180, 560), mark)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=60, dpi=(200, 200))
    assert mark_on(put("a.jpg", stream.getvalue())) == "MẬT"


def test_a_red_picture_over_a_text_layer_is_looked_at(put: Put) -> None:
    red = "<p style='color:#c8232d;font-weight:bold;border:1mm solid;width:22mm'>MẬT</p>"
    assert secrecy_scan.mark_on(put("a.pdf", pdf_of(_HEAD + red + _BODY)), Page(1, 595, 842)) == "MẬT"
    assert secrecy_scan.mark_on(put("b.pdf", pdf_of(_HEAD + SPEAKS)), Page(1, 595, 842)) == ""
