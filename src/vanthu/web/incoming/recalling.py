"""A receiver's clerk takes note of a recall. Decree 30/2020, article 18.4."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vanthu.documents import queries, recalling
from vanthu.documents.states import PaperCopy
from vanthu.kernel.refusals import Conflict
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest


class NoteForm(Form):
    """What became of the paper copy."""

    paper = forms.ChoiceField(label="Bản giấy", choices=PaperCopy.choices, widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].error_messages["required"] = "Chọn đã làm gì với bản giấy."


@require_http_methods(["GET", "POST"])
def note_recall(request: SignedRequest, pk: int) -> HttpResponse:
    """Why the sender recalled the document, and the confirmation with what became of the paper copy."""
    by = request.actor
    seen = queries.incoming(pk, by)
    by.require("register", "Chỉ văn thư ghi nhận việc thu hồi.")
    form = NoteForm(request.POST or None)
    conflict, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            recalling.take_note(pk, form.cleaned_data["paper"], by=by)
        except Conflict as refusal:
            conflict, status = refusal.message, refusal.status
        else:
            messages.success(request, "Đã ghi nhận. Nơi gửi biết ngay.")
            return redirect("entry", pk=pk)
    context = {
        "form": form,
        "entry": seen.entry,
        "recall": recalling.recall_of_document(seen.entry.document_id),
        "conflict": conflict,
    }
    return render(request, "incoming/note_recall.html", context, status=status)
