"""The operating rules of an office (quy chế) as a table: what may be set, the sector's default, whom it touches, words.

An office may narrow what the sector gives. What it widens is named as such: the ledger says so, and whoever heads the
office is told until they confirm. Decree 30/2020/NĐ-CP, articles 6, 12, 13, 15, 22-24.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from vanthu.organisations.models import OfficeRules
from vanthu.organisations.powers import DELEGABLE, POWERS, POWERS_OF, Role

SECTOR_DAYS = 15  # working days in which a document is handled at the latest, as the sector has it
SMALLEST_SEAL, LARGEST_SEAL = 20, 60  # mm across
SECTOR_DELEGATION = 60  # days that a delegation lasts at most
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does one step: the roles of the sector, and those among which an office may choose."""

    power: str
    label: str
    usual: tuple[Role, ...]
    possible: tuple[Role, ...]
    article: str


DUTIES: tuple[Duty, ...] = (
    Duty("present", "Trình văn bản đến", (Role.CLERK,), (Role.CLERK, Role.ADMINISTRATION_HEAD), "Điều 23"),
    Duty(
        "distribute", "Phân phối văn bản đến",
        (Role.ADMINISTRATION_HEAD,), (Role.ADMINISTRATION_HEAD, Role.CLERK), "Điều 23 khoản 1",
    ),
    Duty(
        "review_form", "Kiểm tra thể thức dự thảo",
        (Role.ADMINISTRATION_HEAD,), (Role.ADMINISTRATION_HEAD, Role.CLERK), "Điều 12 khoản 2",
    ),
    Duty(
        "recall", "Thu hồi văn bản đã phát hành",
        (Role.CLERK,), (Role.CLERK, Role.ADMINISTRATION_HEAD), "Điều 18 khoản 4",
    ),
    Duty(
        "chase", "Theo dõi, đôn đốc",
        (Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD),
        (Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD), "Điều 24 khoản 3",
    ),
    Duty(
        "print_books", "In, xuất sổ đăng ký",
        (Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD),
        (Role.CLERK, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD), "Điều 16, 22",
    ),
)  # fmt: skip
_BY_POWER = {duty.power: duty for duty in DUTIES}

# What the law gives to one person alone; no rule of an office moves it.
FIXED: tuple[tuple[str, str, str], ...] = (
    ("Đăng ký văn bản đến", "Văn thư", "Điều 22"),
    ("Kiểm tra nội dung dự thảo", "Lãnh đạo đơn vị soạn thảo", "Điều 12 khoản 1"),
    ("Ký văn bản", "Viện trưởng; Phó Viện trưởng ký thay (KT.)", "Điều 13"),
    ("Cấp số, đóng dấu, phát hành", "Văn thư", "Điều 15-18, 32"),
)

# Settings of one value: (name, what it is called, whom it touches).
SETTINGS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("deputies_see_all", "Phó Viện trưởng xem", (Role.DEPUTY,)),
    ("handling_days", "thời hạn giải quyết chung", ()),
    ("days_by_kind", "thời hạn theo loại văn bản", ()),
    ("common_series", "dãy số văn bản đi", ()),
    ("unit_in_symbol", "ký hiệu đơn vị trong số, ký hiệu", ()),
    ("number_before_signature", "cấp số", ()),
    ("seal_mm", "đường kính con dấu", ()),
    ("by_order_kinds", "loại văn bản lãnh đạo đơn vị ký thừa lệnh (TL.)", (Role.UNIT_HEAD,)),
    ("clerk_records_paper", "văn thư ghi bút phê, chữ ký trên giấy thay lãnh đạo", (Role.CLERK,)),
    ("changes_unregistered", "yêu cầu lấy lại, cập nhật văn bản liên thông chưa vào sổ", (Role.CLERK,)),
    ("form_errors_stop", "trình dự thảo còn lỗi thể thức", ()),
    ("kept_powers", "quyền không được ủy quyền", (Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD, Role.UNIT_HEAD)),
    ("longest_delegation", "ủy quyền lâu nhất", ()),
)  # fmt: skip
_LABELS = {name: label for name, label, _ in SETTINGS}
_CHOICES: Mapping[str, tuple[str, str]] = {
    "deputies_see_all": ("văn bản của đơn vị phụ trách", "mọi văn bản của cơ quan"),
    "common_series": ("mỗi loại văn bản một dãy", "một dãy chung cho mọi loại"),
    "unit_in_symbol": ("không ghi", "có ghi"),
    "number_before_signature": ("sau khi ký", "trước khi ký"),
    "clerk_records_paper": ("không", "có, kèm bản chụp"),
    "form_errors_stop": ("được trình, người kiểm tra thể thức xem xét", "phải sửa hết lỗi trước khi trình"),
    "changes_unregistered": ("văn thư đồng ý từng lần", "hệ thống tự làm, báo nơi gửi"),
}


