"""Plans of dossiers (danh mục hồ sơ): list by year, the page of one with its verbs, lines, import and export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.dossiers import lists, plan_queries, plans
from vanthu.dossiers.lists.columns import plan_closing
from vanthu.dossiers.states import PlanState
from vanthu.kernel import ledger
from vanthu.kernel.calendar import today
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import PDF, XLSX
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import directory
from vanthu.organisations import queries as organisations
from vanthu.organisations.names import key_of
from vanthu.web.dossiers.forms import ApprovalForm, RowForm, SendBackForm
from vanthu.web.shell.requests import SignedRequest

if TYPE_CHECKING:
    from vanthu.dossiers import plan_sheets
    from vanthu.dossiers.models import Plan, PlanRow
    from vanthu.kernel.actor import Actor
else:
    plan_sheets = later("vanthu.dossiers.plan_sheets")

_LARGEST = 5 << 20  # bytes of a table that is imported
_SHOWN = 50  # bad rows named at once


@require_GET
def plan_list(request: SignedRequest) -> HttpResponse:
    """The plans of the office for a year; the units whose people are here may begin theirs."""
    by = request.actor
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today().year
    found = plan_queries.plans(by, year)
    begun = {one.plan.unit_id for one in found}
    own = [unit for unit in organisations.units_of(by.office) if unit.pk in by.unit_ids]
    choices = [(str(unit.pk), unit.short_name) for unit in own if unit.pk not in begun]
    if not by.unit_ids and None not in begun:
        choices.append(("", "cơ quan"))
    years = sorted({year, today().year, today().year + 1, *plan_queries.years(by)}, reverse=True)
    context = {
        "plans": found,
        "year": year,
        "years": years,
        "choices": choices if abs(year - today().year) <= 1 else [],
        "total": sum(one.dossiers for one in found),
        "opened": sum(one.opened for one in found),
    }
    return render(request, "dossiers/plans.html", context)


@require_POST
def start_plan(request: SignedRequest) -> HttpResponse:
    """Begin a plan."""
    year, unit = request.POST.get("year", ""), request.POST.get("unit", "")
    made = plans.start_plan(
        int(year) if year.isdigit() else 0, int(unit) if unit.isdigit() else None, by=request.actor
    )
    return redirect("plan", pk=made.pk)


@require_GET
def plan(request: SignedRequest, pk: int) -> HttpResponse:
    """A plan with its lines, the dossiers opened from them, and history."""
    return _page(request, plan_queries.plan(pk, request.actor))


def _page(request: SignedRequest, found: Plan, *, status: int = 200, **more: Any) -> HttpResponse:
    by = request.actor
    own, drafting = plan_queries.draws_up(found, by), found.state == PlanState.DRAFTING
    proposes = own and (found.unit_id is None or found.unit_id in by.led_unit_ids)
    context = {
        "plan": found,
        "lines": plan_queries.lines(found.pk),
        "history": ledger.history(found),
        "may": {
            "fill": own and drafting,
            "propose": proposes and drafting,
            "revise": own and found.state == PlanState.APPROVED,
            "approve": found.state == PlanState.PROPOSED and by.may("approve"),
            "open": found.state == PlanState.APPROVED,
            "own": own,
        },
        "me": by.person_id,
        "approval": ApprovalForm(),
        "returning": SendBackForm(),
        **more,
    }
    return render(request, "dossiers/plan.html", context, status=status)


@require_http_methods(["GET", "POST"])
def plan_row(request: SignedRequest, pk: int, row: int | None = None) -> HttpResponse:
    """Add a line, or change one."""
    by = request.actor
    found = plan_queries.plan(pk, by)
    plan_queries.require_own(found, by)
    line = plan_queries.row(pk, row) if row else None
    form = RowForm(request.POST or None, initial=_initial(line), office_id=by.office)
    status = 422
    if form.is_bound and form.is_valid():
        try:
            plans.put_row(pk, form.fields_of_row(), row_id=row, by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            again = "again" in request.POST
            messages.success(request, "Đã lưu dòng của danh mục.")
            return redirect(reverse("add_plan_row" if again else "plan", args=[pk]))
    context = {"form": form, "plan": found, "row": line, "people": _people(by)}
    return render(request, "dossiers/plan_row.html", context, status=status if form.is_bound else 200)


def _initial(line: PlanRow | None) -> dict[str, Any]:
    if line is None:
        return {}
    return {
        "level": line.level,
        "notation": line.notation,
        "title": line.title,
        "retention": line.retention_years,
        "period": line.period_id,
        "keeper": f"p{line.keeper_id}" if line.keeper_id else "",
        "remark": line.remark,
    }


def _people(by: Actor) -> list[tuple[str, str, str]]:
    """(value, name, detail) of colleagues, for a form without scripts."""
    posts = directory.suggest_people("", office_id=by.office, limit=200)
    return [(f"p{post.person_id}", post.person.full_name, post.title) for post in posts]


@require_POST
def remove_plan_row(request: SignedRequest, pk: int, row: int) -> HttpResponse:
    """Take a line out."""
    plans.remove_row(pk, row, by=request.actor)
    messages.success(request, "Đã bỏ dòng khỏi danh mục.")
    return redirect("plan", pk=pk)


def _act(request: SignedRequest, pk: int, verb: Callable[[], object], said: str) -> HttpResponse:
    found = plan_queries.plan(pk, request.actor)
    try:
        verb()
    except (Invalid, Conflict) as refusal:
        return _page(request, found, status=refusal.status, refused=refusal.message)
    messages.success(request, said)
    return redirect("plan", pk=pk)


@require_POST
def copy_plan(request: SignedRequest, pk: int) -> HttpResponse:
    """Fill it from last year."""
    return _act(
        request, pk, lambda: plans.copy_last_year(pk, by=request.actor), "Đã chép danh mục năm trước."
    )


@require_POST
def propose_plan(request: SignedRequest, pk: int) -> HttpResponse:
    """Put it before the leaders."""
    return _act(request, pk, lambda: plans.propose(pk, by=request.actor), "Đã trình danh mục.")


@require_POST
def revise_plan(request: SignedRequest, pk: int) -> HttpResponse:
    """Open it for changes again."""
    said = "Danh mục mở để sửa; sửa xong thì trình duyệt lại."
    return _act(request, pk, lambda: plans.revise(pk, by=request.actor), said)


@require_POST
def approve_plan(request: SignedRequest, pk: int) -> HttpResponse:
    """Approve it with the decision that issues it."""
    found, form = plan_queries.plan(pk, request.actor), ApprovalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, approval=form)
    data = form.cleaned_data
    return _act(
        request, pk,
        lambda: plans.approve(pk, data["decision"], data["decided_on"], by=request.actor),
        "Đã duyệt danh mục hồ sơ.",
    )  # fmt: skip


@require_POST
def send_plan_back(request: SignedRequest, pk: int) -> HttpResponse:
    """Send it back with what is to be changed."""
    found, form = plan_queries.plan(pk, request.actor), SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, returning=form)
    reason = form.cleaned_data["reason"]
    return _act(request, pk, lambda: plans.send_back(pk, reason, by=request.actor), "Đã trả lại danh mục.")


@require_POST
def import_plan(request: SignedRequest, pk: int) -> HttpResponse:
    """Take lines from an XLSX file; bad rows are named, and then nothing is saved."""
    by = request.actor
    found = plan_queries.plan(pk, by)
    plan_queries.require_own(found, by)
    try:
        sheet = _read(request)
        if sheet.problems:
            return _page(request, found, status=422, problems=list(sheet.problems.items())[:_SHOWN])
        if not sheet.rows:
            raise Invalid("Tệp không có dòng nào dưới hàng tiêu đề. Kiểm tra rồi tải lên lại.")
        added, changed = plans.import_rows(pk, sheet.rows, by=by)
    except (Invalid, Conflict) as refusal:
        return _page(request, found, status=refusal.status, refused=refusal.message)
    messages.success(request, f"Đã nhập danh mục: thêm {added} dòng, sửa {changed} dòng.")
    return redirect("plan", pk=pk)


def _read(request: SignedRequest) -> plan_sheets.Sheet:
    """The table that was sent."""
    with sent_sheet(request) as path:
        return plan_sheets.read(path, _names(request.actor))


@contextmanager
def sent_sheet(request: SignedRequest) -> Iterator[Path]:
    """The XLSX file of a form as a path, after the checks that every upload passes. Raises `Invalid`."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid("Chọn tệp Excel (.xlsx) rồi bấm Nhập.")
    if (sent.size or 0) > _LARGEST or not (sent.name or "").lower().endswith(".xlsx"):
        raise Invalid("Chọn tệp Excel dạng .xlsx, không quá 5 MB.")
    by = request.actor
    upload = files.stage(sent, sent.name or "bang.xlsx", by=by)
    if upload.file is None:
        raise Invalid(upload.refusal)
    try:
        with file_queries.copy_of(upload.file, "sheet.xlsx") as path:
            yield path
    finally:
        files.discard(upload.pk, by=by)


