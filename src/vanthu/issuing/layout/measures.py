"""Sizes and places of Decree 30/2020, Phụ lục I, as data; every number here lies inside the ranges of its table."""

from dataclasses import dataclass
from typing import Literal

from vanthu.documents.states import Urgency

FONT = "Times New Roman"
LANGUAGE = "vi-VN"

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
PAGE_NUMBER_FROM_TOP_MM = 10
TEXT_WIDTH_MM = PAGE_WIDTH_MM - LEFT_MM - RIGHT_MM

# The head has two columns: "VIỆN KIỂM SÁT NHÂN DÂN" (12 points bold, 56 mm) and the Quốc hiệu
# (12 points bold, 88 mm) both stay on one line with air between them.
HEAD_LEFT_MM, HEAD_RIGHT_MM = 72, 93
# "Thành phố Hồ Chí Minh, ngày … tháng … năm 2026" takes 101 mm: a long place borrows from the left column.
LONG_PLACE_LETTERS, LONG_PLACE_BORROWS_MM = 15, 13
# Letters of an office name (12 points bold capitals) that fit the left column.
HEAD_LETTERS = 27

FIRST_LINE_MM = 12.7
DASH_UNDER_COLON_MM = 17.3
ADDRESSEE_INDENT_MM = 27
# Room for the signature between title and name: 5 × 18 points = 31.75 mm.
SIGNATURE_LINES, SIGNATURE_LINE_PT = 5, 18

# Blank places in the 13-point lines of number and date, 32 and 23 points wide: form fields are laid over them
# before the first signature.
NUMBER_BLANK = " " * 10
DAY_BLANK = " " * 7

RED = "FF0000"
BOX_HEIGHT_MM = 8
URGENCY_WIDTH_MM = {Urgency.URGENT: 20, Urgency.VERY_URGENT: 40, Urgency.EXPRESS: 30}
CIRCULATION_WIDTH_MM = 55

Align = Literal["left", "center", "justify"]


@dataclass(frozen=True, slots=True)
class Look:
    """How an element is written; sizes and gaps in points."""

    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "center"
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_line_mm: float = 0
    keep_with_next: bool = False


def _text(*, bold: bool = False, italic: bool = False, keep_with_next: bool = False) -> Look:
    return Look(14, bold, italic, "justify", 0, 6, 1.1, FIRST_LINE_MM, keep_with_next)


# Style name in the DOCX (what the drafter sees in Word) → look. The digits are the boxes (ô) of Phụ lục I.
LOOKS: dict[str, Look] = {
    "1 Quốc hiệu": Look(12, bold=True),
    "1 Tiêu ngữ": Look(13, bold=True),
    "2 Cơ quan chủ quản": Look(12),
    "2 Cơ quan ban hành": Look(12, bold=True),
    "3 Số, ký hiệu": Look(13),
    "4 Địa danh, thời gian": Look(13, italic=True),
    "5a Tên loại": Look(14, bold=True, before=14, keep_with_next=True),
    "5a Trích yếu": Look(14, bold=True, keep_with_next=True),
    "5b Trích yếu công văn": Look(12, before=6),
    "6 Thẩm quyền ban hành": Look(14, bold=True, before=10, after=8, keep_with_next=True),
    "6 Căn cứ": _text(italic=True),
    "6 Nội dung": _text(),
    "6 Chương, mục": Look(14, bold=True, before=6, after=4, keep_with_next=True),
    "6 Đề mục": _text(bold=True, keep_with_next=True),
    "7a Chức vụ": Look(14, bold=True, keep_with_next=True),
    "7b Họ tên": Look(14, bold=True),
    "7c Chữ ký": Look(14, keep_with_next=True),
    "9a Kính gửi": Look(14, after=2),
    "9a Nơi gửi": Look(14, align="left", after=2),
    "9b Nơi nhận": Look(12, bold=True, italic=True, align="left", before=2),
    "9b Danh sách nhận": Look(11, align="left"),
    "10b Mức độ khẩn": Look(13, bold=True),
    "11 Chỉ dẫn lưu hành": Look(13, bold=True),
    "12 Người soạn thảo": Look(11, align="left", before=4),
    "13 Liên hệ": Look(11),
    "Phụ lục": Look(14, bold=True, keep_with_next=True),
    "Kèm theo": Look(14, italic=True, keep_with_next=True),
    "Số trang": Look(14),
}
