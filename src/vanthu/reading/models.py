"""What was read of a file: one row per content, one per page. Lost ones are read again; they go when the bytes go."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from vanthu.kernel.files.models import StoredFile
from vanthu.reading import lessons_models  # noqa: F401 - its table belongs to the room
from vanthu.reading.states import UNREAD, CopyState, ReadingState


class Reading(models.Model):
    """The reading of one file: `pages_done` of `pages` (0 while they are not counted) are there.

    `trouble` says why it could not be read; `changed_at` moves with every page, so that a reading that stands still is
    seen.
    """

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=ReadingState, default=ReadingState.WAITING)
    pages = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    scanned_pages = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, default="", blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pages_done__lte=models.F("pages")), name="no_more_pages_read_than_there_are"
            ),
            models.CheckConstraint(
                condition=Q(state=ReadingState.FAILED) ^ Q(trouble=""), name="reading_failed_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["changed_at"], condition=Q(state__in=UNREAD), name="reading_under_way"),
            models.Index(
                fields=["changed_at"], condition=Q(state=ReadingState.FAILED), name="reading_failed"
            ),
        ]


class PageText(models.Model):
    """One page as it was read: its text, and its words with their places (`packed`, see `reading.packing`).

    `confidence` (0 to 1) is that of its letters; `trouble` says why a page could not be read.
    """

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="page_texts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    packed = models.BinaryField()
    scanned = models.BooleanField(default=False)
    confidence = models.FloatField(default=1.0)
    trouble = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "number"], name="page_read_once")]


class SearchableCopy(models.Model):
    """The searchable PDF/A copy of a scan, kept beside the untouched file; `verdict` is what a check of it said."""

    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="copy")
    state = models.CharField(max_length=8, choices=CopyState, default=CopyState.WAITING)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=12, default="", blank=True)
    trouble = models.CharField(max_length=300, default="", blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CopyState.MADE) ^ Q(file__isnull=True), name="searchable_copy_made_or_none"
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(state=CopyState.WAITING), name="searchable_copy_waits"
            )
        ]
