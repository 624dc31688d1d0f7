"""The interface itself: how answers are made, what refusals become, and the document that describes it (OpenAPI)."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from vanthu.kernel.refusals import Invalid, NotFound, Refusal
from vanthu.web.api import description
from vanthu.web.api.access import SAFE, needs
from vanthu.web.api.rates import PerMinute
from vanthu.web.api.sentences import faults
from vanthu.web.shell.problems import problem
from vanthu.web.shell.refusals import respond


class Readable(JSONRenderer):
    """JSON in which Vietnamese stays Vietnamese."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


class Interface(NinjaAPI):
    """Answers with entity tags, problems for refusals, and a description that says so."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """The answer; of a read that did not change since `If-None-Match`, 304 without a body."""
        response = super().create_response(request, data, **options)
        if request.method not in SAFE or response.status_code != 200:
            return response
        tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = tag
        same = get_conditional_response(request, etag=tag, response=response)
        return same or response

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The description, with what every endpoint has in common."""
        return description.completed(super().get_openapi_schema(**options), self)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The name of the function: every endpoint has its own."""
        return str(operation.view_func.__name__)


def make_interface() -> Interface:
    """The interface without endpoints; every one needs the scope `read` unless it says otherwise."""
    made = Interface(
        title="Văn thư, giao diện cho phần mềm",
        version="1",
        description=description.TEXT,
        urls_namespace="api",
        auth=needs("read"),
        throttle=PerMinute(),
        docs_url=None,
        renderer=Readable(),
    )
    made.add_exception_handler(Refusal, _refused)
    made.add_exception_handler(ValidationError, _wrong)
    made.add_exception_handler(AuthenticationError, _who)
    made.add_exception_handler(Throttled, _too_often)
    made.add_exception_handler(HttpError, _unreadable)
    made.add_exception_handler(Http404, _nowhere)
    return made


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return respond(request, refusal)


def _wrong(request: HttpRequest, error: Any) -> HttpResponse:
    """An address that cannot be is as one that is not; everything else is said field by field."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return respond(request, NotFound())
    return respond(
        request, Invalid("Dữ liệu chưa đúng. Xem từng trường ở `fields`.", fields=faults(error.errors))
    )


def _who(request: HttpRequest, error: object) -> HttpResponse:
    detail = "Thiếu khoá truy cập. Gửi tiêu đề Authorization: Bearer vt_… (tạo ở trang Khoá truy cập)."
    return problem(401, "token_needed", detail)


def _too_often(request: HttpRequest, error: object) -> HttpResponse:
    detail = "Gọi quá nhiều lần trong một phút. Chờ số giây ở tiêu đề Retry-After rồi gọi lại."
    return problem(429, "too_many", detail)


def _unreadable(request: HttpRequest, error: object) -> HttpResponse:
    return problem(400, "body_wrong", "Không đọc được nội dung gửi lên. Gửi JSON đúng cú pháp, mã UTF-8.")


def _nowhere(request: HttpRequest, error: object) -> HttpResponse:
    return respond(request, NotFound())
