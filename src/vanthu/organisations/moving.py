"""What changes of the organisation ask of each room; `config.wiring` names the rooms, lower ones first.

The change itself is one short transaction: posts, names, successions, closed books. From then on the people of the
successor reach all that the predecessor had (`inheriting.inherited`), so nothing is ever out of sight.
Its open work is then brought over in portions, each item with its tasks and participants in one transaction: it
belongs to the old office or to the new one, never to both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from vanthu.kernel.actor import Actor
from vanthu.kernel.participants import Item
from vanthu.kernel.transfers import Route

__all__ = ["Extent", "Room", "Route", "rooms", "use"]


@dataclass(frozen=True, slots=True)
class Extent:
    """What a change touches: offices as a whole, or these units of an office that goes on."""

    offices: tuple[int, ...] = ()
    units: tuple[int, ...] = ()


type Count = tuple[str, int]


def _nothing(extent: Extent) -> Sequence[Count]:
    return ()


def _no_obstacle(extent: Extent) -> Sequence[str]:
    return ()


def _no_beginning(route: Route, *, goes_on: bool, fresh: bool, reason: str, by: Actor) -> None:
    return None


def _none(route: Route, limit: int, by: Actor) -> Mapping[Item, int]:
    return {}


def _no_more(route: Route, taken: Mapping[Item, int], by: Actor) -> None:
    return None


def _no_name(office_id: int, unit_id: int | None, by: Actor) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Room:
    """The part of one room.

    `counts`: what would move, named, before it does. `obstacles`: sentences that say what must be settled first.
    `begin`: what is done at once, in the transaction of the change (`fresh`: the successor is new and has no rules
    of its own; `goes_on`: its books go on with the numbers of this predecessor). `take`: bring over up to `limit`
    open items and return {item: its office}; empty when there are none left. `follow`: what else belongs to items
    that any room took. `renamed`: an office, or a unit of it, has another name now.
    """

    name: str
    counts: Callable[[Extent], Sequence[Count]] = _nothing
    obstacles: Callable[[Extent], Sequence[str]] = _no_obstacle
    begin: Callable[..., None] = _no_beginning
    take: Callable[[Route, int, Actor], Mapping[Item, int]] = _none
    follow: Callable[[Route, Mapping[Item, int], Actor], None] = _no_more
    renamed: Callable[[int, int | None, Actor], None] = _no_name


_rooms: dict[str, Room] = {}


def use(room: Room) -> None:
    """Let a room take part; called only by `config.wiring`."""
    _rooms[room.name] = room


def rooms() -> Sequence[Room]:
    """The rooms in the order in which they were named."""
    return list(_rooms.values())


def counts(extent: Extent) -> list[Count]:
    """What would move, per kind of work; kinds of which there is nothing too."""
    return [count for room in rooms() for count in room.counts(extent)]


def obstacles(extent: Extent) -> list[str]:
    """What must be settled first, in sentences."""
    return [sentence for room in rooms() for sentence in room.obstacles(extent)]
