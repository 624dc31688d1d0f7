"""The administrator's pages about connections to the axis: what they are, whether they answer, our addresses there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vanthu.exchange import addressing, agency_syncing, connecting
from vanthu.exchange.axis_models import Connection
from vanthu.exchange.connecting import Finding
from vanthu.kernel import ledger
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Conflict, Invalid
from vanthu.organisations import agency_acts, installation
from vanthu.organisations import queries as organisations
from vanthu.web.axis.forms import AddressForm, ConnectionForm
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.requests import SignedRequest


@require_GET
def axis(request: SignedRequest) -> HttpResponse:
    """All connections with how they are, the addresses of one's own office, the list of bodies in figures."""
    by = request.actor
    in_use, unknown = agency_acts.tally(by)
    page = {
        "connections": connecting.all_of(by),
        "addresses": addressing.mine(by),
        "keeps": installation.keeps(by),
        "bodies": in_use,
        "unverified": unknown,
    }
    return render(request, "axis/axis.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
def add_connection(request: SignedRequest) -> HttpResponse:
    """A new connection; what was typed as its secret is not shown again, not even by a refusal."""
    installation.require_keeper(request.actor)
    form = ConnectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = connecting.add(
                form.wish(), form.cleaned_data["secret"], by=request.actor, key=form.given_key
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã thêm. Đặt địa chỉ của cơ quan, bấm Thử kết nối rồi Bật.")
            return redirect("connection", made.pk)
    return render(request, "axis/change_connection.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def change_connection(request: SignedRequest, pk: int) -> HttpResponse:
    """Change a connection; a secret is only ever replaced."""
    installation.require_keeper(request.actor)
    row = connecting.connection(pk, request.actor)
    form = ConnectionForm(request.POST if request.method == "POST" else None, connection=row)
    if request.method == "POST" and form.is_valid():
        try:
            connecting.change(pk, form.wish(), secret=form.cleaned_data["secret"], by=request.actor)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("connection", pk)
    page = {"form": form, "connection": row}
    return render(request, "axis/change_connection.html", page, status=422 if form.errors else 200)


@require_GET
def connection(request: SignedRequest, pk: int) -> HttpResponse:
    """One connection: settings, how it is, addresses of our offices."""
    return _page(request, connecting.connection(pk, request.actor))


@require_POST
def try_connection(request: SignedRequest, pk: int) -> HttpResponse:
    """Ask the other side, and say in sentences what works and what does not."""
    findings = connecting.try_out(pk, by=request.actor)
    return _page(request, connecting.connection(pk, request.actor), findings=findings)


@require_POST
def switch_on_connection(request: SignedRequest, pk: int) -> HttpResponse:
    """Send and receive over it."""
    return _done(request, pk, partial(connecting.switch, pk, on=True, by=request.actor), "Đã bật kết nối.")


@require_POST
def switch_off_connection(request: SignedRequest, pk: int) -> HttpResponse:
    """Neither send nor receive over it; what waits stays."""
    return _done(
        request,
        pk,
        partial(connecting.switch, pk, on=False, by=request.actor),
        "Đã tắt kết nối. Gói tin đang chờ được giữ lại.",
    )


@require_POST
def sync_agencies(request: SignedRequest, pk: int) -> HttpResponse:
    """Take the list of bodies over as soon as possible."""
    connecting.connection(pk, request.actor)
    return _done(
        request,
        pk,
        partial(agency_syncing.ask, pk, by=request.actor),
        "Đang đồng bộ danh sách đơn vị; xong sau vài phút.",
    )


@require_POST
def give_address(request: SignedRequest, pk: int) -> HttpResponse:
    """A code of one of our offices on a connection."""
    row = connecting.connection(pk, request.actor)
    form = _address_form(request, bound=True)

    def give() -> None:
        data = form.cleaned_data
        addressing.give(pk, data["office"], data["code"], preferred=data["preferred"], by=request.actor)

    return done_or_again(
        request, form, give, "Đã đặt địa chỉ.", to=reverse("connection", args=[pk]),
        again=lambda conflict, status: _page(request, row, form=form, conflict=conflict, status=status),
    )  # fmt: skip


@require_POST
def prefer_address(request: SignedRequest, pk: int) -> HttpResponse:
    """Send under this code."""
    return _address_done(
        request, partial(addressing.prefer, pk, by=request.actor), "Từ nay gửi đi bằng địa chỉ này."
    )


@require_POST
def end_address(request: SignedRequest, pk: int) -> HttpResponse:
    """This code no longer reaches the office."""
    return _address_done(request, partial(addressing.end, pk, by=request.actor), "Đã ngừng dùng địa chỉ.")


def _address_done(request: SignedRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    row = verb()
    messages.success(request, said)
    return redirect("connection", row.connection_id)  # type: ignore[attr-defined]


def _done(request: SignedRequest, pk: int, verb: Callable[[], object], said: str) -> HttpResponse:
    try:
        verb()
    except Conflict as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect("connection", pk)


def _address_form(request: SignedRequest, *, bound: bool = False) -> AddressForm:
    own = organisations.office(request.actor.office)
    return AddressForm(request.POST if bound else None, own=(own.pk, own.name), initial={"office": own.pk})


def _page(
    request: SignedRequest,
    row: Connection,
    *,
    findings: Sequence[Finding] = (),
    form: AddressForm | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    by, text = request.actor, request.GET.get("q", "")
    page = {
        "connection": row,
        "findings": findings,
        "addresses": addressing.addresses(row.pk, by, text=text),
        "q": text,
        "most": addressing.MOST,
        "form": form or _address_form(request),
        "conflict": conflict,
        "keeps": installation.keeps(by),
        "history": ledger.history(row),
        "stale": row.agencies_at is None or now() - row.agencies_at > agency_syncing.STALE,
        "last": agency_syncing.last_counts(row),
    }
    return render(request, "axis/connection.html", page, status=status)
