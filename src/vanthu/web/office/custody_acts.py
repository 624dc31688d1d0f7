"""What the keepers of the register write into it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from vanthu.kernel.refusals import Invalid
from vanthu.signing import custody as verbs
from vanthu.signing import custody_queries as queries
from vanthu.web.office.custody import acts_of, item_page
from vanthu.web.office.custody_forms import ChangeForm, CountForm, HandOverForm, ReceiveForm
from vanthu.web.shell.acting import done_or_again
from vanthu.web.shell.requests import SignedRequest


@require_http_methods(["GET", "POST"])
def receive(request: SignedRequest) -> HttpResponse:
    """A seal or device comes into the office."""
    by = request.actor
    verbs.require_keeper(by)
    form = ReceiveForm(request.POST if request.method == "POST" else None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            item = verbs.receive(form.given, by=by, key=form.given_key)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã vào sổ. Bàn giao cho người giữ ở dưới.")
            return redirect("custody_item", item.pk)
    status = 422 if form.errors else 200
    return render(request, "office/receive_custody.html", {"form": form}, status=status)


@require_POST
def hand_over(request: SignedRequest, pk: int) -> HttpResponse:
    """It goes to a person; the minutes can be printed."""
    verbs.require_keeper(request.actor)
    queries.item(pk, request.actor)
    form = HandOverForm(request.POST, by=request.actor)
    return done_or_again(
        request,
        form,
        lambda: verbs.hand_over(pk, form.given, by=request.actor),
        "Đã ghi bàn giao. In biên bản để hai bên ký.",
        to=reverse("custody_item", args=[pk]),
        again=lambda conflict, status: item_page(request, pk, giving=form, conflict=conflict, status=status),
    )


@require_POST
def change(request: SignedRequest, pk: int) -> HttpResponse:
    """It comes back, is lost, damaged, found, repaired or surrendered."""
    verbs.require_keeper(request.actor)
    acts = acts_of(queries.item(pk, request.actor))
    form = ChangeForm(request.POST, acts=acts)
    return done_or_again(
        request,
        form,
        lambda: verbs.change(
            pk,
            form.cleaned_data["act"],
            done_on=form.cleaned_data["done_on"],
            condition=form.cleaned_data["condition"],
            by=request.actor,
        ),
        "Đã ghi vào sổ.",
        to=reverse("custody_item", args=[pk]),
        again=lambda conflict, status: item_page(
            request, pk, changing=form, conflict=conflict, status=status
        ),
    )


@require_http_methods(["GET", "POST"])
def count(request: SignedRequest) -> HttpResponse:
    """An inventory: what was there on that day."""
    by = request.actor
    verbs.require_keeper(by)
    rows = queries.to_count(by)
    form = CountForm(request.POST if request.method == "POST" else None)
    present = {row.pk for row in rows if f"there_{row.pk}" in request.POST}
    notes = {row.pk: request.POST.get(f"note_{row.pk}", "")[:200] for row in rows}
    if request.method == "POST" and form.is_valid():
        try:
            missing = verbs.count(present, notes, done_on=form.cleaned_data["done_on"], by=by)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            told = f"thiếu {missing}: ghi báo mất nếu không tìm thấy" if missing else "không thiếu"
            messages.success(request, f"Đã ghi kiểm kê {len(rows)} con dấu, thiết bị, {told}.")
            return redirect("custody")
    bound = request.method == "POST"
    lines = [(row, row.pk in present if bound else False, notes[row.pk]) for row in rows]
    page = {"form": form, "lines": lines}
    return render(request, "office/count_custody.html", page, status=422 if form.errors else 200)
