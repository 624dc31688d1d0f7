"""What is in custody, where it can be, and what is written about it (Decree 30/2020/NĐ-CP, articles 32 and 33)."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class CustodyKind(TextChoices):
    """What it is. The last three hold a private key."""

    SEAL = "seal", "Dấu cơ quan"
    TITLE = "title", "Dấu chức danh, dấu tên"
    LEVEL = "level", "Dấu chỉ mức độ mật, khẩn"
    TOKEN = "token", "Thiết bị lưu khóa bí mật (USB)"
    SIM = "sim", "SIM ký số"
    HSM = "hsm", "Thiết bị ký của máy chủ (HSM)"


DEVICES = (CustodyKind.TOKEN, CustodyKind.SIM, CustodyKind.HSM)


class CustodyState(TextChoices):
    KEPT = "kept", "Lưu tại cơ quan"
    HELD = "held", "Đang giao"
    DAMAGED = "damaged", "Hỏng"
    LOST = "lost", "Mất"
    SURRENDERED = "gone", "Đã nộp lại nơi cấp"


class CustodyAct(TextChoices):
    """What a record is about."""

    RECEIVE = "receive", "Tiếp nhận"
    HAND_OVER = "hand", "Bàn giao"
    GIVE_BACK = "back", "Thu về"
    LOSE = "lose", "Báo mất"
    FIND = "find", "Tìm thấy"
    DAMAGE = "damage", "Báo hỏng"
    REPAIR = "repair", "Sửa xong"
    SURRENDER = "gone", "Nộp lại nơi cấp"
    COUNT = "count", "Kiểm kê"


CUSTODY: dict[str, Move] = {
    "hand": Move(("kept", "held"), "held", "", "Bàn giao"),
    "back": Move(("held",), "kept", "", "Thu về"),
    "lose": Move(("kept", "held", "damaged"), "lost", "", "Báo mất"),
    "find": Move(("lost",), "kept", "", "Tìm thấy"),
    "damage": Move(("kept", "held"), "damaged", "", "Báo hỏng"),
    "repair": Move(("damaged",), "kept", "", "Sửa xong"),
    "gone": Move(("kept", "damaged", "lost"), "gone", "", "Nộp lại nơi cấp"),
}
