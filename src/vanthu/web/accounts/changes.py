"""Changes of the organisation: planned with what they will move before one's eyes, divided, cancelled, made."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Refusal
from vanthu.organisations import change_queries, changing, taking_effect
from vanthu.organisations.change_states import ChangeKind, ChangeState
from vanthu.web.accounts.change_forms import ChangeForm, asked
from vanthu.web.shell.acting import done_or_again, done_or_refused
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest


class CancelForm(Form):
    """Why a planned change is cancelled."""

    reason = TextField(label="Lý do hủy", max_length=300)


@require_GET
def changes(request: SignedRequest) -> HttpResponse:
    """What was planned and done, and what may be planned."""
    by = request.actor
    rows = change_queries.changes(by)
    page = {
        "rows": [(row, _words(row)) for row in rows],
        "kinds": list(ChangeKind),
        "governs": bool(change_queries.offices_governed(by)),
    }
    return render(request, "accounts/changes.html", page)


def _words(row: Any) -> str:
    """What becomes what, in words."""
    things = [line.office or line.unit for line in row.lines.all()]
    before = ", ".join(thing.short_name for thing in things if thing)
    after = ", ".join(one.short_name for one in row.successors.all())
    return f"{before} → {after}"


@require_http_methods(["GET", "POST"])
def plan_change(request: SignedRequest, kind: str, of: str) -> HttpResponse:
    """Plan a change of a kind, of offices or of units."""
    by = request.actor
    by.require("administer")
    wanted = asked(kind, of)
    form = ChangeForm(request.POST if request.method == "POST" else None, wanted=wanted, by=by)

    def again(conflict: str, status: int) -> HttpResponse:
        page = {"form": form, "wanted": wanted, "conflict": conflict}
        return render(request, "accounts/plan_change.html", page, status=status)

    if request.method == "GET":
        return again("", 200)
    made: list[int] = []
    return done_or_again(
        request, form, lambda: made.append(changing.plan(form.wish(), by=by).pk),
        "Đã ghi thay đổi. Xem lại những gì sẽ chuyển; có thể hủy trước ngày hiệu lực.",
        to=reverse("changes"), again=again,
    )  # fmt: skip


@require_GET
def change(request: SignedRequest, pk: int) -> HttpResponse:
    """One change: what goes where, how much, what stands in the way, what was done."""
    return _page(request, pk, CancelForm())


def _page(
    request: SignedRequest, pk: int, form: CancelForm, conflict: str = "", status: int = 200
) -> HttpResponse:
    by = request.actor
    found = changing.mine(pk, by)
    planned = found.state == ChangeState.PLANNED
    heirs = change_queries.successors(found)
    offices = [line.office_id for line in change_queries.lines(found) if line.office_id]
    page = {
        "change": found,
        "lines": change_queries.lines(found),
        "successors": [
            (one, _leaders(one, offices) if planned and not found.of_units else []) for one in heirs
        ],
        "preview": change_queries.preview(found) if planned else None,
        "divided": change_queries.divided(found) if planned else [],
        "passages": change_queries.passages(found),
        "form": form if planned else None,
        "now": planned and found.effective_on <= today(),
        "conflict": conflict,
        "history": list(reversed(ledger.history(found))),
    }
    return render(request, "accounts/change.html", page, status=status)


def _leaders(successor: Any, offices: list[int]) -> list[Any]:
    return change_queries.leaders_of([*offices, *([successor.office_id] if successor.office_id else [])])


@require_POST
def cancel_change(request: SignedRequest, pk: int) -> HttpResponse:
    """Cancel it before its day."""
    form = CancelForm(request.POST)
    return done_or_again(
        request, form, lambda: changing.cancel(pk, form.cleaned_data["reason"], by=request.actor),
        "Đã hủy thay đổi.", to=reverse("change", args=[pk]),
        again=lambda conflict, status: _page(request, pk, form, conflict, status),
    )  # fmt: skip


@require_POST
def make_change(request: SignedRequest, pk: int) -> HttpResponse:
    """Let it take effect now that its day has come."""
    changing.mine(pk, request.actor)
    return _acted(
        request, pk, lambda: taking_effect.take_effect(pk, by=request.actor),
        "Thay đổi đã có hiệu lực. Việc đang giải quyết được chuyển dần sang nơi kế thừa.",
    )  # fmt: skip


@require_POST
def divide_change(request: SignedRequest, pk: int) -> HttpResponse:
    """Which part of a split goes to which successor."""
    places = {
        int(name.removeprefix("part-")): int(str(value))
        for name, value in request.POST.items()
        if name.startswith("part-") and name[5:].isdigit() and str(value).isdigit()
    }
    return _acted(request, pk, lambda: changing.allot(pk, places, by=request.actor), "Đã phân chia.")


@require_POST
def name_head(request: SignedRequest, pk: int) -> HttpResponse:
    """Who leads a successor."""
    chosen = [request.POST.get(name, "") for name in ("successor", "head")]
    successor, head = (int(one) if one.isdigit() else 0 for one in chosen)
    return _acted(
        request,
        pk,
        lambda: changing.name_head(pk, successor, head, by=request.actor),
        "Đã chọn người đứng đầu.",
    )


def _acted(request: SignedRequest, pk: int, verb: Any, said: str) -> HttpResponse:
    def refused(refusal: Refusal) -> HttpResponse:
        sentence = " ".join(getattr(refusal, "fields", {}).values()) or refusal.message
        return _page(request, pk, CancelForm(), sentence, refusal.status)

    return done_or_refused(request, verb, said, to=reverse("change", args=[pk]), refused=refused)
