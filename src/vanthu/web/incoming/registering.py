"""Register what came on paper or as a file, receive what was delivered, keep half-filled forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import actions, kinds, near, numbering, periods, queries, referring
from vanthu.documents.actions import Duplicate
from vanthu.documents.fields import refuse_secret
from vanthu.documents.near import SameFile
from vanthu.documents.queries import Seen
from vanthu.documents.suggesting import NOTHING
from vanthu.kernel import idempotency
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.models import Upload
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal
from vanthu.reading import actions as reading
from vanthu.reading.secrecy import STAYS_OUT
from vanthu.web.files.pages import pages_of_upload, shown
from vanthu.web.incoming import suggesting
from vanthu.web.incoming.forms import ArrivalForm, channel_of, initial_of
from vanthu.web.incoming.views import superiors
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest, back_to

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from vanthu.documents.fields import Arrival
    from vanthu.documents.models import EntryDraft, IncomingEntry

LEADER = "present_to"  # session key: to whom the clerk presented last


@require_http_methods(["GET", "POST"])
def register(request: SignedRequest) -> HttpResponse:
    """Register what came on paper or as a file; the scan lies beside the form."""
    by = request.actor
    by.require("register")
    kept = queries.entry_drafts(by)
    form = ArrivalForm(request.POST or None, initial=_initial(request, kept))
    key = request.POST.get("idempotency_key", "")
    try:
        uploads = uploads_of(request, form)
        refuse_secret(request.POST.get("secrecy", ""))  # before anything else is asked for
        suggesting.refuse_stopped(uploads)
    except Refusal as refusal:
        return _secret(request, refusal, key)
    if "read" in request.POST:
        return _read(request, form, uploads)
    duplicates: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            return _registered(request, form, uploads)
        except (Duplicate, SameFile) as duplicate:
            duplicates = _found(duplicate)
            form.add_error("duplicate_reason", duplicate.message)
        except Refusal as refusal:
            form.refuse(refusal)
    context = _context(request, form, uploads) | duplicates | {"kept": [] if form.is_bound else kept}
    return render(request, "incoming/register.html", context, status=422 if form.is_bound else 200)


def _context(request: SignedRequest, form: ArrivalForm, uploads: list[Upload]) -> dict[str, Any]:
    return form_context(request, form) | {
        "uploads": [{"upload": one, "pages": pages_of_upload(one)} for one in uploads],
        "action": reverse("register"),
    }


def _read(request: SignedRequest, form: ArrivalForm, uploads: list[Upload]) -> HttpResponse:
    """The form again with what was read from its first file, where nothing was typed; nothing is checked yet."""
    read = suggesting.read_now(uploads, request.actor)
    typed = {name: request.POST[name] for name in ArrivalForm.base_fields if name in request.POST}
    again = ArrivalForm(None, initial=suggesting.filled(typed, read))
    return render(
        request, "incoming/register.html", _context(request, again, uploads) | suggesting.context(read)
    )


def _found(duplicate: Duplicate | SameFile) -> dict[str, Any]:
    return {"duplicates" if isinstance(duplicate, Duplicate) else "alike": duplicate.found}


def next_arrival(office_id: int) -> int:
    """The arrival number that the next registration would get."""
    return numbering.next_number(office_id, "in", "all", periods.of_kind(None, today()).name)


def form_context(request: SignedRequest, form: ArrivalForm) -> dict[str, Any]:
    """What the page of registration needs beside the fields."""
    leader = form["leader"].value()
    return {
        "form": form,
        "fresh": not form.is_bound,
        "next_number": next_arrival(request.actor.office),
        "leaders": superiors(request.actor) if request.actor.may("present") else [],
        "leader": int(leader) if str(leader or "").isdigit() else None,
        "limit": settings.UPLOAD_LIMIT,
    }


def _initial(request: SignedRequest, kept: list[EntryDraft]) -> dict[str, Any]:
    """The fields of a half-filled form (`?draft=`), or defaults."""
    wanted = request.GET.get("draft", "")
    fields: dict[str, Any] = next((one.fields for one in kept if str(one.pk) == wanted), {})
    return {"arrived_on": today(), "leader": request.session.get(LEADER), **fields}


def uploads_of(request: SignedRequest, form: Form) -> list[Upload]:
    """The scans of the form: staged before, or (without JavaScript) sent with it; what is gone is left out."""
    by = request.actor
    named = request.POST.getlist("uploads") if form.is_bound else str(form.initial.get("uploads", "")).split()
    found = []
    for value in named:
        try:
            found.append(file_queries.upload(value, by))
        except NotFound:
            continue
    for sent in request.FILES.getlist("files"):
        try:
            found.append(staged(sent, by))
        except Invalid as refusal:
            if refusal.code == STAYS_OUT:
                raise
            form.refuse(refusal)
    return found


def staged(sent: UploadedFile[Any], by: Actor) -> Upload:
    """A file that came with a form, in staging; raises `Invalid` for what cannot be read, which is not kept."""
    upload = files.stage(sent, sent.name or "tep.pdf", by=by)
    if upload.file is not None:
        try:
            reading.count_pages(upload.file)
        except Invalid:
            files.discard(upload.pk, by=by)
            raise
    return upload


def _registered(request: SignedRequest, form: ArrivalForm, uploads: list[Upload]) -> HttpResponse:
    by, data = request.actor, form.cleaned_data
    arrival = form.arrival(channel=channel_of([str(one.pk) for one in uploads], data["medium"]))
    made = idempotency.once(
        form.given_key,
        "documents.registered",
        lambda: _entered(request, arrival, uploads),
        lambda pk: queries.incoming(pk, by).entry,
        by=by,
    )
    suggesting.forget(form.given_key, by)
    text = f"Đã vào sổ, số đến {made.arrival_number}: {kinds.by_code(made.kind).name} {made.symbol}."
    if data["leader"] and made.state == "registered":
        actions.present(made.pk, data["leader"], by=by)
        text = f"{text[:-1]}; đã trình."
    if request.session.get(LEADER) != data["leader"]:
        request.session[LEADER] = data["leader"]
    messages.success(request, text)
    return redirect("register" if request.POST.get("next") else reverse("entry", args=[made.pk]))


def _entered(request: SignedRequest, arrival: Arrival, uploads: list[Upload]) -> IncomingEntry:
    """Register it, and relate it to the documents that the clerk ticked."""
    by = request.actor
    near.refuse_same_file([one.file_id for one in uploads if one.file_id], arrival.duplicate_reason, by)
    made = actions.register(arrival, uploads=[one.pk for one in uploads], by=by)
    referring.note(made, request.POST.getlist("referred"), by=by)
    return made


def _secrecy(request: SignedRequest) -> NotAllowed | None:
    """The refusal when a degree of secrecy was chosen, whatever else the form says."""
    try:
        refuse_secret(request.POST.get("secrecy", ""))
    except NotAllowed as refusal:
        return refusal
    return None


def _secret(request: SignedRequest, refusal: Refusal, key: str) -> HttpResponse:
    """The sentence of the law, and nothing kept of what was typed or sent (Law 117/2025/QH15)."""
    suggesting.forget(key, request.actor)
    for upload in request.POST.getlist("uploads"):
        suggesting.drop(upload, request.actor)
    return render(request, "incoming/secret.html", {"refusal": refusal}, status=refusal.status)


@require_POST
def save_entry_draft(request: SignedRequest) -> JsonResponse:
    """Autosave of the registration form under its key; of a secret document nothing is kept."""
    by, key = request.actor, request.POST.get("idempotency_key", "")
    if stop := _secrecy(request):
        suggesting.forget(key, by)
        raise stop
    fields = {name: request.POST[name] for name in ArrivalForm.base_fields if request.POST.get(name)}
    if uploads := request.POST.getlist("uploads"):
        fields["uploads"] = " ".join(uploads)
    before = suggesting.kept_under(key, by)
    kept = actions.keep_entry_draft(fields, before.pk if before else None, by=by)
    return JsonResponse({"id": kept.pk})


@require_POST
def drop_entry_draft(request: SignedRequest, pk: int) -> HttpResponse:
    """Forget a half-filled form."""
    actions.drop_entry_draft(pk, by=request.actor)
    messages.info(request, "Đã bỏ bản nhập dở.")
    return redirect(back_to(request, reverse("register")))


@require_http_methods(["GET", "POST"])
def receive(request: SignedRequest, pk: int) -> HttpResponse:
    """Receive a delivered document: one click as it came, or with the clerk's corrections."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("register")
    if request.method == "GET" and seen.entry.state != "waiting":
        return redirect("entry", pk=pk)
    as_it_came = request.method == "POST" and "subject" not in request.POST
    read = suggesting.of_entry(seen, by) if request.method == "GET" else NOTHING
    initial = suggesting.filled(initial_of(actions.arrival_of(seen.entry)), read)
    form = ArrivalForm(None if as_it_came else request.POST or None, initial=initial)
    if stop := _secrecy(request):
        return render(
            request, "incoming/secret.html", {"refusal": stop, "entry": seen.entry}, status=stop.status
        )
    found: list[Seen[IncomingEntry]] = []
    conflict, status = "", 422 if form.is_bound or as_it_came else 200
    try:
        if as_it_came or (form.is_bound and form.is_valid()):
            arrival = None if as_it_came else form.arrival(channel=seen.entry.channel)
            return _received(request, actions.receive(pk, arrival, by=by), form)
    except Duplicate as duplicate:
        found, conflict = duplicate.found, duplicate.message
    except Conflict as refusal:
        conflict, status = refusal.message, refusal.status
    except Invalid as refusal:
        if as_it_came:
            conflict = refusal.message
        else:
            form.refuse(refusal)
    held = queries.document_files([seen.entry.document_id]) if seen.sight.files else {}
    context = (
        form_context(request, form)
        | suggesting.context(read)
        | {
            "seen": seen,
            "entry": seen.entry,
            "files": shown(held.get(seen.entry.document_id, [])),
            "duplicates": found,
            "conflict": conflict,
            "action": reverse("receive", args=[pk]),
        }
    )
    return render(request, "incoming/register.html", context, status=status)


def _received(request: SignedRequest, made: IncomingEntry, form: ArrivalForm) -> HttpResponse:
    text = f"Đã tiếp nhận, số đến {made.arrival_number}."
    leader = form.cleaned_data.get("leader") if form.is_bound else None
    if leader:
        actions.present(made.pk, leader, by=request.actor)
        text = f"Đã tiếp nhận, số đến {made.arrival_number}; đã trình."
    messages.success(request, text)
    return redirect(back_to(request, reverse("entry", args=[made.pk])))
