"""The administrator's pages: people of the office, their accounts and posts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import actions, queries
from vanthu.organisations import people as staff_of
from vanthu.organisations.powers import Role
from vanthu.web.accounts.leaving import still_in_hand
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest


class PostForm(Form):
    """A post in the administrator's office."""

    role = forms.ChoiceField(label="Vai trò trong hệ thống", choices=[("", "Chọn vai trò"), *Role.choices])
    title = TextField(label="Chức vụ", max_length=100, help_text="Như khi ký, ví dụ: Phó Trưởng phòng.")
    unit = forms.TypedChoiceField(label="Đơn vị", coerce=int, empty_value=None, required=False)
    charge = forms.TypedMultipleChoiceField(
        label="Đơn vị phụ trách", coerce=int, required=False, help_text="Chỉ dùng cho Phó Viện trưởng."
    )
    from_on = DayField(label="Từ ngày", required=False, help_text="Để trống: từ hôm nay.")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.pk, unit.name) for unit in queries.units_of(by.office_id or 0)]
        self.fields["unit"].choices = [("", "Không thuộc đơn vị nào"), *units]  # type: ignore[attr-defined]
        self.fields["charge"].choices = units  # type: ignore[attr-defined]

    def give(self, account_id: int, by: Actor) -> None:
        data = self.cleaned_data
        actions.give_post(
            account_id,
            role=data["role"],
            title=data["title"],
            unit_id=data["unit"],
            charge=data["charge"],
            from_on=data["from_on"],
            by=by,
        )


class PersonForm(PostForm):
    """A new person with their first post."""

    full_name = TextField(label="Họ và tên", max_length=80)
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, help_text="Chữ thường không dấu, ví dụ: khai.p1."
    )
    rank = TextField(label="Ngạch, chức danh", max_length=60, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    field_order = ("full_name", "username", "rank", "phone", "role", "title", "unit", "charge", "from_on")


@require_GET
def people(request: SignedRequest) -> HttpResponse:
    """People with a post in the office, found by typing."""
    text = request.GET.get("q", "").strip()
    page = {"members": staff_of.staff(request.actor, text), "text": text}
    return render(request, "accounts/people.html", page)


@require_http_methods(["GET", "POST"])
def add_person(request: SignedRequest) -> HttpResponse:
    """A new person, their account and first post; then their slip can be printed."""
    request.actor.require("administer")
    form = PersonForm(request.POST if request.method == "POST" else None, by=request.actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                account = actions.add_person(
                    data["full_name"],
                    data["username"],
                    rank=data["rank"],
                    phone=data["phone"],
                    by=request.actor,
                )
                form.give(account.pk, request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã thêm {data['full_name']}. In phiếu kích hoạt để người này đặt mật khẩu."
            )
            return redirect("person", account.pk)
    return render(request, "accounts/add_person.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def person(request: SignedRequest, pk: int) -> HttpResponse:
    """One person: account, posts, and what the administrator may do."""
    return _person_page(request, pk, PostForm(by=request.actor))


def _person_page(request: SignedRequest, pk: int, form: PostForm) -> HttpResponse:
    member = staff_of.member(pk, request.actor)
    page = {"member": member, "form": form, "myself": pk == request.actor.account_id}
    return render(request, "accounts/person.html", page, status=422 if form.errors else 200)


@require_POST
def give_post(request: SignedRequest, pk: int) -> HttpResponse:
    """One more post in the office."""
    form = PostForm(request.POST, by=request.actor)
    if form.is_valid():
        try:
            form.give(pk, request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã giao chức vụ.")
            return redirect("person", pk)
    return _person_page(request, pk, form)


@require_POST
def end_post(request: SignedRequest, pk: int, post_id: int) -> HttpResponse:
    """The person no longer holds the post from today; what they have in hand is handed over first."""
    if still_in_hand(pk, post_id, request.actor):
        messages.warning(
            request, "Người này còn việc chưa xong. Chuyển việc cho người khác trước khi kết thúc chức vụ."
        )
        return redirect(f"{reverse('person_work', args=[pk])}?post={post_id}")
    actions.end_post(post_id, by=request.actor)
    messages.success(request, "Đã kết thúc chức vụ.")
    return redirect("people")


@require_POST
@never_cache
def make_activation(request: SignedRequest, pk: int) -> HttpResponse:
    """A fresh slip to print or hand over; its link is shown this once."""
    slip = actions.make_activation(pk, by=request.actor)
    page = {
        "member": staff_of.member(pk, request.actor),
        "slip": slip,
        "link": request.build_absolute_uri(reverse("activate", args=[slip.token])),
    }
    return render(request, "accounts/slip.html", page)


@require_POST
def lock(request: SignedRequest, pk: int) -> HttpResponse:
    """Nobody signs in with this account any more."""
    account = actions.lock(pk, by=request.actor)
    messages.success(request, f"Đã khóa tài khoản {account.username}.")
    return redirect("person", pk)


@require_POST
def unlock(request: SignedRequest, pk: int) -> HttpResponse:
    """The account may sign in again."""
    account = actions.unlock(pk, by=request.actor)
    messages.success(request, f"Đã mở khóa tài khoản {account.username}.")
    return redirect("person", pk)
