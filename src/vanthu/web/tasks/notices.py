"""What one was told and has to do something about; asked again while the page is open."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from vanthu.tasks import notices as rooms
from vanthu.tasks import secret_notices, virus_notices
from vanthu.web.shell.navigation import address, page_address
from vanthu.web.shell.requests import SignedRequest, from_htmx

if TYPE_CHECKING:
    from vanthu.tasks.models import Notice

ICONS = (
    {
        "given": "plus",
        "chased": "alert",
        "extension": "clock",
        "answered": "clock",
        "reported": "check-double",
        "sent_back": "return",
        "returned": "return",
        "soon": "clock",
        "late": "alert",
        "own_cert": "key",
        "certs": "key",
    }
    | dict.fromkeys(secret_notices.KINDS.values(), "lock")
    | dict.fromkeys(virus_notices.KINDS.values(), "alert")
)
# Where a notice leads that is about no task: to a page, or to the page of what it is about.
PLACES = {"own_cert": "my_certificate", "certs": "certificates"}
_PAGES = {
    "secret": "entry", "secret_out": "outgoing_entry", "secret_draft": "draft",
    "secret_doss": "dossier", "secret_task": "task",
    "virus_in": "entry", "virus_out": "outgoing_entry", "virus_draft": "draft", "virus_stack": "stack",
    "virus_doss": "dossier", "virus_task": "task",
}  # fmt: skip


@require_GET
def notices(request: SignedRequest) -> HttpResponse:
    """What is new, newest first; asked again by the page, only when it changed."""
    found = rooms.unseen(request.actor)
    context = {"rows": [(one, ICONS.get(one.kind, "info"), _address(one), *_said(one)) for one in found]}
    if not from_htmx(request):
        return render(request, "tasks/notices.html", context)
    tag = f'"{hashlib.sha256(repr([one.pk for one in found]).encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = render(request, "tasks/notices.html#rows", context)
    response["ETag"] = tag
    return response


def _said(one: Notice) -> tuple[str, str]:
    """What happened, and what to do about it where that is a sentence of its own."""
    happened, _, rest = one.text.partition(". ") if one.kind in _PAGES else (one.text, "", "")
    return happened, rest


def _address(one: Notice) -> str:
    if one.task_id is not None:
        return page_address("task", one.task_id)
    if one.kind in _PAGES:
        return page_address(_PAGES[one.kind], one.about_id or 0)
    return address(PLACES[one.kind])


@require_POST
def mark_seen(request: SignedRequest) -> HttpResponse:
    """Everything was seen."""
    rooms.mark_seen(by=request.actor)
    messages.success(request, "Đã đánh dấu xem hết. Việc chưa xong vẫn ở Bàn làm việc.")
    return redirect("notices")
