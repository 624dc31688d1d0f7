"""What changed in my rights, until I say that I know; for the administrator, who has not said so yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.kernel.refusals import NotFound
from vanthu.organisations import rights
from vanthu.web.shell.requests import SignedRequest


@require_GET
def my_rights(request: SignedRequest) -> HttpResponse:
    """Changes of my rights, the open ones on top."""
    rows = rights.changes_of(request.actor)
    open_ = [row for row in rows if row.confirmed_at is None]
    page = {
        "open": open_,
        "newest": max((row.pk for row in open_), default=0),
        "known": [row for row in rows if row.confirmed_at is not None],
    }
    return render(request, "accounts/my_rights.html", page)


@require_POST
def confirm_rights(request: SignedRequest) -> HttpResponse:
    """I know of the changes that the page showed me."""
    newest = request.POST.get("newest", "")
    if not (newest.isascii() and newest.isdigit() and len(newest) < 19):
        raise NotFound()
    number = rights.confirm(int(newest), by=request.actor)
    messages.success(request, f"Đã xác nhận {number} thay đổi quyền.")
    return redirect("my_rights")


@require_GET
def unconfirmed_rights(request: SignedRequest) -> HttpResponse:
    """Changes that people of the office have not confirmed yet."""
    return render(request, "accounts/unconfirmed_rights.html", {"rows": rights.unconfirmed(request.actor)})
