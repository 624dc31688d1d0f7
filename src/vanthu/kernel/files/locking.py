"""A virus found in a file that was kept: the file is locked, and the history of everything that holds it says so.

The rooms above say what that is; `config.wiring` adds them here, and who is told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files import queries

if TYPE_CHECKING:
    from vanthu.kernel.files.models import StoredFile

VERB = "files.locked"

type Holders = Callable[[int], Iterable[Any]]
"""(id of an owner) → the things with a page, each of an office (`office_id`), in which its files are."""

_holders: dict[str, Holders] = {}


def know(owner_kind: str, holders: Holders) -> None:
    """Say in what the files of this kind of owner are shown; the last one given counts."""
    _holders[owner_kind] = holders


def shown_in(owner_kind: str, owner_id: int) -> list[Any]:
    """In what the files of an owner are shown."""
    return list(_holders[owner_kind](owner_id)) if owner_kind in _holders else []


def record(file: StoredFile) -> None:
    """Record at everything that holds a file that it is locked, once each; part of the transaction that locks it."""
    said: dict[tuple[str, int], tuple[Any, str]] = {}
    for held in queries.holders(file.sha256):
        for thing in shown_in(held.owner_kind, held.owner_id):
            said.setdefault(ledger.identity(thing), (thing, held.name))
    for thing, name in sorted(
        said.values(), key=lambda one: one[0].office_id
    ):  # heads in the order of offices
        ledger.record(
            VERB,
            thing,
            by=Actor.for_system(thing.office_id),
            changes={"virus": ("", file.virus)},
            note=f"phát hiện mã độc ({file.virus}) trong tệp “{name}”: đã khóa tệp",
        )
