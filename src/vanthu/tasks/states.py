"""States and roles of tasks."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class TaskRole(TextChoices):
    """Chủ trì, phối hợp, để biết (Decree 30/2020, article 24)."""

    LEAD = "lead", "Chủ trì"
    SUPPORT = "support", "Phối hợp"
    INFORM = "inform", "Để biết"


class TaskState(TextChoices):
    OPEN = "open", "Đang làm"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Đã hủy"


TASKS: dict[str, Move] = {
    "finish": Move(("open",), "done", "", "Hoàn thành"),
    "cancel": Move(("open",), "cancelled", "", "Hủy"),
}
