"""Show a dossier, and what lies in it, to units and people who do not keep it (Decree 30/2020, Phụ lục VI, III.3.b).

Who is shown a dossier sees the documents in it that are not restricted, as rows with the role `shared`; what they
see for another reason is never touched.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from vanthu.dossiers import queries
from vanthu.dossiers.models import Dossier, DossierItem, Share
from vanthu.dossiers.states import IN_THE_ARCHIVE
from vanthu.kernel import ledger, participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import now, today
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations

READER, CONTRIBUTOR, SHARED = "reader", "contributor", "shared"


@transaction.atomic
def share(
    dossier_id: int, owner: Owner, *, contribute: bool = False, until_on: date | None = None, by: Actor
) -> Share:
    """Show a dossier to a unit or person of the office, until a day if one is given. Its keeper decides."""
    dossier = _kept(dossier_id, by)
    if dossier.state in IN_THE_ARCHIVE:
        raise Conflict("Hồ sơ đã nộp lưu. Người cần xem đề nghị Lưu trữ cơ quan cho khai thác.")
    if until_on is not None and until_on < today():
        raise Invalid(
            fields={"until_on": f"Chia sẻ đến hết một ngày từ hôm nay ({today():%d/%m/%Y}) trở đi."}
        )
    name = _name(owner, by.office)  # whose office may have taken the dossier's over
    item = Item("dossier", dossier_id)
    if any((row.owner_kind, row.owner_id) == owner for row in participants.owners(item)):
        raise Invalid(fields={"owner": f"{name} đã xem được hồ sơ này. Chọn người hoặc đơn vị khác."})
    moment = now()
    given = Share.objects.create(
        dossier=dossier,
        owner_kind=owner.kind,
        owner_id=owner.id,
        name=name,
        contribute=contribute,
        until_on=until_on,
        given_at=moment,
    )
    participants.include(
        item,
        owner,
        office_id=by.office,
        role=CONTRIBUTOR if contribute else READER,
        state=dossier.state,
        at=moment,
        restricted=dossier.restricted,
    )
    _show(dossier, owner, queries.documents_inside(dossier_id))
    way = "xem và bổ sung" if contribute else "xem"
    until = f" đến hết {until_on:%d/%m/%Y}" if until_on else ""
    ledger.record(
        "dossiers.shared",
        dossier,
        by=by,
        changes={"shared_with": (None, name), "contribute": (None, contribute), "until_on": (None, until_on)},
        note=f"chia sẻ hồ sơ cho {name} {way}{until}",
    )
    return given


@transaction.atomic
def unshare(dossier_id: int, share_id: int, *, by: Actor) -> None:
    """Take a share back. Its keeper decides."""
    dossier = _kept(dossier_id, by)
    given = Share.objects.filter(pk=share_id, dossier=dossier, ended_at=None).first()
    if given is None:
        raise NotFound("Chia sẻ này đã kết thúc. Tải lại trang để xem ai đang xem được hồ sơ.")
    _end(given, by=by, note=f"thôi chia sẻ hồ sơ cho {given.name}")


@transaction.atomic
def end_due() -> int:
    """End the shares whose last day has passed; returns how many."""
    due = Share.objects.filter(ended_at=None, until_on__lt=today()).select_related("dossier")
    ended = list(due.select_for_update(of=("self",), skip_locked=True)[:500])
    for given in ended:
        by = Actor.for_system(given.dossier.office_id)
        _end(given, by=by, note=f"hết hạn chia sẻ hồ sơ cho {given.name}")
    return len(ended)


def show_new(dossier: Dossier, item: Item) -> None:
    """What is put into a shared dossier is seen by whom it is shared with."""
    if item.kind != "paper":
        for given in Share.objects.filter(dossier=dossier, ended_at=None):
            _show(dossier, _owner(given), [item])


def hide_removed(dossier: Dossier, item: Item) -> None:
    """What is taken out of a shared dossier is seen no more through it."""
    for given in Share.objects.filter(dossier=dossier, ended_at=None):
        _hide(given, [item])


def _kept(dossier_id: int, by: Actor) -> Dossier:
    dossier = queries.dossier(dossier_id, by).dossier
    dossier.refuse_frozen()
    if not queries.keeps(dossier, by):
        raise NotAllowed("Người lập hồ sơ và lãnh đạo đơn vị của họ chia sẻ hồ sơ. Đề nghị họ thực hiện.")
    return dossier


def _name(owner: Owner, office_id: int) -> str:
    if owner.kind == "u":
        return organisations.unit(owner.id, office_id=office_id).short_name
    return organisations.post_of_person(owner.id, office_id=office_id).person.full_name


def _owner(given: Share) -> Owner:
    kind: OwnerKind = "u" if given.owner_kind == "u" else "p"
    return Owner(kind, given.owner_id)


def _show(dossier: Dossier, owner: Owner, items: Iterable[Item]) -> None:
    """Give the owner a row of each document that has none yet and is not restricted."""
    moment = now()
    for item in items:
        rows = participants.owners(item)
        if any(row.restricted or (row.owner_kind, row.owner_id) == owner for row in rows):
            continue
        participants.include(item, owner, office_id=dossier.office_id, role=SHARED, state=SHARED, at=moment)


def _end(given: Share, *, by: Actor, note: str) -> None:
    given.ended_at = now()
    given.save(update_fields=["ended_at"])
    Participant.objects.filter(
        item_kind="dossier",
        item_id=given.dossier_id,
        owner_kind=given.owner_kind,
        owner_id=given.owner_id,
        role__in=[READER, CONTRIBUTOR],
    ).delete()
    _hide(given, queries.documents_inside(given.dossier_id))
    ledger.record(
        "dossiers.unshared", given.dossier, by=by, changes={"shared_with": (given.name, None)}, note=note
    )


def _hide(given: Share, items: Iterable[Item]) -> None:
    """Take the rows that came with a share, but for what another share of the same owner shows."""
    others = Share.objects.filter(
        owner_kind=given.owner_kind, owner_id=given.owner_id, ended_at=None
    ).exclude(pk=given.pk)
    shown = {
        Item(kind, pk)
        for kind, pk in DossierItem.objects.filter(dossier__in=others.values("dossier")).values_list(
            "item_kind_of", "item_id_of"
        )
    }
    for item in items:
        if item not in shown:
            Participant.objects.filter(
                item_kind=item.kind,
                item_id=item.id,
                owner_kind=given.owner_kind,
                owner_id=given.owner_id,
                role=SHARED,
            ).delete()
