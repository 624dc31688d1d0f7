"""The deadline of an incoming entry (Decree 30/2020, article 24) moves when who set it grants more time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from vanthu.documents.models import IncomingEntry
from vanthu.kernel import participants
from vanthu.kernel.participants import Item, Owner

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor


class EntryName(NamedTuple):
    """What a sentence needs to name an entry."""

    arrival_number: int | None
    subject: str
    restricted: bool


def names_of(ids: Iterable[int]) -> dict[int, EntryName]:
    """{id: name} of incoming entries for sentences that the system tells whoever has them in hand. One query."""
    rows = IncomingEntry.objects.filter(pk__in=list(ids))
    return {
        pk: EntryName(number, subject, restricted)
        for pk, number, subject, restricted in rows.values_list(
            "pk", "arrival_number", "subject", "restricted"
        )
    }


@transaction.atomic
def extend(entry: IncomingEntry, due_on: date | None, *, by: Actor) -> None:
    """Set the new deadline of the entry and of the office's and the units' rows; the tasks room says who may."""
    IncomingEntry.objects.filter(pk=entry.pk, office_id=by.office).update(due_on=due_on)
    entry.due_on = due_on
    for row in participants.owners(Item("in", entry.pk)):
        if row.owner_kind in ("o", "u"):
            participants.set_due(Item("in", entry.pk), due_on, owner=Owner(row.owner_kind, row.owner_id))  # type: ignore[arg-type]
