# ruff: noqa: E501 - a line is a sentence of an office
"""Units of the Supreme Procuracy (2025 names and codes, resolution 1403/NQ-UBTVQH15) and of a provincial procuracy."""

from functools import cache

from vanthu_tools.demo.offices import offices
from vanthu_tools.demo.specs import UnitSpec

SUPREME_UNITS = """
VP|Văn phòng|Chánh Văn phòng|Phó Chánh Văn phòng|administration
V1|Vụ Công tố và Kiểm sát điều tra án an ninh|Vụ trưởng|Phó Vụ trưởng|professional
V2|Vụ Công tố và Kiểm sát điều tra án trật tự xã hội|Vụ trưởng|Phó Vụ trưởng|professional
V3|Vụ Công tố và Kiểm sát điều tra án kinh tế, tham nhũng|Vụ trưởng|Phó Vụ trưởng|professional
V4|Vụ Công tố và Kiểm sát điều tra án ma túy|Vụ trưởng|Phó Vụ trưởng|professional
V6|Vụ Công tố và Kiểm sát điều tra án tư pháp|Vụ trưởng|Phó Vụ trưởng|professional
V7|Vụ Công tố và Kiểm sát xét xử hình sự|Vụ trưởng|Phó Vụ trưởng|professional
V8|Vụ Kiểm sát giam giữ và thi hành án hình sự|Vụ trưởng|Phó Vụ trưởng|professional
V9|Vụ Kiểm sát án dân sự|Vụ trưởng|Phó Vụ trưởng|professional
V10|Vụ Kiểm sát án hành chính, kinh doanh thương mại|Vụ trưởng|Phó Vụ trưởng|professional
V11|Vụ Kiểm sát thi hành án dân sự|Vụ trưởng|Phó Vụ trưởng|professional
V12|Vụ Kiểm sát giải quyết khiếu nại, tố cáo về tư pháp|Vụ trưởng|Phó Vụ trưởng|professional
V13|Vụ Hợp tác quốc tế và tương trợ tư pháp về hình sự|Vụ trưởng|Phó Vụ trưởng|professional
V14|Vụ Pháp chế|Vụ trưởng|Phó Vụ trưởng|professional
V15|Vụ Tổ chức cán bộ|Vụ trưởng|Phó Vụ trưởng|personnel
C1|Cơ quan điều tra|Thủ trưởng|Phó Thủ trưởng|professional
C2|Cục Thống kê tội phạm và Chuyển đổi số|Cục trưởng|Phó Cục trưởng|technology
C3|Cục Tài chính|Cục trưởng|Phó Cục trưởng|support
T1|Thanh tra|Chánh Thanh tra|Phó Chánh Thanh tra|inspection
T2|Trường Đại học Kiểm sát|Hiệu trưởng|Phó Hiệu trưởng|support
T3|Viện Khoa học kiểm sát|Viện trưởng Viện Khoa học|Phó Viện trưởng Viện Khoa học|support
T5|Báo Bảo vệ pháp luật|Tổng Biên tập|Phó Tổng Biên tập|support
"""

PROVINCIAL_UNITS = """
VP|Văn phòng|Chánh Văn phòng|Phó Chánh Văn phòng|administration
TTr|Thanh tra|Chánh Thanh tra|Phó Chánh Thanh tra|inspection
P1|Phòng 1 - Thực hành quyền công tố, kiểm sát điều tra án an ninh, ma túy|Trưởng phòng|Phó Trưởng phòng|professional
P2|Phòng 2 - Thực hành quyền công tố, kiểm sát điều tra án trật tự xã hội|Trưởng phòng|Phó Trưởng phòng|professional
P3|Phòng 3 - Thực hành quyền công tố, kiểm sát điều tra án kinh tế, tham nhũng|Trưởng phòng|Phó Trưởng phòng|professional
P7|Phòng 7 - Thực hành quyền công tố, kiểm sát xét xử hình sự|Trưởng phòng|Phó Trưởng phòng|professional
P8|Phòng 8 - Kiểm sát giam giữ và thi hành án hình sự|Trưởng phòng|Phó Trưởng phòng|professional
P9|Phòng 9 - Kiểm sát án dân sự|Trưởng phòng|Phó Trưởng phòng|professional
P10|Phòng 10 - Kiểm sát án hành chính, kinh doanh thương mại|Trưởng phòng|Phó Trưởng phòng|professional
P11|Phòng 11 - Kiểm sát thi hành án dân sự|Trưởng phòng|Phó Trưởng phòng|professional
P12|Phòng 12 - Kiểm sát giải quyết khiếu nại, tố cáo về tư pháp|Trưởng phòng|Phó Trưởng phòng|professional
P15|Phòng 15 - Tổ chức cán bộ|Trưởng phòng|Phó Trưởng phòng|personnel
"""

