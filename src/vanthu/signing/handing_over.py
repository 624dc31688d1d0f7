"""Seals and devices of a person who leaves: the office's go to the successor, personal ones come back to the office."""

from django.db import transaction
from django.db.models import QuerySet

from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import today
from vanthu.organisations.leaving import Change, Work
from vanthu.signing import custody
from vanthu.signing.custody import HandOver
from vanthu.signing.custody_models import CustodyItem
from vanthu.signing.custody_states import CustodyAct, CustodyKind, CustodyState


def work_of(person_id: int, office_id: int) -> list[Work]:
    """What the person has in custody. One query."""
    return [
        Work(one.pk, f"{CustodyKind(one.kind).label}: số {one.number}")
        for one in _of(person_id, office_id).order_by("pk")
    ]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Write the records; a key is never passed on, so a personal device comes back. Returns how many."""
    by.require("administer")
    rows = list(_of(given.leaver, by.office).order_by("pk"))
    for one in rows:
        if one.owner_id is None:
            slip = HandOver(to_id=given.to.person_id, done_on=today(), permission=given.note)
            custody.hand_over(one.pk, slip, by=by)
        else:
            custody.change(one.pk, CustodyAct.GIVE_BACK, done_on=today(), condition=given.note, by=by)
    return len(rows)


def _of(person_id: int, office_id: int) -> QuerySet[CustodyItem]:
    return CustodyItem.objects.filter(holder=person_id, office=office_id, state=CustodyState.HELD)
