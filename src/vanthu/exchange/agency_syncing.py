"""The list of bodies of each connection is taken over: every night and when an administrator asks for it.

Where the other side can tell what changed, only that is asked for; once a week the whole list, so that what was missed
is found.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from vanthu.exchange import connections
from vanthu.exchange.axis_models import Connection, OwnAddress
from vanthu.exchange.transports.base import TransportError
from vanthu.kernel import ledger
from vanthu.kernel.actor import SYSTEM, Actor
from vanthu.kernel.calendar import now, today
from vanthu.kernel.jobs import enqueue, job
from vanthu.kernel.refusals import Conflict, Unavailable
from vanthu.organisations import agencies
from vanthu.organisations.agencies import TakenOver
from vanthu.organisations.installation import require_keeper

log = logging.getLogger("vanthu.axis")

WHOLE_ON = 6  # Sunday, as `date.weekday` counts


@job(queue="files", cron="20 3 * * *")
def take_over_all(timestamp: int = 0) -> None:
    """Every night: the lists of all connections that are on."""
    for one in connections.active():
        enqueue(take_over_one, once=f"agencies:{one.pk}", lock=f"agencies:{one.pk}", connection_id=one.pk)


@job(queue="files", retries=3)
def take_over_one(connection_id: int, whole: bool = False) -> None:
    """The list of one connection; what went wrong stands at the connection."""
    take_over(connection_id, whole=whole or today().weekday() == WHOLE_ON)


@transaction.atomic
def ask(connection_id: int, *, by: Actor) -> Connection:
    """Take the whole list over as soon as a worker is free. Raises `Conflict` for a connection that is off."""
    require_keeper(by)
    row = Connection.objects.get(pk=connection_id)
    if not row.active:
        raise Conflict("Kết nối đang tắt. Bật kết nối rồi đồng bộ danh sách.")
    enqueue(
        take_over_one, once=f"agencies:{row.pk}", lock=f"agencies:{row.pk}", connection_id=row.pk, whole=True
    )
    ledger.record(
        "exchange.agencies_asked", row, by=by, note=f"yêu cầu đồng bộ danh sách đơn vị của {row.name}"
    )
    return row


def take_over(connection_id: int, *, whole: bool) -> TakenOver | None:
    """Take a list over; None where the other side did not answer or its list was not believed."""
    row = Connection.objects.get(pk=connection_id)
    since = 0 if whole else row.agencies_version
    ours = OwnAddress.objects.filter(connection=row, active=True).values_list("folded", "office")
    try:
        rows = connections.transport_of(row).agencies(since)
        told = agencies.take_over(row.key, rows, whole=since == 0, ours=dict(ours))
    except (TransportError, Unavailable, Conflict) as error:
        log.warning("agencies of %s: %s", row.key, error)
        Connection.objects.filter(pk=row.pk).update(problem=f"Danh sách đơn vị: {error}"[:500])
        return None
    _remember(row, told)
    return told


@transaction.atomic
def _remember(row: Connection, told: TakenOver) -> None:
    moment: datetime = now()
    Connection.objects.filter(pk=row.pk).update(
        agencies_at=moment,
        agencies_version=max(row.agencies_version, told.version),
        answered_at=moment,
    )
    if told.new or told.changed or told.gone:
        ledger.record(
            "exchange.agencies_taken",
            row,
            by=SYSTEM,
            changes={"new": (0, told.new), "changed": (0, told.changed), "gone": (0, told.gone)},
            note=f"đồng bộ danh sách đơn vị của {row.name}: {told.new} mới, {told.changed} thay đổi,"
            f" {told.gone} không còn",
        )


def last_counts(row: Connection) -> tuple[datetime, str] | None:
    """(when, what) of the last time that a list brought anything new. One query."""
    acts = [act for act in ledger.history(row) if act.verb == "exchange.agencies_taken"]
    return (acts[-1].at, acts[-1].note) if acts else None


STALE = timedelta(days=3)  # a list that old is said so
