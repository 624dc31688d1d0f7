"""Hand a closed dossier over to the archive of the office, which takes it or gives it back.

Decree 30/2020/NĐ-CP, articles 30-31; TT 05/2025/TT-BNV, chapter IV.
"""

from django.db import transaction

from vanthu.dossiers import queries
from vanthu.dossiers.actions import kept_by
from vanthu.dossiers.models import Dossier
from vanthu.dossiers.states import DOSSIERS
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Invalid


@transaction.atomic
def hand_over(dossier_id: int, *, by: Actor) -> Dossier:
    """Hand a closed dossier over to the archive of the office: the archivist sees it and what lies in it."""
    dossier = kept_by(dossier_id, by)
    moves.make(DOSSIERS, "hand_over", dossier, by=by)
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    archive = Owner("a", dossier.office_id)
    for item in [Item("dossier", dossier_id), *queries.documents_inside(dossier_id)]:
        participants.include(
            item,
            archive,
            office_id=dossier.office_id,
            role="archive",
            state="handed_over",
            pending=item.kind == "dossier",
            at=now(),
            restricted=any(row.restricted for row in participants.owners(item)),
        )
    ledger.record("dossiers.handed_over", dossier, by=by, note=f"nộp lưu hồ sơ {dossier.notation}")
    return dossier


@transaction.atomic
def accept(dossier_id: int, *, by: Actor) -> Dossier:
    """The archivist takes a dossier over; from now on nobody changes it."""
    by.require("take_over")
    dossier = queries.dossier(dossier_id, by).dossier
    moves.make(DOSSIERS, "accept", dossier, by=by)
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    ledger.record("dossiers.accepted", dossier, by=by, note=f"nhận hồ sơ {dossier.notation} vào Lưu trữ")
    return dossier


@transaction.atomic
def give_back(dossier_id: int, reason: str, *, by: Actor) -> Dossier:
    """The archivist gives a dossier back with what is to be mended; the archive loses sight of what lies in it."""
    by.require("take_over")
    if len(reason.strip()) < 10:
        raise Invalid(fields={"reason": "Ghi rõ phải bổ sung, sửa gì (ít nhất 10 ký tự) rồi trả lại."})
    dossier = queries.dossier(dossier_id, by).dossier
    moves.make(DOSSIERS, "give_back", dossier, by=by, also={"returned_reason": reason.strip()[:500]})
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    _hide_from_archive(dossier)
    keeper = Owner("p", dossier.creator_id)
    participants.move(Item("dossier", dossier_id), keeper, state=dossier.state, pending=True)
    note = f"trả lại hồ sơ {dossier.notation}: {reason.strip()}"
    ledger.record("dossiers.given_back", dossier, by=by, note=note)
    return dossier


def _hide_from_archive(dossier: Dossier) -> None:
    """Take the archive's rows of the dossier and of what lies in no other dossier of the archive."""
    items = [Item("dossier", dossier.pk), *queries.documents_inside(dossier.pk)]
    kept = queries.in_other_archived(dossier.pk)
    for item in items:
        if item not in kept:
            Participant.objects.filter(
                item_kind=item.kind,
                item_id=item.id,
                owner_kind="a",
                owner_id=dossier.office_id,
                role="archive",
            ).delete()
