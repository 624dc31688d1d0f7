"""States of a draft, from the first version to the issued document, and the steps of its review."""

from django.db.models import TextChoices

from vanthu.kernel.moves import Move


class DraftState(TextChoices):
    """Decree 30/2020: drafting (10), content (12.1), form (12.2), approval and signature (11, 13), number (15),
    seal (17), issue (18)."""

    DRAFTING = "drafting", "Đang soạn"
    CONTENT = "content", "Chờ kiểm tra nội dung"
    FORM = "form", "Chờ kiểm tra thể thức"
    TO_NUMBER = "to_number", "Chờ cấp số trước khi ký"
    APPROVAL = "approval", "Chờ ký"
    SIGNED = "signed", "Chờ phát hành"
    TO_SCAN = "to_scan", "Chờ quét bản đã đóng dấu"
    NUMBERED = "numbered", "Đang phát hành"
    ISSUED = "issued", "Đã phát hành"
    VOIDED = "voided", "Đã hủy số"
    WITHDRAWN = "withdrawn", "Đã hủy dự thảo"


IN_REVIEW = (DraftState.CONTENT, DraftState.FORM, DraftState.TO_NUMBER, DraftState.APPROVAL)
OPEN_TO_OPINIONS = (DraftState.DRAFTING, *IN_REVIEW)  # what is signed is not opined on any more
UNFINISHED = (
    DraftState.DRAFTING, *IN_REVIEW, DraftState.SIGNED, DraftState.TO_SCAN, DraftState.NUMBERED,
)  # fmt: skip

DRAFTS: dict[str, Move] = {
    "submit": Move(("drafting",), "content", "draft", "Trình"),
    "submit_to_form": Move(("drafting",), "form", "draft", "Trình"),
    "pass_content": Move(("content",), "form", "review_content", "Đồng ý nội dung"),
    "pass_form": Move(("form",), "approval", "review_form", "Đúng thể thức"),
    "pass_form_to_number": Move(("form",), "to_number", "review_form", "Đúng thể thức, chờ số"),
    "number_first": Move(("to_number",), "approval", "number", "Cấp số trước khi ký"),
    "return": Move(("content", "form", "to_number", "approval"), "drafting", "", "Trả lại"),
    "correct": Move(("approval",), "form", "", "Sửa, kiểm tra lại thể thức"),
    "sign": Move(("approval",), "signed", "", "Ký số"),
    "sign_on_paper": Move(("approval",), "signed", "record_paper", "Ghi ký trên giấy"),
    "send_back": Move(("signed", "to_scan"), "drafting", "number", "Trả lại để ký lại"),
    "number": Move(("signed",), "numbered", "number", "Cấp số, phát hành"),
    "number_on_paper": Move(("signed",), "to_scan", "number", "Cấp số, ghi lên bản giấy"),
    "scan": Move(("to_scan",), "numbered", "number", "Nhận bản quét đã đóng dấu"),
    "issue": Move(("numbered",), "issued", "", "Phát hành"),
    "void": Move(("numbered",), "voided", "number", "Hủy số"),
    "withdraw": Move(("drafting",), "withdrawn", "draft", "Hủy dự thảo"),
    "take_back": Move(("content", "form"), "drafting", "draft", "Rút lại"),
    "stop": Move(tuple(state.value for state in UNFINISHED), "withdrawn", "", "Dừng vì có dấu mật"),
}


class Step(TextChoices):
    """What a review was about."""

    CONTENT = "content", "Nội dung"
    FORM = "form", "Thể thức"
    APPROVAL = "approval", "Duyệt, ký"
    CO_SIGN = "co_sign", "Ký nháy, ký liên tịch"
    NUMBER = "number", "Cấp số"
    COMMENT = "comment", "Góp ý"


class Decision(TextChoices):
    AGREE = "agree", "Đồng ý"
    RETURN = "return", "Trả lại"
    COMMENT = "comment", "Góp ý"


class Answer(TextChoices):
    """What an opinion says when it is asked for (lấy ý kiến)."""

    AGREE = "agree", "Đồng ý"
    DISAGREE = "disagree", "Không đồng ý"
    OTHER = "other", "Ý kiến khác"
