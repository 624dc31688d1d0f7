"""The page behind an activation link or slip: choose a password, once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vanthu.kernel.refusals import Invalid
from vanthu.organisations import actions, queries
from vanthu.web.shell.forms import Form

_NEW = {"autocomplete": "new-password"}


class PasswordForm(Form):
    """The new password twice."""

    password = forms.CharField(
        label="Mật khẩu mới", strip=False, max_length=128, widget=forms.PasswordInput(attrs=_NEW)
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu", strip=False, max_length=128, widget=forms.PasswordInput(attrs=_NEW)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", "Hai lần nhập chưa giống nhau. Nhập lại.")
        return cleaned


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the token chooses the password of its account, then signs in with it."""
    made = queries.activation(token)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.activate(token, form.cleaned_data["password"])
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã đặt mật khẩu. Đăng nhập bằng mật khẩu vừa chọn.")
            return redirect("account_login")
    status = 422 if form.errors else 200
    page = {"form": form, "account": made.account, "rules": password_validators_help_texts()}
    response = render(request, "accounts/activate.html", page, status=status)
    response["Referrer-Policy"] = "no-referrer"  # the token stands in the address
    return response
