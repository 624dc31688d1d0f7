"""A stack of scans: bring it, then confirm document after document from the keyboard, the page beside the fields."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import stack_queries, stacks
from vanthu.documents.actions import Duplicate
from vanthu.documents.fields import refuse_secret
from vanthu.documents.queries import Seen
from vanthu.documents.states import Channel
from vanthu.documents.suggesting import NOTHING
from vanthu.kernel.calendar import today
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid, NotAllowed, Refusal
from vanthu.web.files.pages import PageImage
from vanthu.web.incoming import suggesting
from vanthu.web.incoming.forms import ScanForm, SheetForm
from vanthu.web.incoming.registering import next_arrival, staged
from vanthu.web.shell.forms import Form
from vanthu.web.shell.requests import SignedRequest, from_htmx

if TYPE_CHECKING:
    from vanthu.documents import separator
    from vanthu.documents.models import IncomingEntry
    from vanthu.documents.receiving_models import StackRow
else:
    separator = later("vanthu.documents.separator")


@require_http_methods(["GET", "POST"])
def stacks_page(request: SignedRequest) -> HttpResponse:
    """Open stacks, and the place where a new one is dropped."""
    by = request.actor
    open_ = stack_queries.open_stacks(by)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            uploads = [*request.POST.getlist("uploads"), *_sent(request)]
            stack = stacks.bring(uploads, split_at_blank=bool(request.POST.get("blank")), by=by)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("stack", pk=stack.pk)
    context = {"stacks": open_, "form": form, "sheet": SheetForm(), "limit": settings.UPLOAD_LIMIT}
    return render(request, "incoming/stacks.html", context, status=422 if form.is_bound else 200)


def _sent(request: SignedRequest) -> list[str]:
    """Files that came with the form, without JavaScript."""
    return [str(staged(sent, request.actor).pk) for sent in request.FILES.getlist("files")]


@require_GET
def separator_sheet(request: SignedRequest) -> FileResponse:
    """The sheet to lay before a document; for documents of one kind or issuer it fills these in."""
    request.actor.require("register")
    form = SheetForm(request.GET)
    if not form.is_valid():
        raise Invalid("Chọn loại văn bản trong danh sách rồi in lại tờ ngăn.")
    target = BytesIO()
    separator.write_separator(target, kind=form.cleaned_data["kind"], issuer=form.cleaned_data["issuer"])
    target.seek(0)
    return FileResponse(target, filename="to-ngan-van-ban.pdf", content_type=PDF)


@require_GET
def stack(request: SignedRequest, pk: int) -> HttpResponse:
    """Where a stack goes on: its next row, or what came of it; while it is being read the page looks again."""
    found = stack_queries.stack(pk, request.actor)
    following = stack_queries.next_row(found)
    if following is not None and not from_htmx(request) and "rows" not in request.GET:
        return redirect("stack_row", pk=following.pk)
    rows = list(stack_queries.rows(found))
    named = list(zip(rows, stack_queries.names(found, rows), strict=True))
    context = {
        "stack": found,
        "rows": named,
        "following": following,
        "registered": any(row.state == "registered" for row in rows),
        "here": request.get_full_path(),
    }
    return render(
        request, "incoming/stack.html#state" if from_htmx(request) else "incoming/stack.html", context
    )


@require_http_methods(["GET", "POST"])
def stack_row(request: SignedRequest, pk: int) -> HttpResponse:
    """One document of a stack: Enter registers it and shows the next."""
    by = request.actor
    row = stack_queries.row(pk, by)
    if request.method == "GET" and row.state in ("registered", "dropped"):
        return redirect("stack", pk=row.stack_id)
    read = suggesting.of_row(row, by) if request.method == "GET" else NOTHING
    initial = suggesting.filled({"arrived_on": today(), **row.fields}, read)
    form = ScanForm(request.POST or None, initial=initial)
    if request.method == "POST" and (stop := _secrecy(request)):
        stacks.erase(pk, by=by)
        return render(request, "incoming/secret.html", {"refusal": stop}, status=stop.status)
    found: list[Seen[IncomingEntry]] = []
    if form.is_bound and form.is_valid():
        try:
            made = stacks.confirm(pk, form.arrival(channel=Channel.SCAN), by=by)
        except Duplicate as duplicate:
            found = duplicate.found
            form.add_error("duplicate_reason", duplicate.message)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, f"Đã vào sổ, số đến {made.arrival_number}: {made.symbol or made.subject[:60]}."
            )
            return _on(row)
    context = _row_context(row, form) | suggesting.context(read) | {"duplicates": found}
    return render(request, "incoming/stack_row.html", context, status=422 if form.is_bound else 200)


def _row_context(row: StackRow, form: ScanForm) -> dict[str, Any]:
    rows = list(stack_queries.rows(row.stack))
    left = [one for one in rows if one.state in ("waiting", "skipped")]
    place = next((number for number, one in enumerate(left, 1) if one.pk == row.pk), 1)
    return {
        "row": row,
        "form": form,
        "fresh": not form.is_bound,
        "pages": _pages(row),
        "place": place,
        "left": len(left),
        "registered": sum(one.state == "registered" for one in rows),
        "joins": place < len(left),
        "next_number": next_arrival(row.stack.office_id),
    }


def _pages(row: StackRow) -> list[PageImage]:
    """The page images of a row, numbered as in the row."""
    found: list[PageImage] = []
    for source, first, last in row.parts:
        for page in range(first, last + 1):
            found.append(PageImage(reverse("page_image", args=[source, page]), len(found) + 1))
    return found


def _on(row: StackRow) -> HttpResponse:
    """The next row of the stack, or its end."""
    following = stack_queries.next_row(row.stack, after=row)
    return redirect("stack_row", pk=following.pk) if following else redirect("stack", pk=row.stack_id)


def _secrecy(request: SignedRequest) -> NotAllowed | None:
    try:
        refuse_secret(request.POST.get("secrecy", ""))
    except NotAllowed as refusal:
        return refusal
    return None


@require_POST
def save_scan(request: SignedRequest, pk: int) -> JsonResponse:
    """Autosave of a row."""
    names: Sequence[str] = [name for name in ScanForm.base_fields if name != "idempotency_key"]
    fields = {name: request.POST[name] for name in names if request.POST.get(name)}
    stacks.keep_fields(pk, fields, by=request.actor)
    return JsonResponse({"id": pk})


@require_POST
def skip_scan(request: SignedRequest, pk: int) -> HttpResponse:
    """Leave the row for later."""
    return _on(stacks.skip(pk, by=request.actor))


@require_POST
def drop_scan(request: SignedRequest, pk: int) -> HttpResponse:
    """Take the row out of the stack."""
    row = stacks.drop(pk, by=request.actor)
    messages.info(request, f"Đã bỏ {row.pages} trang khỏi tập.")
    return _on(row)


@require_POST
def join_scans(request: SignedRequest, pk: int) -> HttpResponse:
    """The row and the next one are one document."""
    row = stacks.join(pk, by=request.actor)
    messages.info(request, f"Đã gộp: văn bản này có {row.pages} trang.")
    return redirect("stack_row", pk=pk)


@require_POST
def divide_scan(request: SignedRequest, pk: int) -> HttpResponse:
    """A page of the row begins another document."""
    page = request.POST.get("page", "")
    stacks.divide(pk, int(page) if page.isdigit() else 0, by=request.actor)
    messages.info(request, f"Đã tách: từ trang {page} là văn bản sau.")
    return redirect("stack_row", pk=pk)
