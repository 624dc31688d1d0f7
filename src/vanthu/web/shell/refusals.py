"""One place that turns a refusal, a missing page or a bug into what the browser shows."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal
from vanthu.web.shell.problems import from_program, problem
from vanthu.web.shell.requests import from_htmx, page_before, wants_json

log = logging.getLogger("vanthu.web")

HEADINGS = {
    400: "Yêu cầu chưa đúng",
    401: "Phiên làm việc đã hết",
    403: "Không có quyền",
    404: "Không mở được trang này",
    409: "Vừa có người khác xử lý",
    422: "Thông tin chưa đúng",
    429: "Thử quá nhiều lần",
    503: "Tạm ngừng",
}


class Expired(Refusal):
    """The form was open longer than the session, or the browser keeps no cookies."""

    status = 403
    code = "form_expired"
    default = (
        "Trang này mở đã lâu nên chưa gửi được. Tải lại trang, đăng nhập lại nếu được hỏi, rồi bấm Lấy lại:"
        " nội dung đang gõ vẫn còn trên máy."
    )


class TooMany(Refusal):
    """More tries than a person makes."""

    status = 429
    code = "too_many"
    default = "Thử quá nhiều lần từ máy này. Chờ một phút rồi thử lại."


class SignInAgain(Refusal):
    """The session ended while a page was open."""

    status = 401
    code = "signed_out"
    default = "Phiên làm việc đã hết. Đăng nhập lại rồi làm tiếp; nội dung đang gõ được giữ trên trang này."


def respond(
    request: HttpRequest, refusal: Refusal, *, link_url: str = "", link_text: str = ""
) -> HttpResponse:
    """The refusal as JSON for a program or a script, as a toast for htmx, else as a page, with its status."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    if from_program(request):
        return problem(refusal.status, refusal.code, refusal.message, fields=fields)
    if wants_json(request):
        body = {"code": refusal.code, "message": refusal.message, "fields": fields}
        return JsonResponse(body, status=refusal.status)
    if from_htmx(request):
        toast = {"text": refusal.message, "tone": "danger", "link_url": link_url, "link_text": link_text}
        response = render(request, "shell/toast.html", toast, status=refusal.status)
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        return response
    page = {
        "refusal": refusal,
        "heading": "Chưa gửi được"
        if isinstance(refusal, Expired)
        else HEADINGS.get(refusal.status, "Không thực hiện được"),
        "back": page_before(request),
    }
    return render(request, "shell/refusal.html", page, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler of 404: no such address."""
    return respond(request, NotFound())


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler of 403."""
    return respond(request, NotAllowed())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler of 400: a request that no page of ours sends."""
    return respond(request, Refusal())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a failed check of the CSRF token shows."""
    log.warning("CSRF check failed: %s %s: %s", request.method, request.path, reason)
    return respond(request, Expired())


def too_many(request: HttpRequest) -> HttpResponse:
    """Handler of 429: an address that asks for a sign-in far too often."""
    return respond(request, TooMany())


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of 500: a short code for the user, the same code in the log above the traceback."""
    code = secrets.token_hex(2).upper()
    account = getattr(getattr(request, "actor", None), "account_id", None)
    log.error("error %s: %s %s account=%s", code, request.method, request.path, account)
    message = (
        f"Máy chủ gặp lỗi, chưa lưu được. Gửi lại; nếu vẫn lỗi, báo mã {code} cho Văn phòng."
        " Nội dung đang gõ vẫn còn."
    )
    if from_program(request):
        detail = (
            f"Máy chủ gặp lỗi. Gửi lại với cùng Idempotency-Key; nếu vẫn lỗi, báo mã {code} cho quản trị."
        )
        return problem(500, "error", detail, error=code)
    if wants_json(request):
        return JsonResponse({"code": "error", "message": message, "error": code}, status=500)
    if from_htmx(request):
        response = HttpResponse(
            render_to_string("shell/toast.html", {"text": message, "tone": "danger"}), status=500
        )
        response["HX-Retarget"] = "#toasts"
        response["HX-Reswap"] = "beforeend"
        return response
    # Without the request: no context processor, hence no query, runs on a page that says what is broken.
    return HttpResponse(render_to_string("shell/500.html", {"code": code, "message": message}), status=500)
