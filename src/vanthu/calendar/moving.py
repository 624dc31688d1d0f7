"""The schedule when organisations change: what is still to come, rooms and cars go to the successor.

Weeks that were published stay as they are with the office that published them; others are taken back.
"""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from vanthu.calendar import weeks
from vanthu.calendar.models import Appointment, Attendee, Feed, Resource, Week
from vanthu.calendar.states import AppointmentState, WeekState
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, transfer
from vanthu.organisations.moving import Count, Extent, Room


def counts(extent: Extent) -> Sequence[Count]:
    """Appointments to come."""
    of_units = Attendee.objects.filter(unit__in=extent.units).values("appointment")
    mine = Q(pk__in=of_units) if extent.units else Q(office__in=extent.offices)
    rows = Appointment.objects.filter(mine, state=AppointmentState.PLANNED, ends_at__gt=now())
    return (("Lịch công tác sắp tới", rows.count()),)


def begin(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    """Rooms and cars belong to the successor; one of a name that it has already gets the number of its row."""
    if not route.whole:
        return
    known = set(Resource.objects.filter(office=route.to_office).values_list("kind", "name"))
    for row in Resource.objects.filter(office=route.office).order_by("pk"):
        row.office_id = route.to_office
        if (row.kind, row.name) in known:
            row.name = f"{row.name[:70]} ({row.pk})"
        row.save(update_fields=["office", "name"])
    Feed.objects.filter(office=route.office, revoked_at=None).update(revoked_at=now())
    _end_weeks(route.office, by)


def _end_weeks(office_id: int, by: Actor) -> None:
    """Nobody approves, publishes or has to see a week of an office that ended; the successor draws up its own."""
    known = Week.objects.filter(office=office_id)
    under_way = known.filter(state__in=(WeekState.SUBMITTED, WeekState.APPROVED))
    for monday in under_way.order_by("monday_on").values_list("monday_on", flat=True):
        weeks.take_back(monday, by=by)
    coming = Appointment.objects.filter(office=office_id, state=AppointmentState.PLANNED, ends_at__gt=now())
    told = Participant.objects.filter(item_kind__in=("week", "appt"), office_id=office_id, pending=True)
    told.exclude(item_kind="appt", item_id__in=coming.values("pk")).update(state="seen", pending=False)


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring the appointments to come over, and units that take part in them to their successors."""
    coming = Appointment.objects.filter(
        state=AppointmentState.PLANNED, ends_at__gt=now(), office=route.office
    )
    if not route.whole:
        gone = [person for person, office in route.people.items() if office != route.office]
        attended = Attendee.objects.filter(unit__in=list(route.units)).values("appointment")
        coming = coming.filter(Q(chair__in=gone) | Q(pk__in=attended))
    rows = list(coming.select_related("room").select_for_update(of=("self",)).order_by("pk")[:limit])
    units: dict[int, list[Attendee]] = {}
    for one in Attendee.objects.filter(appointment__in=rows, unit__isnull=False).select_related("unit"):
        units.setdefault(one.appointment_id, []).append(one)
    for row in rows:
        _bring(row, units.get(row.pk, []), route)
    Appointment.objects.bulk_update(rows, _MOVED)
    taken = {Item("appt", row.pk): row.office_id for row in rows}
    transfer(taken, route)
    return taken


_MOVED = ("office", "guests", "place", "room", "car", "changed_at", "sequence")


def _bring(row: Appointment, units: Sequence[Attendee], route: Route) -> None:
    """To the office of who chairs it; a unit that goes elsewhere is invited in words, a room stays in its house."""
    row.office_id, row.changed_at, row.sequence = _home(row, units, route), now(), row.sequence + 1
    if row.office_id not in (route.office, route.to_office):
        row.place = row.place or (row.room.name if row.room else "")
        row.room = row.car = None
    known = {one.unit_id for one in units}
    for one in units:
        office, unit = route.place(one.unit_id)
        if unit == one.unit_id:
            continue
        if office == row.office_id and unit is not None and unit not in known:
            known.add(unit)
            one.unit_id = unit
            one.save(update_fields=["unit"])
            continue
        one.delete()
        if office != row.office_id or unit is None:
            row.guests = "; ".join(filter(None, (row.guests, one.unit.name if one.unit else "")))[:500]


def _home(row: Appointment, units: Sequence[Attendee], route: Route) -> int:
    """The office that goes on with it: of its chair, else of all the units that take part, else of who made it."""
    if row.chair_id is not None:
        return route.people.get(row.chair_id, route.to_office)
    homes = {route.place(one.unit_id)[0] for one in units}
    if homes:
        return homes.pop() if len(homes) == 1 else route.to_office
    return route.people.get(row.creator_id, route.to_office)


MOVING = Room("calendar", counts=counts, begin=begin, take=take)
