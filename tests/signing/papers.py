"""PDFs as LibreOffice makes them from the templates, for tests."""

from pathlib import Path

from weasyprint import HTML

SIGNER = "Nguyễn Văn An"
_PAGE = """
<style>
@page {{ size: A4; margin: 20mm 15mm 20mm 30mm }} body {{ font: 14pt Tinos, serif }}
table {{ width: 100% }} td {{ text-align: center; vertical-align: top; width: 50% }}
</style>
<table><tr><td>VKSND TỈNH BẮC NINH<br><b>VĂN PHÒNG</b></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td style="font-size: 13pt">Số: {number}/KH-VKS</td>
<td><i>Bắc Ninh, ngày {day} tháng {day} năm 2026</i></td></tr></table>
<p style="text-align: center"><b>KẾ HOẠCH</b></p>
<p>{body}./.</p>
<table><tr><td style="text-align: left; font-size: 11pt"><b><i>Nơi nhận:</i></b><br>- Như trên;<br>
- Đ/c {signer};<br>- Lưu: VT.</td>
<td><b>KT. VIỆN TRƯỞNG<br>PHÓ VIỆN TRƯỞNG{gap}<br>{signer}</b></td></tr></table>
"""


def make_paper(
    path: Path,
    *,
    signer: str = SIGNER,
    number: str = "&nbsp;" * 12,
    day: str = "&nbsp;" * 6,
    gap: int = 5,
    pages: int = 1,
) -> Path:
    """A plan with blanks for number, day and month, and `gap` empty lines between title and name."""
    text = _PAGE.format(
        number=number,
        day=day,
        signer=signer,
        gap="<br>" * gap,
        body="Nội dung kế hoạch công tác kiểm sát. " * (4 + 60 * (pages - 1)),
    )
    HTML(string=text).write_pdf(path)
    return path
