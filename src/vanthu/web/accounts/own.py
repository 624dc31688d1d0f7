"""My account: posts, the office I work in, how pages look to me."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.organisations import actions, delegations, mail, queries
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.shell.seats import OFFICE, leave


class PreferencesForm(Form):
    """How pages look and whether single keys act."""

    theme = forms.ChoiceField(
        label="Giao diện",
        choices=[("", "Theo máy"), ("light", "Sáng"), ("dark", "Tối")],
        required=False,
        widget=forms.RadioSelect,
    )
    density = forms.ChoiceField(
        label="Độ dày của danh sách",
        choices=[("", "Gọn"), ("comfy", "Thoáng")],
        required=False,
        widget=forms.RadioSelect,
    )
    keys_off = forms.BooleanField(
        label="Tắt phím tắt một chữ",
        required=False,
        help_text="Ctrl+K và Ctrl+Enter vẫn dùng được.",
    )
    digest = forms.ChoiceField(
        label="Thư điện tử tổng hợp",
        choices=[("", "Không nhận"), ("daily", "Mỗi sáng ngày làm việc")],
        required=False,
        widget=forms.RadioSelect,
        help_text="Chỉ nêu số và trích yếu việc chờ anh/chị; văn bản hạn chế tiếp cận không nêu trích yếu.",
    )
    email = TextField(label="Địa chỉ nhận thư", max_length=254, required=False)


@require_GET
def account(request: SignedRequest) -> HttpResponse:
    """Name, posts and the office one works in; ways to the other pages."""
    posts = queries.valid_posts(person_id=request.actor.person_id)
    return render(
        request,
        "accounts/account.html",
        {"posts": posts, "seats": queries.seats_of(request.user), "delegations": _acting_for(request.actor)},
    )


def _acting_for(actor: Actor) -> list[tuple[str, str]]:
    """[(giver, powers in words)] of what was delegated to the actor."""
    by_giver: dict[str, list[str]] = {}
    for power, giver in actor.delegated:
        by_giver.setdefault(giver, []).append(power)
    return [(giver, delegations.words_for(powers)) for giver, powers in by_giver.items()]


@require_POST
def work_in(request: SignedRequest, office_id: int) -> HttpResponse:
    """Work in another office where the person holds a post."""
    seat = next((one for one in queries.seats_of(request.user) if one.office_id == office_id), None)
    if seat is None:
        raise NotFound("Anh/chị không giữ chức vụ ở cơ quan này. Chọn cơ quan khác trong trình đơn.")
    leave(request)
    request.session[OFFICE] = office_id
    messages.info(request, f"Đang làm việc tại {seat.office} với chức vụ {seat.title}.")
    return redirect("/")


@require_http_methods(["GET", "POST"])
def preferences(request: SignedRequest) -> HttpResponse:
    """Theme, density, keys: kept with the account, so the same on every machine."""
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        initial={**request.user.desk, "email": request.user.email},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            mail.keep_digest(data["email"], data["digest"], by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            actions.keep_desk(
                {name: data[name] for name in ("theme", "density", "keys_off")}, by=request.actor
            )
            messages.success(request, "Đã lưu cài đặt.")
            return redirect("preferences")
    status = 422 if form.errors else 200
    return render(request, "accounts/preferences.html", {"form": form}, status=status)
