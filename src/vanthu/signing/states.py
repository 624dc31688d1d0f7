"""States of a signing session and of a request to a device, and what a signature is for."""

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
    ANSWERED = "answered", "Thiết bị đã ký, đang ghép vào tệp"
    SIGNED = "signed", "Đã ký"
    REJECTED = "rejected", "Bị từ chối"
    EXPIRED = "expired", "Hết hạn"
    FAILED = "failed", "Không ký được"
    CANCELLED = "cancelled", "Đã hủy"


class RequestState(TextChoices):
    """Of one authorisation at a device, for one or many files; it ends when every file has its result."""

    ASKED = "asked", "Đang gửi tới thiết bị"
    WAITING = "waiting", "Chờ xác nhận trên thiết bị"
    DONE = "done", "Đã ký xong"
    PARTLY = "partly", "Ký được một phần"
    REJECTED = "rejected", "Bị từ chối"
    EXPIRED = "expired", "Hết hạn"
    FAILED = "failed", "Không ký được"
    CANCELLED = "cancelled", "Đã hủy"


UNANSWERED = ("prepared", "waiting")
OPEN = (*UNANSWERED, "answered")
OPEN_REQUESTS = ("asked", "waiting")

SESSIONS: dict[str, Move] = {
    "ask": Move(("prepared",), "waiting", "", "Gửi tới thiết bị"),
    "withdraw": Move(("waiting",), "prepared", "", "Thiết bị không nhận được"),
    "answer": Move(UNANSWERED, "answered", "", "Thiết bị đã ký"),
    "finish": Move(OPEN, "signed", "", "Ký xong"),
    "reject": Move(UNANSWERED, "rejected", "", "Từ chối ký"),
    "expire": Move(UNANSWERED, "expired", "", "Hết hạn"),
    "cancel": Move(UNANSWERED, "cancelled", "", "Hủy"),
    "fail": Move(OPEN, "failed", "", "Không ký được"),
}

REQUESTS: dict[str, Move] = {
    "ask": Move(OPEN_REQUESTS, "waiting", "", "Gửi tới thiết bị"),
    "finish": Move(OPEN_REQUESTS, "done", "", "Ký xong"),
    "finish_partly": Move(OPEN_REQUESTS, "partly", "", "Ký được một phần"),
    "reject": Move(OPEN_REQUESTS, "rejected", "", "Từ chối ký"),
    "expire": Move(OPEN_REQUESTS, "expired", "", "Hết hạn"),
    "cancel": Move(OPEN_REQUESTS, "cancelled", "", "Hủy"),
    "fail": Move(OPEN_REQUESTS, "failed", "", "Không ký được"),
}
