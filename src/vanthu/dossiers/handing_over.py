"""Dossiers of a person who leaves are kept by another until the archive has them. Decree 30/2020/NĐ-CP, article 29."""

from django.db import transaction
from django.db.models import QuerySet

from vanthu.dossiers.models import Dossier
from vanthu.dossiers.states import DossierState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.organisations.leaving import Change, Work, pass_row


def work_of(person_id: int, office_id: int) -> list[Work]:
    """Dossiers of this person that the archive does not have yet. One query."""
    found = _dossiers(person_id, office_id).order_by("year", "pk")
    return [Work(one.pk, f"Hồ sơ {one.notation} năm {one.year}") for one in found]


@transaction.atomic
def hand_over(given: Change, *, by: Actor) -> int:
    """Another keeps the dossiers; returns how many."""
    by.require("administer")
    found = list(_dossiers(given.leaver, by.office).select_for_update(of=("self",)).order_by("pk"))
    for dossier in found:
        pass_row(Item("dossier", dossier.pk), given)
        dossier.creator_id = given.to.person_id
        dossier.save(update_fields=["creator"])
        ledger.record("dossiers.reassigned", dossier, by=by, note=given.note)
    return len(found)


def _dossiers(person_id: int, office_id: int) -> QuerySet[Dossier]:
    kept = (DossierState.OPEN, DossierState.CLOSED)
    return Dossier.objects.filter(creator=person_id, office=office_id, state__in=kept)