def _names(by: Actor) -> dict[str, int | None]:
    """{name as one types it: person, 0 for a unit, None where two people have the name}."""
    found: dict[str, int | None] = {}
    for unit in organisations.units_of(by.office):
        found[key_of(unit.name)] = found[key_of(unit.short_name)] = found[key_of(unit.abbreviation)] = 0
    for post in directory.suggest_people("", office_id=by.office, limit=5000):
        key = key_of(post.person.full_name)
        found[key] = post.person_id if found.get(key, post.person_id) == post.person_id else None
    return found


@require_GET
def plan_file(request: SignedRequest, pk: int) -> HttpResponseBase:
    """A plan in the form of Phụ lục V, as PDF to print or as XLSX to fill and import again."""
    found = plan_queries.plan(pk, request.actor)
    return _file(request, [found], plan_queries.rows_of([pk]))


@require_GET
def plans_file(request: SignedRequest) -> HttpResponseBase:
    """All plans of the office for a year as one, unit after unit."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else today().year
    found = [one.plan for one in plan_queries.plans(request.actor, year)]
    if not found:
        raise Invalid(f"Năm {year} chưa có danh mục hồ sơ nào để in. Lập danh mục trước.")
    return _file(request, found, plan_queries.rows_of([one.pk for one in found]))


def _file(request: SignedRequest, found: Sequence[Plan], rows: Sequence[PlanRow]) -> HttpResponseBase:
    by, first = request.actor, found[0]
    printed = _printed(found, rows)
    office = organisations.office(by.office)
    decided = next((one for one in found if one.decision and one.decided_on), None)
    with_decision = (
        [f"(Kèm theo Quyết định số {decided.decision} ngày {decided.decided_on:%d/%m/%Y} của {office.name})"]
        if decided
        else []
    )
    head = lists.ListHead(
        office=office.name,
        superior=office.parent.name if office.parent else "",
        lines=[f"Năm {first.year}", *with_decision],
        closing=plan_closing(printed),
    )
    xlsx = request.GET.get("format") == "xlsx"
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    (lists.write_xlsx if xlsx else lists.write_pdf)(lists.PLAN, head, printed, target)
    target.seek(0)
    name = f"danh-muc-ho-so-{first.year}.{'xlsx' if xlsx else 'pdf'}"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX if xlsx else PDF)


def _printed(found: Sequence[Plan], rows: Sequence[PlanRow]) -> list[lists.PlanFormRow]:
    """The lines; several plans get their units as large headings, numbered I, II …, and their own become small ones."""
    made: list[lists.PlanFormRow] = []
    many = len(found) > 1
    for number, one in enumerate(found, start=1):
        if many:
            name = one.unit.name if one.unit else "Cơ quan"
            made.append(lists.PlanFormRow(1, "", f"{_roman(number)}. {name.upper()}", None, ""))
        made += [
            lists.PlanFormRow(
                2 if many and row.level else row.level,
                row.notation,
                row.title,
                row.retention_years,
                row.keeper.full_name if row.keeper else "",
                row.remark,
            )
            for row in rows
            if row.plan_id == one.pk
        ]
    return made


def _roman(number: int) -> str:
    signs = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    said = ""
    for value, sign in signs:
        while number >= value:
            said, number = said + sign, number - value
    return said
