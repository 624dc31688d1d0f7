"""The clerk's box of packets, a packet in it, and the answer to what a sender outside asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.documents import queries
from vanthu.exchange import consenting, receiving_box
from vanthu.kernel import ledger
from vanthu.kernel.files import queries as file_queries
from vanthu.web.shell.acting import done_or_again, done_or_refused
from vanthu.web.shell.forms import Form

if TYPE_CHECKING:
    from vanthu.exchange.axis_models import ReceivedPacket
    from vanthu.kernel.refusals import Refusal
    from vanthu.web.shell.requests import SignedRequest

_KINDS = {"0": "Văn bản mới", "1": "Thu hồi", "2": "Cập nhật", "3": "Thay thế"}
CONSEQUENCES = {
    "1": "Nội dung và tệp của văn bản bị hủy trên hệ thống, việc đang làm dừng lại; số đến và sổ giữ nguyên.",
    "2": "Thông tin và tệp thay bằng bản nơi gửi gửi lại; bản trước giữ trong phần Liên thông, số đến giữ nguyên.",
    "3": "Văn bản cũ được ghi là đã thay thế và liên kết với văn bản này; cả hai giữ nguyên số đến.",
}
CONSEQUENCES["13"] = CONSEQUENCES["1"]


class SettleForm(Form):
    """What became of a packet."""

    note = forms.CharField(
        label="Đã xử lý thế nào",
        max_length=500,
        help_text="Ví dụ: đã vào sổ bằng tay, số đến 123; đã đề nghị nơi gửi gửi lại.",
        error_messages={"required": "Ghi đã xử lý gói tin này thế nào."},
    )


class ConsentForm(Form):
    """The clerk's answer to a request."""

    answer = forms.ChoiceField(
        label="Trả lời nơi gửi",
        choices=[("agree", "Đồng ý"), ("disagree", "Không đồng ý")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn đồng ý hay không đồng ý."},
    )
    reason = forms.CharField(
        label="Lý do không đồng ý",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ ghi khi không đồng ý; nơi gửi đọc được.",
    )


@require_GET
def packets(request: SignedRequest) -> HttpResponse:
    """What could not be read or matched, and what waits for consent."""
    box = receiving_box.box(request.actor)
    return render(request, "incoming/packets.html", {"box": box})


@require_GET
def packet(request: SignedRequest, pk: int) -> HttpResponse:
    """One packet of the box: why it lies there and what can be done."""
    return _page(request, receiving_box.packet(pk, request.actor), SettleForm())


def _page(
    request: SignedRequest, found: ReceivedPacket, form: SettleForm, conflict: str = "", status: int = 200
) -> HttpResponse:
    held = file_queries.attachments("packet_in", [found.pk])[found.pk]
    boxed = receiving_box.Boxed(found, next(iter(held), None))
    context = {
        "packet": found,
        "boxed": boxed,
        "kind": _KINDS.get(found.code, "") if boxed.is_document else f"Trạng thái {found.code}",
        "form": form,
        "conflict": conflict,
        "history": ledger.history(found),
    }
    return render(request, "incoming/packet.html", context, status=status)


@require_POST
def settle_packet(request: SignedRequest, pk: int) -> HttpResponse:
    """The clerk is done with a packet."""
    found = receiving_box.packet(pk, request.actor)
    form = SettleForm(request.POST)
    return done_or_again(
        request,
        form,
        lambda: receiving_box.settle(pk, form.cleaned_data["note"], by=request.actor),
        "Đã ghi nhận xử lý gói tin.",
        to=reverse("packets"),
        again=lambda conflict, status: _page(request, found, form, conflict, status),
    )


@require_POST
def read_packet_again(request: SignedRequest, pk: int) -> HttpResponse:
    """Read a packet once more."""
    found = receiving_box.packet(pk, request.actor)

    def verb() -> None:
        state = receiving_box.read_again(pk, by=request.actor).state
        if state in ("trouble", "unmatched", "listed"):
            messages.warning(request, "Đã đọc lại, vẫn chưa được. Xem nguyên nhân bên dưới.")
        else:
            messages.success(request, "Đã đọc được và ghi nhận gói tin.")

    return _done(request, found, verb, "")


@require_POST
def take_packet(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a packet that names nobody of ours into the inbox of this office."""
    found = receiving_box.packet(pk, request.actor)
    return _done(
        request,
        found,
        lambda: receiving_box.take_here(pk, by=request.actor),
        "Văn bản nằm ở Chờ tiếp nhận.",
    )


def _done(request: SignedRequest, found: ReceivedPacket, verb: object, said: str) -> HttpResponse:
    def refused(refusal: Refusal) -> HttpResponse:
        return _page(request, found, SettleForm(), refusal.message, refusal.status)

    to = reverse("packet", args=[found.pk])
    return done_or_refused(request, verb, said, to=to, refused=refused)  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def consent(request: SignedRequest, pk: int) -> HttpResponse:
    """What the sender asks for, what would follow, and the clerk's answer."""
    by = request.actor
    arrival = consenting.request(pk, by)
    form = ConsentForm(request.POST if request.method == "POST" else None)

    def again(conflict: str, status: int) -> HttpResponse:
        context = {
            "arrival": arrival,
            "seen": queries.incoming(arrival.entry_id or 0, by),
            "consequence": CONSEQUENCES[arrival.code],
            "form": form,
            "conflict": conflict,
        }
        return render(request, "incoming/consent.html", context, status=status)

    if not form.is_bound:
        return again("", 200)

    def verb() -> None:
        if form.cleaned_data["answer"] == "agree":
            consenting.agree(pk, by=by)
        else:
            consenting.disagree(pk, form.cleaned_data["reason"], by=by)

    to = reverse("entry", args=[arrival.entry_id])
    return done_or_again(request, form, verb, "Đã trả lời. Nơi gửi được báo.", to=to, again=again)
