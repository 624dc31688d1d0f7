"""Periodic work: what comes again, when next, and setting more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.tasks import rhythms as rooms
from vanthu.tasks.matters import may_give
from vanthu.web.incoming import cards
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.tasks.forms import RhythmForm

if TYPE_CHECKING:
    from vanthu.tasks.models import Rhythm


@require_http_methods(["GET", "POST"])
def rhythms(request: SignedRequest) -> HttpResponse:
    """The periodic work of the office with the days of its next turns; whoever gives work sets more."""
    by = request.actor
    found = rooms.rhythms_of(by)
    form = RhythmForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = rooms.start(form.beat(), by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã đặt việc định kỳ “{made.title}”.")
            return redirect("rhythms")
    context = {
        "rows": [(one, list(rooms.turns(one, today(), count=2)), _may_stop(one, request)) for one in found],
        "form": form,
        "may_give": may_give(by),
        "choices": cards.assignees(by) if may_give(by) else (),
    }
    return render(request, "tasks/rhythms.html", context, status=422 if form.is_bound else 200)


def _may_stop(one: Rhythm, request: SignedRequest) -> bool:
    return request.actor.acts_for(one.given_by_id) or request.actor.may("direct")


@require_POST
def stop_rhythm(request: SignedRequest, pk: int) -> HttpResponse:
    """End one."""
    stopped = rooms.stop(pk, by=request.actor)
    messages.success(request, f"Đã dừng việc định kỳ “{stopped.title}”.")
    return redirect("rhythms")
