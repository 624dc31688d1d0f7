"""My tokens: keys with which a program acts as me. A key is shown once."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.kernel.calendar import today
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import tokens_actions, tokens_queries
from vanthu.organisations.tokens import BY_NAME, LONGEST_DAYS, SCOPES
from vanthu.organisations.tokens_actions import Made
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.organisations.models import Token

USUAL_DAYS = 90


class TokenForm(Form):
    """A new token: for what, how much it may, how long."""

    name = TextField(label="Dùng cho việc gì", max_length=80, help_text="Ví dụ: Đồng bộ việc của tôi về máy.")
    scopes = forms.MultipleChoiceField(
        label="Được làm gì",
        choices=[(scope.name, scope.label) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        initial=["read"],
    )
    expires_on = DayField(label="Dùng đến hết ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", today() + timedelta(days=USUAL_DAYS))
        self.fields["expires_on"].help_text = f"Nhiều nhất {LONGEST_DAYS} ngày."

    @property
    def given(self) -> tuple[str, list[str], date | None]:
        """Name, scopes and last day of a valid form."""
        data = self.cleaned_data
        return data["name"], data["scopes"], data["expires_on"]


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: SignedRequest) -> HttpResponse:
    """My tokens and the form for one more; what was just made is shown this once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            make = partial(tokens_actions.make_own, *form.given, by=request.actor)
            return shown_once(request, form, make, reverse("tokens"))
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
    page = {"rows": rows_of(tokens_queries.own_tokens(request.actor)), "form": form}
    return render(request, "accounts/tokens.html", page, status=422 if form.errors else 200)


def shown_once(request: SignedRequest, form: TokenForm, make: Callable[[], Made], back: str) -> HttpResponse:
    """The fresh key, with how to use it; sent again (a reload), the form makes no second one and shows nothing."""
    fresh: list[Made] = []

    def act() -> "Token":
        fresh.append(make())
        return fresh[0].token

    token = once(
        form.given_key, "organisations.token_made", act, tokens_queries.token_by_id, by=request.actor
    )
    if not fresh:
        messages.info(
            request, f"Khoá “{token.name}” đã tạo rồi và chỉ hiện một lần. Chưa chép thì tạo khoá khác."
        )
        return redirect(back)
    page = {
        "made": fresh[0],
        "labels": labels_of(token),
        "root": request.build_absolute_uri("/api/v1"),
        "back": back,
    }
    return render(request, "accounts/token.html", page, status=201)


@require_POST
def revoke_token(request: SignedRequest, pk: int) -> HttpResponse:
    """End one of my tokens at once."""
    token = tokens_actions.revoke(pk, by=request.actor)
    messages.success(request, f"Đã thu hồi khoá “{token.name}”.")
    return redirect("tokens")


def rows_of(found: Iterable["Token"]) -> list[dict[str, Any]]:
    """Tokens as the tables show them."""
    return [_row(token) for token in found]


def _row(token: "Token") -> dict[str, Any]:
    if token.revoked_at is not None:
        state, tone = "đã thu hồi", ""
    elif token.expires_on < today():
        state, tone = "đã hết hạn", ""
    elif token.expires_on < today() + timedelta(days=14):
        state, tone = "sắp hết hạn", "warn"
    else:
        state, tone = "đang dùng được", "ok"
    return {"token": token, "state": state, "tone": tone, "open": bool(tone), "labels": labels_of(token)}


def labels_of(token: "Token") -> list[str]:
    """The scopes of a token in words."""
    return [BY_NAME[name].label for name in token.scopes if name in BY_NAME]
