"""Direct (bút phê, phân công) and assign: on a phone one card after the other, or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import queries
from vanthu.documents.queries import Seen
from vanthu.documents.states import IncomingState
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Conflict, Invalid, Refusal
from vanthu.tasks import actions
from vanthu.tasks import queries as tasks
from vanthu.tasks.actions import Direction
from vanthu.web.files.pages import shown
from vanthu.web.incoming import cards
from vanthu.web.incoming.cards import Choice
from vanthu.web.incoming.forms import DirectionForm
from vanthu.web.shell import undo
from vanthu.web.shell.requests import SignedRequest, back_to, from_htmx

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry

QUEUE = 30  # cards in a row


@dataclass(frozen=True, slots=True)
class Desk:
    """What differs between the card of a leader and that of a head of unit."""

    name: str
    verb: Callable[..., object]
    state: str
    owner_kind: str


DIRECT = Desk("direct", actions.direct, "to_direct", "p")
ASSIGN = Desk("assign", actions.assign, "to_assign", "u")


@require_http_methods(["GET", "POST"])
def direct(request: SignedRequest, pk: int) -> HttpResponse:
    """The leader's card: page images, suggested units, direction; after it comes the next card."""
    seen = queries.incoming(pk, request.actor)
    _require_direct(request)
    if request.method == "GET" and seen.entry.state not in (
        IncomingState.REGISTERED,
        IncomingState.PRESENTED,
    ):
        return _over(request, seen)
    choices = cards.to_direct(seen.entry.subject, request.actor, restricted=seen.entry.restricted)
    return _give(request, seen, DIRECT, choices, cards.ready(seen.entry, request.actor))


@require_http_methods(["GET", "POST"])
def assign(request: SignedRequest, pk: int) -> HttpResponse:
    """The head of a unit passes the work on to people of the unit."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("assign")
    waits = any((row.owner_kind, row.state) == ("u", "to_assign") for row in seen.sight.rows)
    task = tasks.open_task_for_unit("in", pk, by)
    if request.method == "GET" and (task is None or not waits):
        return _over(request, seen)
    choices = cards.to_assign(task) if task else ()
    return _give(request, seen, ASSIGN, choices, {"due_on": task.due_on if task else None})


def _require_direct(request: SignedRequest) -> None:
    if not request.actor.may("direct"):
        request.actor.require("distribute", "Chỉ lãnh đạo hoặc Chánh Văn phòng phân công văn bản đến.")


def _over(request: SignedRequest, seen: Seen[IncomingEntry]) -> HttpResponse:
    """An old address of a card: the entry has moved on, its page says how."""
    last = ledger.last_act(seen.entry)
    if last is not None and not seen.sight.masked:
        messages.info(request, f"{last.actor_name} đã {last.note} lúc {last.at_local:%H:%M ngày %d/%m/%Y}.")
    return redirect("entry", pk=seen.entry.pk)


def _give(
    request: SignedRequest,
    seen: Seen[IncomingEntry],
    desk: Desk,
    choices: tuple[Choice, ...],
    initial: dict[str, Any],
) -> HttpResponse:
    form = DirectionForm(request.POST or None, initial=initial)
    queue = _queue(request, desk)
    conflict, status = "", 200
    if form.is_bound:
        status = 422
        try:
            if form.is_valid():
                desk.verb(seen.entry.pk, form.direction(), by=request.actor)
                return _next_card(request, seen.entry, queue, desk)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            conflict, status = refusal.message, refusal.status
    context = _context(request, seen, queue) | {
        "view": desk.name,
        "anybody": desk is DIRECT,
        "form": form,
        "card": cards.card(form, choices, office_id=request.actor.office),
        "conflict": conflict,
    }
    response = render(request, f"incoming/{desk.name}.html", context, status=status)
    if status == Conflict.status:
        response["HX-Retarget"] = "#flow"  # shown like an error of the form, with what was typed
    return response


def _queue(request: SignedRequest, desk: Desk) -> list[int]:
    rows = queries.incoming_list(
        request.actor,
        states=(desk.state,),
        owner_kinds=(desk.owner_kind,),  # type: ignore[arg-type]
        limit=QUEUE,
    )
    return [one.entry.pk for one in rows]


def _next_card(
    request: SignedRequest, entry: IncomingEntry, queue: Sequence[int], desk: Desk
) -> HttpResponse:
    """Say what was done, with ten seconds to undo it, and show what comes next."""
    last = ledger.last_act(entry)
    if last is not None:
        undo.say(request, f"Đã {last.note.split(': “')[0]} (số đến {entry.arrival_number}).", last.id)
    following = [pk for pk in queue if pk != entry.pk]
    there = reverse(desk.name, args=[following[0]]) if following else reverse("desk")
    there = back_to(request, there)
    if from_htmx(request) and not following:
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect(there)


def _context(request: SignedRequest, seen: Seen[IncomingEntry], queue: Sequence[int]) -> dict[str, Any]:
    entry = seen.entry
    files = queries.document_files([entry.document_id]).get(entry.document_id, []) if seen.sight.files else []
    place = queue.index(entry.pk) if entry.pk in queue else None
    following = [pk for pk in queue if pk != entry.pk]
    return {
        "entry": entry,
        "seen": seen,
        "files": shown(files),
        "place": place + 1 if place is not None else None,
        "total": len(queue),
        "later": following[(place or 0) % len(following)] if following else None,
        "instructions": [] if seen.sight.masked else tasks.instructions("in", entry.pk),
        "back": request.POST.get("back", "") or request.GET.get("back", ""),
    }


@require_POST
def direct_picked(request: SignedRequest) -> HttpResponse:
    """One direction for several entries: first the form, then what could not be done, one by one."""
    by = request.actor
    _require_direct(request)
    picked = _picked(request)
    asks = "text" not in request.POST
    failed: list[tuple[IncomingEntry, str]] = []
    choices = cards.to_direct(" ".join(entry.subject for entry in picked), by, restricted=False)
    initial = (
        cards.ready(picked[0], by) if len(picked) == 1 else {"lead": choices[0].value if choices else ""}
    )
    form = DirectionForm(None if asks else request.POST, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            done, failed = _direct_all(request, picked, form.direction())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            if done:
                messages.success(request, f"Đã giao {done} văn bản.")
            if not failed:
                return redirect(back_to(request, reverse("incoming")))
    context = {
        "entries": [entry for entry, _ in failed] or picked,
        "failed": failed,
        "form": form,
        "card": cards.card(form, choices, office_id=by.office),
        "back": request.POST.get("back", ""),
    }
    return render(request, "incoming/direct_picked.html", context, status=422 if form.is_bound else 200)


def _picked(request: SignedRequest) -> list[IncomingEntry]:
    values = dict.fromkeys(value for value in request.POST.getlist("picked") if value.isdigit())
    if not values:
        raise Invalid("Chưa chọn văn bản nào. Đánh dấu ở đầu dòng rồi bấm lại.")
    return [queries.incoming(int(value), request.actor).entry for value in list(values)[:50]]


def _direct_all(
    request: SignedRequest, picked: Sequence[IncomingEntry], direction: Direction
) -> tuple[int, list[tuple[IncomingEntry, str]]]:
    """How many were directed, and the sentence of each that was not."""
    failed = []
    for entry in picked:
        try:
            actions.direct(entry.pk, direction, by=request.actor)
        except Refusal as refusal:
            failed.append((entry, refusal.message))
    return len(picked) - len(failed), failed
