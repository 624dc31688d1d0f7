"""The administrator's pages about programs (phần mềm tích hợp): their post in the office, their tokens."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import actions, queries, tokens_actions, tokens_queries
from vanthu.organisations.powers import PROGRAM_ROLES
from vanthu.web.accounts.tokens import TokenForm, rows_of, shown_once
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest


class ProgramForm(Form):
    """A new program: its name as the ledger shows it, and as what it works."""

    name = TextField(
        label="Tên phần mềm",
        max_length=80,
        help_text="Nhật ký ghi tên này. Ví dụ: Phần mềm quản lý án hình sự.",
    )
    role = forms.ChoiceField(
        label="Làm việc như",
        choices=[("", "Chọn vai trò"), *[(role.value, role.label) for role in PROGRAM_ROLES]],
        help_text="Phần mềm xem và làm được những gì vai trò này xem và làm được, trong phạm vi của khoá.",
    )
    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.pk, unit.name) for unit in queries.units_of(by.office)]
        self.fields["unit"].choices = [("", "Không thuộc đơn vị nào"), *units]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def programs(request: SignedRequest) -> HttpResponse:
    """The programs of the office, and the form for one more."""
    by = request.actor
    by.require("administer")
    form = ProgramForm(request.POST if request.method == "POST" else None, by=by)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = tokens_actions.add_program(data["name"], role=data["role"], unit_id=data["unit"], by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã thêm {data['name']}. Tạo khoá truy cập để phần mềm bắt đầu làm việc."
            )
            return redirect("program", account.pk)
    page = {"programs": tokens_queries.programs(by), "form": form}
    return render(request, "accounts/programs.html", page, status=422 if form.errors else 200)


@require_GET
def program(request: SignedRequest, pk: int) -> HttpResponse:
    """One program: its post, its tokens, and what the administrator may do."""
    return _page(request, pk, TokenForm())


def _page(request: SignedRequest, pk: int, form: TokenForm) -> HttpResponse:
    found = tokens_queries.program(pk, request.actor)
    page = {"program": found, "rows": rows_of(found.tokens), "form": form}
    return render(request, "accounts/program.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
def make_program_token(request: SignedRequest, pk: int) -> HttpResponse:
    """A fresh token of the program, shown this once."""
    form = TokenForm(request.POST)
    tokens_queries.program(pk, request.actor)
    if form.is_valid():
        try:
            make = partial(tokens_actions.make_for_program, pk, *form.given, by=request.actor)
            return shown_once(request, form, make, reverse("program", args=[pk]))
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
    return _page(request, pk, form)


@require_POST
def revoke_program_token(request: SignedRequest, pk: int, token_id: int) -> HttpResponse:
    """End a token of the program at once."""
    tokens_queries.program(pk, request.actor)
    token = tokens_actions.revoke(token_id, by=request.actor)
    messages.success(request, f"Đã thu hồi khoá “{token.name}”.")
    return redirect("program", pk)


@require_POST
def lock_program(request: SignedRequest, pk: int) -> HttpResponse:
    """No token of the program opens anything any more."""
    tokens_queries.program(pk, request.actor)
    actions.lock(pk, by=request.actor)
    messages.success(request, "Đã khóa phần mềm: mọi khoá của phần mềm này không dùng được nữa.")
    return redirect("program", pk)


@require_POST
def unlock_program(request: SignedRequest, pk: int) -> HttpResponse:
    """Its tokens that are still good work again."""
    tokens_queries.program(pk, request.actor)
    actions.unlock(pk, by=request.actor)
    messages.success(request, "Đã mở khóa phần mềm.")
    return redirect("program", pk)
