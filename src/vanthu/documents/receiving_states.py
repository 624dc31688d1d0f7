"""States of what waits before it is in the book: dropped mails, rows of a stack of scans."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class MailState(TextChoices):
    """A mail of the drop folder."""

    TAKEN = "taken", "Đã vào hộp chờ tiếp nhận"
    TROUBLE = "trouble", "Cần văn thư xem"
    SETTLED = "settled", "Đã xử lý"


class ScanState(TextChoices):
    """A row of a stack of scans."""

    WAITING = "waiting", "Chờ vào sổ"
    SKIPPED = "skipped", "Để lại"
    REGISTERED = "registered", "Đã vào sổ"
    DROPPED = "dropped", "Đã bỏ"


TO_CONFIRM = (ScanState.WAITING, ScanState.SKIPPED)

SCANS: dict[str, Move] = {
    "register": Move(("waiting", "skipped"), "registered", "register", "Vào sổ"),
    "skip": Move(("waiting", "skipped"), "skipped", "register", "Để lại"),
    "drop": Move(("waiting", "skipped"), "dropped", "register", "Bỏ"),
}
MAILS: dict[str, Move] = {"settle": Move(("trouble",), "settled", "register", "Đã xử lý")}
