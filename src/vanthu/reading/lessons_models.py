"""What registrations of an office taught about those who write to it."""

from django.db import models


class LessonKind(models.TextChoices):
    """What a lesson says of an issuer."""

    HEAD = "head", "Cách ghi tên cơ quan trên văn bản"
    SIGNER = "signer", "Người ký"
    NOTATION = "notation", "Ký hiệu"


class Lesson(models.Model):
    """One thing that a clerk saved: how the head names the issuer, who signs as what, a part of symbols.

    `value` and `detail` are head and body above, signer and post, or the notation alone; `times` counts how often it
    was saved. An office learns from its own books only.
    """

    office = models.ForeignKey("organisations.Office", models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=500)
    issuer_key = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=LessonKind)
    value = models.CharField(max_length=300)
    value_key = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    taught_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "issuer_key", "kind", "value_key", "detail"], name="lesson_once"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "kind", "value_key"], name="lessons_of_heads"),
            models.Index(fields=["taught_at"], name="lessons_by_age"),
        ]
