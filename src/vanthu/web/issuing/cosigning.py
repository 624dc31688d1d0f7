"""Views of initials and joint signatures: who else signs, in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.issuing import cosigning, queries
from vanthu.issuing.states import DraftState
from vanthu.kernel.refusals import Refusal
from vanthu.organisations import queries as organisations
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest


@require_http_methods(["GET", "POST"])
def co_signers(request: SignedRequest, pk: int) -> HttpResponse:
    """Who initials and who signs together; a POST adds one: `initials` a post, or `office` and `leader`."""
    by = request.actor
    if request.method == "GET":
        return _page(request, pk)
    if "initials" in request.POST:
        post = _number(request, "initials")
        return _act(request, pk, lambda: cosigning.add_initials(pk, post, by=by), "Đã thêm người ký nháy.")
    office, leader = _number(request, "office"), _number(request, "leader")
    return _act(
        request,
        pk,
        lambda: cosigning.add_joint(pk, office, leader or None, by=by),
        "Đã thêm người cùng ký.",
    )


@require_POST
def remove_co_signer(request: SignedRequest, pk: int, co_signer: int) -> HttpResponse:
    """Take one off."""
    return _act(
        request, pk, lambda: cosigning.remove(pk, co_signer, by=request.actor), "Đã bỏ khỏi danh sách ký."
    )


def _number(request: SignedRequest, name: str) -> int:
    value = (request.POST if request.method == "POST" else request.GET).get(name, "")
    return int(value) if value.isdigit() else 0


def _act(request: SignedRequest, pk: int, verb: Callable[[], object], said: str) -> HttpResponse:
    def refused(refusal: Refusal) -> HttpResponse:
        return _page(request, pk, refusal)

    return done_or_refused(request, verb, said, to=reverse("co_signers", args=[pk]), refused=refused)


def _page(request: SignedRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    by = request.actor
    draft = queries.draft(pk, by).draft
    may_change = draft.drafter_id == by.person_id and draft.state == DraftState.DRAFTING
    context: dict[str, Any] = {
        "draft": draft,
        "rows": queries.co_signers(pk) if draft.co_signers else [],
        "may_change": may_change,
        "refusal": refusal,
    }
    if may_change:
        own = organisations.office(by.office)
        near = [
            *([own.parent_id] if own.parent_id else []),
            *(one.pk for one in organisations.offices_below(own.pk)),
        ]
        office = _number(request, "office")
        known = organisations.offices_by_ids([*near, *([office] if office else [])])
        context |= {
            "may_initial": cosigning.may_initial(draft.office_id),
            "offices": [known[one] for one in dict.fromkeys([office, *near]) if one in known],
            "office": known.get(office),
            "leaders": organisations.leaders(office) if office in known else [],
        }
    status = refusal.status if refusal else 200
    return render(request, "issuing/co_signers.html", context, status=status)
