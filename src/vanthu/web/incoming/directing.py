"""Direct (bút phê, phân công), assign, finish, give an opinion: on a phone one card after the other."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import queries
from vanthu.documents.models import IncomingEntry
from vanthu.documents.queries import Seen
from vanthu.kernel import ledger
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.organisations import queries as organisations
from vanthu.tasks import actions
from vanthu.tasks import queries as tasks
from vanthu.tasks.actions import Direction
from vanthu.web.files.pages import shown
from vanthu.web.incoming.forms import DirectionForm, OpinionForm, ResultForm
from vanthu.web.shell import undo
from vanthu.web.shell.requests import SignedRequest

type Verb = Callable[..., object]


@require_http_methods(["GET", "POST"])
def direct(request: SignedRequest, pk: int) -> HttpResponse:
    """The leader's card: page images, suggested units, direction; after it comes the next card."""
    return _give(request, pk, actions.direct, "incoming/direct.html", _to_direct)


@require_http_methods(["GET", "POST"])
def assign(request: SignedRequest, pk: int) -> HttpResponse:
    """The head of a unit passes the work on to people of the unit."""
    return _give(request, pk, actions.assign, "incoming/assign.html", _to_assign)


def _to_direct(request: SignedRequest) -> list[Seen[IncomingEntry]]:
    return queries.incoming_list(request.actor, states=("to_direct",), owner_kinds=("p",), limit=30)


def _to_assign(request: SignedRequest) -> list[Seen[IncomingEntry]]:
    return queries.incoming_list(request.actor, states=("to_assign",), owner_kinds=("u",), limit=30)


def _give(
    request: SignedRequest,
    pk: int,
    verb: Verb,
    template: str,
    queue_of: Callable[[SignedRequest], list[Seen[IncomingEntry]]],
) -> HttpResponse:
    seen = queries.incoming(pk, request.actor)
    queue = queue_of(request)
    form = DirectionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            verb(pk, form.direction(), by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _next_card(request, seen.entry, queue)
    context = _card(request, seen, queue, form)
    return render(request, template, context, status=422 if form.is_bound else 200)


def _next_card(
    request: SignedRequest, entry: IncomingEntry, queue: list[Seen[IncomingEntry]]
) -> HttpResponse:
    """Say what was done, with ten seconds to undo it, and show what comes next."""
    last = ledger.last_act(entry)
    if last is not None:
        undo.say(request, f"Đã {last.note.split(':')[0]} (số đến {entry.arrival_number}).", last.id)
    if back := request.POST.get("back"):
        return redirect(back)
    following = [seen.entry.pk for seen in queue if seen.entry.pk != entry.pk]
    name = request.resolver_match.url_name if request.resolver_match else "direct"
    return redirect(reverse(name or "direct", args=[following[0]]) if following else reverse("desk"))


def _card(
    request: SignedRequest, seen: Seen[IncomingEntry], queue: list[Seen[IncomingEntry]], form: DirectionForm
) -> dict[str, Any]:
    entry = seen.entry
    files = queries.document_files([entry.document_id]).get(entry.document_id, []) if seen.sight.files else []
    places = [one.entry.pk for one in queue]
    place = places.index(entry.pk) if entry.pk in places else None
    following = [one for one in places if one != entry.pk]
    context: dict[str, Any] = {
        "entry": entry,
        "seen": seen,
        "files": shown(files),
        "form": form,
        "place": place + 1 if place is not None else None,
        "total": len(queue),
        "later": following[place % len(following)] if place is not None and following else None,
        "instructions": tasks.instructions("in", entry.pk),
        "suggestion": tasks.suggest_direction(entry.subject, request.actor.office, due_on=entry.due_on),
    }
    task = tasks.open_task_for_unit("in", entry.pk, request.actor)
    if task is not None and task.unit_id:
        load = tasks.load_of(task.unit_id)
        people = [post for post in organisations.members(task.unit_id) if post.role != "clerk"]
        context |= {
            "task": task,
            "people": sorted(
                ({"post": post, "load": load.get(post.person_id, 0)} for post in people),
                key=lambda one: one["load"],
            ),
        }
    return context


@require_POST
def direct_picked(request: SignedRequest) -> HttpResponse:
    """One direction for several entries; failures are listed one by one."""
    form = DirectionForm(request.POST)
    if not form.is_valid():
        raise Invalid("Ý kiến chỉ đạo chưa đúng. Kiểm tra hạn và người được giao rồi gửi lại.")
    direction = form.direction()
    done, failed = 0, []
    for value in request.POST.getlist("picked"):
        sentence = _direct_one(request, value, direction)
        if sentence:
            failed.append(sentence)
        else:
            done += 1
    if done:
        messages.success(request, f"Đã giao {done} văn bản.")
    for sentence in failed:
        messages.error(request, sentence)
    return redirect("incoming")


def _direct_one(request: SignedRequest, value: str, direction: Direction) -> str:
    """Direct one entry; the sentence of the refusal, or ""."""
    try:
        actions.direct(int(value), direction, by=request.actor)
    except Refusal as refusal:
        return f"{queries.incoming(int(value), request.actor).entry.symbol}: {refusal.message}"
    return ""


@require_POST
def instruct(request: SignedRequest, pk: int) -> HttpResponse:
    """Add an opinion."""
    form = OpinionForm(request.POST)
    if not form.is_valid():
        raise Invalid("Nhập ý kiến rồi gửi lại.")
    actions.instruct(pk, form.cleaned_data["text"], by=request.actor)
    messages.success(request, "Đã ghi ý kiến.")
    return redirect("entry", pk=pk)


@require_POST
def finish(request: SignedRequest, pk: int) -> HttpResponse:
    """The actor's task is done without a reply."""
    form = ResultForm(request.POST)
    if not form.is_valid():
        raise Invalid("Ghi kết quả giải quyết rồi gửi lại.")
    actions.finish(pk, form.cleaned_data["result"], by=request.actor)
    messages.success(request, "Đã hoàn thành việc được giao.")
    return redirect("entry", pk=pk)


@require_POST
def mark_read(request: SignedRequest, pk: int) -> HttpResponse:
    """Read, for information."""
    actions.mark_read(pk, by=request.actor)
    return redirect(request.POST.get("back") or reverse("entry", args=[pk]))
