"""States and kinds of changes of the organisation."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class ChangeKind(TextChoices):
    """Sáp nhập, chia tách, đổi tên, chuyển, giải thể."""

    MERGE = "merge", "Sáp nhập"
    SPLIT = "split", "Chia tách"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển"
    DISSOLVE = "dissolve", "Giải thể"


class ChangeState(TextChoices):
    """Planned for its day; running since it took effect, while open work is brought over."""

    PLANNED = "planned", "Chờ ngày hiệu lực"
    RUNNING = "running", "Đang chuyển việc"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


TO_COME = (ChangeState.PLANNED, ChangeState.RUNNING)
ENDS = (ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.DISSOLVE)  # after which the predecessor is no more

CHANGES: dict[str, Move] = {
    "take_effect": Move(("planned",), "running", "", "Có hiệu lực"),
    "finish": Move(("running",), "done", "", "Chuyển xong"),
    "cancel": Move(("planned",), "cancelled", "", "Hủy"),
}
