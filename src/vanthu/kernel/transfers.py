"""Bring items with all who take part in them from one office, or unit, to another: when organisations change."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from vanthu.kernel import participants
from vanthu.kernel.models import Participant
from vanthu.kernel.participants import Item

LEFT = "left"  # state of who went elsewhere than the item: they keep what they saw, nothing waits for them


@dataclass(frozen=True, slots=True)
class Route:
    """From an office to the successor of what belongs to no unit; the same office when only units of it change.

    `units` is {old unit: (office, new unit)}, `people` {person: the office they work in now}, `posts` {old: new post}.
    `whole`: the office itself is no more. `note` is the sentence that the history of each item shows.
    """

    office: int
    to_office: int
    whole: bool
    note: str
    units: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)
    posts: Mapping[int, int] = field(default_factory=dict)

    def place(self, unit_id: int | None) -> tuple[int, int | None]:
        """(office, unit) to which the work of a unit of the predecessor goes; of none, or one that stays, as it is."""
        if unit_id is not None and unit_id in self.units:
            return self.units[unit_id]
        return self.to_office, None if self.whole else unit_id


def led_by(kind: str, ids: list[int]) -> dict[int, int]:
    """{item: the unit that leads it} of items of one kind. One query."""
    rows = Participant.objects.filter(item_kind=kind, item_id__in=ids, owner_kind="u", role="lead")
    return dict(rows.values_list("item_id", "owner_id"))


def of_units(kind: str, route: Route) -> Q:
    """Items of a kind in which the units of the route still take part, as a condition on `pk`."""
    rows = Participant.objects.filter(item_kind=kind, owner_kind="u", owner_id__in=list(route.units))
    return Q(pk__in=rows.exclude(state=LEFT).values("item_id"))


@transaction.atomic
def transfer(taken: Mapping[Item, int], route: Route) -> None:
    """Give the rows of these items to the successors: {item: the office it belongs to now}. Three statements a kind.

    Of two owners that become one, the row in which something waits stays.
    """
    by_kind: dict[str, list[int]] = {}
    for item in taken:
        by_kind.setdefault(item.kind, []).append(item.id)
    for kind, ids in by_kind.items():
        rows = list(
            Participant.objects.filter(item_kind=kind, item_id__in=ids, office_id=route.office).order_by("pk")
        )
        before = {row.pk: (row.owner_kind, row.owner_id) for row in rows}
        kept: dict[tuple[int, str, int], Participant] = {}
        for row in rows:
            _bring(row, taken[Item(kind, row.item_id)], route)
            key = (row.item_id, row.owner_kind, row.owner_id)
            if key not in kept or (row.pending and not kept[key].pending):
                kept[key] = row
        gone = [row.pk for row in rows if before[row.pk] != (row.owner_kind, row.owner_id)]
        Participant.objects.filter(pk__in=gone).delete()
        participants.include_all(kept.values())


def _bring(row: Participant, office_id: int, route: Route) -> None:
    """Change a row to what it is at the new office of its item."""
    goes, owner = office_id, row.owner_id
    if row.owner_kind == "o":
        owner = office_id if row.owner_id == route.office else row.owner_id
    elif row.owner_kind == "u" and row.owner_id in route.units:
        goes, owner = route.units[row.owner_id]
    elif row.owner_kind == "p":
        goes = route.people.get(row.owner_id, office_id)
    elif row.owner_kind == "u" and office_id != route.office:  # a unit that stays while the item leaves
        goes = route.office
    if goes == office_id:
        row.owner_id, row.office_id = owner, office_id
    else:
        row.state, row.pending = LEFT, False
