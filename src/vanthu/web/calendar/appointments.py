"""One appointment: planned, shown, changed, cancelled; made from an invitation in one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.calendar import actions, papers, queries
from vanthu.calendar import conflicts as taken
from vanthu.calendar.actions import Plan
from vanthu.calendar.lines import monday_of
from vanthu.kernel import idempotency, ledger
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.web.calendar.forms import AppointmentForm, ReasonForm, empty, initial_of
from vanthu.web.calendar.views import MARKS, week_url
from vanthu.web.shell.forms import read_day
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from vanthu.calendar.models import Appointment
    from vanthu.calendar.queries import Found
    from vanthu.kernel.actor import Actor


@require_http_methods(["GET", "POST"])
def plan(request: SignedRequest) -> HttpResponse:
    """A new appointment; `?entry=` fills it from an invitation, `?ngay=` says the day."""
    by = request.actor
    by.require("plan")
    if request.method == "POST":
        form = AppointmentForm(request.POST, by=by)
        return _saved(request, form, None, lambda: _made(form, by))
    initial = empty(by, read_day(request.GET.get("ngay", "")))
    if (entry := request.GET.get("entry", "")).isdigit():
        initial |= _from_paper(int(entry), by)
    return _page(request, AppointmentForm(initial=initial, by=by), None)


@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, pk: int) -> HttpResponse:
    """Other time, place or people."""
    by = request.actor
    found = _changeable(pk, by)
    if request.method == "POST":
        form = AppointmentForm(request.POST, by=by)
        return _saved(request, form, found, lambda: actions.change(pk, form.plan(), by=by))
    return _page(request, AppointmentForm(initial=initial_of(found), by=by), found)


def _changeable(pk: int, by: Actor) -> Found:
    found = queries.appointment(pk, by)
    if not queries.may_change(found, by):
        raise Conflict(
            "Mục lịch này không còn sửa được, hoặc do người khác lập. Đề nghị người lập hoặc Văn phòng sửa."
        )
    return found


def _made(form: AppointmentForm, by: Actor) -> Appointment:
    return idempotency.once(
        form.given_key,
        "calendar.made",
        lambda: actions.make(form.plan(), by=by),
        lambda pk: queries.appointment(pk, by).row,
        by=by,
    )


def _saved(
    request: SignedRequest, form: AppointmentForm, found: Found | None, act: Callable[[], Appointment]
) -> HttpResponse:
    """Save a valid form and show the week, or the form again with what is wrong and what is taken."""
    conflict, status = "", 422
    if form.is_valid():
        try:
            row = act()
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            conflict, status = refusal.message, refusal.status
        else:
            when = timezone.localtime(row.starts_at)
            messages.success(request, f"Đã lên lịch {when:%H:%M ngày %d/%m/%Y}.")
            view = {} if row.in_week else {"xem": "me"}
            return redirect(week_url(monday_of(when.date()), **view))
    return _page(request, form, found, conflict=conflict, status=status)


def _page(
    request: SignedRequest,
    form: AppointmentForm,
    found: Found | None,
    *,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    by = request.actor
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "conflict": conflict,
        "clashes": [],
        "paper": None,
    }
    if form.is_bound:
        asked = form.asked(found.row.pk if found else None)
        context["clashes"] = taken.clashes(asked, by) if asked and not conflict else []
    entry = form["entry"].value()
    if str(entry or "").isdigit():
        context["paper"] = papers.invitation(int(entry), by)[0]
        context["entry_id"] = int(entry)
    return render(request, "calendar/plan.html", context, status=status)


@require_GET
def conflicts(request: SignedRequest) -> HttpResponse:
    """What is taken, asked while the form is being filled in; `but` is the appointment that is being changed."""
    by = request.actor
    by.require("plan")
    but = request.GET.get("but", "")
    asked = AppointmentForm(request.GET, by=by).asked(int(but) if but.isdigit() else None)
    return render(request, "calendar/conflicts.html", {"clashes": taken.clashes(asked, by) if asked else []})


@require_GET
def appointment(request: SignedRequest, pk: int) -> HttpResponse:
    """One appointment as far as the actor may read it."""
    by = request.actor
    by.require("plan")
    found = queries.appointment(pk, by)
    near = found.line.involves(by) or queries.draws_up(by)
    context = {
        "found": found,
        "line": found.line,
        "mark": MARKS.get(found.line.mark, ("", "")),
        "monday": monday_of(found.line.first_day),
        "source": papers.source_of(found, by),
        "may_change": queries.may_change(found, by),
        "may_leave_out": queries.may_change(found, by) and found.row.in_week and by.may("schedule"),
        "reason": ReasonForm(),
        "history": ledger.history(found.row) if near and not found.line.hidden else [],
    }
    return render(request, "calendar/appointment.html", context)


@require_POST
def cancel(request: SignedRequest, pk: int) -> HttpResponse:
    """Cancel it with a reason."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else request.POST.get("reason", "")[:300]
    row = actions.cancel(pk, reason, by=request.actor)
    messages.success(request, "Đã hủy mục lịch.")
    return redirect(week_url(monday_of(timezone.localdate(row.starts_at))))


@require_POST
def leave_out(request: SignedRequest, pk: int) -> HttpResponse:
    """Not in the week of the office."""
    row = actions.leave_out(pk, by=request.actor)
    messages.success(request, "Đã đưa mục này ra khỏi lịch tuần; người tham gia vẫn thấy.")
    return redirect(week_url(monday_of(timezone.localdate(row.starts_at))))


@require_POST
def from_invitation(request: SignedRequest, pk: int) -> HttpResponse:
    """An invitation becomes an appointment; where its time cannot be read or somebody is busy, a form filled in."""
    by = request.actor
    by.require("plan")
    known = queries.from_entry(pk, by)
    if known is not None:
        messages.info(request, "Giấy mời này đã có trong lịch.")
        return redirect("appointment", known.row.pk)
    subject, paper = papers.invitation(pk, by)
    form_url = reverse("plan_appointment", query={"entry": pk})
    if paper.starts_at is None or paper.ends_at is None:
        messages.info(request, "Chưa đọc được giờ họp trong giấy mời. Điền ngày giờ rồi lưu.")
        return redirect(form_url)
    owners = papers.invited(pk, by)
    new = Plan(
        subject=subject,
        starts_at=paper.starts_at,
        ends_at=paper.ends_at,
        place=paper.place,
        people=[one.id for one in owners if one.kind == "p"],
        units=[one.id for one in owners if one.kind == "u"],
        in_week=by.may("schedule"),
        restricted=papers.is_restricted(pk, by),
        source_id=pk,
    )
    try:
        row = actions.make(new, by=by)
    except (Invalid, Conflict) as refusal:
        messages.warning(request, refusal.message)
        return redirect(form_url)
    messages.success(
        request, f"Đã đưa giấy mời vào lịch {timezone.localtime(row.starts_at):%H:%M ngày %d/%m/%Y}."
    )
    return redirect("appointment", row.pk)


def _from_paper(entry_id: int, by: Actor) -> dict[str, Any]:
    """What an invitation fills in."""
    subject, paper = papers.invitation(entry_id, by)
    found: dict[str, Any] = {
        "entry": entry_id,
        "subject": subject,
        "place": paper.place,
        "attendees": [f"{one.kind}{one.id}" for one in papers.invited(entry_id, by)],
        "restricted": papers.is_restricted(entry_id, by),
    }
    if paper.starts_at and paper.ends_at:
        start, end = timezone.localtime(paper.starts_at), timezone.localtime(paper.ends_at)
        found |= {"on": start.date(), "starts": start.time(), "ends": end.time()}
    return found
