"""The arrival stamp on the print copy, and the form of handling: words and places as in Phụ lục IV."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops
from weasyprint import HTML

from vanthu.documents.slips import Given, Opinion, Slip, write_slip
from vanthu.documents.stamping import HEIGHT, WIDTH, Stamp, write_stamped
from vanthu.reading import pages
from vanthu.reading.text import page_texts

STAMP = Stamp(
    office="Viện kiểm sát nhân dân tỉnh Bắc Ninh", number=2318, arrived_on=date(2026, 11, 22),
    forwarded="Phòng 1", dossier="12/HS-P1",
)  # fmt: skip
RED = (150, 90)  # red at least this, green and blue at most that


def plain(path: Path, *, rotate: int = 0) -> Path:
    """A scan: a white page without text."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(842, 595) if rotate in (90, 270) else (595, 842))
        if rotate:
            pdf.pages[0].obj.Rotate = rotate
        pdf.save(path)
    return path


def stamped(path: Path) -> Path:
    target = path.with_name("stamped.pdf")
    with target.open("wb") as stream:
        write_stamped(path, STAMP, stream)
    return target


def red_box(path: Path) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is red on page 1, in points as shown."""
    image = Image.open(BytesIO(pages.render(path, 1, 1200))).convert("RGB")
    red, green, _ = image.split()
    strong = red.point([255 * (value > RED[0]) for value in range(256)])
    pure = green.point([255 * (value < RED[1]) for value in range(256)])
    box = ImageChops.darker(strong, pure).getbbox()
    assert box is not None
    scale = 595 / 1200
    return tuple(value * scale for value in box)  # type: ignore[return-value]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_upper_left_and_upright_however_the_page_is_turned(tmp_path: Path, rotate: int) -> None:
    source = plain(tmp_path / "scan.pdf", rotate=rotate)
    before = source.read_bytes()
    left, top, right, bottom = red_box(stamped(source))
    assert (round(left / 72 * 25.4), round(top / 72 * 25.4)) == (20, 50)
    assert right - left == pytest.approx(WIDTH, abs=4)
    assert bottom - top == pytest.approx(HEIGHT, abs=4)
    assert source.read_bytes() == before


def test_it_says_what_the_decree_asks_for(tmp_path: Path) -> None:
    [text] = page_texts(stamped(plain(tmp_path / "scan.pdf")))
    for words in (
        "TỈNH BẮC NINH",
        "ĐẾN",
        "Số: 2318",
        "Ngày: 22/11/2026",
        "Chuyển: Phòng 1",
        "Số và ký hiệu HS: 12/HS-P1",
    ):
        assert words in text.replace("\n", " "), words


def test_under_the_symbol_where_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    HTML(
        string="<style>@page{margin:20mm 20mm 20mm 30mm} p{margin:0;width:70mm;font-size:13pt}</style>"
        '<p>UBND TỈNH</p><p style="margin-top:32mm">Số: 12/UBND-NC</p><p>V/v phối hợp kiểm tra</p>'
    ).write_pdf(path)
    _, top, _, _ = red_box(stamped(path))
    assert 65 < top / 72 * 25.4 < 80


def test_the_form_has_its_three_parts(tmp_path: Path) -> None:
    target = tmp_path / "slip.pdf"
    leader = Opinion(
        text="Đề nghị tham mưu.", given=[Given(name="Phòng 1", role="chủ trì", due_on=date(2026, 11, 30))],
        author="Viện trưởng Vũ Đình Lâm", written_on=date(2026, 11, 22), note="bút phê trên giấy",
    )  # fmt: skip
    whole = Slip(
        superior="Viện kiểm sát nhân dân tối cao", office="Viện kiểm sát nhân dân tỉnh Bắc Ninh", place="Bắc Ninh",
        day=date(2026, 11, 22), about="Công văn 12/UBND-NC", arrival="Số đến 7",
        leaders=[leader], units=[], proposals=[],
    )  # fmt: skip
    with target.open("wb") as stream:
        write_slip(whole, stream)
    text = " ".join(page_texts(target)).replace("\n", " ")
    parts = [
        "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", "1. Ý kiến của lãnh đạo cơ quan", "Đề nghị tham mưu.",
        "Giao Phòng 1 chủ trì, thời hạn 30/11/2026.", "Viện trưởng Vũ Đình Lâm, ngày 22/11/2026 (bút phê trên giấy)",
        "2. Ý kiến của lãnh đạo đơn vị", "3. Ý kiến đề xuất của người giải quyết",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
