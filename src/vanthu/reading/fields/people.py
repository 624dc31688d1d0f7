"""Names of people as a scan garbles them: what families are called is known, what children are called is not."""

from vanthu.kernel.vietnamese import fold

_FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Võ", "Phan", "Trương", "Bùi", "Đặng", "Đỗ", "Ngô", "Hồ",
    "Dương", "Đinh", "Đoàn", "Lâm", "Mai", "Trịnh", "Đào", "Cao", "Lý", "Hà", "Lưu", "Lương", "Thái", "Châu", "Tạ",
    "Phùng", "Tô", "Vương", "Văn", "Tăng", "Quách", "Lại", "Hứa", "Thạch", "Diệp", "Từ", "Chu", "La", "Đàm", "Tống",
    "Giang", "Chung", "Triệu", "Kiều", "Hồng", "Trang", "Đồng", "Danh", "Lò", "Lữ", "Thân", "Kim", "Mã", "Bạch",
    "Liêu", "Tiêu", "Bành", "Âu", "Khổng", "Doãn", "Khương", "Nghiêm", "Nông", "Quàng", "Giàng", "Hầu", "Ninh",
)  # fmt: skip
_MIDDLES = {"thi": "Thị", "duc": "Đức"}


def personal(name: str) -> str:
    """A person's name with the family's in its spelling, and "Văn", "Thị" as they are always written."""
    family, *others = name.split()
    alike = [one for one in _FAMILIES if fold(one) == fold(family)]
    given = [_MIDDLES.get(fold(one), one) for one in others[:-1]] + others[-1:]
    return " ".join([alike[0] if len(alike) == 1 else family, *given])
