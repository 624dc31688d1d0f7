"""Lists, the page of an entry, registering and receiving. Directing and assigning stand in `directing`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import actions, numbering, queries
from vanthu.documents.actions import Duplicate
from vanthu.documents.models import IncomingEntry
from vanthu.documents.queries import Seen
from vanthu.dossiers import actions as dossier_actions
from vanthu.dossiers import queries as dossiers
from vanthu.exchange import actions as exchange
from vanthu.issuing import queries as issuing
from vanthu.kernel import access, idempotency, ledger, participants
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.organisations import queries as organisations
from vanthu.organisations.powers import Role
from vanthu.tasks import queries as tasks
from vanthu.web.files.pages import pages_of_upload, shown
from vanthu.web.incoming import rows
from vanthu.web.incoming.forms import ArrivalForm, ReasonForm, channel_of, initial_of
from vanthu.web.incoming.tabs import Tab, chosen, tabs_for
from vanthu.web.shell import undo
from vanthu.web.shell.requests import SignedRequest, address_of, from_htmx

PAGE = 50


@require_GET
def incoming(request: SignedRequest) -> HttpResponse:
    """The list with its tabs; the first entry is previewed beside it."""
    by = request.actor
    overdue = queries.incoming_overdue(by)
    tabs = tabs_for(by, participants.counts(by), len(overdue))
    tab = chosen(tabs, request.GET.get("tab", ""))
    seen = overdue if tab.overdue else _page(tab, request)
    given = tasks.tasks_by_items("in", [one.entry.pk for one in seen])
    older = rows.cursor_of(seen[-1]) if len(seen) == PAGE and not tab.overdue else ""
    context = {
        "tabs": tabs,
        "tab": tab,
        "rows": [rows.row_of(one, given.get(one.entry.pk, []), by) for one in seen],
        "older": older,
        "leaders": organisations.leaders(by.office) if by.may("present") else [],
        "may_register": by.may("register"),
        "may_print": by.may("print_books"),
    }
    template = "incoming/incoming.html#rows" if from_htmx(request) else "incoming/incoming.html"
    return render(request, template, context)


def _page(tab: Tab, request: SignedRequest) -> list[Seen[IncomingEntry]]:
    return queries.incoming_list(
        request.actor,
        states=tab.states,
        owner_kinds=tab.owner_kinds,
        before=rows.read_cursor(request.GET.get("sau", "")),
        limit=PAGE,
    )


def entry_context(request: SignedRequest, pk: int) -> dict[str, Any]:
    """Everything the page and the preview of an entry show."""
    by = request.actor
    seen = queries.incoming(pk, by)
    document_id = seen.entry.document_id
    files = queries.document_files([document_id]).get(document_id, []) if seen.sight.files else []
    given = tasks.tasks_of("in", pk)
    return {
        "seen": seen,
        "entry": seen.entry,
        "row": rows.row_of(seen, given, by),
        "channel": rows.CHANNELS[seen.entry.channel],
        "files": shown(files),
        "instructions": [] if seen.sight.masked else tasks.instructions("in", pk),
        "tasks": [] if seen.sight.masked else given,
        "history": [] if seen.sight.masked else ledger.history(seen.entry),
        "may": _verbs(seen, request),
    }


def _verbs(seen: Seen[IncomingEntry], request: SignedRequest) -> dict[str, bool]:
    """What this actor may do with the entry now; the page shows only these buttons."""
    by, entry = request.actor, seen.entry
    mine = {(row.owner_kind, row.state) for row in seen.sight.rows}
    open_ = entry.state in ("registered", "presented")
    return {
        "receive": entry.state == "waiting" and by.may("register"),
        "return": entry.state == "waiting" and by.may("return"),
        "present": entry.state == "registered" and by.may("present"),
        "direct": open_ and (by.may("direct") or by.may("distribute")),
        "instruct": entry.state == "directed" and (by.may("direct") or by.may("assign")),
        "assign": ("u", "to_assign") in mine and by.may("assign"),
        "finish": ("p", "to_do") in mine or (("u", "to_assign") in mine and by.may("handle")),
        "draft": by.may("draft") and entry.state in ("registered", "presented", "directed"),
        "file": by.may("keep_dossier") and entry.state != "waiting" and not seen.sight.masked,
    }


@require_GET
def entry(request: SignedRequest, pk: int) -> HttpResponse:
    """The page of an entry: document, fields, tasks, history."""
    context = entry_context(request, pk)
    if context["may"]["receive"]:
        exchange.mark_received(pk, by=request.actor)
    access.note("view", by=request.actor, item_kind="in", item_id=pk, address=address_of(request))
    context["dossiers"] = dossiers.holding("in", pk, request.actor)
    context["replies"] = issuing.replying_to(pk, request.actor)
    context["related"] = queries.related(context["entry"].document_id)
    context["leaders"] = organisations.leaders(request.actor.office) if context["may"]["present"] else []
    return render(request, "incoming/entry.html", context)


@require_GET
def entry_preview(request: SignedRequest, pk: int) -> HttpResponse:
    """The entry beside the list."""
    context = entry_context(request, pk)
    if context["may"]["direct"]:
        context["suggestion"] = tasks.suggest_direction(
            context["entry"].subject, request.actor.office, due_on=context["entry"].due_on
        )
    context["leaders"] = organisations.leaders(request.actor.office) if context["may"]["present"] else []
    return render(request, "incoming/preview.html", context)


@require_http_methods(["GET", "POST"])
def register(request: SignedRequest) -> HttpResponse:
    """Register what came on paper or as a file; the scan lies beside the form."""
    request.actor.require("register")
    form = ArrivalForm(request.POST or None, initial=_kept_fields(request))
    found: list[Seen[IncomingEntry]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, form)
        except Duplicate as duplicate:
            found = duplicate.found
            form.add_error("duplicate_reason", duplicate.message)
        except Invalid as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {
        **_register_context(request, form),
        "duplicates": found,
        "uploads": [_upload_shown(value, request) for value in request.POST.getlist("uploads")],
    }
    return render(request, "incoming/register.html", context, status=422 if form.is_bound else 200)


def _register_context(request: SignedRequest, form: ArrivalForm) -> dict[str, Any]:
    office = request.actor.office
    period = numbering.period_of(None, today())
    return {
        "form": form,
        "next_number": numbering.next_number(office, "in", "all", period),
        "leaders": organisations.leaders(office),
        "kept": queries.entry_drafts(request.actor),
        "action": reverse("register"),
    }


def _upload_shown(value: str, request: SignedRequest) -> dict[str, Any]:
    upload = file_queries.upload(value, request.actor)
    return {"upload": upload, "pages": pages_of_upload(upload)}


def _kept_fields(request: SignedRequest) -> dict[str, Any]:
    """The fields of a half-filled form (`?draft=`), or defaults."""
    wanted = request.GET.get("draft", "")
    kept = [one for one in queries.entry_drafts(request.actor) if str(one.pk) == wanted]
    return {**kept[0].fields, "draft": kept[0].pk} if kept else {"arrived_on": today()}


def _registered(request: SignedRequest, form: ArrivalForm) -> HttpResponse:
    by, uploads = request.actor, request.POST.getlist("uploads")
    arrival = form.arrival(channel=channel_of(uploads, form.cleaned_data["medium"]))
    made = idempotency.once(
        form.given_key,
        "documents.registered",
        lambda: actions.register(arrival, uploads=queries.upload_ids(uploads), by=by),
        lambda pk: queries.incoming(pk, by).entry,
        by=by,
    )
    if form.cleaned_data["draft"]:
        actions.drop_entry_draft(form.cleaned_data["draft"], by=by)
    if form.cleaned_data["leader"] and made.state == "registered":
        actions.present(made.pk, form.cleaned_data["leader"], by=by)
    messages.success(request, f"Đã vào sổ, số đến {made.arrival_number}.")
    return redirect("register" if request.POST.get("next") else reverse("entry", args=[made.pk]))


@require_POST
def save_entry_draft(request: SignedRequest) -> JsonResponse:
    """Autosave of the registration form: answers {id} under which it is kept."""
    fields = {
        name: request.POST[name]
        for name in ArrivalForm.base_fields
        if name not in ("idempotency_key", "draft", "secrecy") and request.POST.get(name)
    }
    number = request.POST.get("draft", "")
    kept = actions.keep_entry_draft(fields, int(number) if number.isdigit() else None, by=request.actor)
    return JsonResponse({"id": kept.pk, "fields": {"draft": kept.pk}})


@require_GET
def duplicates(request: SignedRequest) -> HttpResponse:
    """The warning while typing: entries with this issuer, number and symbol."""
    found = queries.duplicates(
        request.GET.get("issuer_name", ""),
        request.GET.get("number", ""),
        request.GET.get("notation", ""),
        request.actor,
    )
    return render(request, "incoming/duplicates.html", {"duplicates": found})


@require_http_methods(["GET", "POST"])
def receive(request: SignedRequest, pk: int) -> HttpResponse:
    """Receive a delivered document: one click as it came, or with the clerk's corrections."""
    by = request.actor
    seen = queries.incoming(pk, by)
    as_it_came = request.method == "POST" and "subject" not in request.POST
    form = ArrivalForm(
        request.POST if request.method == "POST" and not as_it_came else None,
        initial=initial_of(actions.arrival_of(seen.entry)),
    )
    found: list[Seen[IncomingEntry]] = []
    if as_it_came or (form.is_bound and form.is_valid()):
        try:
            arrival = None if as_it_came else form.arrival(channel=seen.entry.channel)
            made = actions.receive(pk, arrival, by=by)
        except Duplicate as duplicate:
            found = duplicate.found
            messages.warning(request, duplicate.message)
        except Invalid as refusal:
            form = ArrivalForm(request.POST or None, initial=form.initial)
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Đã tiếp nhận, số đến {made.arrival_number}.")
            return redirect(request.POST.get("back") or reverse("entry", args=[pk]))
    files = queries.document_files([seen.entry.document_id]).get(seen.entry.document_id, [])
    context = {
        **_register_context(request, form),
        "seen": seen,
        "entry": seen.entry,
        "files": shown(files),
        "duplicates": found,
        "action": reverse("receive", args=[pk]),
    }
    return render(request, "incoming/register.html", context, status=422 if form.is_bound or found else 200)


