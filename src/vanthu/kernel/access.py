"""Who looked at what, and who came in: views in batches, downloads at once. Never in the ledger's chain."""

import atexit
import logging
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import Error, connection, models
from django.db.models.functions import TruncDate
from django.utils import timezone

from vanthu.kernel.actor import Actor

BATCH = 100  # rows that make the writer write before its time
KEPT = 20_000  # rows kept in memory while the database does not answer; beyond, the oldest go to the log

type Look = Literal["view", "page", "download", "print", "official", "sign_in"]

log = logging.getLogger("vanthu.access")


class AccessLog(models.Model):
    """One look at an item or a file. `address` is the network address it came from."""

    at = models.DateTimeField(default=timezone.now)
    account_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=8)
    item_kind = models.CharField(max_length=48)
    item_id = models.BigIntegerField()
    attachment_id = models.UUIDField(null=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__in=["view", "page", "download", "print", "official", "sign_in"]),
                name="access_is_a_known_look",
            )
        ]
        indexes = [
            models.Index(fields=["item_kind", "item_id", "-at"], name="access_to_item"),
            models.Index(fields=["person_id", "-at"], name="access_by_person"),
            models.Index(fields=["office_id", "-at"], name="access_of_office"),
        ]


def note(
    action: Look,
    *,
    by: Actor,
    item_kind: str,
    item_id: int,
    attachment_id: UUID | None = None,
    address: str | None = None,
) -> None:
    """Write down one look.

    A download or print ("official": without the mark) is in the table when this returns, and with the caller's
    transaction; views and pages follow within `settings.ACCESS_LOG_SECONDS` (0 writes at once).
    """
    row = AccessLog(
        account_id=by.account_id,
        person_id=by.person_id,
        office_id=by.office_id,
        action=action,
        item_kind=item_kind,
        item_id=item_id,
        attachment_id=attachment_id,
        address=address or None,
    )
    if action not in ("view", "page") or not settings.ACCESS_LOG_SECONDS:
        row.save(force_insert=True)
    else:
        _writer.add(row)


def counted(items: Iterable[tuple[str, int]], *, office_id: int) -> dict[str, int]:
    """{look: how often} people of an office looked at any of these (kind, id). One query.

    Of what is written by now; "official" prints count as prints.
    """
    wanted = models.Q(pk__in=[])
    for kind, pk in items:
        wanted |= models.Q(item_kind=kind, item_id=pk)
    rows = AccessLog.objects.filter(wanted, office_id=office_id).values_list("action")
    found = {"view": 0, "page": 0, "download": 0, "print": 0}
    for action, number in rows.annotate(number=models.Count("pk")).order_by():
        found["print" if action == "official" else action] += number
    return found


@dataclass(frozen=True, slots=True)
class Looked:
    """How often one person viewed or downloaded an item, and when last."""

    person_id: int
    action: str
    times: int
    last_at: datetime


def looks(items: Iterable[tuple[str, int]], *, office_id: int, limit: int = 200) -> list[Looked]:
    """Who of an office looked at any of these (kind, id), the newest look first; page images count as no view."""
    wanted = models.Q(pk__in=[])
    for kind, pk in items:
        wanted |= models.Q(item_kind=kind, item_id=pk)
    rows = AccessLog.objects.filter(wanted, office_id=office_id, person_id__isnull=False)
    sums = rows.exclude(action="page").values("person_id", "action").order_by()
    found = sums.annotate(times=models.Count("pk"), last_at=models.Max("at")).order_by("-last_at")[:limit]
    return [Looked(row["person_id"] or 0, row["action"], row["times"], row["last_at"]) for row in found]


@dataclass(frozen=True, slots=True)
class Day:
    """Accesses of an office in one day: how many people came, sign-ins, views, downloads."""

    on: date
    people: int
    sign_ins: int
    views: int
    downloads: int


def days(office_id: int, *, since: datetime) -> list[Day]:
    """Accesses of an office by day (of the office), the newest first; days without any are absent. One query."""
    rows = AccessLog.objects.filter(office_id=office_id, at__gte=since).annotate(on=TruncDate("at"))
    found = rows.values("on").annotate(
        people=models.Count("person_id", distinct=True),
        sign_ins=_times("sign_in"),
        views=_times("view"),
        downloads=_times("download"),
    )
    return [
        Day(row["on"], row["people"], row["sign_ins"], row["views"], row["downloads"])
        for row in found.order_by("-on")
    ]


def _times(action: Look) -> models.Count:
    return models.Count("pk", filter=models.Q(action=action))


def newest(office_id: int, *, before: int | None = None, limit: int = 50) -> list[AccessLog]:
    """Single looks in an office, the newest first, from before this id on; page images are left out. One query."""
    rows = AccessLog.objects.filter(office_id=office_id).exclude(action="page")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def flush() -> None:
    """Write what waits in this process, in the caller's connection."""
    _writer.flush()


class _Writer:
    """The buffer of one process and the thread that empties it, started with the first row."""

    def __init__(self) -> None:
        self._rows: list[AccessLog] = []
        self._lock = threading.Lock()
        self._full = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, row: AccessLog) -> None:
        with self._lock:
            self._rows.append(row)
            if len(self._rows) >= BATCH:
                self._full.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="access-log", daemon=True)
                self._thread.start()

    def flush(self) -> None:
        """Write everything; what the database refuses stays for the next time."""
        with self._lock:
            rows, self._rows = self._rows, []
            self._full.clear()
        if not rows:
            return
        try:
            AccessLog.objects.bulk_create(rows, batch_size=1000)
        except Error:
            log.exception("access log: %d rows wait, the database did not take them", len(rows))
            self._keep(rows)

    def _keep(self, rows: list[AccessLog]) -> None:
        with self._lock:
            self._rows = rows + self._rows
            lost, self._rows = self._rows[:-KEPT], self._rows[-KEPT:]
        for row in lost:
            log.critical(
                "access log row lost: %s account=%s %s=%s attachment=%s at=%s",
                row.action,
                row.account_id,
                row.item_kind,
                row.item_id,
                row.attachment_id,
                row.at.isoformat(),
            )

    def _run(self) -> None:
        pause = settings.ACCESS_LOG_SECONDS
        while True:
            self._full.wait(pause)
            self.flush()
            connection.close()  # back to the pool: this thread sleeps far longer than it writes


_writer = _Writer()


def _start_afresh() -> None:
    """A forked child has neither the thread nor a right to the parent's rows."""
    global _writer  # noqa: PLW0603 - one buffer per process
    _writer = _Writer()


os.register_at_fork(after_in_child=_start_afresh)
atexit.register(flush)