def holders(rules: OfficeRules, power: str) -> tuple[str, ...]:
    """The roles that do a step in this office."""
    return tuple(rules.duties.get(power, _BY_POWER[power].usual))


def powers_of(role: str, rules: OfficeRules) -> frozenset[str]:
    """The powers of a role as this office has distributed the steps."""
    moved = {power for power in rules.duties if power in _BY_POWER}
    return POWERS_OF[role] - moved | {power for power in moved if role in rules.duties[power]}


# A deputy signs for the head (KT.) by the head's assignment: no signature of their own to pass on (article 13).
_NOT_PASSED_ON: Mapping[str, frozenset[str]] = {Role.DEPUTY: frozenset({"approve"})}


def delegable_of(role: str, rules: OfficeRules) -> frozenset[str]:
    """What a post of this role may delegate."""
    return powers_of(role, rules) & DELEGABLE - frozenset(rules.kept_powers) - _NOT_PASSED_ON.get(
        role, frozenset()
    )


def words(name: str, value: Any) -> str:
    """A setting as a page and the ledger say it: "thời hạn giải quyết chung: 10 ngày làm việc"."""
    if name in _BY_POWER:
        who = ", ".join(Role(one).label for one in value)
        return f"{POWERS[name]}: {who}"
    return f"{_LABELS[name]}: {_said(name, value)}"


def _said(name: str, value: Any) -> str:
    if name in _CHOICES:
        return _CHOICES[name][bool(value)]
    if name in _RANGES:
        return f"{value} {_RANGES[name].unit}"
    match name:
        case "handling_days":
            return f"{value} ngày làm việc" if value else "không đặt"
        case "days_by_kind":
            return ", ".join(f"{kind} {days} ngày" for kind, days in sorted(value.items())) or "như chung"
        case "kept_powers":
            return ", ".join(POWERS[one] for one in value) or "không có"
        case _:
            return ", ".join(value) or "chỉ Chánh Văn phòng"


def widens(name: str, value: Any) -> bool:
    """Whether a setting gives more than the sector does."""
    if name in _BY_POWER:
        return bool(set(value) - set(_BY_POWER[name].usual))
    match name:
        case "handling_days":
            return not 0 < value <= SECTOR_DAYS
        case "days_by_kind":
            return any(days > SECTOR_DAYS for days in value.values())
        case "clerk_records_paper" | "by_order_kinds":
            return bool(value)
        case _:
            return False


def touched(name: str, before: Any, after: Any) -> frozenset[str]:
    """The roles whose rights a change moves."""
    if name in _BY_POWER:
        return frozenset(set(before) ^ set(after))
    return next(frozenset[str](roles) for one, _, roles in SETTINGS if one == name)


def faults(changes: Mapping[str, Any]) -> dict[str, str]:
    """{setting: what is wrong with its value}; names that are no settings are wrong too."""
    found = {}
    for name, value in changes.items():
        if sentence := _fault(name, value):
            found[name] = sentence
    return found


class _Range(NamedTuple):
    """A number that has limits; `why` says where they come from."""

    least: int
    most: int
    unit: str
    why: str


_RANGES = {
    "seal_mm": _Range(SMALLEST_SEAL, LARGEST_SEAL, "mm", ", đo trên con dấu."),
    "longest_delegation": _Range(1, SECTOR_DELEGATION, "ngày", ": quy định chung của ngành."),
}


def _fault(name: str, value: Any) -> str:
    if name in _BY_POWER:
        return _fault_of_duty(_BY_POWER[name], value)
    if limits := _RANGES.get(name):
        sentence = f"Nhập từ {limits.least} đến {limits.most} {limits.unit}{limits.why}"
        return "" if limits.least <= value <= limits.most else sentence
    match name:
        case "handling_days":
            return "" if 0 <= value <= LONGEST_DAYS else f"Nhập từ 0 đến {LONGEST_DAYS} ngày làm việc."
        case "days_by_kind":
            wrong = [kind for kind, days in value.items() if not 1 <= days <= LONGEST_DAYS]
            return f"Nhập từ 1 đến {LONGEST_DAYS} ngày cho {', '.join(wrong)}." if wrong else ""
        case "kept_powers":
            return "" if DELEGABLE.issuperset(value) else "Chọn lại quyền trong danh sách."
        case _:
            return "" if name in _LABELS else "Quy chế không có mục này. Tải lại trang."


def _fault_of_duty(duty: Duty, roles: Collection[str]) -> str:
    if not roles:
        return f"Phải có người {POWERS[duty.power]}. Chọn ít nhất một."
    if not set(roles) <= set(duty.possible):
        return f"Quy định của ngành không giao việc này cho vai trò đó ({duty.article}). Chọn lại."
    return ""
