"""Dossiers: the lists, opening, the page of one with its verbs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.dossiers import actions, archiving, freezing, plan_queries, queries
from vanthu.dossiers.states import DossierState
from vanthu.kernel import access, idempotency, ledger, participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import today
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Conflict, Invalid, NotFound
from vanthu.web.dossiers.contents import contents, mendings
from vanthu.web.dossiers.forms import ClosingForm, DescriptionForm, DossierForm, SendBackForm
from vanthu.web.incoming.rows import read_cursor
from vanthu.web.shell.requests import SignedRequest, address_of, counts_of

PAGE = 50
TABS = (
    ("open", "Đang lập"),
    ("closed", "Đã kết thúc"),
    ("handed_over", "Nộp lưu"),
    ("accepted", "Lưu trữ đã nhận"),
)


@require_GET
def work(request: SignedRequest) -> HttpResponse:
    """Dossiers by state, newest first, with counts; with `cua=toi` those that the account keeps (III.4.đ)."""
    by = request.actor
    first = "handed_over" if by.may("take_over") else "open"
    key = request.GET.get("tab", "")
    state = key if key in dict(TABS) else first
    mine = request.GET.get("cua") == "toi"
    kinds: tuple[OwnerKind, ...] = ("p",) if mine else ("o", "u", "p", "a")
    before = read_cursor(request.GET.get("sau", ""))
    rows = participants.window(by, "dossier", states=(state,), owner_kinds=kinds, before=before, limit=PAGE)
    last = rows[-1] if len(rows) == PAGE else None
    context = {
        "tabs": [(name, label, _count(request, name, mine=mine)) for name, label in TABS],
        "tab": state,
        "mine": mine,
        "dossiers": queries.dossiers_of(rows),
        "older": f"{last.at.isoformat()}_{last.item_id}" if last else "",
        "may_open": by.may("keep_dossier"),
        "may_freeze": freezing.may_freeze(by),
        "year": today().year,
    }
    return render(request, "dossiers/work.html", context)


def _count(request: SignedRequest, state: str, *, mine: bool) -> int:
    """How many dossiers the widest of the actor's reaches has in this state; or the account itself."""
    counts = counts_of(request)
    if mine:
        return counts.get(("p", "dossier", state), 0)
    return max(counts.get((kind, "dossier", state), 0) for kind in ("o", "u", "p", "a"))


