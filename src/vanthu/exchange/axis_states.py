"""States of what goes over a connection: a packet of ours, a packet for us, what an office does about it.

The axis has two state machines that must not be mixed up: the way of a packet (`initial`, `processing`, `done`, `fail`,
here `Transport`), and what the receiver does with the document (01 to 16, in `DeliveryState` and `Arrival`).
"""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class Transport(TextChoices):
    """Where a packet is for one receiver, in the words of the axis (`updateStatus`, `getReceivedEdocList`)."""

    INITIAL = "initial", "Nằm trên trục, bên nhận chưa lấy"
    PROCESSING = "processing", "Bên nhận đang lấy"
    DONE = "done", "Bên nhận đã lấy về"
    FAIL = "fail", "Bên nhận không đọc được gói tin"


class SendState(TextChoices):
    """How far a packet of ours is on its way to the connection."""

    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    UNKNOWN = "unknown", "Chưa rõ đã đến trục, đang hỏi lại"
    ACCEPTED = "accepted", "Trục đã nhận"
    REFUSED = "refused", "Trục từ chối"
    STOPPED = "stopped", "Thôi gửi"


SENDINGS: dict[str, Move] = {
    "begin": Move(("waiting",), "sending", "", "Bắt đầu gửi"),
    "accept": Move(("sending", "unknown"), "accepted", "", "Trục nhận"),
    "refuse": Move(("waiting", "sending", "unknown"), "refused", "", "Trục từ chối"),
    "lose": Move(("sending",), "unknown", "", "Không rõ kết quả"),
    "again": Move(("sending", "unknown", "refused"), "waiting", "", "Gửi lại"),
    "stop": Move(("waiting", "refused"), "stopped", "", "Thôi gửi"),
}


class PacketState(TextChoices):
    """How far a packet for us is."""

    LISTED = "listed", "Có trên trục, chưa tải về"
    STORED = "stored", "Đã tải về, chưa đọc"
    APPLIED = "applied", "Đã đọc và ghi nhận"
    UNMATCHED = "unmatched", "Chưa khớp với văn bản nào"
    TROUBLE = "trouble", "Không đọc được"
    SETTLED = "settled", "Văn thư đã xử lý"
    REPEATED = "repeated", "Trùng gói đã nhận"


PACKETS: dict[str, Move] = {
    "store": Move(("listed",), "stored", "", "Tải về"),
    "apply": Move(("listed", "stored", "unmatched", "trouble"), "applied", "", "Ghi nhận"),
    "keep": Move(("listed", "stored", "trouble"), "unmatched", "", "Để chờ khớp"),
    "repeat": Move(("listed", "stored", "unmatched", "trouble"), "repeated", "", "Nhận ra là gói trùng"),
    "trouble": Move(("listed", "stored"), "trouble", "", "Để văn thư xem"),
    "fetch_again": Move(("trouble",), "listed", "register", "Tải lại"),
    "settle": Move(("trouble", "unmatched"), "settled", "register", "Đánh dấu đã xử lý"),
}


class ArrivalState(TextChoices):
    """What an office has done about what a packet brings it."""

    APPLIED = "applied", "Đã ghi nhận"
    ASKS = "asks", "Chờ văn thư đồng ý"
    AGREED = "agreed", "Đã đồng ý"
    DISAGREED = "disagreed", "Đã từ chối"


REQUESTS = {"1": "thu hồi văn bản", "2": "cập nhật văn bản", "3": "thay thế văn bản", "13": "lấy lại văn bản"}
"""What a sender may ask for, by the code of an arrival."""

REPORTED = {
    "01": "đã đến",
    "02": "từ chối tiếp nhận",
    "03": "đã tiếp nhận, vào sổ",
    "04": "đã phân công xử lý",
    "05": "đang xử lý",
    "06": "đã hoàn thành",
    "13": "yêu cầu lấy lại",
    "15": "đồng ý",
    "16": "không đồng ý",
}
"""Business statuses in words."""

ARRIVALS: dict[str, Move] = {
    "agree": Move(("asks",), "agreed", "register", "Đồng ý"),
    "disagree": Move(("asks",), "disagreed", "register", "Từ chối"),
}
