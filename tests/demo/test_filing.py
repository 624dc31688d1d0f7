"""The files of the demonstration: real letters with places for what comes later, scans."""

from datetime import date
from pathlib import Path
from random import Random

import pypdfium2 as pdfium

from vanthu.practice.letter import Letter, pdf
from vanthu.signing.places import REQUIRED, find_places
from vanthu_tools.demo.bodies import paragraphs
from vanthu_tools.demo.filing.scan import scanned

SUBJECT = "Kiểm tra công tác văn thư, lưu trữ năm 2027"


def letter(**changes: object) -> Letter:
    day = date(2026, 11, 3)
    values = {
        "kind": "KH",
        "superior": "Viện kiểm sát nhân dân tối cao",
        "office": "Viện kiểm sát nhân dân tỉnh Bắc Ninh",
        "number": "",
        "notation": "KH-VKS-VP",
        "place": "Bắc Ninh",
        "day": day,
        "subject": SUBJECT,
        "recipients": (),
        "basis": (),
        "body": paragraphs("KH", "VP", SUBJECT, "Viện kiểm sát nhân dân tỉnh Bắc Ninh", day, Random(1)),
        "signing": ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),
        "signer": "Nguyễn Văn Minh",
        "copies": (),
        "archive": "VT, VP",
    }
    return Letter(**(values | changes))  # type: ignore[arg-type]


def text_of(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_letter_without_number_has_a_place_for_every_field(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(letter()))
    assert find_places(path, "Nguyễn Văn Minh").found.keys() >= set(REQUIRED)


def test_a_letter_reads_as_the_decree_asks() -> None:
    text = text_of(pdf(letter(number="45", urgency=2)))
    for words in ("Số: 45/KH-VKS-VP", "ngày 03 tháng 11 năm 2026", "THƯỢNG KHẨN", "KẾ HOẠCH", SUBJECT):
        assert words in text


def test_a_party_letter_has_its_own_head() -> None:
    text = text_of(pdf(letter(kind="DKH", number="21", notation="-KH/ĐU")))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "Số 21-KH/ĐU" in text


def test_a_letter_of_the_party_has_no_title() -> None:
    text = text_of(pdf(letter(kind="DCV", number="21", notation="-CV/ĐU")))
    assert "Số 21-CV/ĐU" in text
    assert "V/v kiểm tra công tác văn thư" in text
    assert "CÔNG VĂN" not in text


def test_a_scan_is_an_image_without_text() -> None:
    data = scanned(pdf(letter(number="45")), Random(2))
    assert text_of(data).strip() == ""
    assert len(data) < 600_000
