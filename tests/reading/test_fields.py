# ruff: noqa: E501 - a line is a line of the page
"""Fields of documents from the words of their pages: scans as they were read once, and PDFs made on the spot."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.reading.conftest import Put, pdf_of
from vanthu.documents.known_kinds import PLAIN
from vanthu.reading import layer
from vanthu.reading.fields import NAMES, Body, Fields, Known, Signer, as_data, extract
from vanthu.reading.fields.lines import sheet
from vanthu.reading.fields.naming import ordinary
from vanthu.reading.fields.people import personal
from vanthu.reading.fields.repairs import mended
from vanthu.reading.fields.symbols import read as symbol_in
from vanthu.reading.words import Box, Page, Word

SCANS = sorted((Path(__file__).parent / "words_of").glob("*.txt"))
NATION = "<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>"


def scanned(path: Path) -> tuple[dict[str, object], list[Page]]:
    """What a scan should say, and its pages as OCR read them: a line is four sides, confidence, word."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    pages: list[Page] = []
    words: list[Word] = []
    for line in lines:
        if line.startswith("# "):
            number, width, height, turned, skew = map(float, line[2:].split())
            words = []
            pages.append(Page(int(number), width, height, (), True, int(turned), skew))
        else:
            *sides, sure, text = line.split(" ", 5)
            words.append(Word(text, Box(*(int(side) / 10_000 for side in sides)), int(sure) / 100))
            pages[-1] = replace(pages[-1], words=tuple(words))
    return json.loads(first), pages


@pytest.mark.parametrize("path", SCANS, ids=lambda path: path.stem)
def test_a_scan_says_what_it_said_before(path: Path) -> None:
    wanted, pages = scanned(path)
    read = as_data(extract(pages, PLAIN))
    assert {name: read[name]["value"] for name in NAMES} == wanted


def of(put: Put, body: str, known: Known = PLAIN) -> Fields:
    return extract(layer.pages(put("letter.pdf", pdf_of(body))), known)


def head(left: str, right: str = NATION + "<i>Gia Lai, ngày 05 tháng 01 năm 2026</i>") -> str:
    return f'<table style="width:100%;font-size:12pt;text-align:center"><tr><td style="width:42%">{left}</td><td>{right}</td></tr></table>'  # fmt: skip


def foot(form: str, name: str, copies: str = "- Lưu: VT.") -> str:
    return f'<table style="width:100%"><tr><td style="width:45%"><b><i>Nơi nhận:</i></b><br>{copies}</td><td style="text-align:center"><b>{form}<br><br><br>{name}</b></td></tr></table>'  # fmt: skip


def test_a_number_left_to_the_hand_is_empty_and_its_symbol_is_read(put: Put) -> None:
    read = of(put, head("VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH GIA LAI<br>Số: &nbsp;&nbsp;&nbsp;&nbsp; /QĐ-VKS", NATION + "Gia Lai, ngày &nbsp;&nbsp; tháng 11 năm 2026"))  # fmt: skip
    assert (read.number.value, read.symbol.value, read.issued_on.value) == (None, "QĐ-VKS", None)
    assert read.number.confidence < 0.2
    assert read.issued_on.box is not None


def test_a_party_document_has_its_own_head_and_symbol(put: Put) -> None:
    left = "ĐẢNG BỘ TỈNH GIA LAI<br><b>ĐẢNG ỦY VIỆN KIỂM SÁT<br>NHÂN DÂN TỈNH</b><br>*<br>Số 129-NQ/ĐU"
    right = "<b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br><i>Gia Lai, ngày 10 tháng 4 năm 2026</i>"
    title = '<p style="text-align:center"><b>NGHỊ QUYẾT<br>về lãnh đạo chuyển đổi số</b></p>'
    read = of(put, head(left, right) + title + foot("T/M ĐẢNG ỦY<br>PHÓ BÍ THƯ", "Lê Văn Hòa"))
    assert (read.number.value, read.symbol.value, read.kind_code) == ("129", "-NQ/ĐU", "DNQ")
    assert read.issuer.value == "Đảng ủy Viện kiểm sát nhân dân tỉnh"
    assert (read.signer_post.value, read.signer_name.value) == ("Phó Bí thư", "Lê Văn Hòa")


