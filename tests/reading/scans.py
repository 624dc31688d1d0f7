"""Scans made on the spot: a document printed, with a stamp on it, grained, askew, as a picture or in a PDF."""

import io
from functools import cache

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from tests.reading.conftest import pdf_of

SYMBOL, SIGNER = "2143/KH-VKS-VP", "Nguyễn Văn Minh"
_BODY = f"""
<table style="width:100%;font-size:13pt;text-align:center"><tr>
<td>VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO<br><b>VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH QUẢNG NGÃI</b><br>Số: {SYMBOL}</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
<i>Quảng Ngãi, ngày 12 tháng 11 năm 2026</i></td></tr></table>
<p style="text-align:center"><b>KẾ HOẠCH<br>Kiểm tra công tác văn thư, lưu trữ</b></p>
<p>Thực hiện chương trình công tác năm 2026, Văn phòng xây dựng kế hoạch kiểm tra việc chấp hành quy chế nghiệp vụ
tại các đơn vị trực thuộc; báo cáo kết quả trước ngày 25 tháng 12 năm 2026 để tổng hợp.</p>
<p style="text-align:center;margin-left:50%"><b>PHÓ VIỆN TRƯỞNG<br><br>{SIGNER}</b></p>"""


@cache
def printed() -> bytes:
    """The document as a PDF with a text layer."""
    return pdf_of(_BODY)


@cache
def scan(dpi: int = 200, *, skew: float = 0.0, turned: int = 0) -> Image.Image:
    """The document as a colour scan: its lines rise by `skew` degrees, the sheet lies `turned` counter-clockwise."""
    with pdfium.PdfDocument(printed()) as document:
        image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    unit = dpi / 72
    place = [310 * unit, 350 * unit, 420 * unit, 460 * unit]  # over the signer's name
    ImageDraw.Draw(image).ellipse(place, outline=(215, 30, 40), width=round(2 * unit))
    grain = Image.effect_noise(image.size, 14).convert("RGB")
    image = ImageChops.add(image, grain, offset=-128)
    return image.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white").rotate(turned, expand=True)


def pdf_scan(*pages: Image.Image, dpi: int = 200) -> bytes:
    """These pages as a scanner's PDF, pictures only."""
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", resolution=dpi, quality=70, save_all=True, append_images=pages[1:])
    return stream.getvalue()


def saved(image: Image.Image, image_format: str, **options: object) -> bytes:
    """A page as a picture file."""
    stream = io.BytesIO()
    image.save(stream, image_format, **options)
    return stream.getvalue()
