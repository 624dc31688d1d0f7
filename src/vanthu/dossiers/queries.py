"""Work dossiers as far as the actor sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from vanthu.dossiers.models import Dossier, DossierItem
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor, OwnerKind
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Cursor, Item, Sight
from vanthu.kernel.refusals import NotFound
from vanthu.organisations.names import key_of


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
    return SeenDossier(Dossier.objects.select_related("unit", "creator", "office").get(pk=pk), sight)


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
    """Whether the actor closes, opens again and hands over this dossier: its creator, or the head of its unit."""
    return by.may("keep_dossier") and (
        by.acts_for(dossier.creator_id) or dossier.unit_id in by.led_unit_ids or by.system
    )


def contents(dossier_id: int) -> list[DossierItem]:
    """What lies in a dossier, in its order; the caller has checked the sight of the dossier."""
    return list(DossierItem.objects.filter(dossier=dossier_id).order_by("ordinal"))


def holding(kind: str, pk: int, by: Actor) -> list[Dossier]:
    """The dossiers in which an item lies and that the actor sees. One query."""
    lies = DossierItem.objects.filter(item_kind_of=kind, item_id_of=pk).values("dossier")
    found = Dossier.objects.filter(pk__in=lies).filter(pk__in=participants.visible(by, "dossier"))
    return list(found.order_by("-pk"))


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
