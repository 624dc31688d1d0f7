"""The door to what was read of files: start a reading, see how far it is, take its pages, forget it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from vanthu.kernel.files.models import StoredFile
from vanthu.reading import copies, jobs
from vanthu.reading.keeping import again, on_done, on_page
from vanthu.reading.models import PageText, Reading
from vanthu.reading.packing import unpacked
from vanthu.reading.words import Page

__all__ = [
    "again",
    "forget",
    "of",
    "of_many",
    "on_done",
    "on_page",
    "pages_of",
    "start",
    "text_of",
    "texts_of",
]


def start(file: StoredFile) -> None:
    """Have a file read in the background, part of the caller's transaction; again changes nothing."""
    jobs.start(file)


def of(sha256: str) -> Reading | None:
    """How far the reading of these bytes is; None when nobody asked for it, or the file can have no text."""
    return Reading.objects.filter(file=sha256).first()


def of_many(sha256s: Collection[str]) -> dict[str, Reading]:
    """The readings of several files by their SHA-256, with their searchable copies, in one query."""
    rows = Reading.objects.filter(file__in=sha256s).select_related("copy")
    return {reading.file_id: reading for reading in rows}


def pages_of(sha256: str, first: int = 1, last: int | None = None) -> list[Page]:
    """The pages that were read so far from `first` to `last` (both included; to the end without), in order."""
    rows = PageText.objects.filter(reading__file=sha256, number__gte=first)
    if last is not None:
        rows = rows.filter(number__lte=last)
    return [
        unpacked(number, bytes(data))
        for number, data in rows.order_by("number").values_list("number", "packed")
    ]


def texts_of(sha256: str) -> list[tuple[int, str]]:
    """(number, text) of the pages that were read so far, in order; those without text are left out."""
    rows = PageText.objects.filter(reading__file=sha256).exclude(text="").order_by("number")
    return list(rows.values_list("number", "text"))


def text_of(sha256: str) -> str | None:
    """The text of the pages that were read so far, in order; None when none was."""
    found = list(
        PageText.objects.filter(reading__file=sha256).order_by("number").values_list("text", flat=True)
    )
    return "\n".join(filter(None, found)) if found else None


@transaction.atomic
def forget(sha256: str) -> None:
    """Erase everything that was read of these bytes; `kernel.files` asks for it when they are erased."""
    copies.release(sha256)
    Reading.objects.filter(file=sha256).delete()
