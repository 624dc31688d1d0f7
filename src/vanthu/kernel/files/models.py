"""The rows behind the bytes. No row says who else has the same bytes, and none holds a place on a disk."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

STAGED, ACCEPTED, REFUSED = "staged", "accepted", "refused"
UNSCANNED, CLEAN, INFECTED, TOO_BIG = "", "clean", "infected", "too_big"  # what the scanner for viruses said


class StoredFile(models.Model):
    """Immutable bytes, one row per content.

    `stored_at` is when these bytes last came in (the sweep counts its grace time from it), `scrubbed_at` when they
    were last read whole, `damaged_at` when the scrub first found that they no longer match their name. `scanned_at` is
    when a scanner last looked for viruses, with a database of `signatures_on`.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=127)
    page_count = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(default=timezone.now)
    scrubbed_at = models.DateTimeField(null=True)
    damaged_at = models.DateTimeField(null=True)
    scan_state = models.CharField(max_length=8, blank=True, default=UNSCANNED, db_default=UNSCANNED)
    virus = models.CharField(max_length=120, blank=True, default="", db_default="")
    scanned_at = models.DateTimeField(null=True)
    signatures_on = models.DateField(null=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_named_by_sha256"),
            models.CheckConstraint(condition=Q(size__gte=0), name="file_size_not_negative"),
            models.CheckConstraint(
                condition=Q(page_count__isnull=True) | Q(page_count__gt=0), name="file_has_pages_or_unknown"
            ),
        ]
        indexes = [
            models.Index(models.F("scrubbed_at").asc(nulls_first=True), "sha256", name="file_to_scrub"),
            models.Index(fields=["stored_at"], name="file_by_arrival"),
            models.Index(fields=["-stored_at"], condition=Q(scan_state=UNSCANNED), name="file_to_scan"),
            models.Index(fields=["damaged_at"], condition=Q(damaged_at__isnull=False), name="file_damaged"),
        ]


class Attachment(models.Model):
    """One owner's hold on a file, under the name and in the role it has there.

    Roles: main, attachment, docx, pdf, scan, issued, searchable. Its id is what a URL names. The bytes live
    as long as one attachment does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=48)
    owner_id = models.BigIntegerField()
    role = models.CharField(max_length=24)
    name = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=1)
    attached_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner_kind="") & ~Q(role="") & ~Q(name=""), name="attachment_says_whose_and_what"
            )
        ]
        indexes = [models.Index(fields=["owner_kind", "owner_id", "position"], name="attachment_of_owner")]


class Upload(models.Model):
    """A file that an account has brought and not used yet; only that account can see it.

    State `staged` (checked, waits), `accepted` (used at least once) or `refused`; a refused one keeps the sentence
    and no trace of the bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, default=STAGED)
    refusal = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=REFUSED, file__isnull=True) & ~Q(refusal="")
                | Q(state__in=[STAGED, ACCEPTED], file__isnull=False, refusal=""),
                name="upload_has_bytes_or_refusal",
            )
        ]
        indexes = [models.Index(fields=["received_at"], name="upload_by_arrival")]