APPELLATE_UNITS = """
VP|Văn phòng|Chánh Văn phòng|Phó Chánh Văn phòng|administration
"""

SHORT_NAMES = {"T2": "Trường Đại học Kiểm sát", "T3": "Viện Khoa học", "T5": "Báo Bảo vệ pháp luật", "T1": "Thanh tra",
               "C1": "Cơ quan điều tra"}  # fmt: skip

FIELD_WORDS = {
    "P1": "ma túy, an ninh, nhập cảnh trái phép, tiền giả",
    "P2": "nguồn tin về tội phạm, tin báo, khởi tố, điều tra, trộm cắp, cố ý gây thương tích, đánh bạc, tạm giam, bị can,"
    " vật chứng, án trật tự xã hội, lừa đảo",
    "P3": "kinh tế, tham nhũng, chức vụ, tham ô, hối lộ, đấu thầu, buôn lậu, trốn thuế, tiêu cực, lãng phí",
    "P7": "xét xử hình sự, phúc thẩm hình sự, bản án hình sự, bị cáo, phiên tòa hình sự, kháng nghị phúc thẩm hình sự",
    "P8": "tạm giữ, thi hành án hình sự, trại tạm giam, phạm nhân, án treo, bị án, đặc xá, giam giữ",
    "P9": "dân sự, hôn nhân, quyền sử dụng đất, thừa kế, ly hôn, đương sự, ranh giới đất",
    "P10": "hành chính sơ thẩm, khiếu kiện, kinh doanh thương mại, phá sản, lao động, vụ án hành chính",
    "P11": "thi hành án dân sự, cưỡng chế, kê biên, đấu giá",
    "P12": "khiếu nại, tố cáo, tiếp công dân, đơn của, tố giác tội phạm, cử tri",
    "P15": "tổ chức cán bộ, bổ nhiệm, điều động, biên chế, đào tạo, bồi dưỡng, thi đua, khen thưởng, kê khai tài sản",
    "TTr": "thanh tra, kỷ luật công vụ, xác minh đơn tố cáo",
    "VP": "báo cáo công tác, văn thư, lưu trữ, hội nghị, giao ban, họp, ngân sách, con dấu, chuyển đổi số, chữ ký số, trực",
    "C2": "chuyển đổi số, phần mềm, thống kê, an toàn thông tin, chữ ký số, tài khoản",
    "V14": "dự thảo luật, thông tư, pháp luật, pháp chế, biểu mẫu",
    "V13": "tương trợ tư pháp, dẫn độ, hợp tác quốc tế",
    "C3": "ngân sách, dự toán, tài sản công, đầu tư, trụ sở",
    "C1": "cơ quan điều tra, xâm phạm hoạt động tư pháp",
}
"""Phrases that suggest a unit, by its provincial abbreviation or its own."""

TABLES = {"supreme": SUPREME_UNITS, "province": PROVINCIAL_UNITS, "appellate": APPELLATE_UNITS}
"""By level. A regional procuracy has no units."""


def read_unit(office: str, position: int, line: str) -> UnitSpec:
    """Read one line of a table above."""
    code, name, head, deputy, kind = line.split("|")
    return UnitSpec(f"{office}/{code}", office, code, name, head, deputy, position, kind)


def short_name(unit: UnitSpec) -> str:
    """*Phòng 9*, *Vụ 14*, *Cục 2*, *Văn phòng*: the form for lists and sentences."""
    if unit.code in SHORT_NAMES:
        return SHORT_NAMES[unit.code]
    first = unit.name.partition(" - ")[0]
    if unit.code[0] in "VC" and unit.code[1:].isdigit():
        return f"{first.split()[0]} {unit.code[1:]}"
    return first


@cache
def units() -> tuple[UnitSpec, ...]:
    """Units of every office that has some; the former provincial procuracies keep theirs for the old documents."""
    return tuple(
        read_unit(office.key, position, line)
        for office in offices()
        if office.level in TABLES
        for position, line in enumerate(TABLES[office.level].strip().splitlines(), 1)
    )


@cache
def units_by_key() -> dict[str, UnitSpec]:
    """Every unit under `office/CODE`."""
    return {unit.key: unit for unit in units()}
