"""Who calls the hub, and the log of what was called: answers and bytes, never a secret and nothing of a document."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from vanthu.exchange.axis_models import Connection
from vanthu.exchange.hub import bodies, messages, replays
from vanthu.exchange.hub.errors import LOCKED, HubError, nobody
from vanthu.exchange.hub.messages import Message, claimed
from vanthu.exchange.hub.models import HubCall, HubSystem
from vanthu.kernel import vault
from vanthu.kernel.calendar import now

__all__ = ["Caller", "Connection", "claimed", "known", "let_in", "note", "switched_on"]

switched_on = bodies.own_connection
_SEEN = timedelta(minutes=1)  # how exactly a system's last call is known


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that has proved who it is, what it has signed, and the connection under which we are there."""

    system: HubSystem
    message: Message
    connection: Connection


def known(headers: Mapping[str, str], connection: Connection) -> Caller:
    """The system that has signed a call. Raises `HubError`; who is unknown costs and learns the same as who errs."""
    system = HubSystem.objects.filter(system_id=claimed(headers)).first()
    secret = vault.decrypted(system.secret) if system else secrets.token_urlsafe(32)
    message = messages.opened(headers, secret)
    if system is None or message.value("systemid") != system.system_id:
        raise nobody()
    return Caller(system, message, connection)


def let_in(caller: Caller, remembers: bool) -> None:
    """Raise `HubError` for a locked system, a wrong time and a message that was sent before.

    `remembers` says that the call itself notes the message with what it does: until then the same may come again.
    """
    if not caller.system.active:
        raise HubError(LOCKED, "Hệ thống này đang bị khóa trên trục. Liên hệ quản trị trục.")
    replays.refuse_old(caller.message)
    if remembers:
        replays.refuse_known(caller.message)
    else:
        replays.remember(caller.message.digest)


def note(
    call: str,
    caller: Caller | None,
    *,
    claimed: str,
    answer: str,
    said: str,
    address: str,
    taken: int,
    given: int,
    milliseconds: int,
) -> None:
    """Write a call into the log, and when its system was last heard of."""
    moment = now()
    HubCall.objects.create(
        system=caller.system if caller else None,
        claimed=claimed,
        call=call,
        answer=answer,
        note=said[:500],
        address=address[:64],
        taken=taken,
        given=given,
        milliseconds=milliseconds,
        at=moment,
    )
    if caller:
        stale = Q(called_at=None) | Q(called_at__lt=moment - _SEEN)
        HubSystem.objects.filter(stale, pk=caller.system.pk).update(called_at=moment)
