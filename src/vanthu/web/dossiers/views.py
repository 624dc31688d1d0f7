"""Work and dossiers (Công việc & hồ sơ)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import queries as documents
from vanthu.dossiers import actions, queries
from vanthu.dossiers.states import DossierState
from vanthu.issuing import queries as issuing
from vanthu.kernel import idempotency, ledger, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import Invalid
from vanthu.web.incoming.rows import read_cursor
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest

PAGE = 50
TABS = (("open", "Đang lập"), ("closed", "Kết thúc"), ("handed_over", "Nộp lưu"))
RETENTIONS = (
    ("01", "Vĩnh viễn"),
    ("02", "70 năm"),
    ("03", "50 năm"),
    ("04", "20 năm"),
    ("05", "10 năm"),
    ("06", "5 năm"),
)


class DossierForm(Form):
    """Opening a dossier."""

    title = TextField(label="Tiêu đề hồ sơ", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    retention = forms.ChoiceField(label="Thời hạn bảo quản", choices=RETENTIONS, initial="05")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dossier's table of contents."""

    ordinal: int
    symbol: str
    day: Any
    kind: str
    subject: str
    author: str
    pages: int | None
    url: str
    item_kind: str
    item_id: int


@require_GET
def work(request: SignedRequest) -> HttpResponse:
    """Dossiers by state, newest first."""
    by = request.actor
    first = "handed_over" if by.may("take_over") else "open"
    key = request.GET.get("tab", "")
    state = key if key in dict(TABS) else first
    before = read_cursor(request.GET.get("sau", ""))
    rows = participants.window(by, "dossier", states=(state,), before=before, limit=PAGE)
    found = queries.dossiers_of(rows)
    last = rows[-1] if len(rows) == PAGE else None
    context = {
        "tabs": TABS,
        "tab": state,
        "dossiers": found,
        "older": f"{last.at.isoformat()}_{last.item_id}" if last else "",
        "may_open": by.may("keep_dossier"),
    }
    return render(request, "dossiers/work.html", context)


@require_http_methods(["GET", "POST"])
def open_dossier(request: SignedRequest) -> HttpResponse:
    """Open a dossier."""
    by = request.actor
    by.require("keep_dossier")
    form = DossierForm(request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = idempotency.once(
                form.given_key,
                "dossiers.opened",
                lambda: actions.open_dossier(data["title"], retention=data["retention"], by=by),
                lambda pk: queries.dossier(pk, by).dossier,
                by=by,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã mở hồ sơ {made.notation}.")
            return redirect("dossier", pk=made.pk)
    return render(request, "dossiers/open_dossier.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """A dossier: its fields, what lies in it in order, history."""
    by = request.actor
    seen = queries.dossier(pk, by)
    keeper = queries.keeps(seen.dossier, by)
    context = {
        "dossier": seen.dossier,
        "lines": contents(pk, by),
        "history": ledger.history(seen.dossier),
        "may": {
            "draft": by.may("draft") and seen.dossier.state == DossierState.OPEN,
            "close": keeper and seen.dossier.state == DossierState.OPEN,
            "reopen": keeper and seen.dossier.state == DossierState.CLOSED,
            "hand_over": keeper and seen.dossier.state == DossierState.CLOSED,
        },
    }
    return render(request, "dossiers/dossier.html", context)


def contents(pk: int, by: Actor) -> list[Line]:
    """The lines of the table of contents that the actor sees; the same few queries however many there are."""
    items = queries.contents(pk)
    ids: dict[str, list[int]] = {"in": [], "out": [], "draft": []}
    for item in items:
        ids[item.item_kind_of].append(item.item_id_of)
    found = {
        **{("in", pk): line for pk, line in documents.incoming_lines(ids["in"], by).items()},
        **{("out", pk): line for pk, line in documents.outgoing_lines(ids["out"], by).items()},
        **{("draft", pk): line for pk, line in issuing.draft_lines(ids["draft"], by).items()},
    }
    pages = {"in": "entry", "out": "outgoing_entry", "draft": "draft"}
    return [
        Line(
            item.ordinal,
            *found[item.item_kind_of, item.item_id_of],
            url=reverse(pages[item.item_kind_of], args=[item.item_id_of]),
            item_kind=item.item_kind_of,
            item_id=item.item_id_of,
        )
        for item in items
        if (item.item_kind_of, item.item_id_of) in found
    ]


def _act(request: SignedRequest, pk: int, verb: Callable[..., object], said: str) -> HttpResponse:
    verb(pk, by=request.actor)
    messages.success(request, said)
    return redirect("dossier", pk=pk)


@require_POST
def close_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """End it."""
    return _act(request, pk, actions.close, "Đã kết thúc hồ sơ.")


@require_POST
def reopen_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Open it again."""
    return _act(request, pk, actions.reopen, "Đã mở lại hồ sơ.")


@require_POST
def hand_over_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Hand it over to the archive of the office."""
    return _act(request, pk, actions.hand_over, "Đã nộp lưu hồ sơ vào Lưu trữ cơ quan.")
