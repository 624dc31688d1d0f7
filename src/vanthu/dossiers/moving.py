"""Dossiers when organisations change: what is still being made goes on at the successor, for its archive.

What was closed belongs to the fonds of the office that made it: it stays there, and the successor, who has that
archive, mends it, hands it over and takes it (`queries.keeps`; Decree 30/2020, articles 29 and 30).
"""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from vanthu.dossiers.models import Dossier, Share
from vanthu.dossiers.states import DossierState
from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route, transfer
from vanthu.organisations import queries as organisations
from vanthu.organisations.moving import Count, Extent, Room


def counts(extent: Extent) -> Sequence[Count]:
    """Dossiers that are still being made, and closed ones that the successor hands over."""
    mine = Q(unit__in=extent.units) if extent.units else Q(office__in=extent.offices)
    found = Dossier.objects.filter(mine)
    return (
        ("Hồ sơ đang lập", found.filter(state=DossierState.OPEN).count()),
        ("Hồ sơ đã kết thúc, nơi kế thừa sẽ nộp lưu", found.filter(state=DossierState.CLOSED).count()),
    )


def take(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    """Bring open dossiers over; a notation that the successor has already gets the mark of the old office."""
    mine = Q(office=route.office) if route.whole else Q(unit__in=list(route.units))
    rows = list(
        Dossier.objects.select_for_update(of=("self",))
        .filter(mine, state=DossierState.OPEN)
        .order_by("pk")[:limit]
    )
    mark = organisations.office(route.office).code
    for row in rows:
        before = row.office_id
        row.office_id, row.unit_id = route.place(row.unit_id)
        if row.office_id != before:
            row.notation = _free(row, mark)
        row.save(update_fields=["office", "unit", "notation"])
    taken = {Item("dossier", row.pk): row.office_id for row in rows}
    transfer(taken, route)
    _shares(rows, route)
    acts = [(row, Actor.for_system(row.office_id)) for row in rows]
    ledger.record_all("dossiers.moved", acts, note=route.note)
    return taken


def _free(row: Dossier, mark: str) -> str:
    """Its notation, told apart where another dossier of the year has the same."""
    there = Dossier.objects.filter(office=row.office_id, year=row.year).exclude(pk=row.pk)
    known = set(there.values_list("notation", flat=True))
    wanted, turn = row.notation, 1
    while wanted in known:
        tail = f"-{mark}" if turn == 1 else f"-{mark}.{turn}"
        wanted, turn = f"{row.notation[: 20 - len(tail)]}{tail}", turn + 1
    return wanted


def _shares(rows: Sequence[Dossier], route: Route) -> None:
    """What was shared with a unit is shared with its successor, if it is of the same office."""
    homes = {row.pk: row.office_id for row in rows}
    for share in Share.objects.filter(
        dossier__in=rows, owner_kind="u", owner_id__in=list(route.units), ended_at=None
    ).order_by("pk"):
        office, unit = route.units[share.owner_id]
        same = Share.objects.filter(dossier=share.dossier_id, owner_kind="u", owner_id=unit, ended_at=None)
        if office == homes[share.dossier_id] and not same.exists():
            share.owner_id = unit
            share.save(update_fields=["owner_id"])


MOVING = Room("dossiers", counts=counts, take=take)
