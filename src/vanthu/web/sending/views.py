"""The clerk's board of what is under way, and the page of one line: its states, what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_GET, require_POST

from vanthu.exchange import actions, again, following, queries, reconciling
from vanthu.exchange.following import LABELS, NEXT, Need, Wanted
from vanthu.exchange.states import DeliveryChannel
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.web.sending import rows
from vanthu.web.sending.forms import CallForm, PaperForm, SettleForm
from vanthu.web.shell.acting import done_or_again, done_or_refused
from vanthu.web.shell.requests import SignedRequest, from_htmx

if TYPE_CHECKING:
    from vanthu.exchange.following import Board

_TEXT = 100  # letters that are searched for


@require_GET
@conditional_page
def sending(request: SignedRequest) -> HttpResponse:
    """Everything of the office that is under way, what needs attention first."""
    return _board(request)


def _board(request: SignedRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    given = request.GET
    wanted = Wanted(
        show=given.get("nhom", ""),
        channel=given.get("kenh", ""),
        text=given.get("noi_nhan", "")[:_TEXT],
        after=given.get("sau", ""),
    )
    found = following.board(request.actor, wanted)
    context = {
        "wanted": wanted,
        "tabs": _tabs(found),
        "channels": DeliveryChannel.choices[:2],
        "rows": [rows.board_row(one) for one in found.lines],
        "older": found.following,
        "attention": found.attention,
        "reconciled": reconciling.latest(request.actor),
        "wrong": wrong,
        "here": request.get_full_path() if request.method == "GET" else reverse("sending"),
    }
    part = "#rows" if from_htmx(request) and request.method == "GET" else ""
    return render(request, f"sending/sending.html{part}", context, status=status)


def _tabs(found: Board) -> list[tuple[str, str, int, bool]]:
    """(key, label, number, whether somebody is needed) of the groups that hold something."""
    total = sum(found.counts.values())
    groups = [
        (str(int(need)), LABELS[need], number, need != Need.NONE)
        for need, number in found.counts.items()
        if number
    ]
    return [("", "Tất cả", total, False), ("attention", "Cần xử lý", found.attention, True), *groups]


@require_GET
def reconciled(request: SignedRequest, pk: int) -> HttpResponse:
    """What the last comparison with one connection found."""
    return render(request, "sending/reconciled.html", {"found": reconciling.compared(pk, request.actor)})


@require_POST
def resend_picked(request: SignedRequest) -> HttpResponse:
    """Send the chosen lines again over the axis, one packet per document."""
    picked = [int(one) for one in request.POST.getlist("picked") if one.isdecimal()]

    def verb() -> None:
        if not picked:
            raise Invalid("Chưa chọn nơi nhận nào. Đánh dấu các dòng cần gửi lại.")
        again.resend(picked, by=request.actor)

    return done_or_refused(
        request,
        verb,
        f"Đã đưa {len(picked)} nơi nhận vào hàng gửi lại.",
        to=reverse("sending"),
        refused=lambda refusal: _board(request, refusal.message, refusal.status),
    )


@require_GET
def sending_line(request: SignedRequest, pk: int) -> HttpResponse:
    """One recipient of one document: every state with its time, and what can be done."""
    return _line(request, pk)


def _line(
    request: SignedRequest,
    pk: int,
    *,
    wrong: str = "",
    status: int = 200,
    call: CallForm | None = None,
    paper: PaperForm | None = None,
    settle: SettleForm | None = None,
) -> HttpResponse:
    delivery, seen = queries.delivery(pk, request.actor)
    need = following.need_of(delivery, following.cutoffs())
    tone, symbol = rows.delivery_look(delivery.state)
    context: dict[str, Any] = {
        "delivery": delivery,
        "entry": seen.entry,
        "document": seen.entry.document,
        "label": rows.delivery_label(delivery),
        "tone": tone,
        "symbol": symbol,
        "next_step": NEXT[need],
        "history": following.history(pk),
        "on_axis": delivery.channel == DeliveryChannel.AXIS,
        "may_resend": rows.resendable(delivery) and seen.entry.state == "issued",
        "may_turn": rows.turnable(delivery),
        "may_act": again.may_act(seen, request.actor),
        "call": call or CallForm(),
        "may_settle": delivery.state in again.SETTLED and need != Need.NONE,
        "paper": paper or PaperForm(),
        "settle": settle or SettleForm(),
        "wrong": wrong,
    }
    return render(request, "sending/line.html", context, status=status)


def _refused(request: SignedRequest, pk: int, refusal: Refusal) -> HttpResponse:
    return _line(request, pk, wrong=refusal.message, status=refusal.status)


@require_POST
def resend_line(request: SignedRequest, pk: int) -> HttpResponse:
    """Send this one again."""
    return done_or_refused(
        request,
        lambda: actions.resend(pk, by=request.actor),
        "Đã đưa vào hàng gửi lại.",
        to=reverse("sending_line", args=[pk]),
        refused=lambda refusal: _refused(request, pk, refusal),
    )


@require_POST
def resend_lost(request: SignedRequest, pk: int) -> HttpResponse:
    """Send a document again to every receiver that it did not reach."""
    number = again.resend_lost(pk, by=request.actor)
    messages.success(request, f"Đã đưa {number} nơi nhận vào hàng gửi lại.")
    return redirect("outgoing_entry", pk=pk)


@require_POST
def to_paper(request: SignedRequest, pk: int) -> HttpResponse:
    """The document goes to this one on paper."""
    form = PaperForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: again.to_paper(pk, form.cleaned_data["note"], by=request.actor),
        "Đã chuyển sang gửi bản giấy.",
        to=reverse("sending_line", args=[pk]),
        again=lambda wrong, status: _line(request, pk, wrong=wrong, status=status, paper=form),
    )


@require_POST
def settle_line(request: SignedRequest, pk: int) -> HttpResponse:
    """It stays as it is; the board no longer shows it."""
    form = SettleForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: again.settle(pk, form.cleaned_data["note"], by=request.actor),
        "Đã đánh dấu không gửi nữa.",
        to=reverse("sending"),
        again=lambda wrong, status: _line(request, pk, wrong=wrong, status=status, settle=form),
    )


@require_POST
def note_call(request: SignedRequest, pk: int) -> HttpResponse:
    """Somebody called."""
    form = CallForm(request.POST)

    def verb() -> None:
        again.note_call(pk, form.cleaned_data["note"], form.cleaned_data["on"], by=request.actor)

    return done_or_again(
        request,
        form,
        verb,
        "Đã ghi cuộc gọi.",
        to=reverse("sending_line", args=[pk]),
        again=lambda wrong, status: _line(request, pk, wrong=wrong, status=status, call=form),
    )
