"""States of incoming and outgoing entries, their moves, and the named sets of states."""

from django.db.models import IntegerChoices, TextChoices

from vanthu.kernel.moves import Move


class Urgency(IntegerChoices):
    """Mức độ khẩn (Decree 30/2020, Phụ lục I, element 10b)."""

    NORMAL = 0, "Thường"
    URGENT = 1, "Khẩn"
    VERY_URGENT = 2, "Thượng khẩn"
    EXPRESS = 3, "Hỏa tốc"


class Medium(TextChoices):
    """On what the document lives: counted in every report."""

    ELECTRONIC = "electronic", "Điện tử"
    PAPER = "paper", "Giấy"
    PARALLEL = "parallel", "Giấy và điện tử"


class Channel(TextChoices):
    """How an incoming document came."""

    INTERNAL = "internal", "Nội bộ ngành"
    SCAN = "scan", "Bản giấy, quét"
    FILE = "file", "Tệp"
    AXIS = "axis", "Trục liên thông"
    EMAIL = "email", "Thư điện tử"


class IncomingState(TextChoices):
    """Văn bản đến (Decree 30/2020, articles 20-24)."""

    WAITING = "waiting", "Chờ tiếp nhận"
    REGISTERED = "registered", "Chờ trình"
    PRESENTED = "presented", "Chờ chỉ đạo"
    DIRECTED = "directed", "Đang giải quyết"
    DONE = "done", "Đã giải quyết"
    RETURNED = "returned", "Đã trả lại"
    RECALLED = "recalled", "Đã bị thu hồi"


class OutgoingState(TextChoices):
    """Văn bản đi (Decree 30/2020, articles 15-18)."""

    NUMBERED = "numbered", "Đang phát hành"
    ISSUED = "issued", "Đã phát hành"
    VOIDED = "voided", "Đã hủy số"
    RECALLED = "recalled", "Đã thu hồi"


class PaperCopy(TextChoices):
    """What a receiver did with the paper copy of a recalled document (Decree 30/2020, article 18.4)."""

    NONE = "none", "Không có bản giấy"
    SENT_BACK = "sent_back", "Đã gửi trả bản giấy"
    DESTROYED = "destroyed", "Đã hủy bản giấy"


class HeldState(TextChoices):
    """Số giữ: a number kept for a document to come."""

    HELD = "held", "Đang giữ"
    EXPIRED = "expired", "Hết hạn giữ"
    USED = "used", "Đã dùng"
    VOIDED = "voided", "Đã hủy số"


STILL_OPEN = (HeldState.HELD, HeldState.EXPIRED)  # a book with one of these cannot be closed

IN_HAND = (IncomingState.REGISTERED, IncomingState.PRESENTED, IncomingState.DIRECTED)
IN_THE_BOOK = (*IN_HAND, IncomingState.DONE)  # article 22: what has an arrival number
NOT_HELD = (IncomingState.RETURNED, IncomingState.RECALLED)  # the office keeps what it noted, not the files

INCOMING: dict[str, Move] = {
    "register": Move(("waiting",), "registered", "register", "Vào sổ"),
    "return": Move(("waiting",), "returned", "return", "Trả lại"),
    "present": Move(("registered",), "presented", "present", "Trình"),
    "direct": Move(("registered", "presented"), "directed", "", "Chỉ đạo, phân công"),
    "give_sealed": Move(("registered",), "directed", "register", "Giao bì không bóc"),
    "open_sealed": Move(("directed",), "registered", "", "Bóc bì, đăng ký đủ"),
    "take_back": Move(("presented",), "registered", "present", "Rút lại"),
    "undo_direct": Move(("directed",), "presented", "", "Hoàn tác phân công"),
    "undo_distribute": Move(("directed",), "registered", "", "Hoàn tác phân phối"),
    "close": Move(("registered", "presented", "directed"), "done", "", "Kết thúc"),
    "recall": Move(
        tuple(state.value for state in IncomingState if state != IncomingState.RECALLED),
        "recalled",
        "",
        "Thu hồi theo yêu cầu nơi gửi",
    ),
}

OUTGOING: dict[str, Move] = {
    "issue": Move(("numbered",), "issued", "", "Phát hành"),
    "void": Move(("numbered",), "voided", "", "Hủy số"),
    "recall": Move(("issued",), "recalled", "recall", "Thu hồi"),
}

HELD: dict[str, Move] = {
    "expire": Move(("held",), "expired", "", "Hết hạn giữ"),
    "use": Move(("held", "expired"), "used", "number", "Dùng cho văn bản"),
    "void": Move(("held", "expired"), "voided", "number", "Hủy số"),
}
