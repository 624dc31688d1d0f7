"""The schedule of a week (lịch công tác): of the office, of the leaders, of me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vanthu.calendar import queries, weeks
from vanthu.calendar.lines import hours_on, monday_of
from vanthu.calendar.printing import WEEKDAYS
from vanthu.calendar.states import WEEKS
from vanthu.kernel import moves
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, NotFound
from vanthu.web.calendar.forms import ReasonForm
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vanthu.calendar.lines import Line
    from vanthu.calendar.models import WeekVersion
    from vanthu.calendar.queries import Schedule
    from vanthu.kernel.actor import Actor

VIEWS = (("office", "Cơ quan"), ("leaders", "Lãnh đạo"), ("me", "Của tôi"))
MARKS = {"new": ("Bổ sung", "info"), "changed": ("Điều chỉnh", "warn"), "gone": ("Hủy", "danger")}
TONES = {"drafting": "", "submitted": "warn", "approved": "info", "published": "ok"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line in the column of one of its days."""

    line: Line
    hours: str
    mark: tuple[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """A column of the week."""

    on: date
    name: str
    is_today: bool
    items: tuple[Item, ...]


@require_GET
def calendar(request: SignedRequest) -> HttpResponse:
    """A week in columns (a list on a phone), with what is to be done about it."""
    by = request.actor
    by.require("plan")
    if request.GET.get("duyet") and (waits := queries.to_approve(by)):
        return redirect(week_url(waits[0].monday_on))
    monday = read_week(request.GET.get("tuan", ""))
    view = request.GET.get("xem", "")
    view = view if view in dict(VIEWS) else "office"
    week, versions = queries.week(monday, by), queries.versions(monday, by)
    old = _chosen(versions, request.GET.get("ban", ""))
    found = queries.lines_of(old, by) if old else queries.schedule(by, monday, monday + timedelta(days=6))
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "number": monday.isocalendar().week,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "now": monday_of(today()),
        "views": VIEWS,
        "view": view,
        "days": days_of(monday, _lines(found, view, by)),
        "week": week,
        "tone": TONES[week.state],
        "versions": versions,
        "version": old or (versions[0] if versions else None),
        "old": old,
        "drawing_up": queries.draws_up(by) and not old,
        "may": moves.possible(WEEKS, week.state, by) if not old else frozenset(),
        "told": queries.told(by),
        "told_appointments": queries.told_appointments(by),
        "reason": ReasonForm(),
        "schedules": by.may("schedule"),
    }
    return render(request, "calendar/calendar.html", context)


def read_week(text: str) -> date:
    """The Monday of the week of a day in an address (2026-11-23); this week for none; refuses what is no day."""
    if not text:
        return monday_of(today())
    try:
        return monday_of(date.fromisoformat(text))
    except ValueError:
        raise Invalid("Đường dẫn này đã hỏng. Mở lại lịch công tác.") from None


def _chosen(versions: Sequence[WeekVersion], text: str) -> WeekVersion | None:
    """The older version that an address names; None for the newest or none."""
    if not text:
        return None
    found = next((one for one in versions if str(one.ordinal) == text), None)
    if found is None:
        raise NotFound("Không có bản lịch này. Mở lại lịch công tác.")
    return found if found != versions[0] else None


def _lines(found: Schedule, view: str, by: Actor) -> list[Line]:
    if view == "me":
        return found.of(by)
    return found.of_leaders() if view == "leaders" else found.of_office()


def days_of(monday: date, lines: Sequence[Line]) -> list[Day]:
    """Monday to Friday, and the days of the weekend on which something is."""
    found = []
    for number in range(7):
        day = monday + timedelta(days=number)
        items = tuple(_item(one, day) for one in lines if one.touches(day, day))
        if items or number < 5:
            found.append(Day(day, WEEKDAYS[number], day == today(), items))
    return found


def _item(line: Line, day: date) -> Item:
    url = "" if line.mark == "gone" else reverse("appointment", args=[line.id])
    return Item(line, hours_on(day, line.starts_at, line.ends_at), MARKS.get(line.mark, ("", "")), url)


@require_POST
def seen(request: SignedRequest) -> HttpResponse:
    """I have seen what is new."""
    request.actor.require("plan")
    weeks.see(by=request.actor)
    messages.success(request, "Đã ghi nhận anh/chị xem lịch mới.")
    return redirect("calendar")


def week_url(monday: date, **more: Any) -> str:
    """The address of a week."""
    return reverse("calendar", query={"tuan": monday.isoformat(), **more})
