"""The layout against the table of Decree 30/2020, Phụ lục I, in the DOCX and on the rendered page."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn

from tests.issuing.test_layout import letter
from vanthu.documents.states import Urgency
from vanthu.issuing.layout import compose
from vanthu.issuing.layout.measures import LOOKS
from vanthu.reading import convert

# style → (least size, most size, bold, italic), word for word from Phụ lục I, phần V
TABLE = {
    "1 Quốc hiệu": (12, 13, True, False),
    "1 Tiêu ngữ": (13, 14, True, False),
    "2 Cơ quan chủ quản": (12, 13, False, False),
    "2 Cơ quan ban hành": (12, 13, True, False),
    "3 Số, ký hiệu": (13, 13, False, False),
    "4 Địa danh, thời gian": (13, 14, False, True),
    "5a Tên loại": (13, 14, True, False),
    "5a Trích yếu": (13, 14, True, False),
    "5b Trích yếu công văn": (12, 13, False, False),
    "6 Thẩm quyền ban hành": (13, 14, True, False),
    "6 Căn cứ": (13, 14, False, True),
    "6 Nội dung": (13, 14, False, False),
    "6 Chương, mục": (13, 14, True, False),
    "6 Đề mục": (13, 14, True, False),
    "7a Chức vụ": (13, 14, True, False),
    "7b Họ tên": (13, 14, True, False),
    "9a Kính gửi": (13, 14, False, False),
    "9a Nơi gửi": (13, 14, False, False),
    "9b Nơi nhận": (12, 12, True, True),
    "9b Danh sách nhận": (11, 11, False, False),
    "10b Mức độ khẩn": (13, 14, True, False),
    "11 Chỉ dẫn lưu hành": (13, 14, True, False),
    "12 Người soạn thảo": (11, 11, False, False),
    "13 Liên hệ": (11, 12, False, False),
    "Phụ lục": (14, 14, True, False),
    "Kèm theo": (13, 14, False, True),
    "Số trang": (13, 14, False, False),
}


def opened(**changes: object) -> DocumentFile:
    return Document(io.BytesIO(compose(letter(**changes))))  # type: ignore[arg-type]


def test_sizes_weight_and_slant_of_every_element() -> None:
    document = opened()
    assert set(TABLE) == set(LOOKS) - {"7c Chữ ký"}
    for name, (least, most, bold, italic) in TABLE.items():
        font = document.styles[name].font
        assert font.size is not None
        assert least <= font.size.pt <= most, name
        assert (font.bold, font.italic) == (bold, italic), name


def test_every_letter_is_times_new_roman() -> None:
    document = opened()
    for name in ("Normal", *LOOKS):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "Times New Roman"
        }
    assert not list(document.element.body.iter(qn("w:rFonts"))), "no run sets a font of its own"
    assert not list(document.element.body.iter(qn("w:sz"))), "no run sets a size of its own"


def test_paper_and_margins() -> None:
    section = opened().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 20 <= section.bottom_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_the_page_number_is_centred_above_and_not_on_page_one() -> None:
    section = opened().sections[0]
    assert section.different_first_page_header_footer
    field = section.header.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field is not None
    assert field.get(qn("w:instr")) == "PAGE"
    assert section.header.paragraphs[0].style.name == "Số trang"
    assert not section.first_page_header.paragraphs[0].text
    assert section.header_distance.mm < section.top_margin.mm


def test_the_text_is_justified_indented_and_spaced() -> None:
    layout = opened().styles["6 Nội dung"].paragraph_format
    assert layout.alignment.name == "JUSTIFY"
    assert 10 <= round(layout.first_line_indent.mm, 1) <= 12.7
    assert layout.space_after.pt >= 6
    assert 1 <= layout.line_spacing <= 1.5


def test_the_signature_has_thirty_millimetres() -> None:
    document = opened()
    cell = document.tables[-1].cell(0, 1)
    heights = [
        paragraph.paragraph_format.line_spacing.mm
        for paragraph in cell.paragraphs
        if paragraph.style.name == "7c Chữ ký"
    ]
    assert sum(heights) >= 30


@pytest.mark.parametrize(
    ("urgency", "width"), [(Urgency.URGENT, 20), (Urgency.VERY_URGENT, 40), (Urgency.EXPRESS, 30)]
)
def test_the_red_box(urgency: Urgency, width: int) -> None:
    table = opened(urgency=urgency).tables[0].cell(1, 0).tables[0]
    assert (round(table.columns[0].width.mm), round(table.rows[0].height.mm)) == (width, 8)
    borders = table.cell(0, 0)._tc.tcPr.find(qn("w:tcBorders"))
    assert {border.get(qn("w:color")) for border in borders} == {"FF0000"}
    assert {border.get(qn("w:val")) for border in borders} == {"single"}
    assert str(table.cell(0, 0).paragraphs[0].runs[0].font.color.rgb) == "FF0000"


def test_rules_are_borders_of_empty_paragraphs() -> None:
    document = opened(kind="KH")
    ruled = [
        paragraph for paragraph in document.element.body.iter(qn("w:p")) if list(paragraph.iter(qn("w:pBdr")))
    ]
    assert len(ruled) == 3  # under the office, under the motto, under the subject
    assert not any(list(paragraph.iter(qn("w:t"))) for paragraph in ruled)
    assert not list(document.element.body.iter(qn("w:u")))


needs_office = pytest.mark.skipif(not convert.available(), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> pdfium.PdfDocument:
    folder: Path = tmp_path_factory.mktemp("layout")
    text = "Viện kiểm sát nhân dân tỉnh yêu cầu các đơn vị thực hiện nghiêm túc các nội dung sau đây. " * 4
    data = letter(
        "QD",
        subject="Thành lập Tổ công tác",
        place="Thành phố Hồ Chí Minh",
        office="Viện kiểm sát nhân dân Thành phố Hồ Chí Minh",
        body=(*(f"Điều {number}. {text.strip()}" for number in range(1, 11)),),
    )
    (folder / "a.docx").write_bytes(compose(data))
    return pdfium.PdfDocument(convert.to_pdf(folder / "a.docx", folder / "a.pdf"))


@needs_office
def test_no_line_of_the_head_wraps_on_the_page(rendered: pdfium.PdfDocument) -> None:
    lines = [line.strip() for line in rendered[0].get_textpage().get_text_range().splitlines()]
    for line in (
        "VIỆN KIỂM SÁT NHÂN DÂN",
        "TỐI CAO",
        "THÀNH PHỐ HỒ CHÍ MINH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ):
        assert line in lines
    joined = " ".join(" ".join(lines).split())
    assert "Thành phố Hồ Chí Minh, ngày tháng năm 2026" in joined
    number = rendered[0].get_textpage().search("/QĐ-VKS")
    date = rendered[0].get_textpage().search("năm 2026")
    page = rendered[0].get_textpage()
    heights = [page.get_charbox(found.get_next()[0])[3] for found in (number, date)]
    assert abs(heights[0] - heights[1]) < 6, "number and date stand on one line"


@needs_office
def test_the_second_page_has_its_number_and_the_signature_text_with_it(rendered: pdfium.PdfDocument) -> None:
    assert len(rendered) >= 2
    first = rendered[0].get_textpage().get_text_range().split()
    assert first[0] == "VIỆN"
    for number in range(1, len(rendered)):
        assert rendered[number].get_textpage().get_text_range().split()[0] == str(number + 1)
    last = rendered[len(rendered) - 1].get_textpage().get_text_range()
    assert "./." in last
    assert "Trần Thị Minh Nguyệt" in last


@needs_office
def test_the_blanks_are_wide_enough_for_a_number_and_a_day(rendered: pdfium.PdfDocument) -> None:
    page = rendered[0].get_textpage()

    def edges(text: str) -> tuple[float, float]:
        index, count = page.search(text).get_next()
        return page.get_charbox(index)[0], page.get_charbox(index + count - 1)[2]

    assert edges("/QĐ-VKS")[0] - edges("Số:")[1] >= 26  # four digits of 13 points
    assert edges("tháng")[0] - edges("ngày")[1] >= 18  # two digits and air
    assert edges("năm 2026")[0] - edges("tháng")[1] >= 18
