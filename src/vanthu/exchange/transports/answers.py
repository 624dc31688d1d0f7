"""What answers of the axis and of hubs that follow it mean: refusals by their numbers, ids, packets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vanthu.exchange.transports.base import TransportError, UnknownOutcomeError
from vanthu.exchange.transports.calling import VERDICTS
from vanthu.exchange.transports.vxp_lists import text
from vanthu.kernel.vietnamese import unmarked

ERRORS = {
    "10": "Trục cho rằng tệp gói tin không hợp lệ. Báo quản trị hệ thống kiểm tra gói tin, hoặc gửi bản giấy.",
    "15": "Trục không chấp nhận mã hệ thống hoặc khóa bí mật. Kiểm tra lại trong phần Liên thông.",
    "18": "Đơn vị nhận không có trên trục. Cập nhật danh sách đơn vị rồi chọn lại nơi nhận, hoặc gửi bản giấy.",
    "19": "Mã định danh của đơn vị gửi chưa đăng ký trên trục. Báo quản trị hệ thống đăng ký mã rồi gửi lại.",
    "20": "Trục đang gặp sự cố. Hệ thống sẽ thử lại.",
    "21": "Trục chưa xử lý được tệp. Hệ thống sẽ thử lại.",
    "22": "Trục cho rằng gói tin sai định dạng edXML. Báo quản trị hệ thống, hoặc gửi bản giấy.",
    "23": "Đơn vị nhận đang bị khóa trên trục. Gọi điện cho nơi nhận, hoặc gửi bản giấy.",
    "401": "Trục không chấp nhận mã hệ thống hoặc khóa bí mật. Kiểm tra lại trong phần Liên thông.",
}
_PASSING = ("20", "21")  # of these another try may have another outcome
_NOT_OURS = "khong dung voi ma da dang ky"
NOT_ASKED = (
    "Cổng này không cho hỏi gói tin đã gửi. Gọi điện hỏi nơi nhận; nếu chưa có thì gửi lại hoặc gửi bản giấy."
)


def refuse(answer: Any, *, sending: bool = False) -> None:
    """Raise what an answer of the axis says when it is not OK."""
    if not isinstance(answer, dict) or not answer.keys() & VERDICTS:
        if sending:
            raise UnknownOutcomeError("Trục trả lời sai định dạng. Hệ thống hỏi lại trước khi gửi lần nữa.")
        raise TransportError("Trục trả lời sai định dạng. Hệ thống sẽ thử lại.")
    code = text(answer, "ErrorCode", "errorCode", "code")
    good = answer.get("success") is True or text(answer, "status").upper() == "OK"
    if good and code in ("", "0"):
        return
    said = text(answer, "ErrorDesc", "errorDesc", "message")
    if said == "Unauthorized":
        code = "401"
    if _NOT_OURS in unmarked(said).lower():
        code = "19"
    if sending and code in _PASSING:
        raise UnknownOutcomeError(
            "Trục gặp sự cố khi nhận gói tin. Hệ thống hỏi lại trước khi gửi lần nữa.", code=code
        )
    reason = f" Trục trả lời: {said[:200]}" if said else ""
    known = ERRORS.get(code, "Trục từ chối lời gọi. Báo quản trị hệ thống.")
    raise TransportError(f"{known}{reason}", code=code, permanent=code not in _PASSING)


def fetched(answer: Mapping[str, Any]) -> None:
    """Raise when an answer brought no packet: its field is emptied where it did."""
    if answer.get("data") == "":
        return
    refuse({"success": True, **answer} if "success" not in answer and "status" not in answer else answer)
    raise TransportError("Nơi nhận trả lời không có gói tin. Hệ thống sẽ tải lại.")


def taken(answer: Any) -> str:
    """The id of a packet that was handed over. Raises `TransportError`."""
    refuse(answer, sending=True)
    data = answer.get("data")
    doc_id = text(answer, "DocId", "docId") or (
        text(data, "docId", "DocId") if isinstance(data, dict) else ""
    )
    if not doc_id and isinstance(data, str):
        doc_id = data.strip()
    if not doc_id:
        raise UnknownOutcomeError("Nơi nhận không cho mã gói tin. Hệ thống hỏi lại trước khi gửi lần nữa.")
    return doc_id


def sent_path(options: Mapping[str, object]) -> str:
    """Where a hub lists what was sent (`sent_path` of the connection). Raises `TransportError` where it has no list."""
    path = options.get("sent_path")
    if not isinstance(path, str) or not path.startswith("/"):
        raise TransportError(NOT_ASKED, permanent=True)
    return path
