"""Giving work that no incoming document brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from vanthu.documents import queries as documents
from vanthu.kernel import idempotency
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, NotAllowed, NotFound
from vanthu.tasks import matters, queries, sources
from vanthu.tasks.matters import may_give
from vanthu.tasks.states import Origin
from vanthu.web.incoming import cards
from vanthu.web.shell.requests import SignedRequest
from vanthu.web.tasks.forms import WorkForm

if TYPE_CHECKING:
    from vanthu.documents.models import Document, IncomingEntry
    from vanthu.kernel.actor import Actor
    from vanthu.tasks.models import Matter
    from vanthu.web.incoming.cards import Choice


@require_http_methods(["GET", "POST"])
def give_work(request: SignedRequest) -> HttpResponse:
    """Give a piece of work; from a meeting's conclusion several after each other, the meeting stays filled in."""
    by = request.actor
    if not may_give(by):
        raise NotAllowed("Chỉ lãnh đạo Viện, Chánh Văn phòng và lãnh đạo đơn vị giao việc.")
    form = WorkForm(request.POST or None, initial=_initial(request))
    about = _about(str(form["about"].value() or ""), by)
    if about is not None and not form.is_bound:
        form.initial.update(_filled(about))
    if form.is_bound and form.is_valid():
        try:
            made = _once(form, by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã giao việc “{made.title}”.")
            return redirect(_next(request, made))
    return render(
        request, "tasks/give_work.html", _context(form, about, by), status=422 if form.is_bound else 200
    )


def _once(form: WorkForm, by: Actor) -> Matter:
    return idempotency.once(
        form.given_key,
        "tasks.matter_given",
        lambda: matters.give(form.order(), by=by),
        lambda pk: sources.matter(pk, by),
        by=by,
    )


def _initial(request: SignedRequest) -> dict[str, Any]:
    names = ("origin", "origin_name", "origin_on", "about", "title")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _next(request: SignedRequest, made: Matter) -> str:
    if "another" in request.POST and made.origin == Origin.MEETING:
        day = f"{made.origin_on:%d/%m/%Y}" if made.origin_on else ""
        query = urlencode({"origin": "meeting", "origin_name": made.origin_name, "origin_on": day})
        return f"{reverse('give_work')}?{query}"
    lead = next(one for one in queries.tasks_of("matter", made.pk) if one.role == "lead")
    return reverse("task", args=[lead.pk])


def choices_for(by: Actor) -> list[Choice]:
    """Whom the actor would probably name: the units of the office, or the people of their own unit."""
    return list(cards.assignees(by))


def _context(form: WorkForm, about: IncomingEntry | Document | None, by: Actor) -> dict[str, Any]:
    return {
        "form": form,
        "choices": choices_for(by),
        "support": form.every("support") if form.is_bound else [],
        "inform": form.every("inform") if form.is_bound else [],
        "about": about,
    }


def _about(value: str, by: Actor) -> IncomingEntry | Document | None:
    """The document that the work is about, from "in-12"; raises `NotFound` for one that the actor does not read."""
    kind, _, number = value.partition("-")
    if not number.isdigit():
        return None
    incoming = documents.incoming(int(number), by) if kind == "in" else None
    outgoing = documents.outgoing(int(number), by) if kind == "out" else None
    if (seen := incoming or outgoing) and seen.sight.masked:
        raise NotFound
    return incoming.entry if incoming else outgoing.entry.document if outgoing else None


def _filled(about: IncomingEntry | Document) -> dict[str, Any]:
    """What the document already says of the work: what it is about, how urgent, until when, who may read it."""
    due_on = getattr(about, "due_on", None)
    name = " ".join(filter(None, (about.kind_name, about.symbol)))
    return {
        "title": f"Thực hiện {name}: {about.subject}"[:300],
        "due_on": due_on if due_on and due_on >= today() else None,
        "urgency": about.urgency,
        "restricted": about.restricted,
    }
