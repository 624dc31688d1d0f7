"""Half on paper: the clerk enters a leader's handwritten direction, with the scan beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.documents import queries
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Conflict, Invalid, Refusal
from vanthu.tasks import on_paper
from vanthu.tasks.on_paper import Handwriting
from vanthu.web.files.pages import pages_of_upload
from vanthu.web.incoming import cards
from vanthu.web.incoming.forms import PaperForm
from vanthu.web.incoming.registering import uploads_of
from vanthu.web.incoming.views import superiors
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.kernel.files.models import Upload


@require_http_methods(["GET", "POST"])
def direct_on_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The form of a handwritten direction: who wrote it and when, the words, to whom, the scan."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("record_paper")
    initial = {"written_on": today(), **cards.ready(seen.entry, by), "text": ""}
    form = PaperForm(request.POST or None, leaders=superiors(by), initial=initial)
    uploads = uploads_of(request, form)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            written = _written(form, uploads)
            on_paper.direct_on_paper(pk, form.direction(), written, by=by)
        except (Invalid, Conflict) as refusal:
            form.refuse(refusal)
            status = refusal.status
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Đã ghi bút phê trên giấy và giao việc.")
            return redirect("entry", pk=pk)
    choices = cards.to_direct(seen.entry.subject, by, restricted=seen.entry.restricted)
    context: dict[str, Any] = {
        "entry": seen.entry,
        "form": form,
        "card": cards.card(form, choices, office_id=by.office),
        "uploads": [{"upload": one, "pages": pages_of_upload(one)} for one in uploads],
        "limit": settings.UPLOAD_LIMIT,
    }
    return render(request, "incoming/direct_on_paper.html", context, status=status)


def _written(form: PaperForm, uploads: list[Upload]) -> Handwriting:
    data = form.cleaned_data
    return Handwriting(
        leader_id=data["leader"], written_on=data["written_on"], scans=[one.pk for one in uploads]
    )


@require_POST
def undo_direct_on_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """Take back what was recorded by mistake."""
    on_paper.undo_direct_on_paper(pk, by=request.actor)
    messages.success(request, "Đã rút lại bút phê vừa ghi.")
    return redirect("entry", pk=pk)