@require_http_methods(["GET", "POST"])
def open_dossier(request: SignedRequest) -> HttpResponse:
    """Open a dossier: one click on a line of the plan, or by title with a reason."""
    by = request.actor
    by.require("keep_dossier")
    form = DossierForm(request.POST or None, office_id=by.office)
    if form.is_bound and form.is_valid():
        try:
            made = idempotency.once(
                form.given_key,
                "dossiers.opened",
                lambda: actions.open_dossier(
                    form.cleaned_data["title"],
                    retention_years=form.cleaned_data["retention"],
                    period_id=form.cleaned_data["period"],
                    outside_reason=form.cleaned_data["outside_reason"],
                    by=by,
                ),
                lambda pk: queries.dossier(pk, by).dossier,
                by=by,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã mở hồ sơ {made.notation}.")
            return redirect("dossier", pk=made.pk)
    planned = plan_queries.unopened(by, today().year)
    context = {"form": form, "planned": planned, "year": today().year}
    return render(request, "dossiers/open_dossier.html", context, status=422 if form.is_bound else 200)


@require_POST
def open_planned(request: SignedRequest, row: int) -> HttpResponse:
    """Open the dossier of a line of the plan."""
    made = actions.open_planned(row, by=request.actor)
    messages.success(request, f"Đã mở hồ sơ {made.notation} từ danh mục.")
    return redirect("dossier", pk=made.pk)


@require_GET
def dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """A dossier: its fields, what lies in it in order, what is missing, history."""
    seen = queries.dossier(pk, request.actor)
    access.note("view", by=request.actor, item_kind="dossier", item_id=pk, address=address_of(request))
    return dossier_page(request, seen)


def dossier_page(
    request: SignedRequest, seen: queries.SeenDossier, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a dossier, with why something was refused (`refused`) and forms as they were sent."""
    by, found = request.actor, seen.dossier
    may = _verbs(seen, by)
    lines = contents(found.pk, by)
    context = {
        "dossier": found,
        "lines": lines,
        "hidden": found.last_ordinal - len(lines),
        "pages": sum(line.pages or 0 for line in lines),
        "mendings": mendings(found, lines, keeper=may["keep"]),
        "shares": queries.shares(found.pk) if may["keep"] else [],
        "history": ledger.history(found),
        "may": may,
        "closing": ClosingForm(),
        "returning": SendBackForm(),
        **more,
    }
    return render(request, "dossiers/dossier.html", context, status=status)


def _verbs(seen: queries.SeenDossier, by: Actor) -> dict[str, bool]:
    """What this actor may do with the dossier now; the page shows only these buttons."""
    keeper, state = queries.keeps(seen.dossier, by), seen.dossier.state
    if seen.dossier.freeze_id:
        return {"keep": keeper, "freeze": freezing.may_freeze(by)}
    open_, waits = state == DossierState.OPEN, state == DossierState.HANDED_OVER
    return {
        "keep": keeper,
        "fill": open_ and queries.contributes(seen, by),
        "draft": by.may("draft") and open_ and queries.contributes(seen, by),
        "describe": keeper and open_,
        "share": keeper and state in (DossierState.OPEN, DossierState.CLOSED),
        "close": keeper and open_,
        "reopen": keeper and state == DossierState.CLOSED,
        "hand_over": keeper and state == DossierState.CLOSED,
        "accept": waits and by.may("take_over"),
        "freeze": freezing.may_freeze(by),
    }


@require_http_methods(["GET", "POST"])
def describe_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Change the fields of an open dossier."""
    found = actions.kept_by(pk, request.actor)
    initial = {
        "title": found.title,
        "retention": found.retention_years,
        "period": found.period_id,
        "usage": found.usage,
        "language": found.language,
        "started_on": found.started_on,
        "remark": found.remark,
    }
    form = DescriptionForm(request.POST or None, initial=initial, office_id=found.office_id)
    if form.is_bound and form.is_valid():
        try:
            actions.describe(pk, form.description(), by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lưu thông tin hồ sơ.")
            return redirect("dossier", pk=pk)
    context = {"form": form, "dossier": found}
    return render(request, "dossiers/describe_dossier.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_out(request: SignedRequest, pk: int) -> HttpResponse:
    """Take one thing out of the dossier."""
    kind, _, number = request.POST.get("item", "").partition(":")
    if not number.isdigit():
        raise NotFound()
    actions.take_out(pk, Item(kind, int(number)), by=request.actor)
    messages.success(request, "Đã đưa ra khỏi hồ sơ.")
    return redirect("dossier", pk=pk)


@require_POST
def close_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """End it; while something is missing the page comes back with all of it, and asks for a reason where one may do."""
    seen = queries.dossier(pk, request.actor)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return dossier_page(request, seen, status=422, closing=form)
    try:
        actions.close(pk, reason=form.cleaned_data["reason"], by=request.actor)
    except Invalid as refusal:
        return dossier_page(request, seen, status=422, closing=form, refused=refusal.message)
    messages.success(request, "Đã kết thúc hồ sơ.")
    return redirect("dossier", pk=pk)


def _act(request: SignedRequest, pk: int, verb: Callable[..., object], said: str) -> HttpResponse:
    verb(pk, by=request.actor)
    messages.success(request, said)
    return redirect("dossier", pk=pk)


@require_POST
def reopen_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Open it again."""
    return _act(request, pk, actions.reopen, "Đã mở lại hồ sơ.")


@require_POST
def hand_over_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """Hand it over to the archive of the office."""
    return _act(request, pk, archiving.hand_over, "Đã nộp lưu hồ sơ vào Lưu trữ cơ quan.")


@require_POST
def accept_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """The archivist takes it."""
    queries.dossier(pk, request.actor)
    return _act(request, pk, archiving.accept, "Đã nhận hồ sơ vào Lưu trữ.")


@require_POST
def give_back_dossier(request: SignedRequest, pk: int) -> HttpResponse:
    """The archivist gives it back with what is to be mended."""
    seen = queries.dossier(pk, request.actor)
    request.actor.require("take_over")
    form = SendBackForm(request.POST)
    status = 422
    try:
        if form.is_valid():
            archiving.give_back(pk, form.cleaned_data["reason"], by=request.actor)
            messages.success(request, "Đã trả lại hồ sơ cho người lập.")
            return redirect("work")
    except Invalid as refusal:
        form.refuse(refusal)
    except Conflict as refusal:
        return dossier_page(request, seen, status=refusal.status, refused=refusal.message)
    return dossier_page(request, seen, status=status, returning=form)
