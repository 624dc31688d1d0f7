"""Writes of programs: the same command with the same key is done once."""

import hashlib
from collections.abc import Callable

from django.db.models import Model

from vanthu.kernel import idempotency
from vanthu.web.api.access import ProgramRequest, idempotency_key


def once[T: Model](request: ProgramRequest, act: Callable[[], T], load: Callable[[int], T]) -> T:
    """Run `act`, or return `load(id)` of what this command with this key did before.

    The command is method, address and body: the key with another command raises `Conflict` (`key_used`).
    """
    command = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    return idempotency.once(idempotency_key(request), f"api:{command[:40]}", act, load, by=request.actor)


def acted[T: Model](request: ProgramRequest, act: Callable[[], object], load: Callable[[], T]) -> None:
    """Do something to one item once. Who does not see it learns no more than that: `load` refuses."""

    def once_only() -> T:
        item = load()
        act()
        return item

    once(request, once_only, lambda _: load())
