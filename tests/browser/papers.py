"""Real files as they come to an office: a scanned letter, a PDF with text, a reply written in Word."""

from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
from docx import Document
from PIL import Image, ImageFilter
from weasyprint import HTML

_LETTER = """
<style>
@page {{ size: A4; margin: 20mm 15mm 20mm 30mm }}
body {{ font: 13.5pt/1.35 Tinos, serif }}
table {{ width: 100% }}
td {{ text-align: center; vertical-align: top }}
.head td {{ font-size: 12pt; white-space: nowrap }}
p {{ text-indent: 10mm; text-align: justify }}
h1 {{ font-size: 14pt; text-align: center; margin: 8mm 0 0 }}
h2 {{ font-size: 13.5pt; text-align: center; margin: 0 0 6mm }}
.to td {{ width: 50%; font-weight: bold }}
.to td:first-child {{ text-align: left; font-size: 11pt; font-weight: normal }}
</style>
<table class="head"><tr><td>{above}<br><b>{issuer}</b></td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: {symbol}{about}</td><td><i>{place}, ngày {day} tháng {month} năm 2026</i></td></tr></table>
{title}
{body}
<table class="to"><tr><td><b><i>Nơi nhận:</i></b><br>- {receiver};<br>- Lưu: VT.</td>
<td>{post}<br><br><br><br><br>{signer}</td></tr></table>
"""
_BLANK = "&nbsp;"
_SENTENCES = (
    (
        "Thực hiện Nghị định số 30/2020/NĐ-CP của Chính phủ, đơn vị tiến hành kiểm tra việc đăng ký, chuyển giao, "
        "giải quyết văn bản đến và việc lập hồ sơ công việc."
    ),
    "Các đơn vị báo cáo kết quả tự kiểm tra, nêu rõ số văn bản giải quyết đúng hạn, quá hạn và nguyên nhân.",
    (
        "Đoàn kiểm tra làm việc trực tiếp tại Văn phòng, Phòng 1 và hai Viện kiểm sát nhân dân khu vực; thời gian "
        "cụ thể được thông báo trước năm ngày làm việc."
    ),
    "Sổ đăng ký văn bản, hồ sơ công việc và con dấu được xuất trình tại chỗ; đơn vị cử công chức văn thư giúp việc.",
    "Kết thúc kiểm tra, Đoàn lập biên bản và kiến nghị biện pháp khắc phục; báo cáo gửi trước ngày 15 tháng 12.",
)


def letter(
    path: Path,
    *,
    symbol: str = "2143/KH-VKS-VP",
    kind: str = "KẾ HOẠCH",
    subject: str = "Kiểm tra công tác văn thư, lưu trữ năm 2027",
    about: str = "",
) -> Path:
    """A letter of two pages from the Supreme Procuracy, as a PDF with a text layer; `about` stands under the number."""
    return _written(
        path,
        pages=2,
        above="",
        issuer="VIỆN KIỂM SÁT NHÂN DÂN<br>TỐI CAO",
        symbol=symbol,
        about=about,
        place="Hà Nội",
        day="18",
        month="11",
        title=f"<h1>{kind}</h1><h2>{subject}</h2>",
        receiver="VKSND tỉnh Bắc Ninh",
        post="TL. VIỆN TRƯỞNG<br>CHÁNH VĂN PHÒNG",
        signer="Hoàng Minh Tiến",
    )


def reply(path: Path, *, pages: int = 1, signer: str = "Vũ Đình Lâm") -> Path:
    """A letter of unit 1 as its drafter saves it: blanks for number, day and month, room for the signature."""
    return _written(
        path,
        pages=pages,
        above="VIỆN KIỂM SÁT NHÂN DÂN<br>TỐI CAO",
        issuer="VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH BẮC NINH",
        symbol=f"{_BLANK * 12}/VKS-P1",
        about="<br>V/v kiểm tra công tác văn thư, lưu trữ",
        place="Bắc Ninh",
        day=_BLANK * 6,
        month=_BLANK * 6,
        title="<h2>Kính gửi: Viện kiểm sát nhân dân khu vực 7</h2>",
        receiver="Như trên",
        post="VIỆN TRƯỞNG",
        signer=signer,
    )


def _written(path: Path, *, pages: int, **parts: str) -> Path:
    sentences = [f"<p>{_SENTENCES[number % len(_SENTENCES)]}</p>" for number in range(12 * pages - 6)]
    HTML(string=_LETTER.format(body="".join(sentences), **parts)).write_pdf(path)
    return path


def scan(path: Path, **what: str) -> Path:
    """The same letter as a scanner makes it: grey page images, a little askew, without any text."""
    paper = letter(path.with_suffix(".text.pdf"), **what)  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(paper) as document:
        images = [
            _scanned(page.render(scale=150 / 72).to_pil(), number) for number, page in enumerate(document)
        ]
    paper.unlink()
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=150, quality=60)
    return path


def _scanned(page: Image.Image, number: int) -> Image.Image:
    angle = Random(number).uniform(-0.6, 0.6)  # the same scan every time
    return (
        page.convert("L")
        .rotate(angle, fillcolor=250, resample=Image.Resampling.BILINEAR)
        .filter(ImageFilter.GaussianBlur(0.4))
    )


def word_reply(path: Path, *paragraphs: str) -> Path:
    """A DOCX that a drafter wrote on their own."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def text_of(pdf: bytes) -> str:
    """The text layer of a PDF."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
