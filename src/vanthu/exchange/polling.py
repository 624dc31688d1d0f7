"""What waits for us on each connection: listed again and again over an overlapping window, kept once per `docId`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, ReceivedPacket
from vanthu.exchange.axis_states import PacketState, Transport
from vanthu.exchange.transports.base import Listed, TransportError
from vanthu.kernel.calendar import now
from vanthu.kernel.refusals import Unavailable

log = logging.getLogger("vanthu.axis")

KINDS = ("edoc", "status")
WINDOW = timedelta(days=7)  # lists overlap: what was overlooked once is seen again
PATIENCE = timedelta(minutes=10)  # how long the job of a packet may take before another looks after it
_BATCH = 200
_OPEN = (PacketState.LISTED, PacketState.STORED)


def due(moment: datetime) -> list[int]:
    """Connections whose interval has passed, longest first."""
    rows = Connection.objects.filter(active=True).annotate(
        next_at=ExpressionWrapper(
            F("polled_at") + F("poll_minutes") * Value(timedelta(minutes=1)), output_field=DateTimeField()
        )
    )
    waiting = rows.filter(Q(polled_at=None) | Q(next_at__lte=moment))
    return list(waiting.order_by(F("polled_at").asc(nulls_first=True)).values_list("pk", flat=True))


def poll(connection_id: int) -> list[int]:
    """List what waits for us on a connection; returns the packets to go on with, new ones and told-again ones.

    A connection that does not answer keeps why; the next turn lists from where this one should have begun.
    """
    connection = Connection.objects.get(pk=connection_id)
    moment = now()
    Connection.objects.filter(pk=connection_id).update(polled_at=moment)
    since = connection.listed_at - WINDOW if connection.listed_at else None
    found: list[int] = []
    try:
        transport = connections.transport_of(connection)
        for kind in KINDS:
            for batch in batched(transport.received(kind, since), _BATCH):
                found += _note(connection, kind, batch)
    except (TransportError, Unavailable) as error:
        log.warning("connection %s: %s", connection.key, error)
        Connection.objects.filter(pk=connection_id).update(problem=str(error)[:500])
        return found
    Connection.objects.filter(pk=connection_id).update(listed_at=moment, answered_at=moment, problem="")
    return found


@transaction.atomic
def _note(connection: Connection, kind: str, listed: Iterable[Listed]) -> list[int]:
    """Keep what is new of a batch; what is done here but waits there still will be told again."""
    moment = now()
    rows = {one.doc_id: one for one in listed if one.doc_id}
    known = {
        one.doc_id: one
        for one in ReceivedPacket.objects.filter(connection=connection, doc_id__in=rows).only(
            "doc_id", "state", "told"
        )
    }
    fresh = [
        ReceivedPacket(
            connection=connection,
            doc_id=doc_id,
            kind=kind,
            from_code=one.from_code[:60],
            to_code=one.to_code[:60],
            said={"sent_at": one.created_at.isoformat()} if one.created_at else {},
            listed_at=moment,
            changed_at=moment,
            next_at=moment + PATIENCE,
        )
        for doc_id, one in rows.items()
        if doc_id not in known and one.status not in (Transport.DONE, Transport.FAIL)
    ]
    ReceivedPacket.objects.bulk_create(fresh, ignore_conflicts=True)
    made = ReceivedPacket.objects.filter(
        connection=connection, doc_id__in=[one.doc_id for one in fresh], state=PacketState.LISTED
    )
    again = [
        one.pk
        for doc_id, one in known.items()
        if one.state not in _OPEN and rows[doc_id].status not in (Transport.DONE, Transport.FAIL)
    ]
    ReceivedPacket.objects.filter(pk__in=again).update(told="", next_at=moment)
    return [*made.values_list("pk", flat=True), *again]


def left_behind(moment: datetime, *, limit: int = 500) -> list[int]:
    """Packets whose time has come: to be fetched, read, matched or told again; the longest waiting first."""
    rows = ReceivedPacket.objects.filter(next_at__lte=moment, connection__active=True)
    return list(rows.order_by("next_at").values_list("pk", flat=True)[:limit])
