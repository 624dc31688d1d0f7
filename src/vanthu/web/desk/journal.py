"""The ledger of an office (nhật ký), for whoever inspects: acts, never documents."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vanthu.kernel import ledger
from vanthu.kernel.refusals import Invalid
from vanthu.web.shell.requests import SignedRequest

PAGE = 50
ABOUT = {
    "in": "Văn bản đến",
    "out": "Văn bản đi",
    "draft": "Dự thảo",
    "dossier": "Hồ sơ",
    "document": "Văn bản",
    "delivery": "Chuyến gửi",
    "webhook": "Nơi nhận sự kiện",
}


@require_GET
def journal(request: SignedRequest) -> HttpResponse:
    """Who did what when in the office, newest first."""
    by = request.actor
    by.require("read_ledger")
    before = request.GET.get("sau", "")
    if before and not before.isdigit():
        raise Invalid("Đường dẫn trang sau đã hỏng. Mở lại nhật ký từ đầu.")
    rows = ledger.acts_of(by.office, before=int(before) if before else None, limit=PAGE)
    context = {
        "rows": [(row, act, ABOUT.get(row.item_kind, "Hệ thống")) for row, act in rows],
        "older": str(rows[-1][0].seq) if len(rows) == PAGE else "",
    }
    return render(request, "desk/journal.html", context)
