"""The calendar of working days: holidays, days off instead, weekends worked instead (lịch nghỉ)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import working_days as rooms
from vanthu.web.shell.forms import DayField, Form, TextField
from vanthu.web.shell.requests import SignedRequest


class DayForm(Form):
    """A day that differs from its place in the week."""

    day_on = DayField(label="Ngày")
    works = forms.ChoiceField(
        label="Là",
        choices=[("", "Ngày nghỉ"), ("1", "Ngày làm bù")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    name = TextField(label="Tên ngày", max_length=120)
    basis = TextField(label="Căn cứ", max_length=200, required=False, help_text="Số thông báo, quyết định")


@require_http_methods(["GET", "POST"])
def working_days(request: SignedRequest) -> HttpResponse:
    """The special days of a year; the administrator of the highest office adds and removes."""
    by = request.actor
    may_change = rooms.may_change(by)
    form = DayForm(request.POST or None)
    if request.method == "POST":
        rooms.require_keeper(by)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = rooms.set_day(
                data["day_on"], works=bool(data["works"]), name=data["name"], basis=data["basis"], by=by
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã ghi ngày {made.day_on:%d/%m/%Y}.")
            return redirect(f"{reverse('working_days')}?nam={made.day_on.year}")
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today().year
    context = {
        "years": sorted({*rooms.years(), today().year, today().year + 1, year}),
        "year": year,
        "days": rooms.days_of(year),
        "form": form,
        "may_change": may_change,
    }
    return render(request, "days/working_days.html", context, status=422 if form.is_bound else 200)


@require_POST
def drop_day(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a day out."""
    rooms.drop_day(pk, by=request.actor)
    messages.success(request, "Đã bỏ ngày khỏi lịch nghỉ.")
    return redirect("working_days")
