"""Work dossiers (hồ sơ công việc), what lies in them, and the plans of the year that they are opened from.

Decree 30/2020/NĐ-CP, articles 28-31, Phụ lục V and Phụ lục VI part II.III.
"""

import uuid

from django.db import models
from django.db.models import Q

from vanthu.dossiers import retention
from vanthu.dossiers.retention_models import Period
from vanthu.dossiers.states import DossierState, PlanState
from vanthu.kernel.freezing import Freezable

FILED = ("in", "out", "draft")  # kinds of items that are documents of the office
HELD = (*FILED, "paper")  # and what else lies in dossiers

_RETENTION = Q(retention_years__isnull=True) | Q(retention_years=0) | Q(retention_years__range=(2, 70))


class Usage(models.TextChoices):
    """Chế độ sử dụng (codes of `mode` in TT 05/2025/TT-BNV; "03 Mật" never enters this system)."""

    OPEN = "01", "Công khai"
    CONDITIONAL = "02", "Sử dụng có điều kiện"


class Plan(models.Model):
    """The plan of dossiers (danh mục hồ sơ) of one unit of an office, or of an office without units, for one year."""

    item_kind = "dossier_plan"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    year = models.SmallIntegerField()
    state = models.CharField(max_length=12, choices=PlanState, default=PlanState.DRAFTING)
    decision = models.CharField(max_length=60, blank=True)  # số, ký hiệu of the decision that approved it
    decided_on = models.DateField(null=True)
    returned_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "unit", "year"], nulls_distinct=False, name="one_plan_per_unit_and_year"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.APPROVED) | Q(decided_on__isnull=False),
                name="approved_plan_has_its_day",
            ),
        ]


class PlanRow(models.Model):
    """A line of a plan: a heading of level 1 (I, II …) or 2 (1, 2 …), or a dossier (level 0)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")  # as its plan
    year = models.SmallIntegerField()  # as its plan
    position = models.IntegerField()
    level = models.SmallIntegerField(default=0)
    notation = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=1000)
    retention_years = models.SmallIntegerField(null=True)
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, related_name="+"
    )  # where it stands in the schedule
    keeper = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "notation"],
                condition=~Q(notation=""),
                name="planned_notation_once_per_year",
            ),
            models.CheckConstraint(
                condition=Q(level=0) & ~Q(notation="") | Q(level__in=(1, 2), notation=""),
                name="planned_dossiers_have_notations",
            ),
            models.CheckConstraint(condition=_RETENTION, name="planned_retention_is_lawful"),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="rows_of_plan")]

    @property
    def retention_name(self) -> str:
        """Thời hạn bảo quản in words."""
        return retention.name(self.retention_years)


class Dossier(Freezable):
    """The file of one piece of work; its notation (01.TCCB) is unique in its office and year.

    `readiness` (percent) and `findings` say what still stands between it and the archive, as of `measured_at`;
    `page_total` counts the pages of what lies in it then.
    """

    item_kind = "dossier"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    creator = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    ordinal = models.IntegerField()
    notation = models.CharField(max_length=20)
    title = models.CharField(max_length=1000)
    retention_years = models.SmallIntegerField(null=True)
    period = models.ForeignKey(Period, models.PROTECT, null=True, related_name="+")
    usage = models.CharField(
        max_length=2, choices=Usage, default=Usage.CONDITIONAL, db_default=Usage.CONDITIONAL
    )
    language = models.CharField(max_length=50, default="Tiếng Việt")
    state = models.CharField(max_length=12, choices=DossierState, default=DossierState.OPEN)
    restricted = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    last_ordinal = models.SmallIntegerField(default=0)
    remark = models.CharField(max_length=500, blank=True)
    plan_row = models.OneToOneField(PlanRow, models.PROTECT, null=True, related_name="+")
    outside_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    closing_note = models.CharField(max_length=500, blank=True, default="", db_default="")
    returned_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    readiness = models.SmallIntegerField(null=True)
    findings = models.JSONField(default=list, db_default=[])
    page_total = models.IntegerField(default=0, db_default=0)
    measured_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "notation"], name="notation_once_per_year"),
            models.CheckConstraint(condition=_RETENTION, name="retention_is_lawful"),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(measured_at__isnull=True, state="open"),
                name="dossiers_to_measure",
            )
        ]

    @property
    def retention_name(self) -> str:
        """Thời hạn bảo quản in words."""
        return retention.name(self.retention_years)

    @property
    def retention_code(self) -> str:
        """The code of TT 05/2025/TT-BNV."""
        return retention.code(self.retention_years)


class DossierItem(models.Model):
    """An entry, draft or paper in a dossier, with its ordinal there; one item may lie in many dossiers."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    item_kind_of = models.CharField(max_length=8)  # one of HELD
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
            models.CheckConstraint(condition=Q(item_kind_of__in=HELD), name="known_things_are_filed"),
        ]
        indexes = [
            models.Index(fields=["item_kind_of", "item_id_of"], name="dossiers_of_item"),
            models.Index(fields=["added_by", "-added_at"], name="filed_by_person"),
        ]


class Paper(models.Model):
    """A thing in a dossier that is no document of the office (tài liệu): notes, minutes, pictures, recordings, tables.

    Its file is the attachment of owner kind `paper`.
    """

    item_kind = "paper"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=200, blank=True)
    dated_on = models.DateField(null=True)
    pages = models.SmallIntegerField(null=True)
    added_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")


class Share(models.Model):
    """A dossier shown to a unit or person who is not its keeper: to read, or to put things in too (III.3.b)."""

    item_kind = "dossier_share"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=1)  # u unit, p person
    owner_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    contribute = models.BooleanField(default=False)
    until_on = models.DateField(null=True)  # the last day
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "owner_kind", "owner_id"],
                condition=Q(ended_at__isnull=True),
                name="shared_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(owner_kind__in=["u", "p"]), name="shared_with_units_and_people"
            ),
        ]
        indexes = [
            models.Index(fields=["until_on"], condition=Q(ended_at__isnull=True), name="shares_that_end")
        ]


class Export(models.Model):
    """A whole dossier that is being made into one PDF for an account; the file is the upload of the same id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    office_id = models.BigIntegerField()
    name = models.CharField(max_length=255)
    done = models.SmallIntegerField(default=0)
    total = models.SmallIntegerField(default=0)
    ordered_at = models.DateTimeField()
