"""The administrator's pages about bodies outside: search, senders that nobody knew, more codes."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanthu.kernel import ledger
from vanthu.organisations import agencies, agency_acts
from vanthu.web.axis.forms import CodeForm, JoinForm, NameForm
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest

FORMS: dict[str, type[Form]] = {"name": NameForm, "join": JoinForm, "code": CodeForm}


@require_GET
def agency_list(request: SignedRequest) -> HttpResponse:
    """Senders that wait to be confirmed, and any body by typed words or a code."""
    by, text = request.actor, request.GET.get("q", "")
    in_use, unknown = agency_acts.tally(by)
    page = {
        "q": text,
        "found": agencies.search(text, limit=50, unverified=True) if text else [],
        "unverified": agency_acts.unverified(by),
        "bodies": in_use,
        "unknown": unknown,
    }
    return render(request, "axis/agencies.html", page)


@require_GET
def agency(request: SignedRequest, pk: int) -> HttpResponse:
    """One body: its codes in every list, what can be done about it."""
    return _page(request, pk)


@require_POST
def confirm_agency(request: SignedRequest, pk: int) -> HttpResponse:
    """It is who it says it is."""
    form = NameForm(request.POST)
    agency_acts.body(pk, request.actor)

    def confirm() -> None:
        agency_acts.confirm(pk, form.cleaned_data["name"], by=request.actor)

    return done_or_again(
        request, form, confirm, "Đã xác nhận. Từ nay chọn được đơn vị này làm nơi nhận.",
        to=reverse("agency", args=[pk]), again=partial(_again, request, pk, "name", form),
    )  # fmt: skip


@require_POST
def join_agency(request: SignedRequest, pk: int) -> HttpResponse:
    """It is a body that we know already."""
    form = JoinForm(request.POST)
    agency_acts.body(pk, request.actor)

    def join() -> None:
        agency_acts.join(pk, form.cleaned_data["known"], by=request.actor)

    return done_or_again(
        request, form, join, "Đã gộp; văn bản gửi từ mã này về sau mang tên đơn vị đã chọn.",
        to=reverse("agencies"), again=partial(_again, request, pk, "join", form),
    )  # fmt: skip


@require_POST
def add_agency_code(request: SignedRequest, pk: int) -> HttpResponse:
    """One more code that names it."""
    form = CodeForm(request.POST)
    agency_acts.body(pk, request.actor)

    def add() -> None:
        agency_acts.add_code(pk, form.cleaned_data["code"], by=request.actor)

    return done_or_again(
        request, form, add, "Đã thêm mã.",
        to=reverse("agency", args=[pk]), again=partial(_again, request, pk, "code", form),
    )  # fmt: skip


@require_GET
def suggest_agencies(request: SignedRequest) -> JsonResponse:
    """Known bodies outside by name or code."""
    found = agencies.search(request.GET.get("q", ""), limit=12) if request.actor.room_id is None else []
    items = [
        {"id": one.id, "label": one.name, "detail": " · ".join(filter(None, [one.code, one.over]))}
        for one in found
    ]
    return JsonResponse({"items": items})


def _again(
    request: SignedRequest, pk: int, name: str, form: Form, conflict: str, status: int
) -> HttpResponse:
    return _page(request, pk, given={name: form}, conflict=conflict, status=status)


def _page(
    request: SignedRequest,
    pk: int,
    *,
    given: dict[str, Form] | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    body = agency_acts.body(pk, request.actor)
    fresh = {name: form(initial={"name": body.name}, auto_id=f"id_{name}_%s") for name, form in FORMS.items()}
    page = {
        "agency": body,
        "codes": agency_acts.codes(body),
        "forms": fresh | (given or {}),
        "conflict": conflict,
        "history": ledger.history(body),
    }
    return render(request, "axis/agency.html", page, status=status)
