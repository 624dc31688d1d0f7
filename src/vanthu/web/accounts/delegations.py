"""Delegation for an absence: who acts for me, for whom I act, how far."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import kinds
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import delegating, queries
from vanthu.organisations import delegations as facts
from vanthu.organisations.delegating import Scope
from vanthu.organisations.powers import Book
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.organisations.models import Delegation

STATES = {
    "revoked": ("đã thu hồi", ""),
    "over": ("đã hết hạn", ""),
    "later": ("chưa bắt đầu", "info"),
    "now": ("đang có hiệu lực", "ok"),
}


class DelegationForm(Form):
    """Whole days are usual; the hours may be changed, and the scope narrowed."""

    receiver = forms.TypedChoiceField(label="Người nhận ủy quyền", coerce=int)
    powers = forms.MultipleChoiceField(label="Được làm thay", widget=forms.CheckboxSelectMultiple)
    starts_on = DayField(label="Từ ngày")
    starts_time = forms.TimeField(label="Từ giờ", initial=time(0, 0), widget=forms.TimeInput(format="%H:%M"))
    ends_on = DayField(label="Đến ngày")
    ends_time = forms.TimeField(label="Đến giờ", initial=time(23, 59), widget=forms.TimeInput(format="%H:%M"))
    reason = TextField(label="Lý do", max_length=200, help_text="Ví dụ: đi công tác, nghỉ phép.")
    book = forms.ChoiceField(label="Phạm vi", choices=Book.choices, required=False)
    unit = forms.TypedChoiceField(label="Chỉ việc của đơn vị", coerce=int, empty_value=None, required=False)
    kinds = forms.MultipleChoiceField(
        label="Chỉ các loại văn bản", required=False, help_text="Không chọn: mọi loại văn bản."
    )
    basis = TextField(
        label="Văn bản ủy quyền",
        max_length=200,
        required=False,
        help_text="Cần khi ủy quyền ký (TUQ.), ví dụ: Giấy ủy quyền số 05/GUQ-VKS ngày 20/11/2026.",
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers = [(power, capfirst(words)) for power, words in facts.delegable(by).items()]
        units = [(unit.pk, unit.name) for unit in queries.units_of(by.office)]
        self.fields["receiver"].choices = [("", "Chọn một đồng nghiệp"), *_colleagues(by)]  # type: ignore[attr-defined]
        self.fields["powers"].choices = powers  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "Mọi đơn vị"), *units]  # type: ignore[attr-defined]
        self.fields["kinds"].choices = kinds.choices("administrative")  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", today())
        self.initial.setdefault("ends_on", today() + timedelta(days=1))

    @property
    def scope(self) -> Scope:
        data = self.cleaned_data
        return Scope(unit_id=data["unit"], kinds=tuple(data["kinds"]), book=data["book"])

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
    by = request.actor
    form = (
        DelegationForm(request.POST if request.method == "POST" else None, by=by)
        if by.may("delegate")
        else None
    )
    if request.method == "POST" and form is not None and form.is_valid() and _delegate(form, request):
        return redirect("delegations")
    rows = facts.delegations_of(by)
    moment = now()
    page = {
        "form": form,
        "given": [_row(one, moment) for one in rows if one.giver.person_id == by.person_id],
        "received": [_row(one, moment) for one in rows if one.receiver.person_id == by.person_id],
        "back": "",
    }
    return render(request, "accounts/delegations.html", page, status=422 if form and form.errors else 200)


@require_GET
def office_delegations(request: SignedRequest) -> HttpResponse:
    """Every delegation of the office, for its administrator, who may revoke them."""
    moment = now()
    rows = [_row(one, moment) for one in facts.delegations_in(request.actor)]
    return render(request, "accounts/office_delegations.html", {"rows": rows})


def _delegate(form: DelegationForm, request: SignedRequest) -> bool:
    data = form.cleaned_data
    try:
        made = delegating.delegate(
            data["receiver"],
            data["powers"],
            starts_at=form.moment("starts"),
            ends_at=form.moment("ends"),
            reason=data["reason"],
            basis=data["basis"],
            scope=form.scope,
            by=request.actor,
        )
    except Invalid as refusal:
        names = {"starts_at": "starts_on", "ends_at": "ends_on"}
        form.refuse(Invalid(fields={names.get(key, key): text for key, text in refusal.fields.items()}))
        return False
    messages.success(request, f"Đã ủy quyền cho {made.receiver.person.full_name}.")
    return True


def _row(one: "Delegation", moment: datetime) -> dict[str, Any]:
    state, tone = STATES[facts.state_of(one, moment)]
    form = facts.form_of(one.giver, one.receiver) if "approve" in one.powers else ""
    return {
        "pk": one.pk,
        "giver": one.giver.person.full_name,
        "receiver": one.receiver.person.full_name,
        "words": facts.words_for(one.powers),
        "scope": facts.scope_of(one.unit, one.kinds, one.book),
        "signs": f"{form} {one.giver.title}" if form else "",
        "basis": one.basis,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "reason": one.reason,
        "state": state,
        "tone": tone,
        "open": bool(tone),
    }


@require_POST
def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a delegation back at once; the administrator takes back anybody's."""
    made = delegating.revoke_delegation(pk, by=request.actor)
    messages.success(request, f"Đã thu hồi ủy quyền của {made.receiver.person.full_name}.")
    own = made.giver.person_id == request.actor.person_id
    return redirect("delegations" if own else "office_delegations")