@require_http_methods(["GET", "POST"])
def return_to_sender(request: SignedRequest, pk: int) -> HttpResponse:
    """Return a delivered document with a reason."""
    seen = queries.incoming(pk, request.actor)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.return_to_sender(pk, form.cleaned_data["reason"], by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã trả lại nơi gửi.")
            return redirect("incoming")
    context = {"form": form, "seen": seen, "entry": seen.entry}
    return render(request, "incoming/return_to_sender.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def present(request: SignedRequest, pk: int) -> HttpResponse:
    """Present one entry to a leader."""
    if request.method == "GET":
        seen = queries.incoming(pk, request.actor)
        leaders = organisations.posts_with_role(
            request.actor.office, Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD
        )
        return render(request, "incoming/present.html", {"entry": seen.entry, "leaders": leaders})
    made = actions.present(pk, _leader(request), by=request.actor)
    last = ledger.last_act(made)
    if last is not None:
        undo.say(request, f"Đã trình số đến {made.arrival_number}.", last.id)
    return redirect(request.POST.get("back") or "incoming")


def _leader(request: HttpRequest) -> int:
    value = request.POST.get("leader", "")
    if not value.isdigit():
        raise Invalid(fields={"leader": "Chọn lãnh đạo để trình."})
    return int(value)


@require_POST
def present_picked(request: SignedRequest) -> HttpResponse:
    """Present several entries to one leader; failures are listed one by one."""
    leader = _leader(request)
    done, failed = [], []
    for value in request.POST.getlist("picked"):
        try:
            done.append(actions.present(int(value), leader, by=request.actor).arrival_number)
        except (Refusal, ValueError) as refusal:
            failed.append(str(refusal))
    if done:
        messages.success(request, f"Đã trình {len(done)} văn bản.")
    for sentence in dict.fromkeys(failed):
        messages.error(request, sentence)
    return redirect(f"{reverse('incoming')}?tab=registered")


@require_POST
def put_in_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Put an entry into a dossier that the person keeps, or into a new one with this title."""
    by = request.actor
    number, title = request.POST.get("dossier", ""), request.POST.get("dossier_title", "").strip()
    queries.incoming(pk, by)
    if not number.isdigit() and not title:
        raise Invalid("Chọn hồ sơ trong danh sách gợi ý, hoặc nhập tiêu đề hồ sơ mới.")
    dossier_id = int(number) if number.isdigit() else dossier_actions.open_dossier(title, by=by).pk
    placed = dossier_actions.put_in(dossier_id, Item("in", pk), by=by)
    messages.success(request, f"Đã đưa vào hồ sơ, văn bản thứ {placed.ordinal}.")
    return redirect("entry", pk=pk)
