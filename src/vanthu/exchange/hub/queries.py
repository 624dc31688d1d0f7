"""What administrators see of systems at the hub: their queues and their calls."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Value

from vanthu.exchange.hub.models import HubBody, HubCall, HubItem, HubSystem
from vanthu.exchange.hub.states import WAITING
from vanthu.exchange.hub.wishes import Line
from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotFound
from vanthu.organisations.installation import keeps

PAGE = 50
FAILED, DONE = "failed", "done"  # groups of calls


def systems(by: Actor) -> list[HubSystem]:
    """Systems with `waiting`, `oldest_at` and `failed` of their queues: all for whoever looks after the installation
    (`kept`), else those that the actor's office answers for.
    """
    return list(_counted(_mine(by)).order_by("name", "pk"))


def system(pk: int, by: Actor) -> HubSystem:
    """One system with the same. Raises `NotFound` for what the actor does not see."""
    found = _counted(_mine(by)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _mine(by: Actor) -> QuerySet[HubSystem]:
    by.require("administer")
    kept = keeps(by)
    rows = HubSystem.objects.annotate(kept=Value(kept))
    return rows if kept else rows.filter(office_id__in=by.own_offices)


def _counted(rows: QuerySet[HubSystem]) -> QuerySet[HubSystem]:
    items = HubItem.objects.filter(system=OuterRef("pk")).order_by().values("system")
    waits = items.filter(state__in=WAITING)
    return rows.annotate(
        waiting=Subquery(waits.annotate(n=Count("pk")).values("n")),
        oldest_at=Subquery(waits.annotate(first=Min("queued_at")).values("first")),
        failed=Subquery(items.filter(state="fail").annotate(n=Count("pk")).values("n")),
    )


def lines(found: HubSystem) -> tuple[Line, ...]:
    """The bodies that the administrator has named, in their order."""
    return _lines(HubBody.objects.filter(system=found, active=True, registered=False))


def registered(found: HubSystem) -> tuple[Line, ...]:
    """The bodies that the system has registered itself."""
    return _lines(HubBody.objects.filter(system=found, active=True, registered=True))


def _lines(rows: QuerySet[HubBody]) -> tuple[Line, ...]:
    return tuple(
        Line(
            tuple(code.code for code in sorted(row.codes.all(), key=lambda one: (not one.current, one.pk))),
            row.name,
        )
        for row in rows.order_by("pk").prefetch_related("codes")
    )


def items(found: HubSystem, *, state: str = "", before: int | None = None) -> Sequence[HubItem]:
    """A page of what came for a system, newest first; `before` is the id at which it begins."""
    rows = HubItem.objects.filter(system=found).select_related("packet")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.order_by("-pk")[:PAGE])


def counts(found: HubSystem) -> Mapping[str, int]:
    """{state: how many} of what came for a system."""
    rows = HubItem.objects.filter(system=found).values_list("state")
    return dict(rows.annotate(n=Count("pk")).order_by())


def calls(found: HubSystem, *, group: str = "", before: int | None = None) -> Sequence[HubCall]:
    """A page of the calls of a system, newest first; also those that only said its id and could not prove it."""
    rows = HubCall.objects.filter(Q(system=found) | Q(system=None, claimed=found.system_id))
    if group:
        rows = rows.filter(answer="0") if group == DONE else rows.exclude(answer="0")
    rows = rows.filter(pk__lt=before) if before else rows
    return list(rows.order_by("-pk")[:PAGE])
