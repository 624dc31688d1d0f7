"""Put things into dossiers from their pages, add papers, share."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import filing as documents_filing
from vanthu.documents import queries as documents
from vanthu.dossiers import actions, papers, queries, sharing
from vanthu.issuing import filing as drafting
from vanthu.issuing import queries as issuing
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import actions as files
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.organisations import directory
from vanthu.organisations import queries as organisations
from vanthu.web.dossiers.forms import PaperForm, ShareForm
from vanthu.web.incoming.forms import DossierForm, read_owner
from vanthu.web.shell.requests import SignedRequest

_PAGES = {"in": "entry", "out": "outgoing_entry", "draft": "draft"}
OUTSIDE = "phát sinh khi giải quyết văn bản"


def related_to(item: Item, by: Actor) -> list[Item]:
    """What an item that the actor sees answers or relates to, as entries of the office."""
    if item.kind == "draft":
        return drafting.answered_by(item.id)
    entries = documents_filing.entries_incoming if item.kind == "in" else documents_filing.entries_outgoing
    seen = entries([item.id], by).get(item.id)
    if seen is None or seen.sight.masked:
        return []
    related = documents_filing.related_documents(seen.entry.document_id)
    return documents_filing.entries_of(related, by.office)


@require_http_methods(["GET", "POST"])
def file_item(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    """Put an entry or draft into a dossier: one click on a likely one, by typing, or into a new one."""
    by, item = request.actor, Item(kind, pk)
    if kind not in _PAGES:
        raise NotFound()
    line = _line(item, by)
    by.require("keep_dossier")
    back = reverse(_PAGES[kind], args=[pk])
    form = DossierForm(request.POST or None)
    status = 422
    if form.is_bound and form.is_valid():
        try:
            dossier_id = form.cleaned_data["dossier"]
            if not dossier_id:
                title = form.cleaned_data["title"]
                dossier_id = actions.open_dossier(title, outside_reason=OUTSIDE, by=by).pk
            actions.put_in(dossier_id, item, by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "Đã đưa vào hồ sơ.")
            return redirect(back)
    context = {
        "form": form,
        "line": line,
        "back": back,
        "likely": queries.likely_dossiers(item, related_to(item, by), by),
        "holding": queries.holding(kind, pk, by),
        "open_dossiers": queries.suggest_dossiers("", by),
    }
    return render(request, "dossiers/file_item.html", context, status=status if form.is_bound else 200)


def _line(item: Item, by: Actor) -> documents.ContentsLine:
    """The item as a table of contents shows it; raises `NotFound` for whoever it does not exist for."""
    if participants.sight(by, item) is None:
        raise NotFound()
    lines = {
        "in": documents.incoming_lines,
        "out": documents.outgoing_lines,
        "draft": issuing.draft_lines,
    }[item.kind]([item.id], by)
    if item.id not in lines:
        raise NotFound()
    return lines[item.id]


@require_http_methods(["GET", "POST"])
def add_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """Put a file that is no document of the office into the dossier."""
    by = request.actor
    found = queries.dossier(pk, by)
    if not queries.contributes(found, by):
        raise queries.not_contributing()
    form = PaperForm(request.POST or None, initial={"author": by.name})
    if form.is_bound and form.is_valid():
        try:
            papers.add_paper(pk, _upload(request), form.paper(), by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã thêm tài liệu vào hồ sơ.")
            return redirect("dossier", pk=pk)
    context = {"form": form, "dossier": found.dossier}
    return render(request, "dossiers/add_paper.html", context, status=422 if form.is_bound else 200)


def _upload(request: SignedRequest) -> UUID | str:
    """The file: sent ahead (`uploads`), or with a form without scripts (`uploads_file`). Raises `Invalid`."""
    ahead = [value for value in request.POST.getlist("uploads") if value]
    if ahead:
        return ahead[-1]
    sent = request.FILES.get("uploads_file")
    if sent is None:
        raise Invalid("Chọn tệp tài liệu rồi bấm lại; nội dung đã gõ vẫn còn.")
    return files.stage(sent, sent.name or "tep", by=request.actor).pk


@require_http_methods(["GET", "POST"])
def share_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Show the dossier to a unit or person."""
    by = request.actor
    found = actions.kept_by(pk, by)
    form = ShareForm(request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            given = sharing.share(
                pk,
                read_owner(data["owner"]),
                contribute=data["way"] == "contribute",
                until_on=data["until_on"],
                by=by,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã chia sẻ hồ sơ cho {given.name}.")
            return redirect("dossier", pk=pk)
    context: dict[str, Any] = {"form": form, "dossier": found, "choices": _assignees(by)}
    return render(request, "dossiers/share_dossier.html", context, status=422 if form.is_bound else 200)


def _assignees(by: Actor) -> list[tuple[str, str, str]]:
    """(value, name, detail) of units and people of the office, for a form without scripts."""
    units = [(f"u{one.pk}", one.short_name, one.name) for one in organisations.units_of(by.office)]
    posts = directory.suggest_people("", office_id=by.office, limit=100)
    return units + [(f"p{post.person_id}", post.person.full_name, post.title) for post in posts]


@require_POST
def unshare_dossier(request: SignedRequest, pk: int, share: int) -> HttpResponse:
    """Take a share back."""
    sharing.unshare(pk, share, by=request.actor)
    messages.success(request, "Đã thôi chia sẻ.")
    return redirect("dossier", pk=pk)
