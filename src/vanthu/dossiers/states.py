"""States of dossiers and of the plans that they are opened from."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class DossierState(TextChoices):
    """Lập, kết thúc, nộp lưu (Decree 30/2020, articles 29-30); nhận (TT 05/2025/TT-BNV, chapter IV)."""

    OPEN = "open", "Đang lập"
    CLOSED = "closed", "Đã kết thúc"
    HANDED_OVER = "handed_over", "Đã nộp lưu"
    ACCEPTED = "accepted", "Lưu trữ đã nhận"


IN_THE_ARCHIVE = (DossierState.HANDED_OVER, DossierState.ACCEPTED)

DOSSIERS: dict[str, Move] = {
    "close": Move(("open",), "closed", "keep_dossier", "Kết thúc hồ sơ"),
    "reopen": Move(("closed",), "open", "keep_dossier", "Mở lại hồ sơ"),
    "hand_over": Move(("closed",), "handed_over", "keep_dossier", "Nộp lưu"),
    "accept": Move(("handed_over",), "accepted", "take_over", "Lưu trữ nhận"),
    "give_back": Move(("handed_over",), "closed", "take_over", "Lưu trữ trả lại"),
}


class PlanState(TextChoices):
    """Danh mục hồ sơ (Decree 30/2020, article 28): drawn up, proposed, approved by the head of the office."""

    DRAFTING = "drafting", "Đang lập"
    PROPOSED = "proposed", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"


PLANS: dict[str, Move] = {
    "propose": Move(("drafting",), "proposed", "keep_dossier", "Trình duyệt"),
    "send_back": Move(("proposed",), "drafting", "approve", "Trả lại"),
    "approve": Move(("proposed",), "approved", "approve", "Duyệt"),
    "revise": Move(("approved",), "drafting", "keep_dossier", "Sửa đổi, bổ sung"),
}
