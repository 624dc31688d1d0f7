# ruff: noqa: E501 - a line is a sentence of an office
"""The words that fill the braces of a pattern: people, crimes, places, case numbers and periods around a day."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from vanthu_tools.demo.names import FAMILIES, MEN_GIVEN, MEN_MIDDLE, WOMEN_GIVEN, WOMEN_MIDDLE, Names
from vanthu_tools.demo.places import PROVINCES, Province
from vanthu_tools.demo.specs import REORGANISED_ON

SECURITY = (
    "mua bán trái phép chất ma túy", "tàng trữ trái phép chất ma túy", "vận chuyển trái phép chất ma túy",
    "tổ chức sử dụng trái phép chất ma túy", "chứa chấp việc sử dụng trái phép chất ma túy",
    "tổ chức cho người khác nhập cảnh trái phép", "làm, tàng trữ, lưu hành tiền giả",
)  # fmt: skip
SOCIAL = (
    ("trộm cắp tài sản", 173), ("cướp giật tài sản", 171), ("cướp tài sản", 168), ("lừa đảo chiếm đoạt tài sản", 174),
    ("lạm dụng tín nhiệm chiếm đoạt tài sản", 175), ("cưỡng đoạt tài sản", 170), ("cố ý gây thương tích", 134),
    ("giết người", 123), ("gây rối trật tự công cộng", 318), ("đánh bạc", 321), ("tổ chức đánh bạc", 322),
    ("vi phạm quy định về tham gia giao thông đường bộ", 260), ("chống người thi hành công vụ", 330),
    ("hủy hoại tài sản", 178), ("bắt, giữ người trái pháp luật", 157), ("cho vay lãi nặng trong giao dịch dân sự", 201),
    ("tiêu thụ tài sản do người khác phạm tội mà có", 323), ("làm giả con dấu, tài liệu của cơ quan, tổ chức", 341),
    ("sử dụng mạng máy tính thực hiện hành vi chiếm đoạt tài sản", 290), ("chứa mại dâm", 327),
    ("hiếp dâm người dưới 16 tuổi", 142), ("dâm ô đối với người dưới 16 tuổi", 146), ("vô ý làm chết người", 128),
)  # fmt: skip
ECONOMIC = (
    ("tham ô tài sản", 353), ("nhận hối lộ", 354), ("lạm dụng chức vụ, quyền hạn chiếm đoạt tài sản", 355),
    ("lợi dụng chức vụ, quyền hạn trong khi thi hành công vụ", 356), ("trốn thuế", 200), ("buôn lậu", 188),
    ("vi phạm quy định về đấu thầu gây hậu quả nghiêm trọng", 222), ("mua bán trái phép hóa đơn", 203),
    ("vi phạm các quy định về quản lý đất đai", 229), ("sản xuất, buôn bán hàng giả là thực phẩm", 193),
    ("vi phạm quy định về quản lý, sử dụng tài sản nhà nước gây thất thoát, lãng phí", 219), ("rửa tiền", 324),
    ("vi phạm quy định về xây dựng gây hậu quả nghiêm trọng", 298), ("gây ô nhiễm môi trường", 235),
)  # fmt: skip
TRADES = (
    "Công ty TNHH Thương mại và Xây dựng", "Công ty cổ phần Đầu tư", "Công ty TNHH Sản xuất", "Công ty cổ phần Bao bì",
    "Công ty TNHH MTV Vận tải", "Công ty cổ phần Dược phẩm", "Hợp tác xã Dịch vụ nông nghiệp", "Công ty TNHH Điện tử",
)  # fmt: skip
FIRMS = (
    "Hoàng Phát", "An Khánh", "Minh Long Phát", "Đại Thành", "Việt Tín", "Tân Hưng Thịnh", "Phương Nam Á", "Trường Lộc",
    "Bình Sơn", "Thiên Ân", "Hải Đăng", "Kinh Bắc Xanh", "Nam Cường Thịnh", "Đông Đô Phát", "Gia Phú Hưng", "Sông Thương",
)  # fmt: skip
HOLIDAYS = ((1, "Tết Nguyên đán"), (4, "30/4 và 01/5"), (9, "Quốc khánh 02/9"))


class Words:
    """Looks words up for `str.format_map`, drawing anew at every brace. `province` gives places, `day` periods."""

    def __init__(self, random: Random, province: Province, day: date, staff: tuple[str, ...] = ()) -> None:
        self.random = random
        self.province = province
        self.day = day
        self.staff = staff
        self.names = Names(random, set())
        self.crime_number = 0
        self.drawn: dict[str, Callable[[], str]] = {
            "accused": self.names.one_off, "mr": self.citizen, "mr2": self.citizen, "staff": self.colleague,
            "crime": lambda: random.choice(SOCIAL)[0], "crime1": lambda: random.choice(SECURITY),
            "crime2": self.social, "crime3": self.economic, "clause2": self.clause, "clause3": self.clause,
            "loc": self.locality, "prov": self.province_name, "commune": self.commune, "jail": self.jail,
            "company": self.company, "company2": self.company, "money": self.money,
            "n": lambda: str(random.randint(2, 14)), "day": lambda: f"{self.recent():%d/%m/%Y}",
            "hs": lambda: self.case("HS-ST", 140), "hspt": lambda: self.case("HS-PT", 90),
            "ds": lambda: self.case("TLST-DS", 260), "dsst": lambda: self.case("DS-ST", 90),
            "dspt": lambda: self.case("DS-PT", 80), "hn": lambda: self.case("TLST-HNGĐ", 420),
            "hc": lambda: self.case("HC-ST", 40), "kd": lambda: self.case("KDTM-ST", 30),
            "year": lambda: str(day.year), "last": lambda: str(day.year - 1), "next": lambda: str(day.year + 1),
            "month": self.month, "quarter": self.quarter, "half": self.half, "holiday": self.holiday,
        }  # fmt: skip

    def __getitem__(self, word: str) -> str:
        return self.drawn[word]()

    def recent(self) -> date:
        """A day in the quarter before."""
        return self.day - timedelta(days=self.random.randint(4, 75))

    def citizen(self) -> str:
        woman = self.random.random() < 0.42
        middles, given = (WOMEN_MIDDLE, WOMEN_GIVEN) if woman else (MEN_MIDDLE, MEN_GIVEN)
        name = f"{self.random.choice(FAMILIES)} {self.random.choice(middles)} {self.random.choice(given)}"
        return f"{'bà' if woman else 'ông'} {name}"

    def colleague(self) -> str:
        return (
            f"đồng chí {self.random.choice(self.staff)}" if self.staff else f"đồng chí {self.names.one_off()}"
        )

    def social(self) -> str:
        crime, self.crime_number = self.random.choice(SOCIAL)
        return crime

    def economic(self) -> str:
        crime, self.crime_number = self.random.choice(ECONOMIC)
        return crime

    def clause(self) -> str:
        """The article of the crime drawn just before."""
        return f"khoản {self.random.choice('1122234')} Điều {self.crime_number or 173} Bộ luật Hình sự"

    def locality(self) -> str:
        """*khu vực 7* since July 2025, a district before."""
        if self.day >= REORGANISED_ON:
            return f"khu vực {self.random.randint(1, self.province.regions)}"
        return self.random.choice(
            [one for former in self.province.former for one in former.districts]
        ).full_name

    def commune(self) -> str:
        """A commune or ward; most carry the name of a former district."""
        district = self.random.choice([one for former in self.province.former for one in former.districts])
        if district.name.isdigit():
            return f"phường {self.random.choice(('Bến Thành', 'Tân Định', 'Chợ Quán', 'Phú Lâm', 'An Đông'))}"
        return f"{'xã' if district.kind == 'huyện' else 'phường'} {district.name}"

    def province_name(self) -> str:
        return f"{self.province.kind.lower()} {self.province.name}"

    def jail(self) -> str:
        if self.random.random() < 0.6:
            return f"Trại tạm giam số 1 Công an {self.province_name()}"
        return f"Phân trại tạm giam {self.locality()}"

    def company(self) -> str:
        return f"{self.random.choice(TRADES)} {self.random.choice(FIRMS)}"

    def money(self) -> str:
        return f"{self.random.randint(2, 98)},{self.random.randint(1, 9)} tỷ đồng"

    def case(self, suffix: str, per_year: int) -> str:
        """Number of a case or judgment not long before the day."""
        day = self.recent()
        number = max(1, per_year * day.timetuple().tm_yday // 365 + self.random.randint(-3, 3))
        return f"{number:02d}/{day.year}/{suffix}"

    def month(self) -> str:
        month = self.day if self.day.day > 12 else self.day.replace(day=1) - timedelta(days=1)
        return f"tháng {month.month} năm {month.year}"

    def quarter(self) -> str:
        day = self.day - timedelta(days=40)
        return f"quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]} năm {day.year}"

    def half(self) -> str:
        if 5 <= self.day.month <= 8:
            return f"6 tháng đầu năm {self.day.year}"
        return f"năm {self.day.year}" if self.day.month >= 9 else f"năm {self.day.year - 1}"

    def holiday(self) -> str:
        month, name = min(HOLIDAYS, key=lambda one: (one[0] - self.day.month) % 12)
        return f"{name} năm {self.day.year + (1 if month < self.day.month else 0)}"


def province_named(key: str) -> Province:
    """The province of today with this key."""
    return next(province for province in PROVINCES if province.key == key)
