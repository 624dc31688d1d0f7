"""The registers (sổ đăng ký) as PDF and XLSX, with exactly the columns of Decree 30/2020, Phụ lục IV."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import batched
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django import forms
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from vanthu.documents import queries
from vanthu.documents.books import (
    INCOMING,
    OUTGOING,
    BookCover,
    IncomingRow,
    OutgoingRow,
    write_pdf,
    write_xlsx,
)
from vanthu.exchange import queries as exchange
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.tasks import queries as tasks
from vanthu.web.shell.forms import DayField, Form
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.documents.models import IncomingEntry, OutgoingEntry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BookForm(Form):
    """Which register, of which days, in which format."""

    book = forms.ChoiceField(
        label="Sổ", choices=[("incoming", "Sổ đăng ký văn bản đến"), ("outgoing", "Sổ đăng ký văn bản đi")]
    )
    start_on = DayField(label="Từ ngày")
    end_on = DayField(label="Đến ngày")
    format = forms.ChoiceField(label="Định dạng", choices=[("pdf", "PDF để in"), ("xlsx", "Excel")])


@require_GET
def reports(request: SignedRequest) -> HttpResponse:
    """Choose a register and a period; the year so far is offered first."""
    request.actor.require("print_books")
    day = today()
    initial = {
        "book": request.GET.get("book", "incoming"),
        "start_on": date(day.year, 1, 1),
        "end_on": day,
        "format": "pdf",
    }
    month = day.replace(day=1)
    context = {"form": BookForm(initial=initial), "today": day, "month": month}
    return render(request, "books/reports.html", context)


@require_GET
def book(request: SignedRequest) -> HttpResponseBase:
    """The register as a file."""
    by = request.actor
    by.require("print_books")
    form = BookForm(request.GET)
    if not form.is_valid():
        return render(request, "books/reports.html", {"form": form, "today": today()}, status=422)
    data = form.cleaned_data
    start, end = data["start_on"], data["end_on"]
    if end < start:
        raise Invalid("Ngày cuối phải từ ngày đầu trở đi. Chọn lại kỳ của sổ.")
    kind = INCOMING if data["book"] == "incoming" else OUTGOING
    rows = _incoming(request, start, end) if data["book"] == "incoming" else _outgoing(request, start, end)
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    (write_pdf if data["format"] == "pdf" else write_xlsx)(kind, _cover(request, start, end), rows, target)
    target.seek(0)
    name = f"so-van-ban-{'den' if data['book'] == 'incoming' else 'di'}-{start:%Y%m%d}-{end:%Y%m%d}"
    return FileResponse(
        target,
        as_attachment=True,
        filename=f"{name}.{data['format']}",
        content_type="application/pdf" if data["format"] == "pdf" else XLSX,
    )


def _cover(request: SignedRequest, start: date, end: date) -> BookCover:
    office = organisations.office(request.actor.office)
    return BookCover(
        office=office.name,
        superior=office.parent.name if office.parent else "",
        year=end.year,
        from_on=start,
        to_on=end,
    )


def _incoming(request: SignedRequest, start: date, end: date) -> Iterator[IncomingRow]:
    for entries in batched(queries.incoming_book(request.actor, start, end), 500):
        yield from _incoming_rows(entries)


def _incoming_rows(entries: "Iterable[IncomingEntry]") -> Iterator[IncomingRow]:
    rows = list(entries)
    given = tasks.tasks_by_items("in", [row.pk for row in rows])
    for row in rows:
        accepted = [task for task in given.get(row.pk, []) if task.accepted_at and task.role == "lead"]
        yield IncomingRow(
            arrived_on=row.arrived_on or localtime(row.arrived_at).date(),
            arrival_number=row.arrival_number or 0,
            issuer=row.issuer_name,
            symbol=row.symbol,
            dated_on=row.issued_on,
            kind=row.kind_name,
            subject=row.subject,
            receiver=row.receivers,
            handed_on=localtime(row.handed_on_at).date() if row.handed_on_at else None,
            signed_for="; ".join(
                f"{task.unit.short_name if task.unit else ''} {localtime(task.accepted_at):%d/%m %H:%M}".strip()
                for task in accepted
                if task.accepted_at
            ),
            note=row.remark,
        )


def _outgoing(request: SignedRequest, start: date, end: date) -> Iterator[OutgoingRow]:
    for entries in batched(queries.outgoing_book(request.actor, start, end), 500):
        yield from _outgoing_rows(entries)


def _outgoing_rows(entries: "Iterable[OutgoingEntry]") -> Iterator[OutgoingRow]:
    rows = list(entries)
    progress = exchange.progress([row.pk for row in rows])
    for row in rows:
        registered, total, _ = progress.get(row.pk, (0, 0, 0))
        yield OutgoingRow(
            symbol=row.document.symbol,
            dated_on=row.document.issued_on,
            kind=row.document.kind_name,
            subject=row.document.subject,
            signer=row.document.signer_name,
            recipients=row.recipients,
            kept_by=row.copy_kept_by,
            copies=row.copies,
            dispatched_on=localtime(row.issued_at).date() if row.issued_at else None,
            signed_for=f"{registered}/{total} nơi đã vào sổ" if total else "",
            note=row.remark,
            voided=row.voided_reason,
        )
