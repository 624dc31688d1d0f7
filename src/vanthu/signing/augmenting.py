"""Keep signed files for decades: raise their signatures in the background, renew their archive time stamps.

The signed file that was issued never changes. What is appended to it lives in a copy beside it, offered wherever the
signed file is. When authorities are down the copy stays at the level it reached and is looked at again later.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vanthu.kernel import ledger, moves
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.files import actions as files
from vanthu.kernel.files import queries as file_queries
from vanthu.kernel.files.contract import CHUNK, PDF, FileDamaged
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.later import later
from vanthu.kernel.refusals import NotFound
from vanthu.signing.augmenting_models import Keeping
from vanthu.signing.augmenting_queries import lasting_attachment
from vanthu.signing.augmenting_states import KEEPINGS, TRANSIENT, KeepingState, Level, Trouble, highest

if TYPE_CHECKING:
    from vanthu.signing import augmenting_outlook, augmenting_pdf
    from vanthu.signing.augmenting_outlook import Outlook
    from vanthu.signing.augmenting_pdf import Reached
else:
    augmenting_outlook = later("vanthu.signing.augmenting_outlook")
    augmenting_pdf = later("vanthu.signing.augmenting_pdf")

log = logging.getLogger("vanthu.signing")

YEARS = 10  # how far ahead the evidence is tried
_LEASE = timedelta(minutes=15)  # how long one raising may take before another worker takes over
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
_BEFORE_END = timedelta(days=90)  # before the certificate or algorithm of a time stamp ends
_LEAST = timedelta(days=7)  # between two renewals
_AGAIN = timedelta(days=30)  # until a file that would not hold is tried again
_PRUNED = 500  # rows looked at in one query


def want(sha256s: Collection[str], *, office_id: int | None) -> list[str]:
    """Keep these signed files for decades; returns those that were not known, for a job each. Part of a transaction."""
    known = set(Keeping.objects.filter(file_sha256__in=sha256s).values_list("file_sha256", flat=True))
    fresh = [sha256 for sha256 in dict.fromkeys(sha256s) if sha256 not in known]
    rows = [Keeping(file_sha256=sha256, office_id=office_id) for sha256 in fresh]
    Keeping.objects.bulk_create(rows, ignore_conflicts=True)
    return fresh


def raise_file(sha256: str) -> None:
    """Raise one file now, if it is due. Idempotent; call it outside a transaction."""
    row = Keeping.objects.filter(file_sha256=sha256, due_at__lte=timezone.now()).first()
    if row is not None and settings.TSA_URL:
        _raise(row)


def raise_due(seconds: float) -> int:
    """Raise and renew what is due, oldest first, for so long; returns how many files were looked at.

    Ends at the first file that an authority did not answer for: the next ones would fare no better. As soon as one
    comes through, those that failed before are due.
    """
    done, end = 0, monotonic() + seconds
    while settings.TSA_URL and monotonic() < end:
        row = Keeping.objects.filter(due_at__lte=timezone.now()).order_by("due_at").first()
        if row is None or not _raise(row):
            break
        done += 1
    return done


def prune() -> int:
    """Give up what was appended to files that nobody holds any more; returns how many."""
    gone = 0
    for rows in batched(Keeping.objects.order_by("pk").iterator(_PRUNED), _PRUNED):
        held = file_queries.held_by_others([row.file_sha256 for row in rows], Keeping.item_kind)
        for row in rows:
            if row.file_sha256 not in held:
                _give_up(row)
                gone += 1
    return gone


def _raise(row: Keeping) -> bool:
    """Raise or renew one file; False when an authority did not answer. Only the worker that holds the lease writes."""
    lease = timezone.now() + _LEASE
    if not Keeping.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=lease):
        return True
    row.due_at = lease
    try:
        with _working_copy(row) as (original, path):
            reached = _reached(row, path)
            final = reached.level == Level.LTA
            foreseen = augmenting_outlook.outlook(path, _years_ahead()) if final else None
            _keep(row, path if _is_longer(path, original) else None, reached, foreseen)
    except (NotFound, FileDamaged, Locked) as error:
        log.warning("cannot read %s to keep its signatures: %s", row.file_sha256, error.message)
        Keeping.objects.filter(pk=row.pk, due_at=lease).update(due_at=timezone.now() + _AGAIN)
        return True
    return reached.trouble not in TRANSIENT


def _reached(row: Keeping, path: Path) -> Reached:
    if row.state == KeepingState.LASTING:
        return augmenting_pdf.renew(path, tsa_url=settings.TSA_URL)
    return augmenting_pdf.raise_level(path, tsa_url=settings.TSA_URL)


@contextmanager
def _working_copy(row: Keeping) -> Iterator[tuple[Path, Path]]:
    """The longest file so far, and a copy to append to."""
    held = lasting_attachment(row)
    source = held.file if held else file_queries.stored(row.file_sha256)
    with file_queries.copy_of(source) as original, TemporaryDirectory() as folder:
        path = Path(folder) / "lasting.pdf"
        shutil.copyfile(original, path)
        yield original, path


def _is_longer(path: Path, original: Path) -> bool:
    """Whether bytes were appended; raises ValueError if one of the original was changed."""
    with original.open("rb") as first, path.open("rb") as second:
        while chunk := first.read(CHUNK):
            if second.read(len(chunk)) != chunk:
                raise ValueError("bytes of a signed file were changed, not appended")
        return second.read(1) != b""


def _keep(row: Keeping, path: Path | None, reached: Reached, foreseen: Outlook | None) -> None:
    """Keep the longer file and what was found, if no other worker was faster."""
    stored = files.store_bytes(path, PDF) if path else None
    trouble = _trouble(reached, foreseen)
    now = timezone.now()
    with transaction.atomic():
        mine = Keeping.objects.select_for_update().filter(pk=row.pk, due_at=row.due_at).first()
        if mine is None:
            return
        before = mine.level
        mine.level, mine.trouble = highest(reached.level, Level(mine.level)), trouble
        mine.stamped_at = reached.stamped_at or mine.stamped_at
        mine.protected_until_at = reached.protected_until_at or mine.protected_until_at
        if foreseen is not None:
            mine.outlook, mine.outlook_at = foreseen.signatures, foreseen.at
        mine.tries = mine.tries + 1 if trouble in TRANSIENT else 0
        mine.due_at = look_again_at(mine, now)
        mine.save()
        _move(mine, reached)
        if stored is not None:
            held = lasting_attachment(mine)
            files.attach(
                stored, owner_kind=mine.item_kind, owner_id=mine.pk, role="lasting", name="lasting.pdf"
            )
            if held:
                files.detach(held)
            _record(mine, before, stored.sha256)
    if row.tries and trouble not in TRANSIENT:
        _hurry(now)


def _trouble(reached: Reached, foreseen: Outlook | None) -> Trouble:
    if reached.trouble or foreseen is None or foreseen.good:
        return reached.trouble
    return Trouble.CHANGED if "CHANGED" in foreseen.signatures.values() else Trouble.NO_EVIDENCE


def _move(row: Keeping, reached: Reached) -> None:
    if row.trouble in TRANSIENT:
        return
    if reached.level == Level.NONE and not row.trouble:
        moves.make(KEEPINGS, "leave", row, by=SYSTEM)
    else:
        moves.make(KEEPINGS, "fall_short" if row.trouble else "last", row, by=SYSTEM)


def look_again_at(row: Keeping, now: datetime) -> datetime | None:
    """When to look again: after a pause that doubles, when a time stamp is to be renewed, or never."""
    if row.trouble in TRANSIENT:
        pause: timedelta = min(_FIRST_WAIT * 2 ** min(row.tries - 1, 10), _LONGEST_WAIT)
        return now + pause
    if row.trouble:
        return now + _AGAIN
    if row.stamped_at is None or row.protected_until_at is None:
        return None
    year = timedelta(days=settings.STAMP_RENEWAL_DAYS)
    due: datetime = max(min(row.stamped_at + year, row.protected_until_at - _BEFORE_END), now + _LEAST)
    return due


def _record(row: Keeping, before: str, sha256: str) -> None:
    done = f"gia hạn dấu thời gian lưu trữ (mức {row.level})"
    if before != row.level:
        done = f"nâng chữ ký số lên mức {row.level} để lưu trữ lâu dài"
    changes = {"level": (before, row.level), "sha256": (row.file_sha256, sha256)}
    ledger.record("signing.raised", row, by=SYSTEM, office_id=row.office_id, changes=changes, note=done)


def _hurry(now: datetime) -> None:
    """Authorities answer again: what failed for their sake need not wait any longer."""
    late = Keeping.objects.filter(trouble__in=TRANSIENT, tries__gt=0, due_at__gt=now)
    late.update(due_at=now)


def _years_ahead() -> datetime:
    now = timezone.now()
    return now.replace(year=now.year + YEARS, day=min(now.day, 28))


@transaction.atomic
def _give_up(row: Keeping) -> None:
    held = lasting_attachment(row)
    if held:
        files.detach(held)
    row.delete()
