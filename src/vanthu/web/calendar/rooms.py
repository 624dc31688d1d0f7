"""Meeting rooms and cars of the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from vanthu.calendar import queries, rooms
from vanthu.kernel import idempotency
from vanthu.kernel.refusals import Invalid
from vanthu.web.calendar.forms import ResourceForm
from vanthu.web.shell.requests import SignedRequest


@require_http_methods(["GET", "POST"])
def resources(request: SignedRequest) -> HttpResponse:
    """What there is, and a form for one more."""
    by = request.actor
    by.require("schedule", "Văn thư hoặc Chánh Văn phòng quản lý phòng họp và xe. Đề nghị họ thực hiện.")
    form = ResourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = idempotency.once(
                form.given_key,
                "calendar.resource_added",
                lambda: rooms.add(data["kind"], data["name"], seats=data["seats"], note=data["note"], by=by),
                lambda pk: queries.resource(pk, by),
                by=by,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã thêm {made.name}.")
            return redirect("calendar_rooms")
    page = {"rows": queries.resources(by, in_use=False), "form": form}
    return render(request, "calendar/rooms.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, pk: int) -> HttpResponse:
    """Another name, more seats, or lent no more."""
    by = request.actor
    by.require("schedule", "Văn thư hoặc Chánh Văn phòng quản lý phòng họp và xe. Đề nghị họ thực hiện.")
    row = queries.resource(pk, by)
    initial = {name: getattr(row, name) for name in ("kind", "name", "seats", "note", "in_use")}
    form = ResourceForm(request.POST if request.method == "POST" else None, initial=initial)
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rooms.change(
                pk, name=data["name"], seats=data["seats"], note=data["note"], in_use=data["in_use"], by=by
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("calendar_rooms")
    page = {"row": row, "form": form}
    return render(request, "calendar/room.html", page, status=422 if form.errors else 200)
