"""States of a signing session and what a signature is for."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class SigningRole(TextChoices):
    """What the signature is for; who may make it follows from the workflow that asks for it."""

    INITIALS = "initials", "Ký nháy"
    APPROVAL = "approval", "Ký duyệt"
    SEAL = "seal", "Ký số của cơ quan"


class HolderKind(TextChoices):
    PERSON = "person", "Cá nhân"
    OFFICE = "office", "Cơ quan"


class SessionState(TextChoices):
    PREPARED = "prepared", "Đã chuẩn bị"
    WAITING = "waiting", "Chờ xác nhận trên thiết bị"
    SIGNED = "signed", "Đã ký"
    REJECTED = "rejected", "Bị từ chối"
    EXPIRED = "expired", "Hết hạn"
    FAILED = "failed", "Không ký được"


OPEN = ("prepared", "waiting")

SESSIONS: dict[str, Move] = {
    "ask": Move(("prepared",), "waiting", "", "Gửi tới thiết bị"),
    "finish": Move(OPEN, "signed", "", "Ký xong"),
    "reject": Move(("waiting",), "rejected", "", "Từ chối ký"),
    "expire": Move(OPEN, "expired", "", "Hết hạn"),
    "fail": Move(OPEN, "failed", "", "Không ký được"),
}
