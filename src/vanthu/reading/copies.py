"""Searchable copies (PDF/A) of scans, made when nothing else waits; the user's own file is never changed."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from vanthu.kernel import moves
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.files import actions, queries
from vanthu.kernel.files.contract import PDF
from vanthu.kernel.files.models import Attachment
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.later import later
from vanthu.kernel.refusals import Invalid, Unavailable
from vanthu.reading.models import Reading, SearchableCopy
from vanthu.reading.states import COPIES, CopyState, ReadingState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from vanthu.kernel.files.models import StoredFile
    from vanthu.reading.ocr import thorough
else:
    thorough = later("vanthu.reading.ocr.thorough")

OWNER_KIND, _ROLE = "reading", "searchable"
NAME = "ban-tim-kiem-duoc.pdf"
_LONGEST_TROUBLE = 300
_HELD_BY = "document"  # of what is only on its way, nothing is made


def want(sha256: str) -> bool:
    """Note that a scan of a document, once it is read, gets its copy; whether it has to be made."""
    reading = Reading.objects.filter(
        file=sha256, file__media_type=PDF, state=ReadingState.DONE, scanned_pages__gt=0
    ).first()
    if reading is None or not queries.owners(sha256, _HELD_BY):
        return False
    SearchableCopy.objects.bulk_create([SearchableCopy(reading=reading)], ignore_conflicts=True)
    return SearchableCopy.objects.filter(reading=reading, state=CopyState.WAITING).exists()


def make(sha256: str) -> None:
    """Make the copy that is wanted and keep it; what cannot be made is noted with its sentence. Again does nothing."""
    copy = _waiting(sha256)
    if copy is None:
        return
    file = copy.reading.file
    with tempfile.TemporaryDirectory(prefix="vanthu-copy-") as folder:
        target = Path(folder) / NAME
        try:
            with queries.copy_of(file, "scan.pdf") as path:
                verdict = thorough.make(path, target, pages=copy.reading.pages)
        except (Invalid, Unavailable, Locked) as refusal:
            _fail(copy, refusal.message)
            return
        _keep(copy, actions.store_bytes(target, PDF), verdict)


def _waiting(sha256: str) -> SearchableCopy | None:
    rows = SearchableCopy.objects.select_related("reading__file")
    return rows.filter(reading__file=sha256, state=CopyState.WAITING).first()


@transaction.atomic
def _keep(copy: SearchableCopy, made: StoredFile, verdict: str) -> None:
    """Hold the copy, unless its scan was erased meanwhile: then the sweep takes the bytes."""
    if not Reading.objects.select_for_update().filter(pk=copy.reading_id).exists():
        return
    also = {"file": made, "verdict": verdict, "trouble": "", "made_at": timezone.now()}
    moves.make(COPIES, "make", copy, by=SYSTEM, also=also)
    actions.attach(made, owner_kind=OWNER_KIND, owner_id=copy.reading_id, role=_ROLE, name=NAME)


def _fail(copy: SearchableCopy, sentence: str) -> None:
    if SearchableCopy.objects.filter(pk=copy.pk).exists():
        moves.make(COPIES, "fail", copy, by=SYSTEM, also={"trouble": sentence[:_LONGEST_TROUBLE]})


def of_many(sha256s: Collection[str]) -> dict[str, SearchableCopy]:
    """The copies that are made of these scans by their SHA-256, in one query."""
    rows = SearchableCopy.objects.filter(reading__file__in=sha256s, state=CopyState.MADE)
    return {copy.reading.file_id: copy for copy in rows.select_related("reading")}


def attachment_of(sha256: str) -> Attachment | None:
    """The hold on the copy of this scan, to be opened by whoever may open the scan; None while there is none."""
    copy = of_many([sha256]).get(sha256)
    if copy is None:
        return None
    return queries.attachments(OWNER_KIND, [copy.reading_id])[copy.reading_id][0]


def waiting(before: datetime, limit: int) -> list[str]:
    """SHA-256 of scans whose copy is wanted since before `before` and not made."""
    rows = SearchableCopy.objects.filter(state=CopyState.WAITING, asked_at__lt=before).order_by("asked_at")
    return list(rows.values_list("reading__file", flat=True)[:limit])


def release(sha256: str) -> None:
    """Give up the copy of a scan that is erased, and erase its bytes with it at the end of the transaction."""
    for copy in SearchableCopy.objects.filter(reading__file=sha256, file__isnull=False):
        for held in queries.attachments(OWNER_KIND, [copy.reading_id])[copy.reading_id]:
            actions.detach(held)
            transaction.on_commit(partial(actions.erase, held.file_id))
