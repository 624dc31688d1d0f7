"""Changes of the organisation as they are planned and carried out, and the names that offices and units had before."""

from datetime import date

from django.db import models
from django.db.models import Q

from vanthu.organisations.change_states import ChangeKind, ChangeState


class Change(models.Model):
    """A planned merger, split, renaming, move or dissolution: of offices (`of_units` false) or of units of an office.

    `trouble` says why it could not take effect on its day; `moved` counts the open work that went to the successors.
    """

    item_kind = "change"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")  # who planned it
    kind = models.CharField(max_length=8, choices=ChangeKind)
    of_units = models.BooleanField(default=False)
    effective_on = models.DateField()
    basis = models.CharField(max_length=160)  # số, ký hiệu of the resolution or decision
    basis_on = models.DateField()
    state = models.CharField(max_length=12, choices=ChangeState, default=ChangeState.PLANNED)
    planned_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    planned_name = models.CharField(max_length=80)
    planned_title = models.CharField(max_length=100)
    planned_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    trouble = models.TextField(blank=True)
    moved = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["effective_on"], condition=Q(state__in=["planned", "running"]), name="changes_to_come"
            ),
            models.Index(fields=["office", "-planned_at"], name="changes_of_office"),
        ]

    @property
    def basis_text(self) -> str:
        """The legal basis in words."""
        return f"{self.basis} ngày {self.basis_on:%d/%m/%Y}"

    @property
    def label(self) -> str:
        """What it is, in words: "Sáp nhập cơ quan"."""
        return f"{ChangeKind(self.kind).label} {'đơn vị' if self.of_units else 'cơ quan'}"


class Successor(models.Model):
    """Who takes over: an office or unit that exists, or, until the change takes effect, the names of a new one.

    Of a renaming or move it is what the office or unit becomes. `head` leads it from the day on.
    """

    change = models.ForeignKey(Change, models.CASCADE, related_name="successors")
    position = models.SmallIntegerField(default=0)
    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    code = models.CharField(max_length=20)  # as symbols carry it; of a unit its abbreviation
    place = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    head = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    goes_on = models.BooleanField(default=False)  # its books go on with the numbers of the first predecessor

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "position"], name="successors_in_order"),
        ]


class ChangeLine(models.Model):
    """What goes to which successor: a whole office, a unit, or (when a unit is split) one post of it."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="lines")
    successor = models.ForeignKey(Successor, models.CASCADE, related_name="lines")
    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("organisations.Post", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, unit__isnull=True, post__isnull=True)
                | Q(office__isnull=True, unit__isnull=False, post__isnull=True)
                | Q(office__isnull=True, unit__isnull=True, post__isnull=False),
                name="one_thing_per_line",
            ),
            models.UniqueConstraint(
                fields=["change", "office", "unit", "post"], nulls_distinct=False, name="one_line_per_thing"
            ),
        ]


class Passage(models.Model):
    """One predecessor on its way since the change took effect: rooms bring its open work over in portions.

    `units` is {old unit: [office, new unit]}, `posts` {old post: new post}, both with text keys. Of a change within
    an office `office` and `to_office` are the same.
    """

    change = models.ForeignKey(Change, models.PROTECT, related_name="passages")
    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    whole = models.BooleanField()  # the office itself ended; else only what these units have
    units = models.JSONField(default=dict)
    posts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)


class UnitSuccession(models.Model):
    """`successor` took over what the unit `predecessor` had; its people see what that one saw."""

    predecessor = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    successor = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_unit_succession_per_pair")
        ]


class FormerName(models.Model):
    """What an office or a unit was called until a day (the last one), before it was renamed."""

    office = models.ForeignKey("organisations.Office", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    search_key = models.CharField(max_length=300)
    until_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=True) ^ Q(unit__isnull=True), name="name_of_an_office_or_a_unit"
            ),
            models.UniqueConstraint(
                fields=["office", "unit", "until_on"], nulls_distinct=False, name="one_former_name_per_day"
            ),
        ]

    @property
    def until(self) -> date:
        """The last day on which it was called so."""
        return self.until_on
