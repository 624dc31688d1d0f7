"""Sign-in: allauth's views with our sentences, a lock-out that says when to try again, the cast of a demonstration."""

import json
from datetime import datetime
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm, PasswordVerificationMixin
from allauth.account.views import LoginView, LogoutView
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import get_current_timezone
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathFillImage

from vanthu.organisations import queries

_APP = "allauth.account"
_ACTION = "login_failed"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up; failures are counted per account and address together, so nobody locks a colleague out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản đang bị khóa. Liên hệ quản trị của cơ quan.",
        "username_password_mismatch": (
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại."
        ),
        "incorrect_password": "Mật khẩu chưa đúng. Nhập lại.",
        "enter_current_password": "Mật khẩu hiện tại chưa đúng. Nhập lại.",
        "incorrect_code": "Mã chưa đúng. Chờ mã mới trên điện thoại rồi nhập lại.",
        "rate_limited": "Thử quá nhiều lần. Chờ một phút rồi thử lại.",
        "too_many_login_attempts": "Thử quá nhiều lần từ máy này. Chờ một phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; beyond the limit say when the next one is possible."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            sentence = self._when_again(request, **credentials)
            raise ValidationError(sentence or error.message, code=error.code) from error

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": "Dùng mật khẩu",
            "mfa_reauthenticate": "Dùng mã xác thực",
            "mfa_reauthenticate:webauthn": "Dùng khóa bảo mật",
        }
        methods = super().get_reauthentication_methods(user)
        return [{**one, "description": words[one["id"]]} for one in methods]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def _when_again(self, request: HttpRequest, **credentials: Any) -> str:
        key = self._get_login_attempts_cache_key(request, **credentials)
        for rate in ratelimit.get_rates(app=_APP, action=_ACTION):
            place = ratelimit.get_cache_key(request, app=_APP, action=_ACTION, rate=rate, key=key)
            history: list[float] = cache.get(place, [])
            if rate.per == "key" and len(history) >= rate.amount:
                # up to the next full minute
                free = datetime.fromtimestamp(history[-1] + rate.duration + 59, get_current_timezone())
                return (
                    f"Nhập sai {rate.amount} lần nên tạm dừng. Thử lại sau {free:%H:%M};"
                    " nếu quên mật khẩu, đề nghị quản trị của cơ quan cấp phiếu kích hoạt mới."
                )
        return ""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Sentences of the second factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Không tắt được bước xác thực này.",
        "cannot_generate_recovery_codes": "Bật ứng dụng xác thực hoặc khóa bảo mật trước, rồi mới tạo mã dự phòng.",
        "incorrect_code": "Mã chưa đúng hoặc đã hết hạn. Nhập mã đang hiện trên điện thoại.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code on white, so that it is read on a dark page too."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's word
        return "Khóa bảo mật"


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in name in lower case, without spaces around it."""

    def clean_login(self) -> str:
        return str(self.cleaned_data["login"]).strip().lower()


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The password twice, with our sentence when they differ."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập chưa giống nhau. Nhập lại mật khẩu mới.")
        return cleaned


def demo_cast() -> list[dict[str, str]]:
    """Whom the sign-in page offers: [{username, name, role, what}], empty outside the demonstration."""
    if not settings.DEMO or not settings.DEMO_CAST.exists():
        return []
    cast: list[dict[str, str]] = json.loads(settings.DEMO_CAST.read_text(encoding="utf-8"))
    return cast


class SignInView(LoginView):  # type: ignore[misc]
    """allauth's page with the demonstration's cast beside it; errors answer 422."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        return {**page, "cast": demo_cast()}

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOutView(LogoutView):  # type: ignore[misc]
    """allauth's page; the browser forgets page images and what it kept, for machines that several people use."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a member of the demonstration's cast by one click; 404 outside the demonstration."""
    username = request.POST.get("username", "")
    account = (
        queries.account_named(username) if username in {one["username"] for one in demo_cast()} else None
    )
    if account is None:
        raise Http404
    login(request, account, settings.AUTHENTICATION_BACKENDS[0])
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)
