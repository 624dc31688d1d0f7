"""The office's own templates of its documents; where it has none, the sector's count."""

from django.db import models
from django.db.models import Q


class LetterTemplate(models.Model):
    """One version of an office's template of a kind: a code of `documents.kinds`, or DANG, DANGCV (`layout.places`).

    In force until `ended_at`.
    """

    item_kind = "template"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    ordinal = models.SmallIntegerField()
    source = models.ForeignKey("kernel.Attachment", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "ordinal"], name="template_versions_in_order"),
            models.UniqueConstraint(
                fields=["office", "kind"], condition=Q(ended_at__isnull=True), name="one_template_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_template_says_by_whom",
            ),
        ]
