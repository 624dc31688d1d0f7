"""States of a delivery, as the sender sees them per recipient."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class DeliveryChannel(TextChoices):
    """How a document goes to a recipient."""

    INTERNAL = "internal", "Nội bộ"
    AXIS = "axis", "Trục liên thông"
    PAPER = "paper", "Bản giấy"


class DeliveryState(TextChoices):
    """Mirrors the business statuses of the national axis (01, 02, 03, 04/05, 06, 13).

    Sent: lies in the receiver's inbox, or on the axis for it. Arrived: the receiver's system has it (01). Received: the
    receiver's clerk has opened it. Failed: the axis did not take it, or the receiver could not read it.
    """

    QUEUED = "queued", "Đang gửi"
    SENT = "sent", "Đã gửi"
    ARRIVED = "arrived", "Đã đến"
    FAILED = "failed", "Không gửi được"
    RECEIVED = "received", "Đã nhận"
    REGISTERED = "registered", "Đã vào sổ"
    HANDLING = "handling", "Đang giải quyết"
    DONE = "done", "Đã giải quyết"
    RETURNED = "returned", "Bị trả lại"
    OUTSIDE = "outside", "Gửi ngoài hệ thống"
    RECALLED = "recalled", "Đã thu hồi, chờ ghi nhận"
    RECALL_NOTED = "recall_noted", "Đã ghi nhận thu hồi"
    STOPPED = "stopped", "Thu hồi trước khi gửi"


UNDER_WAY = (
    DeliveryState.QUEUED,
    DeliveryState.SENT,
    DeliveryState.ARRIVED,
    DeliveryState.FAILED,
    DeliveryState.RETURNED,
    DeliveryState.RECALLED,
)
"""Of these the sender still waits for something, or has something to do."""

IN_THEIR_BOOK = (DeliveryState.REGISTERED, DeliveryState.HANDLING, DeliveryState.DONE)

DELIVERIES: dict[str, Move] = {
    "send": Move(("queued",), "sent", "", "Gửi"),
    "arrive": Move(("queued", "sent", "failed"), "arrived", "", "Đến"),
    "receive": Move(("sent", "arrived"), "received", "", "Nhận"),
    "register": Move(("sent", "arrived", "received"), "registered", "", "Vào sổ"),
    "handle": Move(("registered", "done"), "handling", "", "Giải quyết"),
    "finish": Move(("registered", "handling"), "done", "", "Kết thúc"),
    "return": Move(("sent", "arrived", "received"), "returned", "", "Trả lại"),
    "fail": Move(("queued", "sent"), "failed", "", "Không gửi được"),
    "pass_on": Move(("sent", "received"), "sent", "", "Chuyển tiếp đến đúng nơi nhận"),
    "resend": Move(("returned", "failed"), "queued", "", "Gửi lại"),
    "send_again": Move(("sent", "arrived", "returned", "failed"), "queued", "", "Gửi lại qua trục"),
    "to_paper": Move(("queued", "sent", "failed", "returned"), "outside", "", "Chuyển sang gửi bản giấy"),
    "stop": Move(("queued", "failed"), "stopped", "", "Thôi gửi"),
    "recall": Move(
        ("sent", "arrived", "received", "registered", "handling", "done", "returned"),
        "recalled",
        "",
        "Thu hồi",
    ),
    "note_recall": Move(("recalled",), "recall_noted", "", "Ghi nhận thu hồi"),
}

REPORTS: dict[str, Move] = {
    "01": Move(("queued", "sent", "failed"), "arrived", "", "Báo đã đến"),
    "02": Move(
        ("queued", "sent", "failed", "arrived", "received", "registered", "handling"),
        "returned",
        "",
        "Báo từ chối",
    ),
    "03": Move(
        ("queued", "sent", "failed", "arrived", "received", "returned"), "registered", "", "Báo đã tiếp nhận"
    ),
    "04": Move(
        ("queued", "sent", "failed", "arrived", "received", "registered", "returned"),
        "handling",
        "",
        "Báo đã phân công",
    ),
    "05": Move(
        ("queued", "sent", "failed", "arrived", "received", "registered", "returned"),
        "handling",
        "",
        "Báo đang xử lý",
    ),
    "06": Move(
        ("queued", "sent", "failed", "arrived", "received", "registered", "handling", "returned"),
        "done",
        "",
        "Báo đã xong",
    ),
    "15": Move(("recalled",), "recall_noted", "", "Báo đồng ý lấy lại"),
}
"""What a receiver on the axis says of a document: statuses come late, twice, out of order or not at all."""
