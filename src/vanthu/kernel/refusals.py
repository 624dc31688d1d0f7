"""A refusal is a Vietnamese sentence that says what to do next, and an HTTP status; everything else is a bug."""

from collections.abc import Mapping


class Refusal(Exception):
    """An act that the system declines. `message` is shown to the user, `code` is stable for programs."""

    status = 400
    code = "refused"
    default = "Không thực hiện được. Tải lại trang rồi thử lại."

    def __init__(self, message: str = "", *, code: str = "") -> None:
        self.message = message or self.default
        self.code = code or type(self).code
        super().__init__(self.message)


class NotFound(Refusal):
    """What the actor may not see does not exist for them."""

    status = 404
    code = "not_found"
    default = "Không tìm thấy. Có thể đường dẫn đã cũ, hoặc nội dung này không dành cho anh/chị."


class NotAllowed(Refusal):
    """The actor sees the item but has not the power for this act."""

    status = 403
    code = "not_allowed"
    default = "Anh/chị không có quyền làm việc này. Nếu cần, đề nghị Văn phòng phân quyền."


class Conflict(Refusal):
    """Somebody else was first, or the item is in another state."""

    status = 409
    code = "conflict"
    default = "Nội dung này vừa được người khác xử lý. Tải lại trang để xem; nội dung đang gõ vẫn còn."


class Invalid(Refusal):
    """Bad input; `fields` maps a field name to its sentence ("" for the whole form)."""

    status = 422
    code = "invalid"
    default = "Thông tin chưa đúng. Sửa các ô được đánh dấu rồi gửi lại; nội dung đã gõ vẫn còn."

    def __init__(self, message: str = "", *, code: str = "", fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        super().__init__(message or next(iter(self.fields.values()), ""), code=code)


class Unavailable(Refusal):
    """Something outside (timestamp service, converter, store) does not answer now."""

    status = 503
    code = "unavailable"
    default = "Dịch vụ đang tạm ngừng. Chưa có gì bị mất; thử lại sau ít phút."
