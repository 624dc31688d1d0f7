"""Invented Vietnamese names and the sign-in names made from them."""

import unicodedata
from random import Random

FAMILIES = (
    "Nguyễn " * 30
    + "Trần " * 11
    + "Lê " * 10
    + "Phạm " * 7
    + "Hoàng " * 5
    + "Vũ " * 5
    + "Đặng " * 3
    + "Bùi " * 3
    + "Đỗ " * 3
    + "Ngô " * 2
    + "Dương " * 2
    + "Lý " * 1
    + "Phan " * 3
    + "Trương " * 2
    + "Đinh " * 2
    + "Lương " * 1
    + "Mai " * 1
    + "Đào " * 1
    + "Đoàn " * 1
    + "Trịnh " * 2
    + "Hà " * 1
    + "Cao " * 1
    + "Tạ " * 1
    + "Chu " * 1
    + "Lưu " * 1
    + "Tô " * 1
    + "Thái " * 1
    + "Hồ " * 1
    + "Quách " * 1
    + "La " * 1
    + "Nông " * 1
    + "Giáp " * 1
).split()


def words(text: str) -> tuple[str, ...]:
    """The words of a list; a word that stands twice is drawn twice as often."""
    return tuple(text.split())


MEN_MIDDLE = words(
    """
    Văn Văn Văn Đức Quang Minh Hữu Xuân Quốc Tuấn Thanh Ngọc Trọng Công Đình Bá Duy Thế Mạnh Hoàng Việt
    Hải Tiến Gia
    """
)
MEN_GIVEN = words(
    """
    An Anh Bách Bảo Bình Cường Chiến Chung Công Cương Dũng Duy Đạt Điệp Định Đông Đức Giang Hà Hải Hậu
    Hiệp Hiếu Hòa  Hoàn Hoàng Huân Hùng Huy Hưng Khải Khang Khánh Khoa Khôi Kiên Lâm Linh Long Lộc Luân
    Lực Mạnh Minh Nam Nghĩa  Nguyên Nhật Phong Phú Phúc Phương Quân Quang Quyết Sáng Sơn Tài Tâm Tân
    Thái Thành Thắng Thiện Thịnh Thông Thuận  Tiến Toàn Trí Trung Trường Tuấn Tùng Tú Tuyên Việt Vinh
    Vượng
    """
)
WOMEN_MIDDLE = words(
    """
    Thị Thị Thị Thị Thu Thanh Ngọc Hồng Kim Minh Phương Bích Thùy Hải Khánh Mai Diệu Lan Quỳnh Thúy
    Tuyết Vân
    """
)
WOMEN_GIVEN = words(
    """
    An Anh Bình Châu Chi Dung Duyên Đào Giang Hà Hạnh Hằng Hậu Hiền Hiên Hoa Hoài Hồng Huế Huệ Huyền
    Hương Hường Lan  Lê Liên Linh Loan Ly Mai Minh My Nga Ngân Ngọc Nguyệt Nhàn Nhung Oanh Phương Phượng
    Quyên Quỳnh Sen Tâm Thảo  Thắm Thoa Thơm Thu Thủy Thúy Thư Thương Trà Trang Trâm Trinh Tú Tuyết Uyên
    Vân Vy Xuân Yến
    """
)

AVOID = frozenset(
    {
        "Nguyễn Huy Tiến",
        "Lê Minh Trí",
        "Nguyễn Hòa Bình",
        "Nguyễn Duy Giảng",
        "Nguyễn Hải Trâm",
        "Nguyễn Quang Dũng",
        "Hồ Đức Anh",
        "Nguyễn Đức Thái",
        "Trần Công Phàn",
        "Nguyễn Thị Thủy Khiêm",
        "Tô Lâm",
        "Lương Tam Quang",
        "Phạm Minh Chính",
        "Nguyễn Phú Trọng",
        "Lê Quang Tùng",
        "Lương Cường",
        "Trần Thanh Mẫn",
        "Nguyễn Văn Quảng",
        "Bùi Văn Cường",
        "Hoàng Anh Công",
        "Nguyễn Quang Hải",
    }
)
"""Names of office-holders and other well-known people: the demonstration must not seem to speak of them."""


def plain(text: str) -> str:
    """*Phạm Thu Thủy* as `pham thu thuy`."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


class Names:
    """Draws full names and sign-in names, each at most once."""

    def __init__(self, random: Random, taken: set[str]) -> None:
        self.random = random
        self.taken = set(taken) | AVOID

    def draw(self, gender: str) -> str:
        """A name that nobody in the sector has yet."""
        middles, given = (WOMEN_MIDDLE, WOMEN_GIVEN) if gender == "female" else (MEN_MIDDLE, MEN_GIVEN)
        while True:
            parts = [self.random.choice(FAMILIES), self.random.choice(middles), self.random.choice(given)]
            name = " ".join(parts)
            if name not in self.taken and len(set(parts)) == 3:
                self.taken.add(name)
                return name

    def one_off(self) -> str:
        """A name for someone outside the sector, who may well share it with others."""
        if self.random.random() < 0.6:
            middles, given = MEN_MIDDLE, MEN_GIVEN
        else:
            middles, given = WOMEN_MIDDLE, WOMEN_GIVEN
        return f"{self.random.choice(FAMILIES)} {self.random.choice(middles)} {self.random.choice(given)}"


def username(name: str, suffix: str, taken: set[str]) -> str:
    """`thuy.vanthu`; with initials (`thuypt.vanthu`), then digits, when someone has it already."""
    *others, given = plain(name).split()
    initials = "".join(word[0] for word in others)
    candidates = [f"{given}.{suffix}", f"{given}{initials}.{suffix}"]
    candidates += [f"{given}{initials}{digit}.{suffix}" for digit in range(2, 99)]
    chosen = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(chosen)
    return chosen
