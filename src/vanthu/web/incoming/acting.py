"""Acts on an entry from its page: present, return, opinion, result, into a dossier. For work see `directing`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import actions, queries
from vanthu.dossiers import actions as dossiers
from vanthu.kernel import ledger
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, Refusal
from vanthu.tasks import actions as tasks
from vanthu.web.incoming.forms import DossierForm, OpinionForm, PresentForm, ReasonForm, ResultForm
from vanthu.web.incoming.views import entry_page, superiors
from vanthu.web.shell import undo
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest, back_to

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry

MOST = 50  # entries that are presented at once


@require_http_methods(["GET", "POST"])
def present(request: SignedRequest, pk: int) -> HttpResponse:
    """Present one entry to a leader."""
    by = request.actor
    entry = queries.incoming(pk, by).entry
    by.require("present")
    form = PresentForm(request.POST or None, leaders=superiors(by))
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            made = actions.present(pk, form.cleaned_data["leader"], by=by)
        except Conflict as conflict:
            refusal = conflict
        else:
            _say_presented(request, made)
            return redirect(back_to(request, reverse("entry", args=[pk])))
    context = {
        "entries": [entry],
        "failed": [(entry, refusal.message)] if refusal else [],
        "form": form,
        "action": reverse("present", args=[pk]),
        "back": request.POST.get("back", "") or request.GET.get("back", ""),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "incoming/present.html", context, status=status)


def _say_presented(request: SignedRequest, entry: IncomingEntry) -> None:
    last = ledger.last_act(entry)
    if last is not None:
        undo.say(request, f"Đã {last.note} (số đến {entry.arrival_number}).", last.id)


@require_POST
def present_picked(request: SignedRequest) -> HttpResponse:
    """Present several entries to one leader; what could not be done is listed one by one."""
    by = request.actor
    by.require("present")
    picked = [value for value in dict.fromkeys(request.POST.getlist("picked")) if value.isdigit()][:MOST]
    if not picked:
        raise Invalid("Chưa chọn văn bản nào. Đánh dấu ở đầu dòng rồi bấm lại.")
    entries = [queries.incoming(int(value), by).entry for value in picked]
    form = PresentForm(request.POST if "leader" in request.POST else None, leaders=superiors(by))
    failed: list[tuple[IncomingEntry, str]] = []
    if form.is_bound and form.is_valid():
        failed = _present_all(request, entries, form.cleaned_data["leader"])
        if len(failed) < len(entries):
            messages.success(request, f"Đã trình {len(entries) - len(failed)} văn bản.")
        if not failed:
            return redirect(back_to(request, f"{reverse('incoming')}?tab=registered"))
    context = {
        "entries": [entry for entry, _ in failed] or entries,
        "failed": failed,
        "form": form,
        "action": reverse("present_picked"),
        "back": request.POST.get("back", ""),
    }
    return render(request, "incoming/present.html", context, status=422 if form.is_bound else 200)


def _present_all(
    request: SignedRequest, entries: list[IncomingEntry], leader: int
) -> list[tuple[IncomingEntry, str]]:
    failed = []
    for entry in entries:
        try:
            actions.present(entry.pk, leader, by=request.actor)
        except Refusal as refusal:
            failed.append((entry, refusal.message))
    return failed


@require_http_methods(["GET", "POST"])
def return_to_sender(request: SignedRequest, pk: int) -> HttpResponse:
    """Return a delivered document with a reason."""
    seen = queries.incoming(pk, request.actor)
    request.actor.require("return")
    form = ReasonForm(request.POST or None)
    conflict, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            actions.return_to_sender(pk, form.cleaned_data["reason"], by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            conflict, status = refusal.message, refusal.status
        else:
            messages.success(request, "Đã trả lại nơi gửi.")
            return redirect("incoming")
    context = {"form": form, "seen": seen, "entry": seen.entry, "conflict": conflict}
    return render(request, "incoming/return_to_sender.html", context, status=status)


@require_POST
def instruct(request: SignedRequest, pk: int) -> HttpResponse:
    """Add an opinion."""
    form = OpinionForm(request.POST)
    return _act(
        request, pk, form, "opinion",
        lambda: tasks.instruct(pk, form.cleaned_data["text"], by=request.actor),
        "Đã ghi ý kiến.",
    )  # fmt: skip


@require_POST
def finish(request: SignedRequest, pk: int) -> HttpResponse:
    """The actor's task is done without a reply."""
    form = ResultForm(request.POST)
    return _act(
        request, pk, form, "result",
        lambda: tasks.finish(pk, form.cleaned_data["result"], by=request.actor),
        "Đã hoàn thành việc được giao.",
    )  # fmt: skip


@require_POST
def put_in_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Put an entry into a dossier that the person keeps, or into a new one with this title."""
    form = DossierForm(request.POST)
    return _act(request, pk, form, "filing", lambda: _file(request, pk, form), "Đã đưa vào hồ sơ.")


def _file(request: SignedRequest, pk: int, form: DossierForm) -> None:
    queries.incoming(pk, request.actor)
    dossier_id = form.cleaned_data["dossier"]
    if not dossier_id:
        reason = "phát sinh khi giải quyết văn bản đến"
        dossier_id = dossiers.open_dossier(
            form.cleaned_data["title"], outside_reason=reason, by=request.actor
        ).pk
    dossiers.put_in(dossier_id, Item("in", pk), by=request.actor)


def _act(
    request: SignedRequest, pk: int, form: Form, name: str, verb: Callable[[], object], said: str
) -> HttpResponse:
    """Run the verb of a form on the page of an entry; refused, the page comes back with what was typed."""

    def again(conflict: str, status: int) -> HttpResponse:
        return entry_page(request, pk, status=status, conflict=conflict, **{name: form})

    return done_or_again(request, form, verb, said, to=reverse("entry", args=[pk]), again=again)


@require_POST
def mark_read(request: SignedRequest, pk: int) -> HttpResponse:
    """Read, for information."""
    tasks.mark_read(pk, by=request.actor)
    return redirect(back_to(request, reverse("entry", args=[pk])))
