"""States of the reading of a file, and of the searchable copy that is made of a scan afterwards."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class ReadingState(TextChoices):
    """How far the text of a file is known."""

    WAITING = "waiting", "Chờ đọc"
    READING = "reading", "Đang đọc"
    DONE = "done", "Đã đọc"
    FAILED = "failed", "Không đọc được"


UNREAD = (ReadingState.WAITING, ReadingState.READING)

READINGS: dict[str, Move] = {
    "begin": Move(("waiting",), "reading", "", "Bắt đầu đọc"),
    "finish": Move(("reading",), "done", "", "Đọc xong"),
    "fail": Move(("waiting", "reading"), "failed", "", "Không đọc được"),
    "again": Move(("failed",), "waiting", "", "Đọc lại"),
}


class CopyState(TextChoices):
    """How far the searchable copy of a scan is."""

    WAITING = "waiting", "Chờ tạo"
    MADE = "made", "Đã tạo"
    FAILED = "failed", "Không tạo được"


COPIES: dict[str, Move] = {
    "make": Move(("waiting",), "made", "", "Tạo xong"),
    "fail": Move(("waiting",), "failed", "", "Không tạo được"),
    "again": Move(("failed",), "waiting", "", "Tạo lại"),
}
