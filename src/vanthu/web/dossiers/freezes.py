"""Freezes: the list, a set with what it holds, freezing chosen things, lifting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import queries as documents
from vanthu.dossiers import freezing, queries
from vanthu.kernel import idempotency, ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.freezing import Freeze
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell.forms import Form, TextField, WordsField
from vanthu.web.shell.requests import SignedRequest

_PAGES = {"in": "entry", "out": "outgoing_entry", "dossier": "dossier"}


class FreezeForm(Form):
    """What is frozen and why. `things` has a line for each."""

    name = TextField(label="Tên tập đóng băng", max_length=200, help_text="Ví dụ: Phục vụ thanh tra năm 2026")
    reason = WordsField(label="Lý do, căn cứ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    things = WordsField(
        label="Văn bản, hồ sơ",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một văn bản đi (12/KH-VKS), văn bản đến (đến 15/2026) hoặc hồ sơ (01.P1/2026)",
    )

    def items(self, by: Actor) -> list[Item]:
        """What the lines name; raises `Invalid` for those that name nothing."""
        found, unknown = freezing.named(self.cleaned_data["things"], by)
        if unknown:
            raise Invalid(
                fields={"things": f"Không tìm thấy: {'; '.join(unknown[:10])}. Ghi lại đúng số, ký hiệu."}
            )
        return found


class LiftForm(Form):
    """Why a freeze is lifted."""

    reason = WordsField(label="Lý do gỡ đóng băng", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


@require_GET
def freezes(request: SignedRequest) -> HttpResponse:
    """The freezes of the office, those in force first."""
    return render(request, "dossiers/freezes.html", {"freezes": freezing.freezes(request.actor)})


@require_http_methods(["GET", "POST"])
def add_freeze(request: SignedRequest) -> HttpResponse:
    """Freeze what is named line by line; `?thing=in-5` begins with one."""
    by = request.actor
    freezing.require_leader(by)
    form = FreezeForm(request.POST or None, initial={"things": _begun(request.GET.get("thing", ""), by)})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = idempotency.once(
                form.given_key,
                "dossiers.set_frozen",
                lambda: freezing.freeze(data["name"], data["reason"], form.items(by), by=by),
                lambda pk: freezing.one(pk, by),
                by=by,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã đóng băng “{made.name}”.")
            return redirect("freeze", pk=made.pk)
    return render(request, "dossiers/add_freeze.html", {"form": form}, status=422 if form.is_bound else 200)


def _begun(thing: str, by: Actor) -> str:
    """The line that names the thing from which one came."""
    kind, _, number = thing.partition("-")
    if kind not in _PAGES or not number.isdigit():
        return ""
    if kind == "in":
        entry = documents.incoming(int(number), by).entry
        return f"đến {entry.arrival_number}/{entry.arrived_on:%Y}" if entry.arrived_on else ""
    if kind == "out":
        return documents.outgoing(int(number), by).entry.document.symbol
    found = queries.dossier(int(number), by).dossier
    return f"{found.notation}/{found.year}"


@require_GET
def freeze(request: SignedRequest, pk: int) -> HttpResponse:
    """A set, what it holds, its history."""
    return _page(request, freezing.one(pk, request.actor))


def _page(request: SignedRequest, found: Freeze, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "freeze": found,
        "things": _things(freezing.items_of(found), request.actor),
        "history": ledger.history(found),
        "lifting": LiftForm(),
        **more,
    }
    return render(request, "dossiers/freeze.html", context, status=status)


def _things(items: list[Item], by: Actor) -> list[tuple[str, str, str]]:
    """(address, name, subject) of each thing as the actor sees it. Six queries at most."""
    incoming = documents.incoming_lines([one.id for one in items if one.kind == "in"], by)
    outgoing = documents.outgoing_lines([one.id for one in items if one.kind == "out"], by)
    folders = {one.pk: one for one in queries.of_ids([one.id for one in items if one.kind == "dossier"], by)}
    shown = []
    for item in items:
        address = reverse(_PAGES[item.kind], args=[item.id])
        if item.kind == "dossier" and item.id in folders:
            shown.append((address, f"Hồ sơ {folders[item.id].notation}", folders[item.id].title))
        elif line := (incoming if item.kind == "in" else outgoing).get(item.id):
            shown.append((address, line.symbol or "Văn bản", line.subject))
    return shown


@require_POST
def lift_freeze(request: SignedRequest, pk: int) -> HttpResponse:
    """Lift it, with a reason."""
    by, form = request.actor, LiftForm(request.POST)
    found = freezing.one(pk, by)
    if form.is_valid():
        try:
            freezing.lift(pk, form.cleaned_data["reason"], by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã gỡ đóng băng “{found.name}”.")
            return redirect("freeze", pk=pk)
    return _page(request, found, status=422, lifting=form)
