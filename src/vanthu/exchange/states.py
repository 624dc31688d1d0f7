"""States of a delivery, as the sender sees them per recipient."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class DeliveryState(TextChoices):
    """Mirrors the business statuses of the national axis (01, 02, 03, 04/05, 06, 13).

    Sent: lies in the receiver's inbox. Received: the receiver's clerk has opened it.
    """

    QUEUED = "queued", "Đang gửi"
    SENT = "sent", "Đã gửi"
    RECEIVED = "received", "Đã nhận"
    REGISTERED = "registered", "Đã vào sổ"
    HANDLING = "handling", "Đang giải quyết"
    DONE = "done", "Đã giải quyết"
    RETURNED = "returned", "Bị trả lại"
    OUTSIDE = "outside", "Gửi ngoài hệ thống"
    RECALLED = "recalled", "Đã thu hồi, chờ ghi nhận"
    RECALL_NOTED = "recall_noted", "Đã ghi nhận thu hồi"
    STOPPED = "stopped", "Thu hồi trước khi gửi"


IN_THEIR_BOOK = (DeliveryState.REGISTERED, DeliveryState.HANDLING, DeliveryState.DONE)

DELIVERIES: dict[str, Move] = {
    "send": Move(("queued",), "sent", "", "Gửi"),
    "receive": Move(("sent",), "received", "", "Nhận"),
    "register": Move(("sent", "received"), "registered", "", "Vào sổ"),
    "handle": Move(("registered", "done"), "handling", "", "Giải quyết"),
    "finish": Move(("registered", "handling"), "done", "", "Kết thúc"),
    "return": Move(("sent", "received"), "returned", "", "Trả lại"),
    "pass_on": Move(("sent", "received"), "sent", "", "Chuyển tiếp đến đúng nơi nhận"),
    "resend": Move(("returned",), "queued", "", "Gửi lại"),
    "stop": Move(("queued",), "stopped", "", "Thôi gửi"),
    "recall": Move(
        ("sent", "received", "registered", "handling", "done", "returned"), "recalled", "", "Thu hồi"
    ),
    "note_recall": Move(("recalled",), "recall_noted", "", "Ghi nhận thu hồi"),
}
