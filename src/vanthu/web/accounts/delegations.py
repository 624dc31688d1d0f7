"""Delegation for an absence: who acts for me, for whom I act."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import actions, queries
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest


class DelegationForm(Form):
    """Whole days are usual; the hours may be changed."""

    receiver = forms.TypedChoiceField(label="Người nhận ủy quyền", coerce=int)
    powers = forms.MultipleChoiceField(label="Được làm thay", widget=forms.CheckboxSelectMultiple)
    starts_on = DayField(label="Từ ngày")
    starts_time = forms.TimeField(label="Từ giờ", initial=time(0, 0), widget=forms.TimeInput(format="%H:%M"))
    ends_on = DayField(label="Đến ngày")
    ends_time = forms.TimeField(label="Đến giờ", initial=time(23, 59), widget=forms.TimeInput(format="%H:%M"))
    reason = TextField(label="Lý do", max_length=200, help_text="Ví dụ: đi công tác, nghỉ phép.")

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers = [(power, capfirst(words)) for power, words in queries.delegable(by).items()]
        self.fields["receiver"].choices = [("", "Chọn một đồng nghiệp"), *_colleagues(by)]  # type: ignore[attr-defined]
        self.fields["powers"].choices = powers  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", today())
        self.initial.setdefault("ends_on", today() + timedelta(days=1))

    def moment(self, name: str) -> datetime:
        """The moment typed into `<name>_on` and `<name>_time`, in the office's time."""
        return timezone.make_aware(
            datetime.combine(self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_time"])
        )


def _colleagues(by: Actor) -> list[tuple[int, str]]:
    posts = queries.valid_posts(office_id=by.office_id)
    return [
        (post.pk, f"{post.person.full_name}, {post.title}{f' {post.unit.short_name}' if post.unit else ''}")
        for post in posts
        if post.person_id != by.person_id
    ]


@require_http_methods(["GET", "POST"])
def delegations(request: SignedRequest) -> HttpResponse:
    """What I delegated and what was delegated to me, as sentences; below, the form for who may delegate."""
    form = (
        DelegationForm(request.POST if request.method == "POST" else None, by=request.actor)
        if request.actor.may("delegate")
        else None
    )
    if request.method == "POST" and form is not None and form.is_valid() and _delegate(form, request):
        return redirect("delegations")
    rows = queries.delegations_of(request.actor)
    moment = now()
    page = {
        "form": form,
        "given": [_row(one, moment) for one in rows if one.giver.person_id == request.actor.person_id],
        "received": [_row(one, moment) for one in rows if one.receiver.person_id == request.actor.person_id],
    }
    return render(request, "accounts/delegations.html", page, status=422 if form and form.errors else 200)


def _delegate(form: DelegationForm, request: SignedRequest) -> bool:
    data = form.cleaned_data
    try:
        made = actions.delegate(
            data["receiver"],
            data["powers"],
            starts_at=form.moment("starts"),
            ends_at=form.moment("ends"),
            reason=data["reason"],
            by=request.actor,
        )
    except Invalid as refusal:
        names = {"starts_at": "starts_on", "ends_at": "ends_on"}
        form.refuse(Invalid(fields={names.get(key, key): text for key, text in refusal.fields.items()}))
        return False
    messages.success(request, f"Đã ủy quyền cho {made.receiver.person.full_name}.")
    return True


def _row(one: Any, moment: datetime) -> dict[str, Any]:
    if one.revoked_at:
        state, tone = "đã thu hồi", ""
    elif one.ends_at <= moment:
        state, tone = "đã hết hạn", ""
    elif one.starts_at > moment:
        state, tone = "chưa bắt đầu", "info"
    else:
        state, tone = "đang có hiệu lực", "ok"
    return {
        "pk": one.pk,
        "giver": one.giver.person.full_name,
        "receiver": one.receiver.person.full_name,
        "words": queries.words_for(one.powers),
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "reason": one.reason,
        "state": state,
        "tone": tone,
        "open": bool(tone),
    }


@require_POST
def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a delegation back at once."""
    made = actions.revoke_delegation(pk, by=request.actor)
    messages.success(request, f"Đã thu hồi ủy quyền của {made.receiver.person.full_name}.")
    return redirect("delegations")
