"""The page where anybody makes a document of the Party from the office's template."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from vanthu.issuing import party_documents
from vanthu.issuing.party_documents import PartyDocument
from vanthu.kernel.files.contract import DOCX
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell.forms import Form, TextField, WordsField
from vanthu.web.shell.requests import SignedRequest

_OF_PARTY = " (của Đảng)"
_LINED = ("signing", "copies", "recipients")


class PartyForm(Form):
    """What the template cannot know by itself."""

    kind = forms.ChoiceField(label="Loại văn bản")
    organ = TextField(
        label="Chữ viết tắt của cấp ủy", max_length=12, help_text="Đứng sau dấu / trong ký hiệu."
    )
    subject = TextField(label="Trích yếu", max_length=500)
    recipients = WordsField(
        label="Kính gửi", max_length=1000, required=False, help_text="Chỉ công văn; mỗi dòng một nơi."
    )
    committee = TextField(label="Cấp ủy ban hành", max_length=200)
    superior = TextField(label="Cấp ủy cấp trên", max_length=200, required=False)
    signing = WordsField(label="Thể thức đề ký, chức vụ", max_length=200, help_text="Mỗi dòng ghi một dòng.")
    signer = TextField(label="Người ký", max_length=80, required=False)
    copies = WordsField(
        label="Nơi nhận", max_length=1000, required=False, help_text="Mỗi dòng một nơi; dòng lưu tự thêm."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.code, one.name.removesuffix(_OF_PARTY)) for one in party_documents.KINDS]
        self.fields["signing"].widget.attrs["rows"] = 2
        self.fields["copies"].widget.attrs["rows"] = 3
        self.fields["recipients"].widget.attrs["rows"] = 2
        self.fields["kind"].choices = named  # type: ignore[attr-defined]

    @property
    def said(self) -> PartyDocument:
        """What a valid form brings."""
        data = {name: self.cleaned_data[name] for name in self.fields if name != "idempotency_key"}
        lines = {name: tuple(filter(None, data[name].splitlines())) for name in _LINED}
        return PartyDocument(**data | lines)


@require_http_methods(["GET", "POST"])
def party_document(request: SignedRequest) -> HttpResponse:
    """The form, filled with what is known; sent, it answers with the Word file."""
    known = asdict(party_documents.suggested(request.actor))
    known["kind"] = request.GET.get("kind", known["kind"])
    initial = known | {name: "\n".join(known[name]) for name in _LINED}
    form = PartyForm(request.POST or None, initial=initial)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    said = form.said
    try:
        data = party_documents.make(said, by=request.actor)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, form)
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(True, f"{said.kind.lower()}.docx") or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: SignedRequest, form: PartyForm) -> HttpResponse:
    return render(request, "office/party_document.html", {"form": form}, status=422 if form.errors else 200)
