"""The desk (Bàn làm việc): one place that shows what waits for me."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from vanthu.documents import queries as documents
from vanthu.dossiers import queries as dossiers
from vanthu.kernel import participants
from vanthu.kernel.calendar import today
from vanthu.web.desk.todo import Group, groups
from vanthu.web.incoming import tabs as incoming_tabs
from vanthu.web.issuing import tabs as issuing_tabs
from vanthu.web.shell.requests import SignedRequest, from_htmx

KPIS = 4


@dataclass(frozen=True, slots=True)
class Kpi:
    """A big number with what it counts and where it leads."""

    key: str
    label: str
    count: int
    url: str
    hot: bool = False


@require_GET
def desk(request: SignedRequest) -> HttpResponse:
    """What the person must do, the numbers behind it, what they left half-done."""
    by = request.actor
    counts = participants.counts(by)
    overdue = len(documents.incoming_overdue(by)) if by.reaches else 0
    incoming = incoming_tabs.tabs_for(by, counts, overdue)
    issuing = issuing_tabs.tabs_for(by, counts)
    todo = groups(by, incoming, issuing)
    context = {
        "today": today(),
        "kpis": _kpis(incoming, issuing),
        "groups": todo,
        "kept": documents.entry_drafts(by) if by.may("register") else [],
        "dossiers": dossiers.dossiers(by, states=("open",), limit=5) if by.may("keep_dossier") else [],
        "may_register": by.may("register"),
        "may_draft": by.may("draft"),
        "first_to_direct": _next(todo, "direct"),
        "first_to_sign": _next(todo, "sign"),
    }
    return render(request, "desk/desk.html#todo" if from_htmx(request) else "desk/desk.html", context)


def _kpis(incoming: list[incoming_tabs.Tab], issuing: list[issuing_tabs.Tab]) -> list[Kpi]:
    mine = [
        *(_kpi("incoming", tab.key, tab.label, tab.count) for tab in incoming if tab.mine),
        *(_kpi("outgoing", tab.key, tab.label, tab.count) for tab in issuing if tab.mine),
    ]
    late = [
        _kpi("incoming", tab.key, tab.label, tab.count, hot=bool(tab.count))
        for tab in incoming
        if tab.overdue
    ]
    return [*mine[: KPIS - len(late)], *late]


def _kpi(page: str, key: str, label: str, count: int | None, *, hot: bool = False) -> Kpi:
    return Kpi(key, label, count or 0, f"{reverse(page)}?tab={key}", hot)


def _next(todo: list[Group], page: str) -> str:
    """The address of the first card of this page, "" when nothing waits there."""
    acts = [line.act.url for group in todo for line in group.lines if line.act]
    return next((url for url in acts if resolve(urlsplit(url).path).url_name == page), "")
