"""What waits for the direction of a leader who leaves goes to another leader; envelopes to them go to a colleague.

Decree 30/2020/NĐ-CP, articles 21 and 23.
"""

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
    """Entries that wait for this person's direction, then envelopes that they did not open yet. Two queries."""
    numbers = ("pk", "arrival_number", "due_on")
    presented = _entries(person_id, office_id, "to_direct").order_by("pk").values_list(*numbers)
    sealed = _entries(person_id, office_id, "to_open").order_by("pk").values_list(*numbers)
    return [
        *(Work(pk, f"Văn bản đến số {number} chờ chỉ đạo", due_on) for pk, number, due_on in presented),
        *(Work(pk, f"Bì gửi đích danh chưa bóc, số đến {number}", due_on) for pk, number, due_on in sealed),
    ]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Present to another leader what was presented to this one; the successor asks the leaver about envelopes.

    Returns how many.
    """
    by.require("administer")
    presented = list(_entries(given.leaver, by.office, "to_direct").order_by("pk"))
    if presented and given.to.role not in DIRECTING:
        raise Invalid(
            fields={"successor": "Văn bản chờ chỉ đạo chỉ chuyển cho lãnh đạo Viện hoặc Chánh Văn phòng."}
        )
    sealed = list(_entries(given.leaver, by.office, "to_open").order_by("pk"))
    for entry in [*presented, *sealed]:
        pass_row(Item("in", entry.pk), given)
        ledger.record("documents.reassigned", entry, by=by, note=given.note)
    return len(presented) + len(sealed)


def _entries(person_id: int, office_id: int, state: str) -> QuerySet[IncomingEntry]:
    rows = Participant.objects.filter(
        item_kind="in", owner_kind="p", owner_id=person_id, office_id=office_id, state=state
    )
    return IncomingEntry.objects.filter(office=office_id, pk__in=rows.values("item_id"))
