"""The reports on incoming (O2) and outgoing documents (O4) of a period: a page, a PDF to print, an XLSX."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.documents.books import BookCover, write_pdf, write_xlsx
from vanthu.kernel import access
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.kernel.refusals import Invalid
from vanthu.organisations import queries as organisations
from vanthu.statistics import handling, issued, sheets
from vanthu.statistics.periods import Group, Period
from vanthu.web.shell.forms import DayField, Form
from vanthu.web.shell.requests import SignedRequest, address_of

if TYPE_CHECKING:
    from vanthu.documents.books import Book
    from vanthu.kernel.actor import Actor

PERIODS = (("thang", "Tháng này"), ("truoc", "Tháng trước"), ("quy", "Quý này"), ("nam", "Năm nay"))


class PeriodForm(Form):
    """From a day to a day."""

    start_on = DayField(label="Từ ngày")
    end_on = DayField(label="Đến ngày")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two reports: its address, words, table, and what counts it."""

    name: str
    title: str
    file: str
    book: Book
    count: Callable[[Actor, Period], Sequence[Group[Any]]]


HANDLING = Kind(
    "handling_report",
    "Tình hình giải quyết văn bản đến",
    "giai-quyet-van-ban-den",
    sheets.HANDLED,
    handling.report,
)
ISSUED = Kind(
    "issued_report", "Tình hình giải quyết văn bản đi", "giai-quyet-van-ban-di", sheets.ISSUED, issued.report
)
REPORTS = (HANDLING, ISSUED)


@require_GET
def handling_report(request: SignedRequest) -> HttpResponseBase:
    """O2: how incoming documents were handled."""
    return _report(request, HANDLING)


@require_GET
def issued_report(request: SignedRequest) -> HttpResponseBase:
    """O4: what became of outgoing documents."""
    return _report(request, ISSUED)


def _report(request: SignedRequest, kind: Kind) -> HttpResponseBase:
    form, period = _period(request)
    groups = kind.count(request.actor, period)
    wanted = request.GET.get("format", "")
    if wanted in ("pdf", "xlsx") and not form.errors:
        return as_file(request, kind.book, kind.file, period, groups, wanted)
    context = {
        "kind": kind,
        "others": REPORTS,
        "form": form,
        "period": period,
        "periods": PERIODS,
        "chosen": "" if form.is_bound else request.GET.get("ky", "thang"),
        "columns": kind.book.columns,
        "total": groups[0].lines[0] if groups else None,
        "groups": [(group.heading, [cells(kind.book, line) for line in group.lines]) for group in groups],
        "query": f"start_on={period.start:%d/%m/%Y}&end_on={period.end:%d/%m/%Y}",
    }
    return render(request, "reports/report.html", context, status=422 if form.errors else 200)


def cells(book: Book, line: Any) -> list[tuple[str, object]]:
    """A line as its columns show it: title and value, a dot behind the thousands."""
    return [(column.title, _shown(column.value(line))) for column in book.columns]


def _shown(value: object) -> object:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def _period(request: SignedRequest) -> tuple[PeriodForm, Period]:
    """The days of the form, else the named period, else this month; a wrong form falls back to this month."""
    named = _named(request.GET.get("ky", "thang"), today())
    if "start_on" not in request.GET:
        return PeriodForm(initial={"start_on": named.start, "end_on": named.end}), named
    form = PeriodForm(request.GET)
    if form.is_valid():
        try:
            return form, Period(form.cleaned_data["start_on"], form.cleaned_data["end_on"])
        except Invalid as refusal:
            form.refuse(refusal)
    return form, named


def _named(name: str, day: date) -> Period:
    first = day.replace(day=1)
    if name == "truoc":
        last = first - timedelta(days=1)
        return Period(last.replace(day=1), last)
    if name == "quy":
        return Period(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), day)
    return Period(date(day.year, 1, 1), day) if name == "nam" else Period(first, day)


def as_file(
    request: SignedRequest, book: Book, file: str, period: Period, groups: Sequence[Group[Any]], wanted: str
) -> HttpResponse | FileResponse:
    """The report as PDF or XLSX (`wanted`) under a file name that begins so."""
    by = request.actor
    office = organisations.office(by.office)
    cover = BookCover(
        office=office.name,
        superior=office.parent.name if office.parent else "",
        year=period.end.year,
        from_on=period.start,
        to_on=period.end,
        volume="",
    )
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    writer = write_pdf if wanted == "pdf" else write_xlsx
    writer(book, cover, sheets.lines(groups), target)
    target.seek(0)
    access.note("download", by=by, item_kind="report", item_id=by.office, address=address_of(request))
    name = f"{file}-{period.start:%Y%m%d}-{period.end:%Y%m%d}.{wanted}"
    media_type = PDF if wanted == "pdf" else XLSX
    return FileResponse(target, as_attachment=True, filename=name, content_type=media_type)
