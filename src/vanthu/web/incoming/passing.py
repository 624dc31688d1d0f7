"""What is not opened or not ours: pass a misdirected document on, envelopes, mails that could not be read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import mails as mail_actions
from vanthu.documents import queries, receiving, sealed
from vanthu.documents.actions import Duplicate
from vanthu.documents.fields import refuse_secret
from vanthu.documents.queries import Seen
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.refusals import NotAllowed, Refusal
from vanthu.organisations import queries as organisations
from vanthu.web.files.pages import pages_of_upload
from vanthu.web.incoming import cards
from vanthu.web.incoming.forms import ArrivalForm, EnvelopeForm, NoteForm, PassOnForm
from vanthu.web.incoming.registering import form_context, uploads_of
from vanthu.web.shell.requests import SignedRequest

type Context = dict[str, Any]


@require_http_methods(["GET", "POST"])
def pass_on(request: SignedRequest, pk: int) -> HttpResponse:
    """Pass a waiting document on to the office where it belongs."""
    seen = queries.incoming(pk, request.actor)
    request.actor.require("return")
    form = PassOnForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            passed = receiving.pass_on(pk, form.right_place(), by=request.actor)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, f"Đã chuyển tiếp đến {passed.passed_to}.")
            return redirect("incoming")
    return render(request, "incoming/pass_on.html", {"form": form, "entry": seen.entry}, status=status)


@require_http_methods(["GET", "POST"])
def envelope(request: SignedRequest) -> HttpResponse:
    """Register an envelope that is not opened, and hand it to its addressee."""
    by = request.actor
    by.require("register")
    form = EnvelopeForm(request.POST or None, initial={"arrived_on": today()})
    try:
        refuse_secret(request.POST.get("secrecy", ""))
    except NotAllowed as refusal:
        return render(request, "incoming/secret.html", {"refusal": refusal}, status=refusal.status)
    if form.is_bound and form.is_valid():
        try:
            made = sealed.register_envelope(form.envelope(), by=by)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã vào sổ bì, số đến {made.arrival_number}; đã giao {made.receivers}."
            )
            return redirect("envelope" if request.POST.get("next") else reverse("entry", args=[made.pk]))
    people = [cards.of_post(post) for post in organisations.valid_posts(office_id=by.office)]
    context = {"form": form, "people": people, "addressee": request.POST.get("addressee", "")}
    return render(request, "incoming/envelope.html", context, status=422 if form.is_bound else 200)


@require_POST
def open_envelope(request: SignedRequest, pk: int) -> HttpResponse:
    """The addressee found official business in the envelope."""
    sealed.open_envelope(pk, by=request.actor)
    messages.success(request, "Đã báo văn thư đăng ký đủ. Chuyển văn bản giấy cho văn thư.")
    return redirect("entry", pk=pk)


@require_POST
def keep_private(request: SignedRequest, pk: int) -> HttpResponse:
    """The addressee got a private letter."""
    sealed.keep_private(pk, by=request.actor)
    messages.success(request, "Đã ghi nhận: bì thư riêng.")
    return redirect("entry", pk=pk)


@require_http_methods(["GET", "POST"])
def complete(request: SignedRequest, pk: int) -> HttpResponse:
    """Enter what was in an envelope, under the number that it has."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("register")
    entry = seen.entry
    initial = {
        "issuer_name": entry.issuer_name, "number": entry.number, "notation": entry.notation,
        "urgency": entry.urgency, "arrived_on": entry.arrived_on, "medium": entry.medium, "remark": entry.remark,
    }  # fmt: skip
    form = ArrivalForm(request.POST or None, initial=initial)
    uploads = uploads_of(request, form)
    found: list[Seen[Any]] = []
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            arrival = form.arrival(channel=entry.channel)
            sealed.complete(pk, arrival, uploads=[one.pk for one in uploads], by=by)
        except Duplicate as duplicate:
            found = duplicate.found
            form.add_error("duplicate_reason", duplicate.message)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, f"Đã đăng ký đủ, số đến {entry.arrival_number}.")
            return redirect("entry", pk=pk)
    shown = [{"upload": one, "pages": pages_of_upload(one)} for one in uploads]
    context = form_context(request, form) | {
        "action": reverse("complete", args=[pk]), "uploads": shown, "duplicates": found,
        "completes": entry, "next_number": entry.arrival_number, "leaders": [],
    }  # fmt: skip
    return render(request, "incoming/register.html", context, status=status)


@require_GET
def mails(request: SignedRequest) -> HttpResponse:
    """Mails that could not be taken in, with the reason."""
    found = mail_actions.troubled_mails(request.actor)
    raw = file_queries.attachments("mail", [one.pk for one in found])
    context: Context = {
        "mails": [{"mail": one, "raw": next(iter(raw[one.pk]), None)} for one in found],
        "form": NoteForm(),
        "folder": mail_actions.folder_of(request.actor.office),
    }
    return render(request, "incoming/mails.html", context)


@require_POST
def settle_mail(request: SignedRequest, pk: int) -> HttpResponse:
    """The clerk is done with such a mail."""
    mail_actions.settle(pk, request.POST.get("note", ""), by=request.actor)
    messages.success(request, "Đã ghi nhận xử lý thư.")
    return redirect("mails")
