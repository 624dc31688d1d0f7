"""The register of seals and secret-key devices, one of them with its history, and what a person has in hand.

An office keeps those of its predecessors too, until they are surrendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from vanthu.kernel.refusals import NotAllowed, NotFound
from vanthu.signing.custody import KEEPERS
from vanthu.signing.custody_models import CustodyItem, CustodyRecord
from vanthu.signing.custody_states import CustodyAct, CustodyState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from vanthu.kernel.actor import Actor

READERS = (*KEEPERS, "print_books")  # the leaders whose duty the seals are, too
PAGE = 50
_LAST = 200  # records of one item on its page


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the printed book: an item and one record of it."""

    item: CustodyItem
    record: CustodyRecord


def may_read(by: Actor) -> bool:
    """Whether the actor reads the register of the office."""
    return any(by.may(power) for power in READERS)


def items(by: Actor, state: str = "", *, after: int = 0) -> list[CustodyItem]:
    """Items of the office, those not gone first in the order of the register; a page of them. One query."""
    rows = _of_office(by)
    rows = rows.filter(state=state) if state else rows.exclude(state=CustodyState.SURRENDERED)
    return list(rows.select_related("holder", "owner").filter(pk__gt=after).order_by("pk")[: PAGE + 1])


def to_count(by: Actor) -> list[CustodyItem]:
    """Everything that should be there at an inventory. One query."""
    rows = _of_office(by).exclude(state__in=(CustodyState.SURRENDERED, CustodyState.LOST))
    return list(rows.select_related("holder").order_by("pk"))


def counts(by: Actor) -> dict[str, int]:
    """{state: how many}. One query."""
    return dict(_of_office(by).values_list("state").annotate(n=Count("pk")).order_by())


def item(pk: int, by: Actor) -> CustodyItem:
    """One item, for who reads the register and for who has it; raises `NotFound`."""
    rows = CustodyItem.objects.select_related("holder", "owner", "office")
    found = rows.filter(pk=pk, office__in=by.own_offices).first()
    if found is None or not (may_read(by) or by.person_id in (found.holder_id, found.owner_id)):
        raise NotFound("Không có con dấu, thiết bị này trong sổ. Mở lại sổ theo dõi.")
    return found


def records(of: CustodyItem) -> list[CustodyRecord]:
    """What was written about an item, newest first. One query."""
    rows = CustodyRecord.objects.filter(item=of).select_related("giver", "receiver", "recorded_by")
    return list(rows.order_by("-recorded_at", "-pk")[:_LAST])


def record(pk: int, by: Actor) -> CustodyRecord:
    """One record, for who may see its item; raises `NotFound`."""
    rows = CustodyRecord.objects.select_related("item", "giver", "receiver", "recorded_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    item(found.item_id, by)
    return found


def mine(by: Actor) -> list[CustodyItem]:
    """What the person who acts has in hand in this office. One query."""
    rows = CustodyItem.objects.filter(office__in=by.own_offices, holder=by.person, state=CustodyState.HELD)
    return list(rows.order_by("pk"))


def book(by: Actor) -> Iterator[BookLine]:
    """The lines of the printed book, item by item; inventories only where something was missing."""
    rows = CustodyRecord.objects.filter(item__in=_of_office(by)).select_related(
        "item", "item__holder", "item__owner", "giver", "receiver"
    )
    for one in rows.order_by("item_id", "recorded_at", "pk").iterator(chunk_size=500):
        if one.act != CustodyAct.COUNT or not one.condition.startswith("có đủ"):
            yield BookLine(one.item, one)


def _of_office(by: Actor) -> QuerySet[CustodyItem]:
    if not may_read(by):
        raise NotAllowed("Chỉ văn thư, lãnh đạo và quản trị xem sổ con dấu, thiết bị lưu khóa bí mật.")
    return CustodyItem.objects.filter(office__in=by.own_offices)
