"""Dossiers of a person who leaves are kept by another until the archive has them, those still to be opened too.

Decree 30/2020/NĐ-CP, articles 28 and 29.
"""

from django.db import transaction
from django.db.models import QuerySet

from vanthu.dossiers.models import Dossier, PlanRow
from vanthu.dossiers.states import DossierState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.organisations.inheriting import inherited
from vanthu.organisations.leaving import Change, Work, pass_row


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Dossiers of this person that the archive does not have yet, then planned ones. Three queries."""
    found = _dossiers(person_id, office_id).order_by("year", "pk")
    planned = _planned(person_id, office_id).order_by("year", "position", "pk")
    return [
        *(Work(one.pk, f"Hồ sơ {one.notation} năm {one.year}") for one in found),
        *(Work(one.pk, f"Hồ sơ {one.notation} năm {one.year} trong danh mục, chưa mở") for one in planned),
    ]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Another keeps the dossiers, and opens what the plans give to the leaver; returns how many."""
    by.require("administer")
    found = list(_dossiers(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    for dossier in found:
        pass_row(Item("dossier", dossier.pk), given)
        dossier.creator_id = given.to.person_id
        dossier.save(update_fields=["creator"])
        ledger.record("dossiers.reassigned", dossier, by=by, note=given.note)
    planned = list(
        _planned(given.leaver, by.office)
        .select_related("plan")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    PlanRow.objects.filter(pk__in=[row.pk for row in planned]).update(keeper=given.to.person_id)
    for plan in {row.plan_id: row.plan for row in planned}.values():
        ledger.record("dossiers.plan_changed", plan, by=by, note=given.note)
    return len(found) + len(planned)


def _dossiers(person_id: int, office_id: int) -> QuerySet[Dossier]:
    """Those of the office, and closed ones that stayed with an office that it took over, or was a part of."""
    kept, taken = (DossierState.OPEN, DossierState.CLOSED), inherited(office_id)
    homes = (office_id, *taken.whole, *taken.parts)
    return Dossier.objects.filter(creator=person_id, office__in=homes, state__in=kept)


def _planned(person_id: int, office_id: int) -> QuerySet[PlanRow]:
    """Lines of plans that name this person and from which no dossier was opened yet."""
    opened = Dossier.objects.filter(office=office_id).exclude(plan_row=None).values("plan_row")
    return PlanRow.objects.filter(keeper=person_id, office=office_id).exclude(pk__in=opened)
