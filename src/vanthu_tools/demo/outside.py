# ruff: noqa: E501 - a line is a sentence of an office
"""Bodies outside the sector that write to a procuracy, with the symbols and the signers of each."""

from dataclasses import dataclass

from vanthu_tools.demo.places import Province


@dataclass(frozen=True, slots=True)
class Body:
    """`symbols` are the parts after the kind; {kind} is its abbreviation, "" for official letters."""

    key: str
    name: str
    letter: tuple[str, ...]
    other: str
    signers: tuple[str, ...]
    per_year: int
    weight: int
    channel: str
    """axis, scan or email: how its documents mostly arrive"""


TABLE = """
CA|Cơ quan Cảnh sát điều tra Công an {province}|CV-CSĐT(PC02) CV-CSĐT(PC01) CV-CSĐT(PC03) CV-CSĐT(PC04)|{kind}-CSĐT(PC02)|Phó Thủ trưởng;Phó Thủ trưởng|3400|16|scan
TA|Tòa án nhân dân {province}|TA-HS TA-DS TA-VP|{kind}-TA|Chánh án;Phó Chánh án|1500|10|scan
TAKV|Tòa án nhân dân khu vực {number}|TAKV{number}-DS TAKV{number}-HC|{kind}-TAKV{number}|Chánh án;Phó Chánh án|1800|6|scan
UB|Ủy ban nhân dân {province}|UBND-NC UBND-KGVX UBND-TH|{kind}-UBND|Chủ tịch;Phó Chủ tịch|6200|8|axis
UBX|Ủy ban nhân dân {commune}|UBND-KT UBND-VHXH|{kind}-UBND|Chủ tịch;Phó Chủ tịch|1300|3|axis
HDND|Hội đồng nhân dân {province}|HĐND-PC HĐND-TT|{kind}-HĐND|Phó Chủ tịch;Trưởng Ban Pháp chế|420|2|axis
TH|Thi hành án dân sự {province}|THADS-NV THADS-VP|{kind}-THADS|Trưởng Thi hành án dân sự;Phó Trưởng Thi hành án dân sự|2600|4|axis
THKV|Phòng Thi hành án dân sự khu vực {number}|PTHADSKV{number}|{kind}-PTHADSKV{number}|Trưởng phòng;Phó Trưởng phòng|900|3|scan
TG|Trại tạm giam số 1 Công an {province}|TTG-TM TTG-QLGG|{kind}-TTG|Giám thị;Phó Giám thị|700|3|scan
TTRT|Thanh tra {province}|TTT-NV TTT-VP|{kind}-TTT|Chánh Thanh tra;Phó Chánh Thanh tra|620|2|axis
TU|Tỉnh ủy {name}|CV/TU|{kind}/TU|Phó Bí thư;Ủy viên Ban Thường vụ|340|1|scan
BNC|Ban Nội chính Tỉnh ủy {name}|CV/BNCTU|{kind}/BNCTU|Phó Trưởng ban;Trưởng ban|380|2|scan
DU|Đảng ủy Viện kiểm sát nhân dân {province}|CV/ĐU|{kind}/ĐU|Bí thư;Phó Bí thư|210|2|scan
SNV|Sở Nội vụ {province}|SNV-CCVC SNV-VTLT SNV-TĐKT|{kind}-SNV|Giám đốc;Phó Giám đốc|2900|2|axis
STP|Sở Tư pháp {province}|STP-VP STP-XDVB STP-BTTP|{kind}-STP|Giám đốc;Phó Giám đốc|1700|2|axis
STC|Sở Tài chính {province}|STC-HCSN STC-QLCS|{kind}-STC|Giám đốc;Phó Giám đốc|4200|2|axis
SKHCN|Sở Khoa học và Công nghệ {province}|SKHCN-CĐS SKHCN-VP|{kind}-SKHCN|Giám đốc;Phó Giám đốc|1900|2|axis
STNMT|Sở Nông nghiệp và Môi trường {province}|SNNMT-QLĐĐ|{kind}-SNNMT|Phó Giám đốc;Giám đốc|3900|2|axis
TCD|Ban Tiếp công dân {province}|BTCD-XLĐ|{kind}-BTCD|Trưởng ban;Phó Trưởng ban|820|2|axis
DD|Đoàn đại biểu Quốc hội {province}|ĐĐBQH-VP|{kind}-ĐĐBQH|Phó Trưởng đoàn;Trưởng đoàn|260|2|axis
LS|Văn phòng Luật sư {firm}|VPLS|{kind}-VPLS|Trưởng Văn phòng;Luật sư|120|2|email
BO|Bộ Tư pháp|BTP-PLHSHC BTP-VP|{kind}-BTP|Thứ trưởng;Vụ trưởng|5600|2|axis
"""
"""key|name|symbols of its letters|symbol of the other kinds|who signs|documents a year|how often it writes|channel"""

FIRMS = ("Kinh Bắc và Cộng sự", "An Tín", "Công Minh", "Lê và Đồng sự", "Thiên Phú")


def read(line: str) -> Body:
    """Read one line of the table."""
    key, name, letter, other, signers, per_year, weight, channel = line.split("|")
    return Body(
        key,
        name,
        tuple(letter.split()),
        other,
        tuple(signers.split(";")),
        int(per_year),
        int(weight),
        channel,
    )


BODIES = {body.key: body for body in (read(line) for line in TABLE.strip().splitlines())}


def filled(text: str, province: Province, number: int, commune: str) -> str:
    """A name or symbol of the table for one province; a city's committee is *Thành ủy*."""
    title = f"{province.kind.lower()} {province.name}"
    if province.kind == "Thành phố":
        text = text.replace("Tỉnh ủy", "Thành ủy")
    return text.format(
        province=title, name=province.name, number=number, commune=commune, kind="{kind}",
        firm=FIRMS[number % len(FIRMS)],
    )  # fmt: skip
