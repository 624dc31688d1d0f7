"""The schedule when organisations change: what is still to come, rooms and cars go to the successor.

Weeks that were published stay as they are with the office that published them.
"""

from collections.abc import Mapping, Sequence

from django.db.models import F

from vanthu.calendar.models import Appointment, Attendee, Feed, Resource
from vanthu.calendar.states import AppointmentState
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, transfer
from vanthu.organisations.moving import Count, Extent, Room


def counts(extent: Extent) -> Sequence[Count]:
    """Appointments to come."""
    rows = Appointment.objects.filter(
        office__in=extent.offices, state=AppointmentState.PLANNED, ends_at__gt=now()
    )
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


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring the appointments to come over, and units that take part in them to their successors."""
    attended = Attendee.objects.filter(unit__in=list(route.units))
    coming = Appointment.objects.filter(
        state=AppointmentState.PLANNED, ends_at__gt=now(), office=route.office
    )
    if not route.whole:
        coming = coming.filter(pk__in=attended.values("appointment"))
    rows = list(coming.select_for_update(of=("self",)).order_by("pk")[:limit])
    taken = {Item("appt", row.pk): route.to_office for row in rows}
    coming = Appointment.objects.filter(pk__in=[row.pk for row in rows])
    coming.update(office=route.to_office, changed_at=now(), sequence=F("sequence") + 1)
    for one in attended.filter(appointment__in=rows).order_by("pk"):
        unit = route.units[one.unit_id or 0][1]
        if Attendee.objects.filter(appointment=one.appointment_id, unit=unit).exists():
            one.delete()
        else:
            one.unit_id = unit
            one.save(update_fields=["unit"])
    transfer(taken, route)
    return taken


MOVING = Room("calendar", counts=counts, begin=begin, take=take)
