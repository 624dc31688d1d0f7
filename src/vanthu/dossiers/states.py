"""States of dossiers."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class DossierState(TextChoices):
    """Lập, kết thúc, nộp lưu (Decree 30/2020, articles 29-30)."""

    OPEN = "open", "Đang lập"
    CLOSED = "closed", "Đã kết thúc"
    HANDED_OVER = "handed_over", "Đã nộp lưu"


DOSSIERS: dict[str, Move] = {
    "close": Move(("open",), "closed", "keep_dossier", "Kết thúc hồ sơ"),
    "reopen": Move(("closed",), "open", "keep_dossier", "Mở lại hồ sơ"),
    "hand_over": Move(("closed",), "handed_over", "keep_dossier", "Nộp lưu"),
}
