"""What was sent and received over the axis and inside the sector, from one year to another: a page, a PDF, an XLSX."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid
from vanthu.statistics import exchanged, sheets
from vanthu.statistics.exchanged import Years
from vanthu.statistics.periods import Period
from vanthu.web.reports.stock import year_of
from vanthu.web.reports.views import REPORTS, as_file, cells
from vanthu.web.shell.requests import SignedRequest

TITLE = "Tình hình gửi, nhận văn bản"
_OFFERED = 12  # years in the lists


@require_GET
def exchanged_report(request: SignedRequest) -> HttpResponseBase:
    """The figures from the year `tu` to the year `den`, this year without them."""
    this = today().year
    wrong = ""
    try:
        years = Years(year_of(request.GET.get("tu", "")) or this, year_of(request.GET.get("den", "")) or this)
    except Invalid as refusal:
        years, wrong = Years(this, this), refusal.message
    found = exchanged.report(request.actor, years)
    wanted = request.GET.get("format", "")
    if wanted in ("pdf", "xlsx") and not wrong:
        period = Period(date(max(years.first, years.last - 1), 1, 1), date(years.last, 12, 31))
        return as_file(request, sheets.EXCHANGED, "gui-nhan-van-ban", period, found.groups, wanted)
    return _page(request, years, found, wrong)


def _page(request: SignedRequest, years: Years, found: exchanged.Report, wrong: str) -> HttpResponse:
    context = {
        "title": TITLE,
        "others": REPORTS,
        "years": years,
        "offered": range(today().year, today().year - _OFFERED, -1),
        "wrong": wrong,
        "columns": sheets.EXCHANGED.columns,
        "ways": found.groups[1].lines if found.groups else (),
        "groups": [
            (group.heading, [cells(sheets.EXCHANGED, line) for line in group.lines])
            for group in found.groups[1:]
        ],
        "counted_at": found.counted_at,
        "query": f"tu={years.first}&den={years.last}",
    }
    return render(request, "reports/exchanged.html", context, status=422 if wrong else 200)
