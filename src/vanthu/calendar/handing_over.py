"""Future appointments of a person who leaves: a colleague chairs, takes part and draws up in their place.

Not handed over is what the person put down for themselves alone: it concerns nobody else and takes no room or car.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from vanthu.calendar import weeks
from vanthu.calendar.models import Appointment, Attendee
from vanthu.calendar.states import AppointmentState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.participants import Item
from vanthu.organisations.leaving import Change, Work, pass_row


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Appointments still to come that name this person, by time. One query."""
    rows = _appointments(person_id, office_id).order_by("starts_at", "pk")
    return [
        Work(
            one.pk,
            f"{'Chủ trì' if one.chair_id == person_id else 'Có trong'} lịch công tác #{one.pk},"
            f" {timezone.localtime(one.starts_at):%H:%M}",
            timezone.localdate(one.starts_at),
        )
        for one in rows
    ]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Put the successor where the leaver stood; a published week gets a new version. Returns how many."""
    by.require("administer")
    found = _appointments(given.leaver, by.office)
    rows = list(found.select_for_update(of=("self",)).order_by("starts_at", "pk"))
    weeks.reopen([row.starts_at for row in rows if row.in_week], given.note, office_id=by.office)
    for row in rows:
        _replace(row, given)
        pass_row(Item("appt", row.pk), given)
        ledger.record("calendar.reassigned", row, by=by, note=given.note)
    return len(rows)


def _replace(row: Appointment, given: Change) -> None:
    to = given.to.person_id
    attends = Attendee.objects.filter(appointment=row)
    there = row.chair_id == to or attends.filter(person=to).exists()
    if row.chair_id == given.leaver:
        row.chair_id = to
        attends.filter(person=to).delete()  # who chairs is not named twice
    elif there:
        attends.filter(person=given.leaver).delete()
    else:
        attends.filter(person=given.leaver).update(person=to)
    if row.creator_id == given.leaver:
        row.creator_id = to
    row.sequence, row.changed_at = row.sequence + 1, now()
    row.save(update_fields=["chair", "creator", "sequence", "changed_at"])


def _appointments(person_id: int, office_id: int) -> QuerySet[Appointment]:
    attendees = Attendee.objects.filter(appointment=OuterRef("pk"))
    others = ~Q(chair=person_id) & Q(chair__isnull=False) | Exists(attendees.exclude(person=person_id))
    shared = Q(in_week=True) | Q(room__isnull=False) | Q(car__isnull=False) | others
    mine = Q(chair=person_id) | Q(creator=person_id) | Exists(attendees.filter(person=person_id))
    rows = Appointment.objects.filter(office=office_id, state=AppointmentState.PLANNED, ends_at__gt=now())
    return rows.filter(mine, shared)
