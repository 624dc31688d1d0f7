"""Views of remarks at a place in the text: the page where they are made, and their answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.issuing import marks, queries
from vanthu.issuing.states import UNFINISHED
from vanthu.kernel.refusals import Invalid, NotFound, Refusal
from vanthu.web.issuing.review_forms import MarkForm
from vanthu.web.issuing.spots import marked, newest_pages
from vanthu.web.shell.acting import done_or_refused
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.issuing.models import Draft

_FIRST = [80.0, 660.0, 320.0, 700.0]  # left, bottom, right, top in points of a box that was not moved yet


@require_http_methods(["GET", "POST"])
def draft_marks(request: SignedRequest, pk: int) -> HttpResponse:
    """The pages of the newest version with the remarks on them; a POST makes one more."""
    by = request.actor
    draft = queries.draft(pk, by).draft
    context = _context(draft, by.person_id)
    if request.method == "GET":
        form = MarkForm(pages=len(context["pages"]), initial=_from_link(request))
        return render(request, "issuing/draft_marks.html", context | {"form": form})
    form = MarkForm(request.POST, pages=len(context["pages"]))
    status = Invalid.status
    if form.is_valid():
        try:
            made = marks.mark(pk, form.remark(), by=by)
        except NotFound:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            messages.success(request, f"Đã ghi góp ý số {made.ordinal} ở trang {made.page}.")
            return redirect("draft_marks", pk=pk)
    return render(request, "issuing/draft_marks.html", context | {"form": form}, status=status)


def _from_link(request: SignedRequest) -> dict[str, int]:
    page = request.GET.get("page", "")
    return {"page": int(page)} if page.isdigit() else {}


def _context(draft: Draft, person_id: int | None) -> dict[str, Any]:
    made = queries.marks(draft.pk)
    versions = queries.versions(draft.pk)[:1]
    newest = versions[0] if versions else None
    return {
        "draft": draft,
        "newest": newest,
        "marks": made,
        "pages": marked(newest_pages(newest), made),
        "may_mark": draft.state in UNFINISHED and newest is not None,
        "may_answer": draft.drafter_id == person_id,
        "first_box": json.dumps({"page": 1, "rect": _FIRST}),
    }


@require_POST
def answer_mark(request: SignedRequest, pk: int, ordinal: int) -> HttpResponse:
    """The drafter answers a remark in words."""
    by = request.actor

    def refused(refusal: Refusal) -> HttpResponse:
        context = _context(queries.draft(pk, by).draft, by.person_id)
        context |= {"form": MarkForm(pages=len(context["pages"])), "refusal": refusal}
        return render(request, "issuing/draft_marks.html", context, status=refusal.status)

    return done_or_refused(
        request,
        lambda: marks.answer_mark(pk, ordinal, request.POST.get("answer", ""), by=by),
        f"Đã trả lời góp ý số {ordinal}.",
        to=reverse("draft_marks", args=[pk]),
        refused=refused,
    )
