"""Half on paper: the clerk records that a draft was signed by hand, with the scan beside it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanthu.documents.kinds import by_code
from vanthu.issuing import on_paper, queries
from vanthu.issuing.on_paper import Handwriting
from vanthu.issuing.signing_forms import lines_of
from vanthu.kernel.calendar import today
from vanthu.web.files.pages import pages_of_upload
from vanthu.web.incoming.registering import uploads_of
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.forms import DayField, Form
from vanthu.web.shell.requests import SignedRequest


class PaperSignatureForm(Form):
    """When it was signed by hand; the scan comes beside it."""

    signed_on = DayField(label="Ngày ký trên giấy")


@require_http_methods(["GET", "POST"])
def sign_on_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The form of a handwritten signature: the day, the scan; then the page where it gets its number."""
    by = request.actor
    draft = queries.draft(pk, by).draft
    by.require("record_paper")
    if request.method == "GET" and not on_paper.may_record(draft, by):
        return redirect("draft", pk=pk)
    form = PaperSignatureForm(request.POST or None, initial={"signed_on": today()})
    uploads = uploads_of(request, form)

    def record() -> None:
        scan = str(uploads[-1].pk) if uploads else ""
        on_paper.sign_on_paper(pk, Handwriting(signed_on=form.cleaned_data["signed_on"], scan=scan), by=by)

    def again(conflict: str, status: int) -> HttpResponse:
        context: dict[str, Any] = {
            "draft": draft,
            "kind": by_code(draft.kind).name,
            "signing": lines_of(draft.signer, draft.signing_form) if draft.signer else (),
            "co_signers": queries.co_signers(pk) if draft.co_signers else [],
            "form": form,
            "conflict": conflict,
            "uploads": [{"upload": one, "pages": pages_of_upload(one)} for one in uploads],
            "limit": settings.UPLOAD_LIMIT,
        }
        return render(request, "issuing/sign_on_paper.html", context, status=status)

    if request.method == "GET":
        return again("", 200)
    said = "Đã ghi chữ ký trên giấy. Cấp số để ghi lên bản giấy."
    return done_or_again(request, form, record, said, to=reverse("issue", args=[pk]), again=again)
