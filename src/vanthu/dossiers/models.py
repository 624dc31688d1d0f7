"""Work dossiers (hồ sơ công việc) and what lies in them. Decree 30/2020, articles 28-31, Phụ lục VI part II.III."""

from django.db import models
from django.db.models import Q

from vanthu.dossiers.states import DossierState

FILED = ("in", "out", "draft")  # kinds of items that lie in dossiers


class Retention(models.TextChoices):
    """Thời hạn bảo quản (codes 01-07 of TT 05/2025/TT-BNV)."""

    PERMANENT = "01", "Vĩnh viễn"
    YEARS_70 = "02", "70 năm"
    YEARS_50 = "03", "50 năm"
    YEARS_20 = "04", "20 năm"
    YEARS_10 = "05", "10 năm"
    YEARS_5 = "06", "5 năm"
    OTHER = "07", "Khác"


class Dossier(models.Model):
    """The file of one piece of work; its notation (01.TCCB) is unique in its office and year."""

    item_kind = "dossier"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    creator = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    ordinal = models.IntegerField()
    notation = models.CharField(max_length=20)
    title = models.CharField(max_length=1000)
    retention = models.CharField(max_length=2, choices=Retention, default=Retention.YEARS_10)
    language = models.CharField(max_length=50, default="Tiếng Việt")
    state = models.CharField(max_length=12, choices=DossierState, default=DossierState.OPEN)
    restricted = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    last_ordinal = models.SmallIntegerField(default=0)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "notation"], name="notation_once_per_year")
        ]


class DossierItem(models.Model):
    """An entry or draft in a dossier, with its ordinal there; one item may lie in many dossiers."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    item_kind_of = models.CharField(max_length=8)  # one of FILED
    item_id_of = models.BigIntegerField()
    ordinal = models.SmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "item_kind_of", "item_id_of"], name="item_once_per_dossier"
            ),
            models.UniqueConstraint(fields=["dossier", "ordinal"], name="ordinal_once_per_dossier"),
            models.CheckConstraint(
                condition=Q(item_kind_of__in=FILED), name="documents_and_drafts_are_filed"
            ),
        ]
        indexes = [models.Index(fields=["item_kind_of", "item_id_of"], name="dossiers_of_item")]
