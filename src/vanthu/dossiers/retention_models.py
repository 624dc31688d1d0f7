"""The retention schedule (bảng thời hạn lưu trữ): the sector's lines, and what an office made stricter or added."""

from django.db import models
from django.db.models import Q

from vanthu.dossiers import retention


class Period(models.Model):
    """How long one group of records is kept at least; a line of the sector has no office.

    `of` is the line of the sector that an office's line takes the place of. `years` as in `retention`; without years
    `until` says when they end ("đến khi văn bản hết hiệu lực"). A line that was dropped has its last day.
    """

    item_kind = "retention_period"

    office_id = models.BigIntegerField(null=True)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=100)
    position = models.SmallIntegerField(default=0)
    title = models.CharField(max_length=300)
    years = models.SmallIntegerField(null=True)
    until = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    confirmed = models.BooleanField(default=False)  # somebody compared it with the rule in force
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "group", "title"],
                condition=Q(dropped_on=None),
                nulls_distinct=False,
                name="period_once_per_office",
            ),
            models.UniqueConstraint(
                fields=["office_id", "of"], condition=Q(dropped_on=None), name="one_stricter_period"
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) & ~Q(until="")
                | Q(years=0, until="")
                | Q(years__range=(2, 70), until=""),
                name="period_is_lawful",
            ),
            models.CheckConstraint(
                condition=Q(of=None) | Q(office_id__isnull=False), name="offices_are_stricter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.name.lower()}"

    @property
    def name(self) -> str:
        """The period in words."""
        return self.until or retention.name(self.years)

    @property
    def least(self) -> int | None:
        """The shortest lawful number of years (0 for ever), also after the sector's line became longer."""
        return retention.longest(self.years, self.of.years if self.of else None)
