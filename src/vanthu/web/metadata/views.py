"""The page of all metadata of one document: shown, added to with a reason, taken along as PDF or XLSX."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from vanthu.documents import queries, supplementing
from vanthu.kernel import access, ledger
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid, NotAllowed
from vanthu.web.metadata import fields
from vanthu.web.shell.forms import Form, TextField, WordsField
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry, OutgoingEntry
    from vanthu.documents.supplementing import Addable
    from vanthu.web.metadata.fields import Field
    from vanthu.web.search import tables
else:
    tables = later("vanthu.web.search.tables")

MEDIA = {"pdf": PDF, "xlsx": XLSX}


class SupplementForm(Form):
    """The fields that may be added to, filled as they stand, and the reason."""

    def __init__(self, *args: Any, addable: tuple[Addable, ...], entry: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in addable:
            holder = entry.document if one.of_document else entry
            self.fields[one.name] = TextField(label=one.label, required=False)
            self.initial[one.name] = getattr(holder, one.name)
        self.fields["reason"] = WordsField(
            label="Lý do bổ sung", widget=forms.Textarea(attrs={"rows": 2}), max_length=300
        )

    def values(self) -> dict[str, str]:
        """What stands in the fields of a valid form."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("reason", "idempotency_key")
        }


@require_http_methods(["GET", "POST"])
def incoming_metadata(request: SignedRequest, pk: int) -> HttpResponse:
    """All metadata of a received document."""
    seen = queries.incoming(pk, request.actor)
    _require_whole(masked=seen.sight.masked)
    lines = fields.of_incoming(seen, request.actor)
    return _page(request, seen.entry, lines, "in", supplementing.supplement_incoming)


@require_http_methods(["GET", "POST"])
def outgoing_metadata(request: SignedRequest, pk: int) -> HttpResponse:
    """All metadata of an issued document."""
    seen = queries.outgoing(pk, request.actor)
    _require_whole(masked=seen.sight.masked)
    lines = fields.of_outgoing(seen, request.actor)
    return _page(request, seen.entry, lines, "out", supplementing.supplement_outgoing)


def _require_whole(*, masked: bool) -> None:
    if masked:
        raise NotAllowed("Văn bản hạn chế tiếp cận: chỉ người được nêu tên xem dữ liệu đặc tả.")


type Supplement = Callable[..., object]


def _page(
    request: SignedRequest,
    entry: IncomingEntry | OutgoingEntry,
    lines: list[Field],
    kind: str,
    act: Supplement,
) -> HttpResponse:
    by = request.actor
    here = reverse("incoming_metadata" if kind == "in" else "outgoing_metadata", args=[entry.pk])
    if request.GET.get("format") in MEDIA:
        return _file(request, entry, lines, kind)
    addable = supplementing.addable(entry, by)
    if request.method == "POST" and not addable:
        act(entry.pk, {}, "", by=by)  # says why not
    form = SupplementForm(request.POST if request.method == "POST" else None, addable=addable, entry=entry)
    if form.is_bound and form.is_valid():
        try:
            act(entry.pk, form.values(), form.cleaned_data["reason"], by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã bổ sung dữ liệu đặc tả.")
            return redirect(here)
    context = {
        "entry": entry,
        "symbol": _symbol(entry),
        "lines": lines,
        "form": form if addable else None,
        "added": [one for one in ledger.history(entry) if one.verb == "documents.supplemented"],
        "looks": access.counted([(kind, entry.pk), ("document", entry.document_id)], office_id=by.office),
        "back": reverse("entry" if kind == "in" else "outgoing_entry", args=[entry.pk]),
    }
    return render(request, "metadata/metadata.html", context, status=422 if form.errors else 200)


def _symbol(entry: IncomingEntry | OutgoingEntry) -> str:
    return getattr(entry, "symbol", "") or entry.document.symbol


def _file(
    request: SignedRequest, entry: IncomingEntry | OutgoingEntry, lines: list[Field], kind: str
) -> HttpResponse:
    """The metadata as a file; who took it is in the access log."""
    by, name = request.actor, request.GET["format"]
    table = tables.Table(
        f"Dữ liệu đặc tả: {_symbol(entry) or entry.document.kind_name}",
        f"Lập {localtime():%H:%M ngày %d/%m/%Y} bởi {by.name}, theo Phụ lục VI Nghị định 30/2020/NĐ-CP",
        ["STT", "Trường thông tin", "Tên tiếng Anh", "Giá trị"],
        [[one.place, one.name, one.english, one.value] for one in lines],
        sheet="Dữ liệu đặc tả",
    )
    access.note("download", by=by, item_kind=kind, item_id=entry.pk, address=address_of(request))
    file_name = f"du-lieu-dac-ta-{_symbol(entry).replace('/', '-')}.{name}"
    response = HttpResponse(tables.WRITERS[name](table), content_type=MEDIA[name])
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
