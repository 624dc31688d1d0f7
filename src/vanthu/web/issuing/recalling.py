"""Recall of an issued document, from the page of its sender. Decree 30/2020, article 18.4."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vanthu.documents import queries as documents
from vanthu.documents import recalling as actions
from vanthu.documents.recalling import Order
from vanthu.exchange import recalling as exchange
from vanthu.issuing import queries
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.web.shell.forms import Form, WordsField
from vanthu.web.shell.requests import SignedRequest


class RecallForm(Form):
    """Why, on what basis, on whose order."""

    ordered_by = forms.TypedChoiceField(label="Người ra lệnh thu hồi", coerce=int)
    reason = WordsField(label="Lý do thu hồi", widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
    basis = WordsField(
        label="Căn cứ",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text="Văn bản, ý kiến chỉ đạo hoặc quy định làm căn cứ thu hồi.",
    )

    def __init__(self, *args: Any, leaders: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ordered_by"].choices = leaders  # type: ignore[attr-defined]
        self.fields["ordered_by"].error_messages["invalid_choice"] = "Chọn người có thẩm quyền của cơ quan."


@require_http_methods(["GET", "POST"])
def recall(request: SignedRequest, pk: int) -> HttpResponse:
    """What the recall would meet at the receivers, then the recall itself with its reason."""
    by = request.actor
    seen = documents.outgoing(pk, by)
    by.require("recall", "Chỉ văn thư thu hồi văn bản, theo lệnh của người có thẩm quyền.")
    leaders = [(post.person_id, f"{post.title} {post.person.full_name}") for post in queries.signers(by)]
    signer = next(
        (person for person, name in leaders if name.endswith(f" {seen.entry.document.signer_name}")), None
    )
    form = RecallForm(request.POST or None, leaders=leaders, initial={"ordered_by": signer})
    conflict, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("reason", "basis", "ordered_by")}
        try:
            actions.recall(pk, Order(**given), by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            conflict, status = refusal.message, refusal.status
        else:
            messages.success(request, f"Đã thu hồi {seen.entry.document.symbol}. Các nơi nhận được báo ngay.")
            return redirect("outgoing_entry", pk=pk)
    context = {
        "form": form,
        "entry": seen.entry,
        "document": seen.entry.document,
        "standing": exchange.standing(pk),
        "related": [] if seen.sight.masked else documents.related(seen.entry.document_id, by),
        "conflict": conflict,
    }
    return render(request, "issuing/recall.html", context, status=status)
