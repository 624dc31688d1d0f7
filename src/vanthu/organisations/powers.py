"""Roles, their powers and their sight: the table "Who may see what" as data.

Sources: Decree 30/2020/NĐ-CP, articles 6 (duties), 10-18 (outgoing), 20-24 (incoming), 32 (seal).
"""

from dataclasses import dataclass

from django.db.models import TextChoices

from vanthu.kernel.actor import Restricted


class Role(TextChoices):
    """System roles; a post has one, a person may hold several posts."""

    CLERK = "clerk", "Văn thư"
    HEAD = "head", "Viện trưởng"
    DEPUTY = "deputy", "Phó Viện trưởng"
    ADMINISTRATION_HEAD = "administration_head", "Chánh Văn phòng"
    UNIT_HEAD = "unit_head", "Lãnh đạo đơn vị"
    SPECIALIST = "specialist", "Chuyên viên, kiểm sát viên"
    ARCHIVIST = "archivist", "Lưu trữ viên"
    ADMINISTRATOR = "administrator", "Quản trị"
    INSPECTOR = "inspector", "Thanh tra"


class Book(TextChoices):
    """The half of the office's work to which a delegation is confined."""

    BOTH = "", "Văn bản đến và văn bản đi"
    INCOMING = "in", "Văn bản đến"
    OUTGOING = "out", "Văn bản đi"


POWERS: dict[str, str] = {
    "register": "đăng ký văn bản đến",
    "present": "trình lãnh đạo",
    "return": "trả lại văn bản",
    "direct": "cho ý kiến chỉ đạo, phân công",
    "distribute": "phân phối văn bản đến",
    "record_paper": "ghi bút phê, chữ ký trên giấy thay lãnh đạo",
    "assign": "giao việc trong đơn vị",
    "handle": "xử lý văn bản, công việc",
    "draft": "soạn thảo, trình ký",
    "review_content": "kiểm tra nội dung dự thảo",
    "review_form": "kiểm tra thể thức dự thảo",
    "approve": "duyệt, ký văn bản",
    "number": "cấp số, đóng dấu, phát hành",
    "recall": "thu hồi văn bản",
    "print_books": "in, xuất sổ đăng ký",
    "chase": "theo dõi, đôn đốc",
    "keep_dossier": "lập hồ sơ công việc",
    "plan": "lên lịch công tác, đặt phòng họp, xe",
    "schedule": "lập, ban hành lịch công tác tuần",
    "approve_schedule": "duyệt lịch công tác tuần",
    "take_over": "nhận hồ sơ vào lưu trữ",
    "administer": "quản trị cơ quan, người dùng",
    "connect": "báo sự kiện cho phần mềm khác (webhook)",
    "read_ledger": "đọc nhật ký hệ thống",
    "delegate": "ủy quyền xử lý khi vắng mặt",
}

POWERS_OF: dict[str, frozenset[str]] = {
    Role.CLERK: frozenset(
        {
            "register", "present", "return", "number", "recall", "print_books", "keep_dossier", "chase", "draft",
            "plan", "schedule",
        }
    ),
    Role.HEAD: frozenset(
        {"direct", "approve", "chase", "print_books", "delegate", "keep_dossier", "draft", "plan", "approve_schedule"}
    ),
    Role.DEPUTY: frozenset(
        {"direct", "approve", "chase", "print_books", "delegate", "keep_dossier", "draft", "plan", "approve_schedule"}
    ),
    Role.ADMINISTRATION_HEAD: frozenset(
        {
            "distribute", "assign", "handle", "review_content", "review_form", "chase",
            "print_books", "delegate", "keep_dossier", "draft", "plan", "schedule",
        }
    ),
    Role.UNIT_HEAD: frozenset(
        {"assign", "handle", "review_content", "delegate", "keep_dossier", "draft", "plan"}
    ),
    Role.SPECIALIST: frozenset({"handle", "draft", "keep_dossier", "plan"}),
    Role.ARCHIVIST: frozenset({"take_over", "keep_dossier", "plan"}),
    Role.ADMINISTRATOR: frozenset({"administer", "connect"}),
    Role.INSPECTOR: frozenset({"read_ledger"}),
}  # fmt: skip

# What a role may do beside that where the rules of the office (quy chế) say so: {setting: {role: powers}}.
POWERS_BY_RULE: dict[str, dict[str, frozenset[str]]] = {
    "clerk_records_paper": {Role.CLERK: frozenset({"record_paper"})},
}

# Leading, approving, signing and administering are done by persons (Decree 30/2020/NĐ-CP, articles 6 and 13).
PROGRAM_ROLES = (Role.CLERK, Role.SPECIALIST, Role.ARCHIVIST)

DELEGABLE = frozenset({"direct", "approve", "assign", "review_content", "review_form", "distribute"})


@dataclass(frozen=True, slots=True)
class SightRule:
    """One row of "Who may see what": a role reads the rows of `owner` and sees this of restricted items.

    `owner`: office, unit, charge (units in a deputy's charge), person, archive. `when` names the setting
    that must hold: "deputies_see_all", "open_unit", or "" for always; `items` the kinds it is confined to (none = all).
    """

    role: Role
    owner: str
    restricted: Restricted
    when: str = ""
    items: tuple[str, ...] = ()


SIGHT: tuple[SightRule, ...] = (
    SightRule(Role.CLERK, "office", "masked"),
    SightRule(Role.HEAD, "office", "full"),
    SightRule(Role.DEPUTY, "office", "full", when="deputies_see_all"),
    SightRule(Role.DEPUTY, "charge", "hidden"),
    SightRule(Role.ADMINISTRATION_HEAD, "office", "hidden"),
    SightRule(Role.ADMINISTRATION_HEAD, "unit", "hidden"),
    SightRule(Role.UNIT_HEAD, "unit", "hidden"),
    SightRule(Role.SPECIALIST, "unit", "hidden", when="open_unit"),
    SightRule(Role.ARCHIVIST, "archive", "hidden"),
    # Everyone sees what names them; of restricted documents only they see all (besides the head).
    *(SightRule(role, "person", "full") for role in Role if role not in (Role.ADMINISTRATOR, Role.INSPECTOR)),
    # An administrator sees no document, only what they are told to do.
    SightRule(Role.ADMINISTRATOR, "person", "full", items=("notice",)),
)
