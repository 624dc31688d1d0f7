"""State diagrams as tables, arrows as compare-and-swap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.freezing import Freezable
from vanthu.kernel.refusals import Conflict


@dataclass(frozen=True, slots=True)
class Move:
    """An arrow of a state diagram: from any of `sources` to `target`, by whoever holds `power` ("" = no power)."""

    sources: tuple[str, ...]
    target: str
    power: str
    label: str


def make(
    moves: Mapping[str, Move], name: str, item: Model, *, by: Actor, also: Mapping[str, Any] | None = None
) -> None:
    """Move `item` along the arrow and set the fields in `also`, if it is still in one of the sources.

    Raises `NotAllowed` without the power and `Conflict` when it is frozen or somebody else was first. The instance is
    updated.
    """
    move = moves[name]
    if move.power:
        by.require(move.power)
    if isinstance(item, Freezable):
        item.refuse_frozen()
    changes = {"state": move.target, **(also or {})}
    changed = type(item)._base_manager.filter(pk=item.pk, state__in=move.sources).update(**changes)
    if not changed:
        raise Conflict(who_was_first(item), code="moved_already")
    for field, value in changes.items():
        setattr(item, field, value)


def possible(moves: Mapping[str, Move], state: str, by: Actor) -> frozenset[str]:
    """Names of the arrows that leave this state and that the actor may take."""
    return frozenset(
        name
        for name, move in moves.items()
        if state in move.sources and (not move.power or by.may(move.power))
    )


def who_was_first(item: Model) -> str:
    """The sentence for somebody who comes too late: who did what, and when."""
    last = ledger.last_act(item)
    if last is None:
        return ""
    # The note of a restricted item may repeat what its reader sees masked.
    done = "xử lý văn bản này" if getattr(item, "restricted", False) else last.note
    return (
        f"{last.actor_name} vừa {done} lúc {last.at_local:%H:%M ngày %d/%m/%Y}."
        " Tải lại trang để xem trạng thái mới; nội dung đang gõ vẫn còn."
    )
