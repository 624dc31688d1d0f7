"""States of appointments and of the weeks of an office."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class AppointmentState(TextChoices):
    PLANNED = "planned", "Trong lịch"
    CANCELLED = "cancelled", "Đã hủy"


APPOINTMENTS: dict[str, Move] = {"cancel": Move(("planned",), "cancelled", "", "Hủy")}


class WeekState(TextChoices):
    """Lịch tuần: drawn up, shown to a leader, approved, made known."""

    DRAFTING = "drafting", "Đang lập"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt, chờ ban hành"
    PUBLISHED = "published", "Đã ban hành"


WEEKS: dict[str, Move] = {
    "submit": Move(("drafting",), "submitted", "schedule", "Trình duyệt"),
    "take_back": Move(("submitted", "approved"), "drafting", "schedule", "Lấy lại để sửa"),
    "send_back": Move(("submitted",), "drafting", "approve_schedule", "Trả lại"),
    "approve": Move(("drafting", "submitted"), "approved", "approve_schedule", "Duyệt"),
    "publish": Move(("approved",), "published", "schedule", "Ban hành"),
    "change": Move(("published",), "drafting", "schedule", "Điều chỉnh"),
}
