"""Work dossiers as far as the actor sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Q

from vanthu.documents.queries import ContentsLine
from vanthu.dossiers.models import FILED, Dossier, DossierItem, Export, Paper, Share
from vanthu.dossiers.states import IN_THE_ARCHIVE, DossierState
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.calendar import today
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Cursor, Item, Sight
from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.organisations.inheriting import units_and_predecessors
from vanthu.organisations.names import key_of
from vanthu.organisations.powers import Role

LOOKERS = ("reader", "archive")  # roles that see a dossier and put nothing into it
_FEW = 3  # suggestions of each sort


@dataclass(frozen=True, slots=True)
class SeenDossier:
    """A dossier and how the actor sees it."""

    dossier: Dossier
    sight: Sight


def dossier(pk: int, by: Actor) -> SeenDossier:
    """One dossier; raises `NotFound` for whoever it does not exist for."""
    sight = participants.sight(by, Item("dossier", pk))
    if sight is None:
        raise NotFound()
    rows = Dossier.objects.select_related("unit", "creator", "office", "plan_row__plan")
    return SeenDossier(rows.get(pk=pk), sight)


def dossiers(
    by: Actor,
    *,
    states: Sequence[str] = (),
    owner_kinds: Sequence[OwnerKind] = ("o", "u", "p", "a"),
    before: Cursor | None = None,
    limit: int = 50,
) -> list[Dossier]:
    """A page of dossiers, newest first. Two queries."""
    rows = participants.window(
        by, "dossier", states=states, owner_kinds=owner_kinds, before=before, limit=limit
    )
    return dossiers_of(rows)


def dossiers_of(rows: Sequence[Participant]) -> list[Dossier]:
    """The dossiers of rows that `participants` gave for an actor, in their order. One query."""
    found = Dossier.objects.select_related("unit", "creator").in_bulk([row.item_id for row in rows])
    return [found[row.item_id] for row in rows]


def keeps(dossier: Dossier, by: Actor) -> bool:
    """Whether the actor closes, opens again and hands over this dossier: its creator, or the head of its unit.

    What was closed before a change of the organisation stays with its old office and unit: who leads the successor
    keeps it. No query while the unit lasts.
    """
    return by.may("keep_dossier") and (by.acts_for(dossier.creator_id) or by.system or _leads(dossier, by))


def _leads(dossier: Dossier, by: Actor) -> bool:
    if dossier.unit_id in by.led_unit_ids:
        return True
    if dossier.unit is None:  # an office without units
        return dossier.office_id in by.predecessor_ids and by.acts_as_any([Role.HEAD])
    return not dossier.unit.valid_on(today()) and dossier.unit_id in units_and_predecessors(by.led_unit_ids)


def contributes(seen: SeenDossier, by: Actor) -> bool:
    """Whether the actor puts things into it: whoever sees it, but for those it is shown to for reading."""
    return by.may("keep_dossier") and any(row.role not in LOOKERS for row in seen.sight.rows)


def not_contributing() -> NotAllowed:
    """What somebody is told who may only look."""
    return NotAllowed("Hồ sơ này anh/chị chỉ được xem. Đề nghị người lập hồ sơ cho phép bổ sung.")


def contents(dossier_id: int) -> list[DossierItem]:
    """What lies in a dossier, in its order; the caller has checked the sight of the dossier."""
    return list(DossierItem.objects.filter(dossier=dossier_id).order_by("ordinal"))


def documents_inside(dossier_id: int) -> list[Item]:
    """The documents and drafts in a dossier, which have owners of their own."""
    return [
        Item(one.item_kind_of, one.item_id_of) for one in contents(dossier_id) if one.item_kind_of in FILED
    ]


def in_other_archived(dossier_id: int) -> set[Item]:
    """What of this dossier lies in another one that the archive has."""
    others = DossierItem.objects.filter(dossier__state__in=IN_THE_ARCHIVE).exclude(dossier=dossier_id)
    return {
        item
        for item in documents_inside(dossier_id)
        if others.filter(item_kind_of=item.kind, item_id_of=item.id).exists()
    }


def holding(kind: str, pk: int, by: Actor) -> list[Dossier]:
    """The dossiers in which an item lies and that the actor sees. One query."""
    lies = DossierItem.objects.filter(item_kind_of=kind, item_id_of=pk).values("dossier")
    found = Dossier.objects.filter(pk__in=lies).filter(pk__in=participants.visible(by, "dossier"))
    return list(found.order_by("-pk"))


def holders(kind: str, pk: int) -> list[int]:
    """The open dossiers in which an item lies, for system work."""
    rows = DossierItem.objects.filter(item_kind_of=kind, item_id_of=pk, dossier__state=DossierState.OPEN)
    return list(rows.values_list("dossier", flat=True))


def paper_lines(ids: Sequence[int]) -> dict[int, ContentsLine]:
    """Lines of papers in a dossier that the caller has checked the sight of. One query."""
    if not ids:
        return {}
    return {
        one.pk: ContentsLine("", one.dated_on, "Tài liệu", one.title, one.author, one.pages)
        for one in Paper.objects.filter(pk__in=ids)
    }


def paper_files(ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """{paper: its files}; the caller has checked the sight of the dossier."""
    return files.attachments("paper", ids) if ids else {}


def holding_paper(paper_id: int) -> list[Dossier]:
    """The dossiers in which a paper lies, for system work that tells their offices of its file."""
    lies = DossierItem.objects.filter(item_kind_of="paper", item_id_of=paper_id).values("dossier")
    return list(Dossier.objects.filter(pk__in=lies))


def may_open_paper(paper_id: int, by: Actor) -> bool:
    """Whether the actor may open the file of a paper, through any dossier it lies in."""
    lies = DossierItem.objects.filter(item_kind_of="paper", item_id_of=paper_id).values_list(
        "dossier", flat=True
    )
    return any(one.files for one in participants.sights(by, "dossier", lies).values())


def shares(dossier_id: int) -> list[Share]:
    """Who a dossier is shown to now; the caller has checked the sight of the dossier."""
    return list(Share.objects.filter(dossier=dossier_id, ended_at=None).order_by("name"))


def suggest_dossiers(text: str, by: Actor, *, limit: int = 8) -> list[Dossier]:
    """Open dossiers that the actor keeps, newest first, by typed words of title or notation."""
    words = key_of(text).split()
    read = 100 if words else limit
    rows = participants.window(by, "dossier", states=("open",), owner_kinds=("p", "u"), limit=read)
    found = Dossier.objects.in_bulk([row.item_id for row in rows])
    fitting = [
        found[row.item_id]
        for row in rows
        if all(word in key_of(f"{found[row.item_id].notation} {found[row.item_id].title}") for word in words)
    ]
    return fitting[:limit]


def likely_dossiers(item: Item, related: Sequence[Item], by: Actor) -> list[Dossier]:
    """Where to file an item: open dossiers that hold what it answers or relates to, then where the person filed last.

    At most six, without those that hold it already. Two queries, one more where there is something related.
    """
    recent = (
        DossierItem.objects.filter(added_by=by.person_id, dossier__state=DossierState.OPEN)
        .values_list("dossier")
        .annotate(last=Max("added_at"))
        .order_by("-last")[: _FEW * 2]
    )
    wanted = [*_holding_any(related), *(pk for pk, _ in recent)]
    if not wanted:
        return []
    holds = DossierItem.objects.filter(item_kind_of=item.kind, item_id_of=item.id).values("dossier")
    found = (
        Dossier.objects.filter(pk__in=wanted, state=DossierState.OPEN)
        .filter(pk__in=participants.visible(by, "dossier"))
        .exclude(pk__in=holds)
        .in_bulk()
    )
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found][: _FEW * 2]


def _holding_any(items: Sequence[Item]) -> list[int]:
    if not items:
        return []
    ids: dict[str, list[int]] = {}
    for kind, pk in items:
        ids.setdefault(kind, []).append(pk)
    lie = DossierItem.objects.none()
    for kind, wanted in ids.items():
        lie |= DossierItem.objects.filter(item_kind_of=kind, item_id_of__in=wanted)
    return list(lie.order_by("-dossier").values_list("dossier", flat=True)[: _FEW * 2])


def export(pk: UUID, by: Actor) -> Export:
    """An export that this account ordered. Raises `NotFound`."""
    found = Export.objects.select_related("dossier").filter(pk=pk, account_id=by.account).first()
    if found is None:
        raise NotFound("Bản kết xuất này không còn. Kết xuất lại từ trang hồ sơ.")
    return found


def unmeasured(before: datetime, *, limit: int = 1000) -> list[int]:
    """Open dossiers that were never measured, then those not since this moment, oldest first; none of practice."""
    rows = Dossier.objects.filter(state=DossierState.OPEN, office__room=None).order_by("pk")
    found = list(rows.filter(measured_at=None).values_list("pk", flat=True)[:limit])
    stale = rows.filter(measured_at__lt=before)
    return found + list(stale.values_list("pk", flat=True)[: limit - len(found)])


def of_ids(ids: Sequence[int], by: Actor) -> list[Dossier]:
    """These dossiers as far as the actor sees them, in order of year and notation. One query."""
    rows = Dossier.objects.filter(pk__in=ids).filter(pk__in=participants.visible(by, "dossier"))
    return list(rows.select_related("unit", "creator", "office").order_by("year", "unit", "ordinal", "pk"))


def last_year_to_hand_over(by: Actor) -> int | None:
    """The newest year with closed or handed-over dossiers of the actor's offices. One query."""
    rows = Dossier.objects.filter(
        office__in=by.offices, state__in=[DossierState.CLOSED, *IN_THE_ARCHIVE]
    ).filter(pk__in=participants.visible(by, "dossier"))
    last: int | None = rows.aggregate(last=Max("year"))["last"]
    return last


def handed_over_in(by: Actor, year: int, unit_id: int | None) -> list[Dossier]:
    """Closed and handed-over dossiers of a year (of one unit) that the actor sees, for the list of the hand-over.

    Those of the offices and units that were taken over too: each stays in the fonds in which it was made.
    """
    rows = Dossier.objects.filter(
        Q(office__in=by.offices) | Q(unit__in=units_and_predecessors(by.unit_ids)),
        year=year,
        state__in=[DossierState.CLOSED, *IN_THE_ARCHIVE],
    ).filter(pk__in=participants.visible(by, "dossier"))
    if unit_id is not None:
        rows = rows.filter(unit__in=units_and_predecessors([unit_id]))
    own_first = F("office__valid_to_on").desc(nulls_first=True)
    found = rows.select_related("unit", "creator", "office")
    return list(found.order_by(own_first, "office", "unit__position", "ordinal", "pk")[:5000])
