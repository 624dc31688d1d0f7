"""Seals and secret-key devices of an office, and what was written each time that one of them changed hands."""

from django.db import models
from django.db.models import Q

from vanthu.signing.custody_states import CustodyAct, CustodyKind, CustodyState


class CustodyItem(models.Model):
    """A seal or a device. `owner` is the person whose own device it is (None: the office's); `holder` who has it.

    `number` is what is engraved or registered on it; `received_from` who issued it.
    """

    item_kind = "custody"

    office = models.ForeignKey("organisations.Office", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=CustodyKind)
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    owner = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=CustodyState, default=CustodyState.KEPT)
    received_on = models.DateField()
    received_from = models.CharField(max_length=200)
    since_on = models.DateField()  # in this state, with this holder
    counted_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "number"], name="custody_item_once"),
            models.CheckConstraint(
                condition=Q(state="held", holder__isnull=False) | (~Q(state="held") & Q(holder__isnull=True)),
                name="custody_held_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], condition=Q(state="held"), name="custody_of_holder"),
        ]


class CustodyRecord(models.Model):
    """One line of the history of an item; `number` counts the records of the office within a year.

    `permission` names the written permission to hand it to another; `condition` its state as both sides saw it.
    """

    item_kind = "custody_record"

    item = models.ForeignKey(CustodyItem, models.PROTECT, related_name="+")
    act = models.CharField(max_length=8, choices=CustodyAct)
    year = models.SmallIntegerField()
    number = models.PositiveIntegerField()
    done_on = models.DateField()
    giver = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    permission = models.CharField(max_length=200, blank=True)
    condition = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["item", "recorded_at"], name="custody_records_of_item")]