@pytest.mark.parametrize(
    ("form", "post"),
    [
        ("VIỆN TRƯỞNG", "Viện trưởng"),
        ("KT. VIỆN TRƯỞNG<br>PHÓ VIỆN TRƯỞNG", "Phó Viện trưởng"),
        ("TL. VIỆN TRƯỞNG<br>KT. CHÁNH VĂN PHÒNG<br>PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("TUQ. VIỆN TRƯỞNG<br>TRƯỞNG PHÒNG 9", "Trưởng phòng 9"),
        ("TM. ỦY BAN KIỂM SÁT<br>VIỆN TRƯỞNG", "Viện trưởng"),
        ("Q. VIỆN TRƯỞNG", "Quyền Viện trưởng"),
        ("KT. TRƯỞNG CÔNG AN XÃ<br>PHÓ TRƯỞNG CÔNG AN XÃ", "Phó Trưởng Công an xã"),
        ("TL. TỔNG BIÊN TẬP<br>TRƯỞNG BAN BẠN ĐỌC", "Trưởng ban Bạn đọc"),
    ],
)
def test_the_post_is_that_of_who_signs(put: Put, form: str, post: str) -> None:
    read = of(put, head("VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH GIA LAI<br>Số: 05/BC-VKS") + foot(form, "Thượng tá Trần Minh Đức"))  # fmt: skip
    assert (read.signer_post.value, read.signer_name.value) == (post, "Trần Minh Đức")


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Báo cáo gửi về Viện kiểm sát trước ngày 20/01/2026 để tổng hợp.", date(2026, 1, 20)),
        ("Đề nghị trả lời chậm nhất là 17 giờ 00 ngày 09 tháng 02 năm 2026.", date(2026, 2, 9)),
        ("Thời hạn gửi hồ sơ là ngày 15/3.", date(2026, 3, 15)),
        ("Yêu cầu khắc phục vi phạm và trả lời trước ngày 12/6/2026.", date(2026, 6, 12)),
        ("Định kỳ báo cáo trước ngày 25 hằng tháng.", None),
        ("Bị can bị khởi tố trước ngày 12/9/2025 theo quyết định cũ.", None),
        ("Số liệu tính từ ngày 01/12/2025 đến hết ngày 30/12/2025.", None),
    ],
)
def test_a_deadline_is_a_day_to_come_and_no_other_day(put: Put, sentence: str, day: date | None) -> None:
    read = of(put, head("VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH GIA LAI<br>Số: 05/VKS-P1") + f"<p>{sentence}</p>")
    assert read.due_on.value == day


def test_documents_referred_to_have_symbol_day_issuer_and_place(put: Put) -> None:
    text = "<p>Theo Công văn số 12/VKS-P1 ngày 03/4/2025 của Viện kiểm sát nhân dân tối cao, Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ và Nghị quyết số 129-NQ/BCSĐ.</p>"  # fmt: skip
    read = of(put, head("VIỆN KIỂM SÁT NHÂN DÂN<br>TỈNH GIA LAI<br>Số: 05/VKS-P1") + text)
    said = [(one.symbol, one.issued_on, one.kind, one.issuer) for one in read.references]
    assert said == [
        ("12/VKS-P1", date(2025, 4, 3), "Công văn", "Viện kiểm sát nhân dân tối cao"),
        ("30/2020/NĐ-CP", date(2020, 3, 5), "Nghị định", "Chính phủ"),
        ("129-NQ/BCSĐ", None, "Nghị quyết", ""),
    ]
    assert all(0 < one.box.left < one.box.right < 1 for one in read.references)


