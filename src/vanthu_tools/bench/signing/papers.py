"""Papers of a certain size to be signed."""

import os
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name
from weasyprint import HTML

from vanthu.signing.fields import prepare
from vanthu.signing.places import find_places

SIGNER = "Nguyễn Văn An"
_PAGE = f"""<style>@page {{ size: A4; margin: 20mm 15mm 20mm 30mm }} body {{ font: 14pt Tinos, serif }}
table {{ width: 100% }} td {{ text-align: center; vertical-align: top; width: 50% }}</style>
<table><tr><td>VKSND TỈNH BẮC NINH</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>
<tr><td>Số: {"&nbsp;" * 12}/KH-VKS</td>
<td><i>Bắc Ninh, ngày{"&nbsp;" * 8}tháng{"&nbsp;" * 8}năm 2026</i></td></tr></table>
<p>{"Nội dung kế hoạch công tác kiểm sát. " * 20}./.</p>
<table><tr><td>Nơi nhận: Lưu: VT.</td><td><b>VIỆN TRƯỞNG{"<br>" * 5}{SIGNER}</b></td></tr></table>"""


def make(path: Path, size: int) -> Path:
    """A plan with its fields, of about this many bytes: what is missing is a picture that does not compress."""
    plain, weighted = path.with_suffix(".plain"), path.with_suffix(".weighted")
    HTML(string=_PAGE).write_pdf(plain)
    with pikepdf.open(plain) as document:
        side = max(int((max(size - plain.stat().st_size - 4000, 300) / 3) ** 0.5), 1)
        picture = document.make_stream(os.urandom(side * side * 3))
        picture.stream_dict = Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=side,
            Height=side,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        page = document.pages[0]
        name = page.add_resource(picture, Name.XObject)
        page.contents_add(b"q 40 0 0 40 100 60 cm " + str(name).encode() + b" Do Q")
        document.save(weighted)
    prepare(weighted, find_places(weighted, SIGNER), path)
    return path
