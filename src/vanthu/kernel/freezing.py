"""Sets of items that are locked and frozen (khóa, đóng băng; Decree 30/2020/NĐ-CP, Phụ lục VI, part I, IV.1.g).

What is frozen is read and printed; nothing of it is changed, moved, taken out or recalled until the freeze is lifted.
"""

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from vanthu.kernel.refusals import Conflict


class Freeze(models.Model):
    """A set that an authorised person froze, why, and by whom and why it was lifted."""

    item_kind = "freeze"

    office_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    frozen_by = models.CharField(max_length=160)  # name and title
    frozen_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=160, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by="") | Q(lifted_at__isnull=False) & ~Q(lifted_reason=""),
                name="lifted_freeze_says_why",
            )
        ]
        indexes = [models.Index(fields=["office_id", "-frozen_at"], name="freezes_of_office")]

    def __str__(self) -> str:
        return self.name

    @property
    def sentence(self) -> str:
        """Why something cannot be done, for whoever tries."""
        return (
            f"Đang đóng băng theo “{self.name}” ({self.frozen_by}, {localtime(self.frozen_at):%d/%m/%Y}): chỉ xem được."
            " Cần sửa thì đề nghị lãnh đạo cơ quan gỡ đóng băng trước."
        )


class Frozen(models.Model):
    """One item of a set; it may stand in several."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="+")
    item_kind_of = models.CharField(max_length=8)  # in, out, dossier
    item_id_of = models.BigIntegerField()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.UniqueConstraint(
                fields=["freeze", "item_kind_of", "item_id_of"], name="frozen_once_per_set"
            )
        ]
        indexes = [models.Index(fields=["item_kind_of", "item_id_of"], name="freezes_of_item")]


class Freezable(models.Model):
    """An item that names the newest freeze that holds it, so that no verb needs to look elsewhere."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        abstract = True

    def refuse_frozen(self) -> None:
        """Raise `Conflict` that names the freeze."""
        if self.freeze is not None:
            raise Conflict(self.freeze.sentence, code="frozen")
