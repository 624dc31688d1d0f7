"""What is done about a week as a whole; its print."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from vanthu.calendar import printing, queries, weeks
from vanthu.calendar.printing import Sheet
from vanthu.kernel.actor import Actor
from vanthu.organisations import queries as organisations
from vanthu.web.calendar.forms import ReasonForm
from vanthu.web.calendar.views import read_week, week_url
from vanthu.web.shell.requests import SignedRequest


def _act(request: SignedRequest, monday: str, verb: Callable[[date], object], said: str) -> HttpResponse:
    day = read_week(monday)
    verb(day)
    messages.success(request, said)
    return redirect(week_url(day))


def _with_reason(
    request: SignedRequest, monday: str, verb: Callable[[date, str], object], said: str
) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else request.POST.get("reason", "")[:300]
    return _act(request, monday, lambda day: verb(day, reason), said)


@require_POST
def submit(request: SignedRequest, monday: str) -> HttpResponse:
    """Show it to the leaders."""
    return _act(
        request, monday, lambda day: weeks.submit(day, by=request.actor), "Đã trình lịch tuần để duyệt."
    )


@require_POST
def take_back(request: SignedRequest, monday: str) -> HttpResponse:
    """Go on drawing it up."""
    return _act(
        request, monday, lambda day: weeks.take_back(day, by=request.actor), "Đã lấy lại lịch tuần để sửa."
    )


@require_POST
def send_back(request: SignedRequest, monday: str) -> HttpResponse:
    """Give it back with a reason."""
    verb = lambda day, reason: weeks.send_back(day, reason, by=request.actor)  # noqa: E731
    return _with_reason(request, monday, verb, "Đã trả lại lịch tuần.")


@require_POST
def approve(request: SignedRequest, monday: str) -> HttpResponse:
    """Approve it as it stands."""
    said = "Đã duyệt lịch tuần. Văn phòng ban hành."
    return _act(request, monday, lambda day: weeks.approve(day, by=request.actor), said)


@require_POST
def publish(request: SignedRequest, monday: str) -> HttpResponse:
    """Make it known."""
    said = "Đã ban hành lịch tuần. Những người liên quan được báo."
    return _act(request, monday, lambda day: weeks.publish(day, by=request.actor), said)


@require_POST
def begin_change(request: SignedRequest, monday: str) -> HttpResponse:
    """Begin a new version."""
    verb = lambda day, reason: weeks.begin_change(day, reason, by=request.actor)  # noqa: E731
    return _with_reason(
        request, monday, verb, "Đang điều chỉnh lịch tuần. Sửa xong thì trình duyệt rồi ban hành lại."
    )


@require_GET
def printed(request: SignedRequest, monday: str) -> HttpResponse:
    """The schedule on paper: the newest published version; as drawn up for those who do, while it is not published."""
    request.actor.require("plan")
    day = read_week(monday)
    pdf = printing.write_pdf(_sheet(day, request.actor))
    name = f"lich-cong-tac-tuan-{day.isocalendar().week}-{day.isocalendar().year}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _sheet(monday: date, by: Actor) -> Sheet:
    office = organisations.office(by.office)
    names: dict[str, Any] = {
        "superior": office.parent.name if office.parent else "",
        "office": office.name,
        "place": office.place,
    }
    versions = queries.versions(monday, by)
    if not versions:
        found = queries.schedule(by, monday, monday + timedelta(days=queries.LAST))
        return Sheet(**names, monday=monday, lines=found.of_office())
    newest = versions[0]
    return Sheet(
        **names,
        monday=monday,
        lines=queries.lines_of(newest, by).of_office(),
        ordinal=newest.ordinal,
        reason=newest.reason,
        published_at=newest.published_at,
        approved_name=newest.approved_name,
        approved_title=newest.approved_title,
    )
