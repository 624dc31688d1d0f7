"""Take a number for a paper document (lấy số), hold numbers (giữ số), and what becomes of them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import kinds, numbering, queries, reserving, series, taking
from vanthu.documents.kinds import by_code
from vanthu.documents.states import HeldState, Medium, OutgoingState
from vanthu.issuing import queries as issuing
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.idempotency import once
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.web.books.number_forms import HoldForm, SlipForm, WhyForm
from vanthu.web.shell.requests import SignedRequest

USUAL_DAYS = 3  # a number is held so long unless the clerk says otherwise


@require_http_methods(["GET", "POST"])
def take_number(request: SignedRequest) -> HttpResponse:
    """A paper document in, its number out: one form, one button. Usable without anything else of the product."""
    by = request.actor
    by.require("number")
    if request.method == "POST":
        form = SlipForm(request.POST, by=by)
        if form.is_valid():
            try:
                entry = once(
                    form.given_key,
                    "take_number",
                    lambda: taking.take(form.slip(), by=by),
                    lambda pk: queries.outgoing(pk, by).entry,
                    by=by,
                )
            except Invalid as refusal:
                form.refuse(refusal)
            except Conflict as refusal:
                form.add_error("wanted" if form.cleaned_data["wanted"] else None, refusal.message)
            else:
                return redirect("taken_number", entry.pk)
        return _take_page(request, form, status=422)
    asked = request.GET
    initial = {
        "kind": asked.get("loai", "CV"),
        "unit": asked.get("don_vi", ""),
        "wanted": asked.get("so", ""),
    }
    return _take_page(request, SlipForm(initial=initial, by=by))


def _take_page(request: SignedRequest, form: SlipForm, status: int = 200) -> HttpResponse:
    by = request.actor
    code = str(form["kind"].value())
    kind = by_code(code if code in {one.code for one in kinds.ALL} else "CV")
    book = series.upcoming(by.office, "out", kind)
    context = {
        "form": form,
        "kind": kind,
        "following": numbering.next_number(by.office, "out", book.scope, book.period.name),
        "reusable": reserving.reusable(by),
    }
    return render(request, "books/take_number.html", context, status=status)


@require_GET
def taken_number(request: SignedRequest, pk: int) -> HttpResponse:
    """The number in large type, to copy onto the paper; then that it was sent, or why it is voided."""
    return _taken_page(request, pk, WhyForm())


def _taken_page(request: SignedRequest, pk: int, form: WhyForm, status: int = 200) -> HttpResponse:
    by = request.actor
    entry = queries.outgoing(pk, by).entry
    by.require("number")
    context = {"entry": entry, "document": entry.document, "form": form, "by_hand": _by_hand(entry)}
    return render(request, "books/taken_number.html", context, status=status)


def _by_hand(entry: Any) -> bool:
    """Whether the clerk goes on with it by hand: a paper document that waits and that no draft made."""
    waits = entry.medium == Medium.PAPER and entry.state == OutgoingState.NUMBERED
    return waits and issuing.of_outgoing(entry.pk) is None


def require_by_hand(pk: int, by: Actor) -> None:
    """Raise `NotFound`, `NotAllowed` or `Conflict` unless this actor goes on with the entry by hand."""
    if not _by_hand(queries.outgoing(pk, by).entry):
        by.require("number")
        raise Conflict("Văn bản này không chờ phát hành bằng tay. Mở văn bản để xem trạng thái.")


@require_POST
def dispatch_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The paper document was stamped and sent."""
    require_by_hand(pk, request.actor)
    entry = taking.dispatch(pk, by=request.actor)
    messages.success(request, f"Đã ghi phát hành {entry.document.symbol}.")
    return redirect("outgoing_entry", pk)


@require_POST
def void_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """Void the number of a paper document that will not be issued."""
    require_by_hand(pk, request.actor)
    form = WhyForm(request.POST)
    if form.is_valid():
        try:
            entry = taking.void(pk, form.cleaned_data["reason"], by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã hủy số {entry.document.symbol}; sổ in lý do.")
            return redirect("outgoing_entry", pk)
    return _taken_page(request, pk, form, status=422)


@require_http_methods(["GET", "POST"])
def held_numbers(request: SignedRequest) -> HttpResponse:
    """What the office holds, what expired first, and the form to hold more."""
    by = request.actor
    by.require("number")
    if request.method == "POST":
        form = HoldForm(request.POST, by=by)
        if form.is_valid():
            try:
                made = once(
                    form.given_key, "hold_numbers", lambda: reserving.hold(form.hold(), by=by)[-1],
                    lambda pk: reserving.held_number(pk, by), by=by,
                )  # fmt: skip
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(
                    request, f"Đã giữ đến số {made.symbol}, hết ngày {made.expires_on:%d/%m/%Y}."
                )
                return redirect("held_numbers")
    else:
        form = HoldForm(initial={"expires_on": today() + timedelta(days=USUAL_DAYS)}, by=by)
    context = {
        "form": form,
        "held": reserving.held_numbers(by),
        "expired": HeldState.EXPIRED,
        "person": by.person_id,
        "today": today(),
    }
    return render(request, "books/held_numbers.html", context, status=422 if form.errors else 200)


@require_POST
def take_over_number(request: SignedRequest, pk: int) -> HttpResponse:
    """Become the holder of a number that a colleague held."""
    held = reserving.take_over(pk, by=request.actor)
    messages.success(request, f"Anh/chị đang giữ số {held.symbol}.")
    return redirect("held_numbers")


@require_POST
def void_held_number(request: SignedRequest, pk: int) -> HttpResponse:
    """Void a held number that no document will use."""
    try:
        held = reserving.void_held(pk, request.POST.get("reason", ""), by=request.actor)
    except (Invalid, Conflict) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Đã hủy số {held.symbol}; sổ in lý do.")
    return redirect("held_numbers")
