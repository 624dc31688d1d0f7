"""Pages as they are read, kept one at a time: what a killed worker had finished is not read again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from vanthu.kernel import moves
from vanthu.kernel.actor import SYSTEM
from vanthu.kernel.files import queries as files
from vanthu.kernel.files.models import Attachment, StoredFile
from vanthu.kernel.files.scanning import Locked
from vanthu.kernel.refusals import Invalid, Refusal, Unavailable
from vanthu.reading import gate, texts
from vanthu.reading.models import PageText, Reading
from vanthu.reading.packing import packed
from vanthu.reading.states import READINGS, UNREAD, ReadingState
from vanthu.reading.words import Page

if TYPE_CHECKING:
    from datetime import datetime

type OnPage = Callable[[str, Page], None]
"""(SHA-256, page): called before the page is kept; who erases the file keeps the page out."""
type OnDone = Callable[[str], None]
"""(SHA-256): called in the transaction that ends the reading."""

ENDINGS = {kind.media_type: f".{ending}" for ending, kind in reversed(gate.ACCEPTED.items())} | {
    "message/rfc822": ".eml"
}
_LONGEST_TROUBLE = 300
_on_page: list[OnPage] = []
_on_done: list[OnDone] = []


def on_page(told: OnPage) -> None:
    """Let this be called with every page that was read, before it is kept; adding it twice changes nothing."""
    if told not in _on_page:
        _on_page.append(told)


def on_done(told: OnDone) -> None:
    """Let this be called when a file is read; adding it twice changes nothing."""
    if told not in _on_done:
        _on_done.append(told)


def want(file: StoredFile) -> bool:
    """Note that a file is to be read; whether somebody must begin now. What was read already stays as it is."""
    if ENDINGS.get(file.media_type) not in texts.READABLE:
        return False
    Reading.objects.bulk_create([Reading(file=file)], ignore_conflicts=True)
    return Reading.objects.filter(file=file, state=ReadingState.WAITING).exists()


def read(sha256: str, *, most_pages: int, seconds: float) -> bool:
    """Read the next pages of a file, at most so many, beginning none after so many seconds; whether some are left.

    What cannot be read is noted with its sentence; nothing is raised for it. A file that is gone is done with.
    """
    reading = Reading.objects.select_related("file").filter(file=sha256, state__in=UNREAD).first()
    if reading is None:
        return False
    name = f"file{ENDINGS[reading.file.media_type]}"
    try:
        with files.copy_of(reading.file, name) as path, texts.opened(path, name) as opened:
            if reading.state == ReadingState.WAITING:
                _begin(reading, opened.pages)
            return _read_pages(reading, opened, most_pages, time.monotonic() + seconds)
    except (Invalid, Unavailable, Locked) as refusal:
        _fail(reading, refusal)
        return False


def _begin(reading: Reading, pages: int) -> None:
    moves.make(READINGS, "begin", reading, by=SYSTEM, also={"pages": pages, "changed_at": timezone.now()})


def _read_pages(reading: Reading, opened: texts.Opened, most_pages: int, until: float) -> bool:
    kept = set(reading.page_texts.values_list("number", flat=True))
    missing = [number for number in range(1, reading.pages + 1) if number not in kept]
    for place, number in enumerate(missing):
        if place == most_pages or (place and time.monotonic() >= until):
            return True
        page, trouble = _read_page(opened, number)
        if not _keep(reading, page, trouble):
            return False
    _finish(reading)
    return False


def _read_page(opened: texts.Opened, number: int) -> tuple[Page, str]:
    """The page and "", or an empty page and why it could not be read."""
    try:
        return replace(opened.page(number), number=number), ""
    except Invalid as refusal:
        return Page(number, 0, 0), refusal.message[:_LONGEST_TROUBLE]


def _keep(reading: Reading, page: Page, trouble: str) -> bool:
    """Keep a page unless the file is gone; whether it is still there."""
    for told in _on_page:
        told(reading.file_id, page)
    with transaction.atomic():
        mine = Reading.objects.select_for_update().filter(pk=reading.pk, state=ReadingState.READING).first()
        if mine is None:
            return False
        PageText.objects.bulk_create([_row(reading, page, trouble)], ignore_conflicts=True)
        mine.pages_done = mine.page_texts.count()
        mine.scanned_pages = mine.page_texts.filter(scanned=True).count()
        mine.changed_at = timezone.now()
        mine.save(update_fields=["pages_done", "scanned_pages", "changed_at"])
    return True


def _row(reading: Reading, page: Page, trouble: str) -> PageText:
    letters = sum(len(word.text) for word in page.words)
    sure = sum(len(word.text) * word.confidence for word in page.words) / letters if letters else 1.0
    return PageText(
        reading=reading,
        number=page.number,
        text=page.text,
        packed=packed(page),
        scanned=page.scanned,
        confidence=round(sure, 3),
        trouble=trouble,
    )


def _finish(reading: Reading) -> None:
    """End a reading; one of whose pages none could be read has failed."""
    troubles = list(reading.page_texts.order_by("number").values_list("trouble", flat=True))
    if troubles and all(troubles):
        _end(reading, "fail", troubles[0])
        return
    with transaction.atomic():
        _end(reading, "finish", "")
        for told in _on_done:
            told(reading.file_id)


def _fail(reading: Reading, refusal: Refusal) -> None:
    _end(reading, "fail", refusal.message[:_LONGEST_TROUBLE])


def _end(reading: Reading, arrow: str, trouble: str) -> None:
    """Take the arrow, unless the file is gone by now."""
    if Reading.objects.filter(pk=reading.pk).exists():
        moves.make(
            READINGS, arrow, reading, by=SYSTEM, also={"trouble": trouble, "changed_at": timezone.now()}
        )


@transaction.atomic
def again(sha256: str) -> bool:
    """Let a file that could not be read be read anew; whether there was one."""
    reading = Reading.objects.select_for_update().filter(file=sha256, state=ReadingState.FAILED).first()
    if reading is None:
        return False
    reading.page_texts.exclude(trouble="").delete()
    done = reading.page_texts.count()
    also = {"trouble": "", "pages_done": done, "changed_at": timezone.now()}
    moves.make(READINGS, "again", reading, by=SYSTEM, also=also)
    return True


def standing_still(before: datetime, limit: int) -> list[str]:
    """SHA-256 of files whose reading has not moved since `before`, the longest first."""
    rows = Reading.objects.filter(state__in=UNREAD, changed_at__lt=before).order_by("changed_at")
    return list(rows.values_list("file_id", flat=True)[:limit])


def failed(before: datetime, limit: int) -> list[str]:
    """SHA-256 of files that could not be read when it was last tried, before `before`."""
    rows = Reading.objects.filter(state=ReadingState.FAILED, changed_at__lt=before).order_by("changed_at")
    return list(rows.values_list("file_id", flat=True)[:limit])


def never_wanted(owner_kind: str, limit: int, *, owner_id: int | None = None) -> list[StoredFile]:
    """Files of this kind of owner, or of this owner, that could be read and never were asked for."""
    media_types = [media_type for media_type, ending in ENDINGS.items() if ending in texts.READABLE]
    held = Attachment.objects.filter(owner_kind=owner_kind, file__media_type__in=media_types)
    if owner_id is not None:
        held = held.filter(owner_id=owner_id)
    unasked = held.exclude(Exists(Reading.objects.filter(file=OuterRef("file_id"))))
    return list(StoredFile.objects.filter(pk__in=list(unasked.values_list("file_id", flat=True)[:limit])))


def held(owner_kind: str, owner_id: int) -> list[StoredFile]:
    """The files of one owner."""
    return [one.file for one in files.attachments(owner_kind, [owner_id])[owner_id]]
