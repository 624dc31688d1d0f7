"""What a program is told when something is refused: RFC 9457 problem details, in Vietnamese, with a stable code."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

PROGRAMS = "/api/"
MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Yêu cầu chưa đúng",
    401: "Chưa xác thực",
    403: "Không có quyền",
    404: "Không tìm thấy",
    405: "Phương thức không dùng được ở địa chỉ này",
    409: "Xung đột với trạng thái hiện tại",
    415: "Kiểu nội dung không dùng được",
    416: "Khoảng byte nằm ngoài tệp",
    422: "Dữ liệu chưa đúng",
    429: "Gọi quá nhiều lần",
    500: "Máy chủ gặp lỗi",
    503: "Tạm ngừng",
}


def from_program(request: HttpRequest) -> bool:
    """Whether the address is one of those that programs use."""
    return request.path.startswith(PROGRAMS)


def problem(
    status: int, code: str, detail: str, *, fields: Mapping[str, str] | None = None, error: str = ""
) -> JsonResponse:
    """The problem as an answer. `fields` has a sentence per field; `error` names the line in the server's log."""
    body: dict[str, object] = {
        "type": f"urn:vanthu:problem:{code}",
        "title": TITLES.get(status, "Không thực hiện được"),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if fields:
        body["fields"] = dict(fields)
    if error:
        body["error"] = error
    options = {"ensure_ascii": False}
    answer = JsonResponse(body, status=status, content_type=MEDIA_TYPE, json_dumps_params=options)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="vanthu"'
    return answer
