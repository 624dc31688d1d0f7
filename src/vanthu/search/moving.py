"""What offices of the past had is found under the names of their successors, and under former names of their own."""

from django.db.models import Q

from vanthu.documents.models import IncomingEntry, OutgoingEntry
from vanthu.kernel.actor import Actor
from vanthu.kernel.jobs import enqueue, job
from vanthu.organisations.moving import Room, Route
from vanthu.search import actions, sources

PORTION = 500


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Write the rows of the old office's documents again, in portions."""
    if route.whole:
        _begin(route.office)


def renamed(office_id: int, unit_id: int | None, by: Actor) -> None:
    """The same for an office that has another name now."""
    if unit_id is None:
        _begin(office_id)


def _begin(office_id: int) -> None:
    for kind in ("out", "in"):
        enqueue(name_again, office_id=office_id, item_kind=kind)


@job(queue="search", retries=5)
def name_again(office_id: int, item_kind: str, after: int = 0) -> None:
    """Write one portion of rows again, in order of id, and leave the next to another job."""
    of_office = Q(office=office_id)  # what it issued or registered, and what others got from it
    rows = (
        OutgoingEntry.objects.filter(of_office)
        if item_kind == "out"
        else IncomingEntry.objects.filter(of_office | Q(document__issuer=office_id))
    ).filter(pk__gt=after)
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:PORTION])
    if ids:
        actions.write(sources.load(item_kind, ids))
        enqueue(name_again, office_id=office_id, item_kind=item_kind, after=ids[-1])


MOVING = Room("search", begin=begin, renamed=renamed)
