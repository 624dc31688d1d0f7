"""How far the keeping of each signed file for decades is."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from vanthu.signing.augmenting_states import KeepingState, Level, Trouble


class Keeping(models.Model):
    """What was appended to one signed file (named by its SHA-256) so that its signatures outlast their certificates.

    The signed file stays as it is. The longer file, if there is one, is the attachment of role `lasting`. `due_at` is
    when it is looked at next (or again, if a worker dies): to raise it, or to renew its time stamp; null when never.
    `outlook` is {field: indication} of the check for `outlook_at`.
    """

    item_kind = "keeping"

    file_sha256 = models.CharField(max_length=64, unique=True)
    office_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=KeepingState, default=KeepingState.WAITING)
    level = models.CharField(max_length=6, choices=Level, blank=True)
    trouble = models.CharField(max_length=16, choices=Trouble, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now)
    stamped_at = models.DateTimeField(null=True)
    protected_until_at = models.DateTimeField(null=True)
    outlook = models.JSONField(default=dict)
    outlook_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=KeepingState.LASTING)
                | Q(level=Level.LTA, stamped_at__isnull=False, outlook_at__isnull=False),
                name="lasting_file_is_stamped_and_checked",
            ),
            models.CheckConstraint(
                condition=Q(stamped_at__isnull=True) | Q(protected_until_at__gt=F("stamped_at")),
                name="stamp_protects_after_it_is_made",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="keeping_by_due")]
