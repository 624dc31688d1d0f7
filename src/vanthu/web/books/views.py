"""The registers (sổ đăng ký) as PDF and XLSX: short ones at once, long ones by a job with a page that waits."""

from itertools import chain, islice
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID, uuid4

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from vanthu.issuing import queries as issuing
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.kernel.files.models import REFUSED, Upload
from vanthu.kernel.jobs import enqueue
from vanthu.kernel.refusals import NotFound
from vanthu.web.books import making
from vanthu.web.books.jobs import make_book
from vanthu.web.books.orders import BookForm, Order
from vanthu.web.shell.requests import SignedRequest, address_of, from_htmx

AT_ONCE = 300  # rows of a PDF made while the browser waits: about four seconds
KEPT = 10  # ordered books that a session remembers
ORDERED = "books"  # session key: {file id: name} of the long books that were ordered


@require_GET
def reports(request: SignedRequest) -> HttpResponse:
    """Choose a register and a period; the year so far is offered first."""
    request.actor.require("print_books")
    day = today()
    initial = {
        "book": request.GET.get("book", "incoming"),
        "start_on": day.replace(month=1, day=1),
        "end_on": day,
        "format": "pdf",
    }
    return _page(request, BookForm(initial=initial))


def _page(request: SignedRequest, form: BookForm, status: int = 200) -> HttpResponse:
    day = today()
    year = day.replace(month=1, day=1)
    context = {
        "form": form,
        "today": day,
        "month": day.replace(day=1),
        "year": year,
        "figures": issuing.figures(request.actor.office, year, day),
    }
    return render(request, "books/reports.html", context, status=status)


@require_GET
def book(request: SignedRequest) -> HttpResponseBase:
    """The register as a file, or the page that waits for a long one."""
    by = request.actor
    by.require("print_books")
    form = BookForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    return made(request, form.order())


def made(request: SignedRequest, order: Order) -> HttpResponseBase:
    """The register at once, or, for a long PDF, the page that waits for it."""
    by = request.actor
    rows = making.rows_of(order, by)
    first = list(islice(rows, AT_ONCE + 1))
    if order.format == "pdf" and len(first) > AT_ONCE:
        return _ordered(request, order)
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    making.write(order, chain(first, rows), target, by=by)
    target.seek(0)
    _note(request)
    media_type = PDF if order.format == "pdf" else XLSX
    return FileResponse(target, as_attachment=True, filename=order.name, content_type=media_type)


def _ordered(request: SignedRequest, order: Order) -> HttpResponse:
    """Leave the book to a job; the same book that is still being made is not ordered twice."""
    kept: dict[str, Any] = request.session.get(ORDERED, {})
    waiting = [
        pk for pk, name in kept.items() if name == order.name and not files.made_for(UUID(pk), request.actor)
    ]
    if waiting:
        return redirect("made_book", pk=waiting[0])
    pk = str(uuid4())
    enqueue(
        make_book,
        lock=f"book:{request.actor.account_id}",
        file_id=pk,
        order=order.as_json(),
        account_id=request.actor.account_id,
        office_id=request.actor.office,
    )
    request.session[ORDERED] = dict([*kept.items(), (pk, order.name)][-KEPT:])
    return redirect("made_book", pk=pk)


def _note(request: SignedRequest) -> None:
    """A register that leaves the system is in the access log like every download."""
    by = request.actor
    access.note("download", by=by, item_kind="book", item_id=by.office, address=address_of(request))


@require_GET
def made_book(request: SignedRequest, pk: UUID) -> HttpResponse:
    """The page that waits for a long register and then offers it; only for the account that ordered it."""
    request.actor.require("print_books")
    made = files.made_for(pk, request.actor)
    name = made.name if made else request.session.get(ORDERED, {}).get(str(pk))
    if name is None:
        raise NotFound("Sổ này không còn. Sổ đã lập được giữ một ngày; lập lại từ trang Báo cáo.")
    context = {"pk": pk, "name": name, "made": made, "refused": made is not None and made.state == REFUSED}
    return render(
        request, "books/made_book.html#made" if from_htmx(request) else "books/made_book.html", context
    )


@require_GET
def made_book_file(request: SignedRequest, pk: UUID) -> HttpResponseBase:
    """Download a register that a job made."""
    request.actor.require("print_books")
    made: Upload = files.upload(pk, request.actor)
    reading = files.open_upload(made)
    _note(request)
    response = StreamingHttpResponse(reading, content_type=PDF)
    response["Content-Length"] = str(reading.length)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
