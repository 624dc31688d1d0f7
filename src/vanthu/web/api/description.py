"""What the OpenAPI document says of every endpoint alike: problems, entity tags, keys, scopes."""

from typing import TYPE_CHECKING, Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema

from vanthu.organisations.tokens import BY_NAME
from vanthu.web.api.schemas import Problem
from vanthu.web.shell.problems import MEDIA_TYPE, TITLES

if TYPE_CHECKING:
    from ninja import NinjaAPI

TEXT = """\
Phần mềm đọc và làm việc với Văn thư qua các địa chỉ dưới đây, bằng đúng quyền của người hoặc phần mềm giữ khoá:
cùng phạm vi được xem, cùng lý do từ chối, cùng nhật ký như trên trang web.

- **Khoá truy cập**: gửi `Authorization: Bearer vt_…`. Tạo khoá ở trang *Tài khoản → Khoá truy cập (API)*;
  khoá của phần mềm tích hợp do quản trị cơ quan tạo.
- **Danh sách**: đi theo `next` cho đến khi bằng null.
- **Lệnh ghi**: gửi `Idempotency-Key`; gửi lại cùng khoá thì nhận lại kết quả lần đầu.
- **Lỗi**: `application/problem+json`, xem `code`.
- **Đọc lại**: gửi `If-None-Match` với `ETag` đã nhận; chưa đổi thì trả 304.
"""

_ALWAYS = (401, 403, 404, 422, 429, 500)
_WRITES = (400, 409, 503)

_TAG = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag đã nhận; chưa đổi thì trả 304.",
    "schema": {"type": "string"},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Khoá riêng của lệnh này, ví dụ một UUID.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"},
    "example": "0b9f2a4e-6f0c-4b0e-9a57-0d4b1c7f5f11",
}


def completed(schema: OpenAPISchema, api: "NinjaAPI") -> OpenAPISchema:
    """The document with problems, entity tags, keys and scopes on every endpoint."""
    shape = Problem.model_json_schema(ref_template=REF_TEMPLATE)
    schema["components"].setdefault("schemas", {})["Problem"] = shape
    scopes = _scopes(api)
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation, scopes.get(operation["operationId"]))
    return schema


def _complete(method: str, operation: dict[str, Any], scope: str | None) -> None:
    if scope is not None:
        label = BY_NAME[scope].label
        said = operation.get("description", "")
        operation["description"] = f"{said}\n\nPhạm vi của khoá: `{scope}` ({label}).".strip()
    parameters = operation.setdefault("parameters", [])
    if method == "get":
        parameters.append(_TAG)
        operation["responses"].setdefault(304, {"description": "Chưa đổi."})
    elif scope is not None:
        parameters.append(_KEY)
    for status in (*_ALWAYS, *(() if method == "get" else _WRITES)):
        operation["responses"].setdefault(status, _problem(status))


def _problem(status: int) -> dict[str, Any]:
    shape = {"schema": {"$ref": REF_TEMPLATE.format(model="Problem")}}
    return {"description": TITLES[status], "content": {MEDIA_TYPE: shape}}


def _scopes(api: "NinjaAPI") -> dict[str, str]:
    """{operation id: the scope that it needs}."""
    found = {}
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                for callback in operation.auth_callbacks:
                    scope = getattr(callback, "scope", None)
                    if scope:
                        found[api.get_openapi_operation_id(operation)] = scope
    return found
