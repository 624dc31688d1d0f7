"""Open, fill, close and hand over work dossiers. Decree 30/2020/NĐ-CP, articles 28-31."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from vanthu.documents import queries as documents
from vanthu.documents.recalling import refuse_recalled
from vanthu.documents.states import IN_THE_BOOK
from vanthu.dossiers import queries
from vanthu.dossiers.models import FILED, Dossier, DossierItem, Retention
from vanthu.dossiers.states import DOSSIERS, DossierState
from vanthu.kernel import ledger, moves, participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.participants import Item, Owner
from vanthu.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from vanthu.organisations import queries as organisations


@transaction.atomic
def open_dossier(
    title: str, *, retention: str = Retention.YEARS_10, started_on: date | None = None, by: Actor
) -> Dossier:
    """Open a work dossier; its notation is the next of the unit in the year ("07.P1")."""
    by.require("keep_dossier")
    if len(title.strip()) < 10:
        raise Invalid(fields={"title": "Nhập tiêu đề hồ sơ, ít nhất 10 ký tự: về việc gì, của ai, năm nào."})
    if retention not in Retention.values:
        raise Invalid(fields={"retention": "Chọn thời hạn bảo quản trong danh sách."})
    day = started_on or today()
    unit_id = by.unit_ids[0] if by.unit_ids else None
    organisations.hold_office(by.office)  # one notation at a time
    abbreviation = organisations.unit(unit_id, office_id=by.office).abbreviation if unit_id else "VKS"
    # by abbreviation, not by unit: a unit made anew within the year goes on with the notations of the old one
    kept = Dossier.objects.filter(office=by.office, year=day.year, notation__endswith=f".{abbreviation}")
    ordinal = (kept.aggregate(last=Max("ordinal"))["last"] or 0) + 1
    dossier = Dossier.objects.create(
        office_id=by.office,
        unit_id=unit_id,
        creator_id=by.person,
        year=day.year,
        ordinal=ordinal,
        notation=f"{ordinal:02d}.{abbreviation}",
        title=title.strip(),
        retention=retention,
        started_on=day,
    )
    owners = [Owner("o", by.office), Owner("p", by.person)]
    for owner in owners + ([Owner("u", unit_id)] if unit_id else []):
        participants.include(
            Item("dossier", dossier.pk),
            owner,
            office_id=by.office,
            role="keeper" if owner.kind == "p" else "holder",
            state=dossier.state,
            pending=owner.kind == "p",
            at=now(),
        )
    ledger.record(
        "dossiers.opened",
        dossier,
        by=by,
        changes={"title": ("", dossier.title), "retention": ("", retention)},
        note=f"mở hồ sơ {dossier.notation}",
    )
    return dossier


@transaction.atomic
def put_in(dossier_id: int, item: Item, *, by: Actor) -> DossierItem:
    """Put an entry or draft that the actor sees into an open dossier; the same item twice changes nothing."""
    by.require("keep_dossier")
    if item.kind not in FILED or participants.sight(by, item) is None:
        raise NotFound()
    if item.kind == "in" and documents.incoming(item.id, by).entry.state not in IN_THE_BOOK:
        raise Conflict("Văn bản chưa vào sổ nên chưa đưa vào hồ sơ được. Đề nghị văn thư vào sổ trước.")
    if item.kind == "out":
        refuse_recalled(item.id)
    queries.dossier(dossier_id, by)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier_id)
    if dossier.state != DossierState.OPEN:
        raise Conflict("Hồ sơ đã kết thúc. Mở lại hồ sơ, hoặc chọn hồ sơ khác.")
    found = DossierItem.objects.filter(dossier=dossier, item_kind_of=item.kind, item_id_of=item.id).first()
    if found is not None:
        return found
    dossier.last_ordinal += 1
    dossier.save(update_fields=["last_ordinal"])
    placed = DossierItem.objects.create(
        dossier=dossier,
        item_kind_of=item.kind,
        item_id_of=item.id,
        ordinal=dossier.last_ordinal,
        added_at=now(),
        added_by_id=by.person,
    )
    ledger.record(
        "dossiers.filed",
        dossier,
        by=by,
        changes={"item": (None, f"{item.kind}:{item.id}")},
        note=f"đưa văn bản thứ {placed.ordinal} vào hồ sơ",
    )
    return placed


def _kept_by(dossier_id: int, by: Actor) -> Dossier:
    """The dossier, if the actor keeps it (article 31: who opened it, and the head of the unit)."""
    dossier = queries.dossier(dossier_id, by).dossier
    if not queries.keeps(dossier, by):
        raise NotAllowed(
            "Hồ sơ do người lập và lãnh đạo đơn vị của họ kết thúc, nộp lưu. Đề nghị họ thực hiện."
        )
    return dossier


@transaction.atomic
def close(dossier_id: int, *, by: Actor) -> Dossier:
    """End a dossier when the work is done (article 29.1.c); an empty one is refused."""
    dossier = _kept_by(dossier_id, by)
    if not dossier.last_ordinal:
        raise Invalid("Hồ sơ chưa có văn bản nào. Đưa văn bản vào hồ sơ trước khi kết thúc.")
    moves.make(DOSSIERS, "close", dossier, by=by, also={"ended_on": today()})
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    ledger.record("dossiers.closed", dossier, by=by, note=f"kết thúc hồ sơ {dossier.notation}")
    return dossier


@transaction.atomic
def reopen(dossier_id: int, *, by: Actor) -> Dossier:
    """Open a closed dossier again; not after it was handed over."""
    dossier = _kept_by(dossier_id, by)
    moves.make(DOSSIERS, "reopen", dossier, by=by, also={"ended_on": None})
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    ledger.record("dossiers.reopened", dossier, by=by, note=f"mở lại hồ sơ {dossier.notation}")
    return dossier


@transaction.atomic
def hand_over(dossier_id: int, *, by: Actor) -> Dossier:
    """Hand a closed dossier over to the archive of the office: the archivist sees it and what lies in it."""
    dossier = _kept_by(dossier_id, by)
    moves.make(DOSSIERS, "hand_over", dossier, by=by)
    participants.move_all(Item("dossier", dossier_id), state=dossier.state)
    archive = Owner("a", dossier.office_id)
    inside = [Item(one.item_kind_of, one.item_id_of) for one in queries.contents(dossier_id)]
    for item in [Item("dossier", dossier_id), *inside]:
        participants.include(
            item,
            archive,
            office_id=dossier.office_id,
            role="archive",
            state="handed_over",
            at=now(),
            restricted=any(row.restricted for row in participants.owners(item)),
        )
    ledger.record("dossiers.handed_over", dossier, by=by, note=f"nộp lưu hồ sơ {dossier.notation}")
    return dossier
