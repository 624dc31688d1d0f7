"""What the office keeps and how often it was used, of a year or of all years: a page, a PDF, an XLSX (III.6.a)."""

from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.kernel.calendar import today
from vanthu.statistics import sheets, stock
from vanthu.statistics.periods import Period
from vanthu.web.reports.views import REPORTS, as_file, cells
from vanthu.web.shell.requests import SignedRequest

TITLE = "Thống kê tài liệu và lượt sử dụng"


@require_GET
def stock_report(request: SignedRequest) -> HttpResponseBase:
    """The figures of the last count; the year is `nam`, all years without one."""
    year = year_of(request.GET.get("nam", ""))
    found = stock.stock(request.actor, year)
    wanted = request.GET.get("format", "")
    if wanted in ("pdf", "xlsx"):
        last = year or today().year
        first = year or min(found.years, default=last)
        period = Period(date(max(first, last - 1), 1, 1), date(last, 12, 31))
        return as_file(request, sheets.STOCK, "thong-ke-tai-lieu", period, found.groups, wanted)
    return _page(request, year, found)


def _page(request: SignedRequest, year: int | None, found: stock.Stock) -> HttpResponse:
    context = {
        "title": TITLE,
        "others": REPORTS,
        "year": year,
        "stock": found,
        "columns": sheets.STOCK.columns,
        "total": found.groups[0].lines[0] if found.groups else None,
        "groups": [
            (group.heading, [cells(sheets.STOCK, line) for line in group.lines]) for group in found.groups[1:]
        ],
    }
    return render(request, "reports/stock.html", context)


def year_of(text: str) -> int | None:
    """A year as an address says it, or None."""
    return int(text) if len(text) == 4 and text.isdecimal() else None
