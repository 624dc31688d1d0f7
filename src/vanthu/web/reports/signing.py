"""Who signed how much, digitally or on paper, of a year or of all years: a page, a PDF, an XLSX."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.kernel.calendar import today
from vanthu.statistics import sheets, signing
from vanthu.statistics.periods import Period
from vanthu.web.reports.stock import year_of
from vanthu.web.reports.views import REPORTS, as_file, cells
from vanthu.web.shell.requests import SignedRequest

TITLE = "Tình hình ký số"


@require_GET
def signing_report(request: SignedRequest) -> HttpResponseBase:
    """The figures of the last count; the year is `nam`, all years without one."""
    year = year_of(request.GET.get("nam", ""))
    found = signing.report(request.actor, year)
    wanted = request.GET.get("format", "")
    if wanted in ("pdf", "xlsx"):
        last = year or today().year
        first = year or min(found.years, default=last)
        period = Period(date(max(first, last - 1), 1, 1), date(last, 12, 31))
        return as_file(request, sheets.SIGNED, "tinh-hinh-ky-so", period, found.groups, wanted)
    return _page(request, year, found)


def _page(request: SignedRequest, year: int | None, found: signing.Report) -> HttpResponse:
    context = {
        "title": TITLE,
        "others": REPORTS,
        "year": year,
        "report": found,
        "columns": sheets.SIGNED.columns,
        "total": found.groups[0].lines[0] if found.groups else None,
        "groups": [
            (group.heading, [cells(sheets.SIGNED, line) for line in group.lines])
            for group in found.groups[1:]
        ],
    }
    return render(request, "reports/signing.html", context)
