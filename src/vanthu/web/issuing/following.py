"""What follows an issued or received document: a correction, a replacement, a certified copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.issuing import copies, purposes, queries
from vanthu.issuing.copies import FORMS, VALUE, CopyOrder
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.web.shell.forms import Form, TextField
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.issuing.copies import Original

_LABELS = {
    "SY": "Sao y: toàn bộ bản gốc, bản chính",
    "TRS": "Trích sao: một số trang",
    "SL": "Sao lục: toàn bộ một bản sao y",
}


class CopyForm(Form):
    """Which copy, of which file and pages, who signs, who gets it."""

    form = forms.ChoiceField(
        label="Hình thức sao", choices=[(code, _LABELS[code]) for code in FORMS], widget=forms.RadioSelect
    )
    attachment = forms.TypedChoiceField(label="Tệp được sao", coerce=UUID)
    pages = TextField(
        label="Các trang trích", required=False, max_length=100, help_text="Chỉ cho trích sao, ví dụ 1-2,5."
    )
    signer = forms.TypedChoiceField(label="Người ký bản sao", coerce=int)
    recipients = forms.CharField(
        label="Nơi nhận",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một nơi. Cơ quan trong ngành ghi đúng tên thì bản sao gửi thẳng qua hệ thống.",
    )

    def __init__(
        self, *args: Any, source: Original, signers: list[tuple[int, str]], room_id: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.room_id = room_id
        self.fields["attachment"].choices = [(one.pk, one.name) for one in source.files]  # type: ignore[attr-defined]
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]
        self.fields["form"].error_messages["required"] = "Chọn hình thức sao."
        if source.document.kind != "SY":  # điều 3 khoản 11: only from a sao y
            self.fields["form"].choices = [(code, _LABELS[code]) for code in FORMS if code != "SL"]  # type: ignore[attr-defined]

    def order(self) -> CopyOrder:
        """The valid form as the verb takes it."""
        data = self.cleaned_data
        offices, others = [], []
        for name in filter(None, map(str.strip, data["recipients"].splitlines())):
            office = organisations.find_office_by_name(name, room_id=self.room_id)
            if office is None:
                others.append(name)
            else:
                offices.append(office.pk)
        return CopyOrder(
            form=data["form"],
            attachment_id=data["attachment"],
            pages=data["pages"],
            signer_id=data["signer"],
            office_ids=offices,
            others=others,
        )


@require_http_methods(["GET", "POST"])
def copy_outgoing(request: SignedRequest, pk: int) -> HttpResponse:
    """A certified copy of an issued document."""
    return _copy(request, "out", pk)


@require_http_methods(["GET", "POST"])
def copy_incoming(request: SignedRequest, pk: int) -> HttpResponse:
    """A certified copy of a received document."""
    return _copy(request, "in", pk)


def _copy(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    by = request.actor
    source = copies.original(kind, pk, by)
    signers = [(post.pk, f"{post.title} {post.person.full_name}") for post in queries.signers(by)]
    form = CopyForm(
        request.POST or None, source=source, signers=signers, room_id=by.room_id, initial={"form": "SY"}
    )
    if form.is_bound and form.is_valid():
        try:
            draft = copies.start(kind, pk, form.order(), by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lập bản sao. Xem lại rồi trình ký; văn thư cấp số và phát hành.")
            return redirect("draft", pk=draft.pk)
    context = {
        "form": form,
        "document": source.document,
        "files": source.files,
        "value": VALUE,
        "back": reverse("entry" if kind == "in" else "outgoing_entry", args=[pk]),
    }
    return render(request, "issuing/copy.html", context, status=422 if form.is_bound else 200)


@require_POST
def correct(request: SignedRequest, pk: int) -> HttpResponse:
    """Start the official letter that corrects this document."""
    draft = purposes.correct(pk, by=request.actor)
    messages.success(request, "Đã mở công văn đính chính, nơi nhận như văn bản gốc.")
    return redirect("draft", pk=draft.pk)


@require_POST
def replace(request: SignedRequest, pk: int) -> HttpResponse:
    """Start the document that replaces this one."""
    draft = purposes.replace(pk, by=request.actor)
    messages.success(request, "Đã mở dự thảo thay thế, nơi nhận như văn bản gốc.")
    return redirect("draft", pk=draft.pk)
