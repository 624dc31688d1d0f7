"""Registers as PDF and XLSX, read back."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from vanthu.documents.books import (
    INCOMING,
    OUTGOING,
    Book,
    BookCover,
    IncomingRow,
    OutgoingRow,
    paper,
    write_pdf,
    write_xlsx,
)
from vanthu.documents.books.columns import together

# Decree 30/2020, Phụ lục IV, word for word.
INCOMING_TITLES = [
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip
OUTGOING_TITLES = [
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip
COVER = BookCover(
    office="Viện kiểm sát nhân dân tỉnh Nam Định",
    superior="Viện kiểm sát nhân dân tối cao",
    year=2026,
    from_on=date(2026, 1, 1),
    to_on=date(2026, 12, 31),
    from_number=1,
    to_number=2290,
    volume="02",
)


def arrivals(count: int) -> Iterator[IncomingRow]:
    for number in range(1, count + 1):
        yield IncomingRow(
            arrived_on=date(2026, 11, 20),
            arrival_number=number,
            issuer="Viện kiểm sát nhân dân tối cao",
            symbol=f"{number + 1000}/KH-VKSTC",
            dated_on=date(2026, 11, 18),
            kind="Kế hoạch",
            subject="Tổ chức Hội nghị tổng kết <công tác> & triển khai nhiệm vụ năm 2027",
            receiver="Phòng 9",
            handed_on=date(2026, 11, 21),
            signed_for="Nguyễn Văn An 21/11",
            note="Hỏa tốc",
        )


SENT = OutgoingRow(
    symbol="05/QĐ-VKS",
    dated_on=date(2026, 11, 18),
    kind="Quyết định",
    subject="Về việc thành lập Tổ công tác",
    signer="Trần Thị Minh Nguyệt",
    recipients="Phòng 1; Phòng 9",
    kept_by="Văn thư",
    copies=12,
    dispatched_on=date(2026, 11, 19),
)


def pages_of(book: Book, rows: object, cover: BookCover = COVER) -> list[str]:
    stream = io.BytesIO()
    count = write_pdf(book, cover, rows, stream)  # type: ignore[arg-type]
    document = pdfium.PdfDocument(stream.getvalue())
    assert len(document) == count
    for page in document:
        width, height = page.get_size()
        assert (round(width), round(height)) == (842, 595)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(("book", "titles"), [(INCOMING, INCOMING_TITLES), (OUTGOING, OUTGOING_TITLES)])
def test_the_columns_are_those_of_the_decree(book: Book, titles: list[str]) -> None:
    assert [column.title for column in book.columns] == titles
    assert sum(column.width_mm for column in book.columns) == 277  # A4 landscape within its margins


def test_the_cover_has_every_line() -> None:
    cover = pages_of(INCOMING, arrivals(1))[0]
    for line in (
        "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO VIỆN KIỂM SÁT NHÂN DÂN TỈNH NAM ĐỊNH",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN Năm: 2026 Từ ngày 01/01/2026 đến ngày 31/12/2026 Từ số 01 đến số 2290 Quyển số: 02",
    ):
        assert line in cover
    assert "Trang" not in cover


def test_a_row_is_printed_in_full() -> None:
    page = pages_of(INCOMING, arrivals(1))[1]
    for text in (
        "20/11/2026", "1001/KH-VKSTC", "18/11/2026", "Phòng 9", "21/11/2026", "Nguyễn Văn An 21/11", "Hỏa tốc",
        "Kế hoạch: Tổ chức Hội nghị tổng kết <công tác> & triển khai nhiệm vụ năm 2027",
    ):  # fmt: skip
        assert text in page


def test_the_head_repeats_the_pages_count_on_and_no_row_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "ROWS_AT_ONCE", 30)
    _, *tables = pages_of(INCOMING, arrivals(70))
    assert len(tables) > 3
    for number, text in enumerate(tables, start=1):
        assert f"SỔ ĐĂNG KÝ VĂN BẢN ĐẾN Trang {number}" in text
    with_rows = [text for text in tables if "/KH-VKSTC" in text]
    assert len(with_rows) >= len(tables) - 1
    assert all("Tên loại và trích yếu" in text and "(10)" in text for text in with_rows)
    rows_per_page = [text.count("/KH-VKSTC") for text in with_rows]
    assert sum(rows_per_page) == 70
    assert min(rows_per_page[:-1]) >= max(rows_per_page) - 2, "a portion must not leave a page half empty"
    together = " ".join(tables)
    places = [together.index(f"{number + 1000}/KH-VKSTC") for number in range(1, 71)]
    assert places == sorted(places)
    assert "Sổ này đăng ký 70 văn bản đến, từ số 01 đến số 2290." in tables[-1]


def test_an_empty_book_is_still_a_book() -> None:
    cover, table = pages_of(OUTGOING, iter(()))
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in cover
    assert "Đơn vị, người nhận bản lưu" in table
    assert "Sổ này đăng ký 0 văn bản đi" in table


def test_a_voided_number_says_why() -> None:
    row = OutgoingRow(
        "06/QĐ-VKS", None, "Quyết định", "Bị hủy", "An", voided="cấp nhầm loại", note="Thay bằng 07"
    )
    page = pages_of(OUTGOING, [SENT, row])[1]
    assert "Số đã hủy: cấp nhầm loại" in page
    assert "Thay bằng 07" in page


def test_the_font_is_times_or_its_twin() -> None:
    stream = io.BytesIO()
    write_pdf(INCOMING, COVER, arrivals(1), stream)
    page = pdfium.PdfDocument(stream.getvalue())[1]
    texts = [item for item in page.get_objects() if isinstance(item, pdfium.PdfTextObj)]
    names = {text.get_font().get_base_name() for text in texts}
    assert names
    assert all(any(twin in name for twin in ("Tinos", "Times", "Liberation-Serif")) for name in names)


def test_xlsx_has_the_columns_and_real_values() -> None:
    stream = io.BytesIO()
    assert write_xlsx(OUTGOING, COVER, iter([SENT, SENT]), stream) == 2
    workbook = load_workbook(stream)
    assert workbook.sheetnames == ["Bìa", "Sổ"]
    sheet = workbook["Sổ"]
    assert [cell.value for cell in sheet[1]] == OUTGOING_TITLES
    assert [cell.value for cell in sheet[2]] == [f"({number})" for number in range(1, 11)]
    assert [cell.value for cell in sheet[3]] == [
        "05/QĐ-VKS", datetime(2026, 11, 18), "Quyết định: Về việc thành lập Tổ công tác", "Trần Thị Minh Nguyệt",
        "Phòng 1, 9", "Văn thư", 12, datetime(2026, 11, 19), None, None,
    ]  # fmt: skip
    assert sheet["B3"].number_format == "dd/mm/yyyy"
    assert sheet["G3"].data_type == "n"
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["A3"].font.name == "Times New Roman"
    covers = [row[0].value for row in workbook["Bìa"].iter_rows()]
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in covers
    assert "Quyển số: 02" in covers


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_formula_in_a_subject_stays_text(evil: str) -> None:
    stream = io.BytesIO()
    row = OutgoingRow(evil, None, "", evil, evil + "\x00\x07")
    write_xlsx(OUTGOING, COVER, [row], stream)
    sheet = load_workbook(stream)["Sổ"]
    for cell in (sheet["A3"], sheet["C3"], sheet["D3"]):
        assert cell.data_type == "s"
        assert cell.value == evil
        assert cell.quotePrefix


def test_rows_are_taken_one_by_one() -> None:
    taken: list[int] = []

    def rows() -> Iterator[IncomingRow]:
        for row in arrivals(5):
            taken.append(row.arrival_number)
            yield row

    write_xlsx(INCOMING, COVER, rows(), io.BytesIO())
    assert taken == [1, 2, 3, 4, 5]


def test_recipients_of_one_name_share_it() -> None:
    names = (
        "Tòa án tỉnh; VKSND khu vực 1; VKSND khu vực 2; VKSND khu vực 10; Phòng 1; VKSND khu vực 3; Công ty 3"
    )
    assert together(names) == ("Tòa án tỉnh; VKSND khu vực 1, 2, 10; Phòng 1; VKSND khu vực 3; Công ty 3")
    assert together("") == ""
