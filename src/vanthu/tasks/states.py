"""States and roles of tasks, grades of chasing, rhythms of periodic work."""

from django.db.models import IntegerChoices, TextChoices

from vanthu.kernel.moves import Move


class TaskRole(TextChoices):
    """Chủ trì, phối hợp, để biết (Decree 30/2020, article 24)."""

    LEAD = "lead", "Chủ trì"
    SUPPORT = "support", "Phối hợp"
    INFORM = "inform", "Để biết"


class TaskState(TextChoices):
    OPEN = "open", "Đang làm"
    REPORTED = "reported", "Chờ duyệt kết quả"
    RETURNED = "returned", "Trả lại người giao"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


LIVE = (TaskState.OPEN, TaskState.REPORTED, TaskState.RETURNED)  # somebody still has to do something about it

TASKS: dict[str, Move] = {
    "report": Move(("open",), "reported", "", "Báo cáo kết quả"),
    "accept": Move(("reported",), "done", "", "Duyệt kết quả"),
    "send_back": Move(("reported",), "open", "", "Yêu cầu làm lại"),
    "return": Move(("open",), "returned", "", "Trả lại người giao"),
    "give_again": Move(("returned",), "open", "", "Giao lại"),
    "finish": Move(("open",), "done", "", "Hoàn thành"),
    "cancel": Move(("open", "reported", "returned"), "cancelled", "", "Hủy"),
}


class MatterState(TextChoices):
    """Việc không do văn bản đến đem lại."""

    OPEN = "open", "Đang làm"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


MATTERS: dict[str, Move] = {
    "close": Move(("open",), "done", "", "Kết thúc"),
    "cancel": Move(("open",), "cancelled", "", "Thu hồi"),
}


class Origin(TextChoices):
    """What brought a matter."""

    OWN = "own", "Lãnh đạo giao"
    MEETING = "meeting", "Kết luận cuộc họp"
    DOCUMENT = "document", "Văn bản"
    RHYTHM = "rhythm", "Việc định kỳ"


class ExtensionState(TextChoices):
    ASKED = "asked", "Chờ trả lời"
    GRANTED = "granted", "Đã gia hạn"
    REFUSED = "refused", "Không gia hạn"


class Grade(IntegerChoices):
    """Grades of chasing (đôn đốc), each no lower than the one before on the same task."""

    REMINDER = 1, "Nhắc việc"
    FIRST = 2, "Đôn đốc lần 1"
    SECOND = 3, "Đôn đốc lần 2"
    WRITTEN = 4, "Đôn đốc bằng văn bản"
    CENSURE = 5, "Phê bình"


class Every(TextChoices):
    """How often periodic work comes."""

    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    YEAR = "year", "Hằng năm"


class Shift(TextChoices):
    """What becomes of periodic work whose day is no working day."""

    BEFORE = "before", "Lùi về ngày làm việc trước"
    AFTER = "after", "Dời sang ngày làm việc sau"
    SKIP = "skip", "Bỏ qua kỳ đó"
