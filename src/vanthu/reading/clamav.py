"""The daemon of ClamAV, over its socket: one file in one stream (INSTREAM), nothing of it on the daemon's disk."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from vanthu.kernel import ledger
from vanthu.kernel.actor import Actor
from vanthu.kernel.files.models import CLEAN, INFECTED, TOO_BIG
from vanthu.kernel.files.scanning import ScannerAway, Verdict
from vanthu.organisations import queries as organisations

# "ClamAV 1.4.6/27456/Sun Nov 22 09:25:11 2026"; without the published database only the first part
_VERSION = re.compile(r"^[^/]+/\d+/(?P<day>.+)$")
_ASKED_AGAIN = 300.0  # seconds after which the date of the database is asked for again
_known: dict[str, tuple[float, date | None]] = {}


def scan(path: Path) -> Verdict | None:
    """What the daemon finds in a file; None where none is set up. Raises `ScannerAway`."""
    if not settings.CLAMAV:
        return None
    if path.stat().st_size > settings.CLAMAV_MOST_BYTES:
        return Verdict(TOO_BIG)
    daemon = _daemon()
    try:
        with path.open("rb") as stream:
            ((status, found),) = daemon.instream(stream).values()
        day = _signatures_on(daemon)
    except BufferTooLongError:
        return Verdict(TOO_BIG)
    except (BrokenPipeError, ConnectionResetError) as error:
        # clamd hangs up in the middle of what is longer than its StreamMaxLength, and when it is stopped
        if _answers(daemon):
            return Verdict(TOO_BIG)
        raise ScannerAway(str(error)) from error
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
    match status:
        case "FOUND":
            return Verdict(INFECTED, found or "không rõ tên", day)
        case "OK":
            return Verdict(CLEAN, signatures_on=day)
        case _:
            raise ScannerAway(f"{status} {found}")


def signatures_on() -> date | None:
    """The day of the daemon's database; None without a daemon, or where it does not say. Raises `ScannerAway`."""
    if not settings.CLAMAV:
        return None
    try:
        return _signatures_on(_daemon())
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error


def note_refused(name: str, virus: str, by: Actor) -> None:
    """A file with a virus was refused and erased: who brought it and what it was called is recorded."""
    if by.office_id is not None:
        office = organisations.office(by.office_id)
        said = f"tải lên tệp “{name[:120]}” nhiễm mã độc ({virus}): không nhận, đã xóa"
        ledger.record("reading.infected_refused", office, by=by, office_id=office.pk, note=said)


def _daemon() -> ClamdNetworkSocket:
    place: str = settings.CLAMAV
    if place.startswith("/"):
        return ClamdUnixSocket(place, timeout=settings.CLAMAV_SECONDS)
    host, _, port = place.rpartition(":")
    return ClamdNetworkSocket(host or place, int(port) if host else 3310, timeout=settings.CLAMAV_SECONDS)


def _answers(daemon: ClamdNetworkSocket) -> bool:
    try:
        return daemon.ping() == "PONG"
    except (ClamdError, OSError):
        return False


def _signatures_on(daemon: ClamdNetworkSocket) -> date | None:
    """The day of the daemon's database; None for one that an operator has made."""
    asked_at, day = _known.get(settings.CLAMAV, (-_ASKED_AGAIN, None))
    if time.monotonic() - asked_at >= _ASKED_AGAIN:
        day = day_of(daemon.version())
        _known[settings.CLAMAV] = (time.monotonic(), day)
    return day


def day_of(version: str) -> date | None:
    """The day in the daemon's answer to VERSION."""
    found = _VERSION.match(version)
    if found is None:
        return None
    try:
        return datetime.strptime(found["day"].strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None
