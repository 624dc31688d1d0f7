"""Once a day: is what we think we sent on the other side, and do we know what it says we sent?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, OwnAddress, SentPacket
from vanthu.exchange.axis_states import SendState
from vanthu.exchange.reconciliation_models import Reconciliation
from vanthu.exchange.transports.base import SentTo, TransportError
from vanthu.kernel.calendar import now
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import NotFound, Unavailable

if TYPE_CHECKING:
    from vanthu.kernel.actor import Actor

BACK = timedelta(days=3)  # more than a day, so that a night without an answer is made up for
SETTLED = timedelta(minutes=30)  # younger packets may not be in the list yet
_SHOWN = 100  # packets of either kind that are kept
_KEPT = timedelta(days=400)


@job(queue="exchange", cron="40 5 * * *")
def reconcile_all(timestamp: int = 0) -> None:
    """Every morning before work, each connection that is on."""
    for connection in connections.active():
        enqueue(reconcile, once=f"reconcile {connection.pk}", connection_id=connection.pk)
    Reconciliation.objects.filter(at__lt=now() - _KEPT).delete()


@job(queue="exchange", retries=3)
def reconcile(connection_id: int) -> None:
    """Compare what was sent over one connection in the last days."""
    connection = Connection.objects.get(pk=connection_id)
    since = now() - BACK
    try:
        listed = connections.transport_of(connection).sent(since=since)
    except (TransportError, Unavailable) as failure:
        Reconciliation.objects.create(
            connection=connection, since_at=since, at=now(), problem=str(failure)[:500]
        )
        return
    compare(connection, listed, since)


def compare(connection: Connection, listed: Sequence[SentTo], since: datetime) -> Reconciliation:
    """Keep what fits, what the other side does not know, and what it knows and we do not."""
    until = now() - SETTLED
    sent = SentPacket.objects.filter(
        connection=connection, kind="edoc", state=SendState.ACCEPTED, begun_at__gte=since, begun_at__lt=until
    ).exclude(doc_id="")
    ours = dict(sent.values_list("doc_id", "pk"))
    # a status of which nobody knew was repeated: only documents are compared
    documents = [row for row in listed if row.kind != "status"]
    theirs = {row.doc_id: row for row in documents if row.sent_at is None or row.sent_at < until}
    known = set(
        SentPacket.objects.filter(connection=connection, doc_id__in=list(theirs)).values_list(
            "doc_id", flat=True
        )
    )
    strange = [_shown(row) for doc_id, row in theirs.items() if doc_id not in known]
    missing = sorted(pk for doc_id, pk in ours.items() if doc_id not in {row.doc_id for row in listed})
    return Reconciliation.objects.create(
        connection=connection,
        since_at=since,
        matched=len(ours) - len(missing),
        missing=missing[:_SHOWN],
        strange=strange[:_SHOWN],
        at=now(),
    )


def _shown(row: SentTo) -> dict[str, Any]:
    at = row.sent_at.isoformat() if row.sent_at else ""
    return {
        "doc_id": row.doc_id,
        "to_code": row.to_code,
        "symbol": row.symbol,
        "sent_at": at,
    }


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as one office sees it: of what is missing only its own packets."""

    row: Reconciliation
    missing: Sequence[SentPacket]

    @property
    def fits(self) -> bool:
        """Whether nobody needs to look."""
        return not (self.row.problem or self.missing or self.row.strange)


def latest(by: Actor) -> list[Compared]:
    """The newest comparison of each connection that an office of the actor sends over. At most two queries."""
    mine = OwnAddress.objects.filter(office__in=by.own_offices, active=True).values("connection")
    newest = Reconciliation.objects.filter(connection__in=mine, connection__active=True)
    rows = list(newest.select_related("connection").order_by("connection", "-at").distinct("connection"))
    ids = [pk for row in rows for pk in row.missing]
    found = SentPacket.objects.filter(pk__in=ids, outgoing__office__in=by.own_offices)
    packets = list(found.select_related("outgoing__document").order_by("pk")) if ids else []
    return [Compared(row, [one for one in packets if one.pk in row.missing]) for row in rows]


def compared(connection_id: int, by: Actor) -> Compared:
    """The newest comparison of one connection. Needs `number`; raises `NotFound`."""
    by.require("number", "Chỉ văn thư theo dõi được việc gửi văn bản của cơ quan.")
    for one in latest(by):
        if one.row.connection_id == connection_id:
            return one
    raise NotFound