def test_what_is_known_names_the_body_and_the_signer(put: Put) -> None:
    body = Body("Sở Tư pháp tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai", ("Sở Tư pháp",), (), (Signer("Đặng Ngọc Hiển", "Giám đốc"),))  # fmt: skip
    paper = head("UBND TỈNH GIA LAI<br>SỞ TƯ PHÁP<br>Số: 05/STP-VP") + foot("GIÁM ĐỐC", "Đặng Ngọc Hiến")
    read = of(put, paper, Known(PLAIN.kinds, (body,)))
    assert (read.issuer.value, read.signer_name.value) == ("Sở Tư pháp tỉnh Gia Lai", "Đặng Ngọc Hiển")
    other = head("UBND TỈNH LAI CHÂU<br>SỞ TƯ PHÁP<br>Số: 05/STP-VP")
    assert of(put, other, Known(PLAIN.kinds, (body,))).issuer.value == "Sở Tư pháp"


LISTED = "<p style='margin-left:60mm'>Kính gửi: Sở Y tế tỉnh Gia Lai.</p>"


def test_dashed_sentences_of_the_text_are_no_recipients(put: Put) -> None:
    text = "<p style='text-indent:10mm'>- Đối với nhóm thứ nhất: phân loại theo tội danh.</p>"
    read = of(put, head("CÔNG AN TỈNH<br>Số: 05/CAT") + LISTED + text + foot("GIÁM ĐỐC", "Vi Thị An", "- Như trên;<br>- Lưu: VT."))  # fmt: skip
    assert read.recipients.value == ("Sở Y tế tỉnh Gia Lai",)


def test_a_list_in_two_columns_is_read_column_by_column(put: Put) -> None:
    copies = "<div style='columns:2;column-gap:4mm;font-size:11px'>- Như trên;<br>- Tổ công tác số 3;<br>- Các sở, ban,<br>ngành;<br>- Trại tạm giam,<br>Công an tỉnh;<br>- Lãnh đạo Cục;</div>- Lưu: VT."  # fmt: skip
    read = of(
        put, head("CÔNG AN TỈNH<br>Số: 05/CAT") + LISTED + foot("GIÁM ĐỐC", "BSCKII. Vi Thị An", copies)
    )
    assert read.recipients.value == ("Sở Y tế tỉnh Gia Lai", "Tổ công tác số 3", "Các sở, ban, ngành", "Trại tạm giam, Công an tỉnh", "Lãnh đạo Cục")  # fmt: skip
    assert read.signer_name.value == "Vi Thị An"


def read_in_a_scan(row: list[tuple[str, float, float, float]]) -> str:
    """The row that a sheet makes of words with their sides and confidences."""
    words = tuple(Word(text, Box(left, 0.5, right, 0.512), sure) for text, left, right, sure in row)
    return sheet(Page(1, 595, 842, words, scanned=True)).rows()[0].text


def test_a_word_that_a_scan_says_twice_counts_once() -> None:
    twice = [
        ("Cảnh", 0.1, 0.15, 0.96),
        ("sát", 0.16, 0.19, 0.6),
        ("sát", 0.162, 0.19, 0.96),
        ("hình", 0.2, 0.25, 0.9),
    ]
    assert read_in_a_scan(twice) == "Cảnh sát hình"
    wide = [
        ("THÀNH", 0.18, 0.41, 0.93),
        ("PHỐ", 0.27, 0.31, 0.9),
        ("tháng", 0.5, 0.6, 0.9),
        ("3", 0.58, 0.6, 0.9),
    ]
    assert read_in_a_scan(wide) == "THÀNH PHỐ tháng 3"


def test_pages_without_words_say_nothing() -> None:
    assert extract([], PLAIN) == extract([Page(1, 595, 842)], PLAIN) == Fields()


@pytest.mark.parametrize(
    ("read", "sure", "right"),
    [
        ("thâm quyền", (0.8, 0.97), "thẩm quyền"),
        ("chức danh Kiêm sát viên", (0.97, 0.97, 0.9, 0.97, 0.97), "chức danh Kiểm sát viên"),
        ("TRƯƠNG PHÒNG", (0.93, 0.97), "TRƯỞNG PHÒNG"),
        ("chuyên dùng công vụ", (0.97, 0.97, 0.97, 0.97), "chuyên dùng công vụ"),
        ("hồ sơ dự tuyển", (0.96, 0.97, 0.97, 0.97), "hồ sơ dự tuyển"),
        ("theo đõi", (0.97, 0.87), "theo dõi"),
        ("Kiếm sát viên", (0.97, 0.97, 0.97), "Kiểm sát viên"),
        ("Kiếm tra", (0.97, 0.97), "Kiểm tra"),
    ],
)
def test_only_doubtful_syllables_get_other_marks(read: str, sure: tuple[float, ...], right: str) -> None:
    assert " ".join(mended(read.split(), sure)) == right


