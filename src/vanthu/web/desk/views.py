"""The desk (Bàn làm việc): one place that shows what waits for me."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.views.decorators.http import require_GET, require_POST

from vanthu.calendar import queries as weeks
from vanthu.documents import actions
from vanthu.documents import queries as documents
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.kernel.refusals import Invalid, Refusal
from vanthu.tasks import lists
from vanthu.tasks import queries as tasks
from vanthu.web.desk import piles, sides, todo
from vanthu.web.desk.groups import Group, gathered
from vanthu.web.desk.numbers import kpis
from vanthu.web.desk.piles import Piles
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as issuing_tabs
from vanthu.web.shell.navigation import WORKING
from vanthu.web.shell.requests import SignedRequest, from_htmx, standing_of

MOST = 50  # entries of one batch
KINDS = (("", "Tất cả"), ("incoming", "Đến"), ("outgoing", "Đi"), ("tasks", "Việc"))


@require_GET
def desk(request: SignedRequest) -> HttpResponse:
    """What the person must do, the numbers behind it, what they left half-done; asked again, only the work."""
    by = request.actor
    standing = standing_of(request, "in")
    incoming = incoming_tabs.tabs_for(by, standing.counts, standing.overdue)
    outgoing = issuing_tabs.tabs_for(by, standing.counts)
    read = piles.read(by, incoming, outgoing, aside=not from_htmx(request))
    tallies = todo.tallies(by, read, incoming, outgoing)
    page = request.GET.get("loai", "")
    chosen = [tally for tally in tallies if page in ("", tally.page)]
    chased = todo.chased(by, read.late) if page in ("", "incoming") else []
    tasked = todo.of_tasks(lists.waiting(by)) if page in ("", "tasks") and _takes_part(by) else []
    groups = gathered(chosen, [*tasked, *chased])
    works = bool(tasked) or any(tab.mine for tab in incoming) or any(tab.mine for tab in outgoing)
    context = {"groups": groups, "works": works}
    if from_htmx(request):
        return _fresh(request, context)
    context |= {
        "today": today(),
        "kinds": KINDS if len({tally.page for tally in tallies}) > 1 else (),
        "kind": page,
        "kpis": kpis(incoming, outgoing, tallies, read.late_since),
        **_beside(by, read),
        "weeks_to_approve": weeks.waiting(standing.counts),
        **_buttons(by, groups, standing.counts),
    }
    return render(request, "desk/desk.html", context)


def _takes_part(by: Actor) -> bool:
    """Whether work may be given to the actor, or by them."""
    return by.acts_as_any(WORKING)


def _fresh(request: SignedRequest, context: dict[str, Any]) -> HttpResponse:
    """The work alone; 304 while it is as the page shows it (form tokens differ every time, so the data is compared)."""
    tag = f'"{hashlib.sha256(repr((today(), context)).encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response = render(request, "desk/desk.html#todo", context)
    response["ETag"] = tag
    return response


def _beside(by: Actor, read: Piles) -> dict[str, Any]:
    """The cards beside the work that the actor's powers call for."""
    leads = by.may("direct")
    loads = tasks.unit_loads(by)[:8] if leads else tasks.loads(by.led_unit_ids) if by.led_unit_ids else []
    return {
        "leads": leads,
        "plans": by.may("plan"),
        "day": sides.day_of(by) if by.may("plan") else [],
        "kept": documents.entry_drafts(by) if by.may("register") else [],
        "sent": sides.sent(read.sent),
        "loads": loads,
        "heaviest": max((5, *(one.open for one in loads))),
        "way": sides.on_their_way(by, read.way),
        "dossiers": read.dossiers,
        "archives": by.may("take_over"),
        "offers": sides.offers(by),
    }


def _buttons(by: Actor, groups: list[Group], counts: dict[Any, int]) -> dict[str, Any]:
    """What the top of the desk offers: the first card of a leader's pile, registering, drafting."""
    return {
        "first_to_direct": _first(groups, "direct"),
        "first_to_sign": _first(groups, "sign"),
        "to_direct": counts.get(("p", "in", "to_direct"), 0),
        "to_sign": counts.get(("p", "draft", "to_sign"), 0),
        "may_register": by.may("register"),
        "may_draft": by.may("draft"),
    }


def _first(groups: list[Group], page: str) -> str:
    """The address of the first card of this page, "" when nothing waits there."""
    acts = [line.act.url for group in groups for line in group.lines if line.act]
    return next((url for url in acts if resolve(urlsplit(url).path).url_name == page), "")


@require_POST
def receive_batch(request: SignedRequest) -> HttpResponse:
    """Receive several delivered documents as they came; what could not be received is said one by one."""
    by = request.actor
    by.require("register")
    picked = [value for value in dict.fromkeys(request.POST.getlist("picked")) if value.isdigit()][:MOST]
    if not picked:
        raise Invalid("Chưa chọn văn bản nào. Mở danh sách chờ tiếp nhận rồi chọn lại.")
    entries = [documents.incoming(int(value), by).entry for value in picked]
    numbers = []
    for entry in entries:
        try:
            numbers.append(actions.receive(entry.pk, by=by).arrival_number)
        except Refusal as refusal:
            messages.error(request, f"{entry.symbol}: {refusal.message}")
    if numbers:
        span = f"số đến {numbers[0]}" if len(numbers) == 1 else f"số đến {numbers[0]} đến {numbers[-1]}"
        messages.success(request, f"Đã tiếp nhận {len(numbers)} văn bản, {span}.")
    return redirect("desk")
