"""The retention schedule: its lines by group, changing one, import and export."""

from __future__ import annotations

from itertools import groupby
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.dossiers import schedule
from vanthu.kernel import ledger
from vanthu.kernel.files.contract import XLSX
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.web.dossiers.forms import PeriodForm
from vanthu.web.dossiers.plans import sent_sheet
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.dossiers import retention_sheets
    from vanthu.dossiers.retention_models import Period
else:
    retention_sheets = later("vanthu.dossiers.retention_sheets")


@require_GET
def retention_schedule(request: SignedRequest) -> HttpResponse:
    """The lines that this office uses, for everybody who keeps dossiers."""
    return _page(request)


def _page(request: SignedRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    by = request.actor
    _require(request)
    lines = schedule.lines(by.office)
    context = {
        "groups": [(group, list(rows)) for group, rows in groupby(lines, key=lambda one: one.group)],
        "number": len(lines),
        "unchecked": sum(not one.confirmed for one in lines),
        "may_change": schedule.may_change(by),
        "of_sector": schedule.of_sector(by),
        **more,
    }
    return render(request, "dossiers/retention_schedule.html", context, status=status)


def _require(request: SignedRequest) -> None:
    if not schedule.may_change(request.actor):
        request.actor.require("keep_dossier")


@require_http_methods(["GET", "POST"])
def retention_line(request: SignedRequest, pk: int | None = None) -> HttpResponse:
    """Add a line, or change one."""
    by = request.actor
    schedule.require_keeper(by)
    found = schedule.line(pk, by.office) if pk else None
    form = PeriodForm(request.POST or None, initial=_initial(found))
    if form.is_bound and form.is_valid():
        try:
            made = schedule.set_line(form.fields_of_line(), pk=pk, by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã lưu “{made.title}”: {made.name.lower()}.")
            return redirect("retention_schedule")
    of_sector = schedule.of_sector(by)
    context = {
        "form": form,
        "line": found,
        "above": found and not of_sector and (found.of or (found if found.office_id is None else None)),
        "may_drop": found and (of_sector or found.office_id is not None),
        "history": ledger.history(found) if found else [],
    }
    return render(request, "dossiers/retention_line.html", context, status=422 if form.is_bound else 200)


def _initial(found: Period | None) -> dict[str, Any]:
    names = ("group", "title", "years", "until", "basis", "confirmed")
    return {name: getattr(found, name) for name in names} if found else {}


@require_POST
def drop_retention_line(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a line out."""
    try:
        schedule.drop_line(pk, by=request.actor)
    except Conflict as refusal:
        return _page(request, status=refusal.status, refused=refusal.message)
    messages.success(request, "Đã bỏ dòng khỏi bảng thời hạn.")
    return redirect("retention_schedule")


@require_GET
def retention_file(request: SignedRequest) -> FileResponse:
    """The schedule as XLSX, to compare and import again."""
    _require(request)
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    retention_sheets.write(schedule.lines(request.actor.office), target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename="bang-thoi-han-luu-tru.xlsx", content_type=XLSX)


@require_POST
def import_retention(request: SignedRequest) -> HttpResponse:
    """Take lines from an XLSX file; nothing is saved while one is bad."""
    by = request.actor
    schedule.require_keeper(by)
    try:
        with sent_sheet(request) as path:
            rows = retention_sheets.read(path)
        added, changed = schedule.import_lines(rows, by=by)
    except Invalid as refusal:
        return _page(request, status=refusal.status, refused=refusal.message)
    messages.success(request, f"Đã nhập bảng thời hạn: thêm {added} dòng, sửa {changed} dòng.")
    return redirect("retention_schedule")