@pytest.mark.parametrize(
    "name",
    [
        "Cục Cảnh sát điều tra tội phạm về tham nhũng, kinh tế, buôn lậu",
        "Cục Khám, chữa bệnh và Quản lý hành nghề",
        "Chi cục Hải quan khu vực XIV",
        "Ủy ban nhân dân xã Mường Bú",
        "Ủy ban nhân dân xã Dân Chủ",
        "Ủy ban nhân dân Phường 5",
        "Chi bộ Vụ 8",
        "Viện kiểm sát nhân dân khu vực 9 - Lộc Ninh",
        "Công ty Cổ phần Xây dựng và Thương mại Tân Phát",
        "Công ty TNHH MTV Minh Khai",
        "Trung tâm Y tế huyện Mù Cang Chải",
        "Ban Quản lý dự án đầu tư xây dựng khu vực Long Thành",
        "Phòng Quản lý cây xanh và Chiếu sáng công cộng",
        "Bảo hiểm xã hội Thành phố Hồ Chí Minh",
        "Viện kiểm sát quân sự Quân chủng Hải quân",
        "Tòa Phúc thẩm Tòa án nhân dân tối cao tại Hà Nội",
        "Viện Công tố và Kiểm sát xét xử phúc thẩm tại Đà Nẵng",
        "Viện kiểm sát nhân dân tỉnh Cao Bằng",
        "Viện kiểm sát nhân dân tỉnh Cà Mau",
        "Thanh tra tỉnh Phú Thọ",
    ],
)
def test_a_name_in_capitals_is_written_in_ordinary_case(name: str) -> None:
    assert ordinary(name.upper(), garbled=False) == ordinary(name.upper()) == name


def test_a_name_gets_the_marks_that_a_scan_lost() -> None:
    assert ordinary("VIEN KIEM SAT NHAN DAN TINH GIA LAI") == "Viện kiểm sát nhân dân tỉnh Gia Lai"
    assert ordinary("SỞ VĂN HOA, THẺ THAO VÀ DU LỊCH") == "Sở Văn hóa, Thể thao và Du lịch"
    assert ordinary("CÔNG AN TỈNHTHANHHÓA") == "Công an tỉnh Thanh Hóa"
    assert ordinary("CHICỤUCHẢI QUAN KHU VỰC VIII") == "Chi cục Hải quan khu vực VIII"
    assert ordinary("CHI CỤCHẢIQUAN KHU VỰC II") == "Chi cục Hải quan khu vực II"
    assert ordinary("SÓYTẾ") == "Sở Y tế"


@pytest.mark.parametrize(
    ("read", "sure", "right"),
    [
        ("Hoàng Thùy Tầm", 0.9, "Hoàng Thùy Tâm"),
        ("Nguyên Thi Hiến", 0.9, "Nguyễn Thị Hiến"),
        ("Ma Hải Hiếu", 0.9, "Ma Hải Hiếu"),
        ("Nguyên Thi Tầm", 1.0, "Nguyên Thi Tầm"),
        ("Rư Chăm Ngà", 0.9, "Rơ Châm Ngà"),
    ],
)
def test_a_doubtful_syllable_of_a_person_is_one_that_names_have(read: str, sure: float, right: str) -> None:
    assert personal(read.split(), [sure] * 3) == right


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("11/TTIr-MTTQ", "11/TTr-MTTQ"),
        ("457/TTI-QLN", "457/TTI-QLN"),
        ("12/VPT2-VI", "12/VPT2-V1"),
        ("2577JPB-TGNL-HC", "2577/PB-TGNL-HC"),
    ],
)
def test_strokes_that_a_scan_confuses_in_symbols(said: str, whole: str) -> None:
    read = symbol_in(said, PLAIN)
    assert read is not None
    assert read.whole == whole
