"""What waits for the direction of a leader who leaves goes to another leader. Decree 30/2020/NĐ-CP, article 23."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vanthu.documents.models import IncomingEntry
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item
from vanthu.kernel.refusals import Invalid
from vanthu.organisations.leaving import Change, Work, pass_row
from vanthu.organisations.powers import Role

DIRECTING = (Role.HEAD, Role.DEPUTY, Role.ADMINISTRATION_HEAD)


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Entries that wait for this person's direction, by arrival. One query."""
    rows = IncomingEntry.objects.filter(office=office_id, pk__in=_presented(person_id, office_id))
    found = rows.order_by("pk").values_list("pk", "arrival_number", "due_on")
    return [Work(pk, f"Văn bản đến số {number} chờ chỉ đạo", due_on) for pk, number, due_on in found]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Present to another leader what was presented to this one; returns how many."""
    by.require("administer")
    entries = IncomingEntry.objects.filter(
        office=by.office, pk__in=_presented(given.leaver, by.office)
    ).order_by("pk")
    if entries and given.to.role not in DIRECTING:
        raise Invalid(
            fields={"successor": "Văn bản chờ chỉ đạo chỉ chuyển cho lãnh đạo Viện hoặc Chánh Văn phòng."}
        )
    for entry in entries:
        pass_row(Item("in", entry.pk), given)
        ledger.record("documents.reassigned", entry, by=by, note=given.note)
    return len(entries)


def _presented(person_id: int, office_id: int) -> QuerySet[Participant, Any]:
    return Participant.objects.filter(
        item_kind="in", owner_kind="p", owner_id=person_id, office_id=office_id, state="to_direct"
    ).values("item_id")
