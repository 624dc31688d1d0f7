"""What a transport is: list, fetch, send, tell the status, list of bodies, what became of what was sent.

Transports know the wire and nothing of documents. Every call has time-outs; reading calls are repeated with growing
pauses inside the transport, `send` never is: after `UnknownOutcomeError` the caller asks `sent` before it sends again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol


class TransportError(Exception):
    """The call failed; its text is a sentence in Vietnamese for the clerk or the administrator.

    `code` is the service's own ("18"), `permanent` says that the same call would fail again.
    """

    def __init__(self, sentence: str, *, code: str = "", permanent: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.code, self.permanent = sentence, code, permanent


class UnknownOutcomeError(TransportError):
    """Nobody knows whether the packet was taken: the connection broke after it may have been."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A packet that waits for us; `kind` is "edoc" or "status"."""

    doc_id: str
    kind: str
    from_code: str = ""
    to_code: str = ""
    created_at: datetime | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class SentTo:
    """Where a packet of ours is for one receiver; `status` is of `axis_states.Transport`, `kind` "edoc" or "status".

    "" means that the other side does not tell.
    """

    doc_id: str
    to_code: str
    status: str
    receiver_doc_id: str = ""
    note: str = ""
    symbol: str = ""
    title: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    from_code: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A body in the list of a connection; `old_codes` are older forms of its code."""

    code: str
    name: str
    old_codes: tuple[str, ...] = ()
    parent_code: str = ""
    email: str = ""
    version: int = 0
    deleted: bool = False
    is_agency: bool = True


@dataclass(frozen=True, slots=True)
class Wire:
    """What a transport needs to know of its connection; `secret` is in clear and goes to no log."""

    kind: str
    endpoint: str
    system_id: str
    secret: str = field(repr=False)
    options: dict[str, object] = field(default_factory=dict)


class Transport(Protocol):
    """One connection. All methods raise `TransportError`."""

    def received(self, kind: str, since: datetime | None) -> Iterable[Listed]:
        """Packets that wait for us, oldest first; the same one comes again until it is told `done` or `fail`."""
        ...

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        """Write the packet's bytes; streams. More than `most` bytes is a permanent error."""
        ...

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        """Upload one packet for all receivers; returns its id on the other side. Raises `UnknownOutcomeError`."""
        ...

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        """Set the transport status of a packet that we received."""
        ...

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        """Where our packets are: of one, or of all since a moment; [] when the other side does not know it."""
        ...

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        """The list of bodies, or what changed in it after a version where the other side can tell."""
        ...


class Registers(Protocol):
    """A transport that can also enter our own bodies into the list of the other side."""

    def register(self, rows: Iterable[AgencyRow]) -> None:
        """Enter or correct bodies below ours."""
        ...

    def unregister(self, code: str) -> None:
        """Take a body off the list."""
        ...
