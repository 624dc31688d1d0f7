"""The hub from inside: this installation is one of the systems that meet there, its own addresses are its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from vanthu.exchange.axis_models import Connection
from vanthu.exchange.hub import bodies, queues, sending
from vanthu.exchange.hub.errors import AT_FAULT, HubError
from vanthu.exchange.hub.models import HubItem
from vanthu.exchange.hub.sending import Offer
from vanthu.exchange.transports.base import AgencyRow, Listed, SentTo, TransportError
from vanthu.kernel.files import written
from vanthu.kernel.files.contract import CHUNK


class HubTransport:
    """`transports.base.Transport` without a wire: nothing is lost on the way, so no outcome is unknown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def received(self, kind: str, since: datetime | None) -> Iterable[Listed]:
        """Packets for our offices. `since` is not needed: what was told `done` is gone from the queue."""
        return [
            Listed(row.doc_id, row.kind, row.packet.from_code, row.to_code, row.queued_at, row.state)
            for row in queues.waiting(None, kind)
        ]

    def fetch(self, doc_id: str, target: BinaryIO, *, most: int) -> None:
        """Write the packet's bytes; more than `most` is a permanent error."""
        row = self._item(doc_id)
        if row.packet.size > most:
            raise TransportError(f"Gói tin lớn hơn {most >> 20} MB.", permanent=True)
        with queues.opened(row) as reading:
            for chunk in reading:
                target.write(chunk)

    def send(self, packet: Path, *, kind: str, from_code: str, to_codes: Sequence[str]) -> str:
        """Put a packet into the queues of its receivers; returns its id there."""
        with packet.open("rb") as source, written.workplace() as folder:
            copy = folder / "packet.edxml"
            with copy.open("wb") as target:
                writing = written.Writing(target)
                while chunk := source.read(CHUNK):
                    writing.write(chunk)
            offer = Offer(
                system=None,
                connection=self._connection,
                kind=kind,
                from_code=from_code,
                to_codes=tuple(to_codes) or None,
                path=copy,
                size=writing.size,
                sha256=writing.sha256,
            )
            try:
                return sending.accept(offer, folder)
            except HubError as error:
                raise _told(error) from error

    def tell(self, doc_id: str, status: str, note: str = "") -> None:
        """Set the status of a packet in our queue."""
        row = self._item(doc_id)
        try:
            queues.tell(row, status, note)
        except HubError as error:
            raise _told(error) from error

    def sent(self, doc_id: str = "", *, since: datetime | None = None) -> Sequence[SentTo]:
        """Where our packets are."""
        return [
            SentTo(
                doc_id=row.packet.doc_id,
                to_code=row.to_code,
                status=row.state,
                receiver_doc_id=row.doc_id,
                note=row.note,
                symbol=row.packet.symbol,
                title=row.packet.title,
                sent_at=row.packet.sent_at,
                received_at=row.received_at,
                from_code=row.packet.from_code,
                kind=row.kind,
            )
            for row in queues.sent(None, doc_id=doc_id, since=since)
        ]

    def agencies(self, since_version: int = 0) -> Iterator[AgencyRow]:
        """The bodies of registered systems; our own offices are reached without the hub. Read at once: whoever takes
        them over writes to the same database meanwhile.
        """
        return iter(
            [
                AgencyRow(
                    code=one.code,
                    name=one.name,
                    old_codes=one.old_codes,
                    parent_code=one.parent_code,
                    email=one.email,
                    version=one.version,
                    deleted=one.deleted,
                )
                for one in bodies.changes(None, since_version)
            ]
        )

    def _item(self, doc_id: str) -> HubItem:
        try:
            return queues.item(None, doc_id)
        except HubError as error:
            raise _told(error) from error


def _told(error: HubError) -> TransportError:
    return TransportError(error.sentence, code=error.code, permanent=error.code != AT_FAULT)
